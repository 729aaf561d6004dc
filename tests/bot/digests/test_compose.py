"""A digest in parts: everything is in them, in order, and each fits."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digests.compose import MOST_PARTS, Part, parts_of
from bot.digests.pages import PER_PAGE
from bot.model.digests import Digest, DigestKind, DigestOptions, Subscription
from bot.model.newsletter import Issue, Opinion
from bot.text.rich_text import Block
from tests.bot.digests.scene import HERE, issue
from tests.support.fakes import summary


def write(block: Block) -> str:
    return block.mark + block.text


def digest(*issues: Issue, **options: object) -> Digest:
    wanted = DigestOptions(**options)  # type: ignore[arg-type] # the parts of a wish
    subscription = Subscription(id="k3jx92ab", place=HERE, options=wanted, by="7", by_name="Ada")
    return Digest(subscription=subscription, issues=issues)


def text_of(parts: tuple[Part, ...]) -> str:
    return "\n".join(block.text for part in parts for block in part.blocks)


def test_highlights_come_first_with_their_first_sentences() -> None:
    (part,) = parts_of(digest(issue(58, published=None)), 4000, write)
    assert part.title == "AN #58 — Title 58"
    assert part.facts == "3 entries"
    assert [block.text for block in part.blocks] == [
        "Highlights",
        "★ Paper 1 of 58 · Ada Writer\nWhat paper 1 says. And more of it.",
        "Technical AI alignment",
        "Paper 2 of 58 · Ada Writer · Robustness",
        "Paper 3 of 58 · Ada Writer · Mesa optimization",
    ]
    assert [span.url for span in part.blocks[1].spans if span.bold] == ["https://papers.example/58/1"]


def test_a_title_without_a_blank_keeps_its_beginning() -> None:
    summaries = (summary("x" * 300, 58, section=("News",)),)
    (part,) = parts_of(digest(replace(issue(58), summaries=summaries)), 4000, write)
    assert part.blocks[1].text.startswith("x" * 100)


def test_highlights_only_and_sections() -> None:
    (part,) = parts_of(digest(issue(58), highlights=True), 4000, write)
    assert [headline.title for headline in part.headlines] == ["Paper 1 of 58"]
    (part,) = parts_of(digest(issue(58), sections=("Robustness",)), 4000, write)
    assert [headline.title for headline in part.headlines] == ["Paper 2 of 58"]
    assert parts_of(digest(issue(58), sections=("Robustness",), highlights=True), 4000, write) == ()


def test_in_full_all_there_is_to_read_is_in_it() -> None:
    whole = summary("Long", 58, text="One. " * 300, opinions=(Opinion(by="Rohin", text="I *agree*."),))
    parts = parts_of(digest(Issue(number=58, summaries=(whole,)), full=True), 500, write)
    assert text_of(parts).count("One.") == 300
    assert text_of(parts).endswith("Rohin’s opinion\nI agree.")
    assert all(part.headlines == (whole.headline,) for part in parts)
    assert [part.number for part in parts] == list(range(1, parts[0].count + 1))


def test_a_club_says_so_and_several_issues_are_named() -> None:
    (club,) = parts_of(digest(issue(58), kind=DigestKind.CLUB), 4000, write)
    assert club.title == "Reading club: AN #58 — Title 58"
    (two,) = parts_of(digest(issue(58), issue(59)), 4000, write)
    assert two.title == "2 new issues: AN #58–59"
    assert two.issue is None


def test_of_many_issues_the_newest_three_are_whole_and_the_others_counted() -> None:
    (part,) = parts_of(digest(*(issue(n) for n in (40, 55, 56, 57, 58, 59, 60))), 8000, write)
    assert part.title == "7 new issues: AN #40, AN #55–60"
    assert [block.text for block in part.blocks if block.heading] == [
        "AN #58 — Title 58",
        "AN #59 — Title 59",
        "AN #60 — Title 60",
    ]
    assert text_of((part,)).count("What paper 1 says.") == 3
    assert part.blocks[-1].text == "4 more new issues: AN #40, AN #55–57. Read one with /an 57."


def test_issues_without_anything_that_was_asked_for_are_not_counted() -> None:
    plain = replace(issue(57), summaries=(summary("Dull", 57, section=("News",)),))
    (part,) = parts_of(digest(plain, issue(58), highlights=True), 4000, write)
    assert part.title == "AN #58 — Title 58"


@given(
    entries=st.integers(1, 60),
    room=st.integers(120, 4000),
    texts=st.lists(st.text(max_size=400), min_size=1, max_size=5),
    full=st.booleans(),
)
def test_every_entry_is_in_the_parts_in_order_and_every_part_fits(
    entries: int,
    room: int,
    texts: list[str],
    full: bool,  # noqa: FBT001 - drawn
) -> None:
    made = issue(58, entries=entries)
    summaries = tuple(
        replace(each, text=texts[position % len(texts)]) for position, each in enumerate(made.summaries)
    )
    parts = parts_of(digest(replace(made, summaries=summaries), full=full), room, write)
    seen = [headline.title for part in parts for headline in part.headlines]
    assert list(dict.fromkeys(seen)) == [each.title for each in summaries] or len(parts) == MOST_PARTS
    for part in parts:
        assert sum(len(write(block)) + 2 for block in part.blocks) <= room
        assert 1 <= len(part.headlines) <= PER_PAGE
        assert part.blocks[0].heading or full
