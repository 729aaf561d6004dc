"""Who sees which answer, and what they can do with it."""

import logging
import re

import pytest

from bot.errors import StoreBusy, StoreError
from bot.model.search import Filters, SearchResult
from tests.adapters.contract.scene import ALICE, BOB, Scene, picked, turned
from tests.support.fakes import MemoryFinder, summary

RISKS = "Risks from Learned Optimization"


class Failing(MemoryFinder):
    """Raises that error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        del words, filters, limit
        raise self.error


async def test_a_clear_answer_is_posted_in_the_channel(scene: Scene) -> None:
    card = await scene.ask("/paper risks from learned optimization")
    assert RISKS in card.text
    assert card.buttons[-1] == "Remove"
    assert scene.seen_by_all() == [card]
    assert scene.seen_by(ALICE) == []


async def test_a_choice_is_for_the_asker_alone_and_what_is_picked_can_be_shared(scene: Scene) -> None:
    choice = await scene.ask("/paper a")
    assert "Which one?" in choice.text
    mine = await picked(scene, choice, RISKS)
    assert RISKS in mine.text
    assert scene.seen_by_all() == []
    again = await turned(scene, mine, "Other matches")
    assert again.text == choice.text
    mine = await picked(scene, again, RISKS)
    await scene.press(mine, "Share")
    await scene.until(scene.seen_by_all)
    (shared,) = scene.seen_by_all()
    assert RISKS in shared.text
    assert "Remove" in shared.buttons


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/paper pizza recipe", "“pizza recipe” is not in the newsletter"),
        ("/paper noisy labels", "What comes closest:"),
        ("/paper noisy labels is:highlight", "Nothing here fits “noisy labels”."),
        ("/paper mesa page:2", "Only filters without words have pages"),
        ("/an 999", "There is no AN #999"),
        ("/an mesa", "not the number of an issue"),
        ("/topic pizza", "pizza"),
        ("/an help", "/an latest"),
        ("/paper help", "/paper"),
        ("/topic help", "/topic"),
        ("/an", "/an latest"),
    ],
)
async def test_a_miss_and_help_are_for_the_asker_alone(scene: Scene, line: str, says: str) -> None:
    card = await scene.ask(line)
    assert says in card.text
    assert "Share" not in card.buttons
    assert scene.seen_by(ALICE) == [card]
    assert scene.seen_by_all() == []


@pytest.mark.parametrize("typed", ["58", "AN #58", "an58", "#58"])
async def test_an_issue_is_found_however_its_number_is_typed(scene: Scene, typed: str) -> None:
    card = await scene.ask(f"/an {typed}")
    assert "AN #58 — Mesa optimization" in card.text
    assert card.text.index("Highlights") < card.text.index("A long read")
    assert scene.seen_by_all() == [card]


async def test_the_menu_of_an_issue_opens_its_entries_and_leads_back(scene: Scene) -> None:
    issue = await scene.ask("/an 58")
    opened = await picked(scene, issue, RISKS)
    assert opened.id == issue.id
    assert "Optimizers may" in opened.text
    back = await turned(scene, opened, "Issue AN #58")
    assert back == issue


async def test_an_issue_leads_to_its_neighbours(scene: Scene) -> None:
    issue = await scene.ask("/an 76")
    assert list(issue.buttons[:2]) == ["◂ AN #58", "AN #99 ▸"]
    assert "AN #99" in (await turned(scene, issue, "AN #99 ▸")).text


async def test_a_topic_lists_its_summaries_newest_first(scene: Scene) -> None:
    card = await scene.ask("/topic mesa optimization")
    assert "Technical AI alignment › Mesa optimization" in card.text
    assert card.text.index("A mesa follow-up") < card.text.index("Risks from")


async def test_a_page_past_the_end_is_the_last_and_says_so(scene: Scene) -> None:
    scene.finder.summaries = [summary(f"The {n}th of many", position=n) for n in range(1, 24)]
    card = await scene.ask("/paper an:58 page:4")
    assert "There is no page 4. This is the last, page 3." in card.text
    assert len(card.entries or ()) == 3


async def test_filters_may_be_typed_among_the_words(scene: Scene) -> None:
    await scene.ask("/paper risks by:hubinger")
    assert scene.finder.asked[-1] == ("risks", Filters(by="hubinger"))


async def test_a_message_is_looked_through_for_summaries(scene: Scene) -> None:
    card = await scene.find_summaries("AN #76 and “A long read”: what do you think?")
    assert "AN #76" in card.text
    assert "A long read" in card.text
    assert "Paragraph 1 " in (await picked(scene, card, "A long read")).text
    assert scene.seen_by_all() == []


async def test_a_message_that_mentions_nothing_says_so(scene: Scene) -> None:
    card = await scene.find_summaries("Good morning, everybody. " * 80)
    assert "no issue or summary that this message mentions" in card.text
    assert scene.seen_by_all() == []


async def test_nothing_that_is_sent_can_ping(scene: Scene) -> None:
    for line in (f"/paper @everyone {scene.mention(BOB)}", "/an @here", "/paper <!channel> risks from"):
        card = await scene.ask(line)
        assert not card.pings
        assert scene.mention(BOB) not in card.text.replace("\\", "")


async def test_the_sample_says_once_that_it_is_one(idle: Scene) -> None:
    idle.library.sample = True
    async with idle.running():
        assert "This is a sample: 3 issues" in (await idle.ask("/an 58")).text
        assert "This is a sample" not in (await idle.ask("/an 76")).text


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (RuntimeError("a secret path /root/x"), "Something went wrong on my side."),
        (StoreError("/root/x is damaged."), "My archive cannot be read now."),
        (StoreBusy("/root/x is being written."), "My database is busy."),
    ],
    ids=["defect", "damage", "busy"],
)
async def test_an_error_is_told_by_an_incident_that_is_in_the_log(
    idle: Scene, caplog: pytest.LogCaptureFixture, error: Exception, says: str
) -> None:
    idle.finder = Failing(error)
    async with idle.running():
        card = await idle.ask("/paper risks")
    assert says in card.text
    assert "/root" not in card.text
    incident = re.search(r"incident ([0-9a-f]{8})\.", card.text)
    assert incident
    assert incident[1] in caplog.text
    assert "/root/x" in caplog.text
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert bool(errors) != isinstance(error, StoreBusy)
    assert idle.seen_by_all() == []
