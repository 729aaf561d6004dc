"""Pictures as the workspace of a test sees them."""

from dataclasses import replace
from typing import Any

from tests.adapters.slack.world import LOOPS, World
from tests.stand_ins.slack import Channel
from tests.support.fakes import MemoryLibrary
from tests.support.three_issues import newsletters

TOPIC = "/topic mesa optimization"
YEARS = "Summaries on Mesa optimization by year. 2019: 1, 2021: 1."


def of_years(*more: int) -> MemoryLibrary:
    """The topic of the newsletters has summaries of two years, and of those beside."""
    library = newsletters()
    first, issue, last = library.issues
    later = [replace(issue.summaries[0], key=f"{year}", year=year) for year in more]
    issue = replace(issue, summaries=(replace(issue.summaries[0], year=2021), *later))
    return replace(library, issues=(first, issue, last))


def images(shown: Any) -> list[dict[str, Any]]:
    """The pictures of a message."""
    return [block for block in shown.blocks if block["type"] == "image"]


def pictures(place: World, channel: Channel | None = None) -> list[str]:
    """The ids of the files that are shown in the channel."""
    messages = place.slack.messages(channel or place.general)
    return [block["slack_file"]["id"] for each in messages for block in images(each)]


def uploads(place: World) -> int:
    """How many files were uploaded."""
    return len(place.slack.journal.of("files.completeUploadExternal"))


def refused(place: World) -> list[str]:
    """What response addresses did not take."""
    answers = [each.answer for each in place.slack.journal.of("response_url")]
    return [str(answer["errors"]) for answer in answers if isinstance(answer, dict)]


async def pictured(place: World, count: int = 1) -> None:
    """Let time pass, a second whenever a picture waits for it, until so many are shown to all."""
    await place.clock.until(lambda: len(pictures(place)) == count, idle=LOOPS + 1)
