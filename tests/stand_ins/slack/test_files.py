"""Pictures that are uploaded, and where they can be shown."""

import re
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.slack import Answer, Message
from tests.stand_ins.slack.files import PICTURES
from tests.stand_ins.slack.scene import Scene, error
from tests.stand_ins.slack.tiny_bot import client
from tests.stand_ins.slack.world import LOOKED_THROUGH

PNG = PICTURES[0] + b"and so on"


@pytest.fixture(autouse=True)
def may_upload(scene: Scene) -> None:
    scene.installation.scopes |= {"files:write"}


async def uploaded(scene: Scene, data: bytes = PNG) -> str:
    """The id of a file that Slack has looked through."""
    answer = await scene.client.files_upload_v2(content=data, filename="a.png", alt_txt="Years.")
    scene.clock.advance(LOOKED_THROUGH)
    return str(answer["file"]["id"])


def image(file: str, **more: Any) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file}, "alt_text": "Years.", **more}]


async def show(scene: Scene, blocks: list[dict[str, Any]], by: AsyncWebClient | None = None) -> Message:
    posted = await (by or scene.client).chat_postMessage(
        channel=scene.general.id, text="Years.", blocks=blocks
    )
    return scene.general.messages[posted["ts"]]


async def refused(scene: Scene, blocks: list[dict[str, Any]], by: AsyncWebClient | None = None) -> str:
    with pytest.raises(SlackApiError) as error:
        await show(scene, blocks, by)
    assert error.value.response["error"] == "invalid_blocks"
    return str(error.value.response["errors"])


async def test_an_uploaded_picture_is_shown_once_slack_has_looked_through_it(scene: Scene) -> None:
    answer = await scene.client.files_upload_v2(content=PNG, filename="a.png")
    file = answer["file"]["id"]
    assert re.fullmatch("F[A-Z0-9]{8,}", file)
    assert "invalid slack file [json-pointer:/blocks/0/slack_file]" in await refused(scene, image(file))
    scene.clock.advance(LOOKED_THROUGH)
    message = await show(scene, image(file))
    assert message.blocks[0]["slack_file"] == {"id": file}


async def test_a_message_can_get_its_picture_later(scene: Scene) -> None:
    message, file = await show(scene, []), await uploaded(scene)
    await scene.client.chat_update(channel=scene.general.id, ts=message.ts, text="Years.", blocks=image(file))
    assert message.blocks[0]["type"] == "image"


async def test_a_file_of_another_workspace_or_application_is_no_file(scene: Scene) -> None:
    file, build = await uploaded(scene), scene.slack.build
    other = build.app("other")
    here = build.install(other, scene.team)
    scene.alice.invite(other, scene.general)
    assert "invalid slack file" in await refused(scene, image(file), client(scene.slack, here.token))
    elsewhere = build.install(scene.app, build.team("writers"))
    general = scene.slack.general(elsewhere.team)
    scene.slack.person("bob", elsewhere.team, general).invite(scene.app, general)
    there = client(scene.slack, elsewhere.token)
    posting = there.chat_postMessage(channel=general.id, text="Years.", blocks=image(file))
    assert await error(posting) == "invalid_blocks"


async def test_no_single_person_is_shown_a_file(scene: Scene) -> None:
    blocks = image(await uploaded(scene))
    whisper = scene.client.chat_postEphemeral(
        channel=scene.general.id, user=scene.alice.id, text="Years.", blocks=blocks
    )
    assert await error(whisper) == "invalid_blocks"


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (
            {"type": "image", "alt_text": "a"},
            "exactly one of these fields is required: image_url, slack_file",
        ),
        (
            {"type": "image", "alt_text": "a", "slack_file": {"id": "F00000001"}, "image_url": "https://a.b"},
            "exactly one of",
        ),
        ({"type": "image", "alt_text": "a", "slack_file": {"id": "G1"}}, "input must match regex pattern"),
        ({"type": "image", "alt_text": "a", "slack_file": {"id": "F00000001"}}, "invalid slack file"),
        ({"type": "image", "slack_file": {"id": "F00000001"}}, "missing required field: alt_text"),
        (
            {"type": "image", "alt_text": "a" * 2001, "slack_file": {"id": "F00000001"}},
            "must be less than 2001 characters",
        ),
    ],
)
async def test_a_block_that_shows_no_file_is_refused_with_a_reason(
    scene: Scene, block: dict[str, Any], reason: str
) -> None:
    assert reason in await refused(scene, [block])


async def test_what_is_no_picture_is_not_shown_as_one(scene: Scene) -> None:
    assert "invalid slack file" in await refused(scene, image(await uploaded(scene, b"<svg/>")))


async def test_an_upload_needs_its_scope_a_length_and_a_short_description(scene: Scene) -> None:
    asked = scene.client.files_getUploadURLExternal
    assert await error(asked(filename="a.png", length=0)) == "invalid_arguments"
    assert await error(asked(filename="a.png", length=1, alt_txt="a" * 1001)) == "alt_txt_too_large"
    scene.installation.scopes -= {"files:write"}
    assert await error(asked(filename="a.png", length=1)) == "missing_scope"


async def test_a_file_is_brought_once_and_whole_before_it_is_completed(scene: Scene) -> None:
    answer = await scene.client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    files = [{"id": answer["file_id"], "title": "a"}]
    assert await error(scene.client.files_completeUploadExternal(files=files)) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        for data, status in ((PNG[1:], 400), (PNG, 200), (PNG, 400)):
            async with session.post(answer["upload_url"], data=data) as brought:
                assert brought.status == status
    await scene.client.files_completeUploadExternal(files=files)
    assert await error(scene.client.files_completeUploadExternal(files=files)) == "file_not_found"


async def test_an_upload_that_fails_is_an_error_of_the_client(scene: Scene) -> None:
    scene.slack.faults.add(Answer(status=403), method="upload")
    with pytest.raises(SlackRequestError, match="Failed to upload"):
        await scene.client.files_upload_v2(content=PNG, filename="a.png")
