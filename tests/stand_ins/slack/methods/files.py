"""files.*: uploading a file in three steps, of which the second is no method.

https://docs.slack.dev/reference/methods/files.getUploadURLExternal
"""

from tests.stand_ins.slack.call import Call, Method
from tests.stand_ins.slack.entities import File, Json
from tests.stand_ins.slack.errors import SlackError, with_messages
from tests.stand_ins.slack.world import LOOKED_THROUGH

MOST_DESCRIBED = 1000


def announce(call: Call) -> Json:
    name, length = call.given("filename"), call.given("length")
    if not length.isdigit() or not int(length):
        raise with_messages("invalid_arguments", ["must be a positive integer [json-pointer:/length]"])
    alternative = str(call.args.get("alt_txt") or "")
    if len(alternative) > MOST_DESCRIBED:
        raise SlackError("alt_txt_too_large")
    file = File(
        id=call.world.id("F"),
        installation=call.installation,
        name=name,
        length=int(length),
        alternative=alternative,
    )
    call.world.files[file.id] = file
    return {"upload_url": f"{call.world.url}/upload/v1/{file.id}", "file_id": file.id}


def complete(call: Call) -> Json:
    """Without a channel the files are the application's alone."""
    given = call.args.get("files")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise SlackError("invalid_arguments")
    if any(call.args.get(name) for name in ("channel_id", "channels", "initial_comment", "thread_ts")):
        raise SlackError("not_supported_here")
    files = [_announced(call, each) for each in given]
    for file, each in zip(files, given, strict=True):
        file.title = str(each.get("title") or file.name)
        file.usable = call.world.clock.now() + LOOKED_THROUGH
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _announced(call: Call, given: Json) -> File:
    file = call.world.files.get(str(given.get("id")))
    if file is None or file.installation is not call.installation or file.data is None or file.usable:
        raise SlackError("file_not_found")
    return file


METHODS = (
    Method(name="files.getUploadURLExternal", handle=announce, scope="files:write", tier=4),
    Method(name="files.completeUploadExternal", handle=complete, scope="files:write", tier=4),
)
