"""Files of applications: brought as bytes, and shown in image blocks.

https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
"""

from collections.abc import Iterator

from tests.stand_ins.slack.call import Site
from tests.stand_ins.slack.entities import App, File, Json
from tests.stand_ins.slack.errors import SlackError, with_messages
from tests.stand_ins.slack.form import wrong
from tests.stand_ins.slack.world import present

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")


def bring(site: Site, file_id: str, data: bytes) -> None:
    """The bytes of an announced file, once and as many as were announced."""
    file = present(site.world.files.get(file_id), "file_not_found")
    if file.data is not None or len(data) != file.length:
        raise SlackError("upload_failed")
    file.data = data


def check(site: Site, app: App | str | None, team_id: str, blocks: list[Json], *, for_all: bool) -> None:
    """Refuses image blocks with files that the application may not show there, or not yet."""
    app_id = app.id if isinstance(app, App) else app
    if problems := list(_problems(site, app_id, team_id, blocks, for_all=for_all)):
        raise with_messages("invalid_blocks", problems)


def _problems(
    site: Site, app_id: str | None, team_id: str, blocks: list[Json], *, for_all: bool
) -> Iterator[str]:
    for index, block in enumerate(blocks):
        if "slack_file" in block:
            file = site.world.files.get(block["slack_file"]["id"])
            own = file is not None and (file.installation.app.id, file.installation.team.id) == (
                app_id,
                team_id,
            )
            if not (for_all and own and file and _is_picture(site, file)):
                yield wrong("invalid slack file", f"/blocks/{index}/slack_file")


def _is_picture(site: Site, file: File) -> bool:
    looked_through = file.usable is not None and file.usable <= site.world.clock.now()
    return looked_through and (file.data or b"").startswith(PICTURES)
