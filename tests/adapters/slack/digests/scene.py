"""What tests of digests do again and again: subscribe, let an issue appear, fill in the form."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.model.newsletter import Issue, Summary
from tests.adapters.slack.world import World, words
from tests.stand_ins.slack import Channel, Message, Person, View
from tests.support.fakes import MemoryLibrary, summary

LATELY = datetime.now(UTC).date()
PARAGRAPH = "A sentence that says something of it. " * 40


def new_issue(number: int = 100, *, count: int = 3, text: str = "It says so.", **facts: Any) -> Issue:
    """An issue of that many entries, the first of them a highlight."""
    entries = [_entry(number, position, text) for position in range(1, count + 1)]
    known: dict[str, Any] = {
        "title": f"Title of {number}",
        "url": f"https://mail.example/{number}",
        "published": LATELY,
        **facts,
    }
    return Issue(number=number, summaries=tuple(entries), **known)


def _entry(number: int, position: int, text: str) -> Summary:
    return summary(
        f"Entry {position} of {number}",
        number,
        position,
        text=text,
        section=("Technical AI alignment", "Mesa optimization"),
        highlight=position == 1,
        links=(f"https://a.example/{number}/{position}",),
    )


def appear(place: World, *issues: Issue) -> None:
    """Let the issues come into the library."""
    library = place.library
    assert isinstance(library, MemoryLibrary)
    library.issues = (*library.issues, *issues)


async def ready(place: World, channel: Channel | None = None) -> None:
    """The bot is in the channel, and alice an admin."""
    place.alice.invite(place.app, channel or place.general)
    place.alice.user.is_admin = True


async def subscribed(place: World, typed: str = "each", channel: Channel | None = None) -> None:
    """A digest of what was typed is there."""
    await ready(place, channel)
    before = len(await place.subscriptions())
    await place.command(f"/digest here {typed}", channel=channel)
    while len(await place.subscriptions()) == before:
        await place.until(lambda: True)


def digests(place: World, channel: Channel | None = None) -> list[Message]:
    """What was posted in the channel by itself."""
    return [each for each in place.slack.messages(channel or place.general) if each.metadata]


def names(place: World, channel: Channel | None = None) -> list[str]:
    """The names of the deliveries that stand in the channel, in the order they were posted."""
    return [
        str(each.metadata and each.metadata["event_payload"]["delivery"]) for each in digests(place, channel)
    ]


async def settled(place: World, *states: str) -> None:
    """Let time pass until the deliveries, the newest first, are in these states."""
    while [each.state for each in await place.log()] != list(states):
        then = place.clock.now()
        await place.passing(partial(lambda then: place.clock.now() > then, then))


async def form(place: World, typed: str = "/digest", by: Person | None = None) -> View:
    """The form that the command opens."""
    person = by or place.alice
    await place.command(typed, by=person)
    await place.until(lambda: person.modal, "the form")
    assert person.modal
    return person.modal


async def chosen(place: World, shown: View, name: str, value: str) -> View:
    """The form after something was chosen in it, and it shows the fields that apply."""
    before = shown.hash
    await (await place.alice.use(shown, name, value)).acknowledged()
    await place.until(lambda: shown.hash != before, "the form again")
    return shown


def labels(shown: View) -> list[str]:
    """The labels of the form's fields."""
    return [block["label"]["text"] for block in shown.blocks if block["type"] == "input"]


def option(value: str) -> dict[str, Any]:
    """An option as Slack tells of one that was suggested."""
    return {"text": {"type": "plain_text", "text": value}, "value": value}


def group(group_id: str) -> dict[str, Any]:
    """A rich text that mentions the group."""
    line = {"type": "rich_text_section", "elements": [{"type": "usergroup", "usergroup_id": group_id}]}
    return {"type": "rich_text", "elements": [line]}


async def answer_to(place: World, line: str, count: int = 1) -> Message:
    """What alice alone is told to the line, as the last of so many."""
    await place.command(line)
    return await place.whispered(count)


def words_or_text(message: Message) -> str:
    return words(message) + message.text
