"""Whatever there is to say fits Slack's limits, and nothing of it pings or breaks out."""

import itertools
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.context import Context
from adapters.slack.home import home_of
from adapters.slack.mrkdwn import written
from adapters.slack.payload import Message, modal_of, payload_of
from adapters.slack.render import screen_of
from adapters.slack.screens import Screen
from adapters.slack.spans import heading, plain_block
from adapters.slack.spots import Spot, Verb, View, decode, picked, query
from bot.answers import (
    Answer,
    Choices,
    Group,
    Help,
    IssueFound,
    IssueUnknown,
    Lead,
    Misunderstood,
    NotFound,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.commands import AN, COMMANDS, OPEN
from bot.desk import desk_for
from bot.ingest import read
from bot.markdown import plain, printable
from bot.ports import Library
from bot.requests import ShowIssue, ShowSections, ShowSummary, ShowTopic
from bot.search import Searcher
from bot.text import make_key
from bot.types import Filters, Headline, Opinion, Origin, SectionCount, Summary
from store import open_store
from tests.adapters.slack.limits import check, check_view, elements
from tests.adapters.slack.reading import texts_of, unlisted, words
from tests.fakes import summary
from tests.indexed import take
from tests.shared import SHARED, needs_shared

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ALICE = "U0123456789"


def context(length: int = 1600, *, matches: bool = True, **facts: Any) -> Context:
    known = {"issues": 1, "summaries": 1, "updated": NOW - timedelta(days=3), "sample": False, **facts}
    led = query("several words of a query", Filters(by="somebody", year=2019)) if matches else None
    return Context(now=NOW, origin=Origin(**known), length=length, matches=led)


def sent(screen: Screen) -> Message:
    """Check the message to all, to one person, and shared; the first comes back."""
    messages = [
        payload_of(screen, owner=ALICE, private=private, shared=shared)
        for private, shared in ((False, False), (True, False), (True, True), (False, True))
    ]
    for message in messages:
        check(message)
    check_view(modal_of(screen, owner=ALICE))
    return messages[0]


def once(screen: Screen) -> Message:
    """Check the message to all."""
    message = payload_of(screen, owner=ALICE, private=False)
    check(message)
    return message


def labels(message: Message) -> list[str]:
    return [e["text"]["text"] for e in elements(message["blocks"]) if e["type"] == "button"]


def options(message: Message) -> list[str]:
    return [o["value"] for e in elements(message["blocks"]) for o in e.get("options", ())]


NASTY = st.sampled_from(
    [
        "@channel ",
        "<!channel> ",
        "<@U123456> ",
        "*",
        "_",
        "~",
        "`",
        "```",
        "[a](http://b.example)",
        "x" * 400,
        "&" * 90,
        "\n",
        "# ",
        "- ",
        "Words of a title ",
        "|",
        "<",
        ">",
        ":smile:",
        "\\",
        "AN #58",
        "★",
        "\u202e",
        "\x07",
        "1. ",
    ]
)
TEXT = st.lists(NASTY, max_size=12).map("".join) | st.text(max_size=40)
WEB = st.sampled_from(
    [
        "https://a.example/x_y?z=(1)&a|b",
        "javascript:alert(1)",
        "http://[",
        "",
        f"https://a.example/{'y' * 400}",
        f"https://a.example/{'z' * 3000}",
    ]
)
PATHS = st.lists(TEXT.filter(str.strip), min_size=1, max_size=3).map(tuple)


@st.composite
def summaries(draw: st.DrawFn) -> Summary:
    title, issue, position = draw(TEXT), draw(st.none() | st.integers(1, 9999)), draw(st.integers(1, 40))
    return Summary(
        key=make_key(issue, "", title, position),
        title=title,
        issue=issue,
        label="" if issue else draw(TEXT),
        position=position,
        links=(draw(WEB),),
        authors=draw(TEXT),
        venue=draw(TEXT),
        year=draw(st.none() | st.integers(1900, 2100)),
        section=draw(PATHS | st.just(())),
        highlight=draw(st.booleans()),
        hat_tip=draw(TEXT),
        summarizer=draw(TEXT),
        text=draw(TEXT),
        opinions=tuple(Opinion(by=draw(TEXT), text=draw(TEXT)) for _ in range(draw(st.integers(0, 2)))),
        prerequisites=draw(TEXT),
        read_more=draw(TEXT),
    )


@st.composite
def headlines(draw: st.DrawFn, most: int = 30) -> tuple[Headline, ...]:
    return tuple(
        Headline(
            key=make_key(n, "", "title"),
            title=draw(TEXT),
            issue=n,
            label="",
            authors=draw(TEXT),
            section=draw(PATHS),
            highlight=draw(st.booleans()),
            url=draw(WEB | st.none()),
        )
        for n in range(1, draw(st.integers(0, most)) + 1)
    )


@settings(max_examples=25, deadline=None)
@given(summaries(), headlines(), st.sampled_from(list(View)), st.integers(0, 9), st.sampled_from([700, 3000]))
def test_any_summary_fits(
    found: Summary, listed: tuple[Headline, ...], view: View, page: int, length: int
) -> None:
    answer = SummaryFound(
        summary=found, issue_title=found.title, issue_url="https://a.example", cites=listed, cited_by=listed
    )
    sent(screen_of(answer, context(length), Spot(view=view, target=found.key, page=page)))


def issue_of(listed: tuple[Headline, ...], title: str = "", path: tuple[str, ...] = ("News",)) -> IssueFound:
    return IssueFound(
        number=58,
        title=title,
        published=date(2019, 6, 4),
        url="https://a.example",
        audio="https://a.example/a.mp3",
        highlights=tuple(Lead(headline=h, text=h.title[:320]) for h in listed[::3]),
        groups=(Group(path=path, headlines=listed[1::3]), Group(path=(), headlines=listed[2::3])),
        previous=57,
        following=59,
    )


@settings(max_examples=20, deadline=None)
@given(headlines(most=45), TEXT, PATHS)
def test_any_issue_fits_and_every_entry_can_be_opened(
    listed: tuple[Headline, ...], title: str, path: tuple[str, ...]
) -> None:
    issue = issue_of(listed, title, path)
    opened = [value for screen in all_pages(issue, View.ISSUE) for value in options(sent(screen))]
    assert set(opened) == {h.key for h in listed}
    check_view(home_of(issue, context(), owner=ALICE))


@settings(max_examples=20, deadline=None)
@given(headlines(most=10), TEXT, PATHS, st.lists(PATHS, max_size=60, unique=True), st.integers(1, 4))
def test_any_list_and_any_miss_fits(
    listed: tuple[Headline, ...], typed: str, path: tuple[str, ...], paths: list[tuple[str, ...]], page: int
) -> None:
    counts = tuple(SectionCount(path=each, count=1234) for each in paths)
    answers: list[Answer] = [
        Choices(words=typed, headlines=listed[:6]),
        NotFound(words=typed, problem=typed, closest=listed[:5]),
        TopicPage(path=path, headlines=listed, page=page, pages=4, total=40),
        Sections(sections=counts),
        SectionChoices(name=typed, sections=counts),
        SectionUnknown(name=typed, closest=counts[:3]),
        SummaryGone(key=typed),
        Misunderstood(problem=typed, commands=COMMANDS),
        Help(commands=(AN,)),
        Help(commands=COMMANDS),
        Help(commands=(OPEN,)),
        IssueUnknown(number=10**8, nearest=(1, 2, 3, 4)),
        IssueUnknown(number=1, nearest=()),
    ]
    for answer in answers:
        sent(screen_of(answer, context(), Spot(view=View.SECTIONS, page=page)))


RISKS = summary(
    "Risks & *other* things",
    authors="Evan Hubinger*, Chris van Merwijk*",
    venue="arXiv",
    year=2019,
    links=("https://arxiv.org/abs/1906.01820",),
    section=("Technical AI alignment", "Mesa optimization"),
    highlight=True,
    hat_tip="Sam",
    summarizer="Rohin",
    text="Optimizers _produce_ optimizers.",
    opinions=(Opinion(by="Rohin", text="A useful _frame_."),),
    prerequisites="[Another](https://a.example)",
)
CITED = summary("Cited", 57).headline
FOUND = SummaryFound(
    summary=RISKS, issue_title="Mesa", issue_url="https://mail.example/58", cites=(CITED,), cited_by=(CITED,)
)


def test_a_summary_tells_all_that_is_known_of_it() -> None:
    message = sent(screen_of(FOUND, context()))
    head, facts, text, footer = texts_of(message["blocks"])
    assert head.startswith("★ *<https://arxiv.org/abs/1906.01820|Risks &amp; ")
    assert head.endswith("\nEvan Hubinger, Chris van Merwijk · arXiv 2019")
    assert facts == (
        "<https://mail.example/58|AN #58> · Technical AI alignment › Mesa optimization · Highlight"
        " · summarized by Rohin · H/T Sam"
    )
    assert text == "Optimizers _produce_ optimizers.\n\n*Prerequisites:* <https://a.example|Another>"
    assert footer == "updated 3 days ago"
    assert labels(message) == [
        "Opinion",
        "Cites 1",
        "Cited by 1",
        "Other matches",
        "Issue AN #58",
        "Remove",
    ]


def test_the_opinion_is_told_by_name() -> None:
    message = sent(screen_of(FOUND, context(), Spot(view=View.OPINION)))
    assert "*Rohin’s opinion*\n\nA useful _frame_." in texts_of(message["blocks"])


def test_what_cites_it_can_be_opened() -> None:
    assert options(sent(screen_of(FOUND, context(), Spot(view=View.CITED_BY)))) == [CITED.key]


def test_a_clear_answer_is_for_all_unless_the_place_keeps_it_private_and_can_then_be_shared() -> None:
    screen = screen_of(FOUND, context())
    public = payload_of(screen, owner=ALICE, private=False)
    assert (public["response_type"], labels(public)[-1]) == ("in_channel", "Remove")
    private = payload_of(screen, owner=ALICE, private=True)
    assert (private["response_type"], labels(private)[-1]) == ("ephemeral", "Share")
    assert "Share" not in labels(payload_of(screen, owner=ALICE, private=True, shared=True))
    shared = payload_of(screen, owner=ALICE, private=False, shared=True)
    assert f"Shared by <@{ALICE}>" in texts_of(shared["blocks"])


@pytest.mark.parametrize(
    "answer",
    [
        Choices(words="x", headlines=(CITED,)),
        NotFound(words="x", problem="", closest=(CITED,)),
        IssueUnknown(number=5, nearest=(6,)),
        SummaryGone(key="x"),
        SectionChoices(name="x", sections=()),
        SectionUnknown(name="x", closest=()),
        Help(commands=COMMANDS),
        Misunderstood(problem="What?", commands=COMMANDS),
    ],
)
def test_a_choice_a_miss_and_help_are_for_who_asked_alone_and_not_shared(answer: Answer) -> None:
    message = payload_of(screen_of(answer, context()), owner=ALICE, private=False)
    assert message["response_type"] == "ephemeral"
    assert not {"Share", "Remove"} & set(labels(message))


def test_the_fallback_reads_as_plain_words() -> None:
    message = sent(screen_of(FOUND, context()))
    assert message["text"].replace("\u200b", "") == (
        "★ Risks &amp; *other* things\nEvan Hubinger, Chris van Merwijk · arXiv 2019\n"
        "AN #58 · Technical AI alignment › Mesa optimization · Highlight · summarized by Rohin · H/T Sam\n"
        "Optimizers produce optimizers.\n\nPrerequisites: Another"
    )


def test_help_tells_of_slacks_own_commands_alone() -> None:
    text = payload_of(screen_of(Help(commands=COMMANDS), context()), owner="", private=False)["text"]
    assert all(f"/{name}" in text for name in ("an", "paper", "topic"))
    assert "/open" not in text
    assert "/help" not in text


def test_every_action_says_what_it_does_and_whose_it_is() -> None:
    message = payload_of(screen_of(FOUND, context(), Spot(view=View.CITES)), owner=ALICE, private=True)
    presses = [decode(element["action_id"]) for element in elements(message["blocks"])]
    assert all(press and press.owner == ALICE for press in presses)
    assert {press.verb for press in presses if press} == {Verb.PICK, Verb.GO, Verb.SHARE}
    assert picked(Spot(view=View.CITES), CITED.key) == Spot(view=View.TEXT, target=CITED.key)


def test_the_home_shows_the_latest_issue_a_box_to_ask_in_and_how_to_ask() -> None:
    view = home_of(issue_of((CITED,), "Mesa"), context(), owner=ALICE)
    text = " ".join(texts_of(view["blocks"]))
    assert "AN #58 — Mesa" in text
    assert "4 June 2019" in text
    assert "`/paper mesa`" in text
    assert "updated 3 days ago" in text
    (box,) = (e for e in elements(view["blocks"]) if e["type"] == "plain_text_input")
    press = decode(box["action_id"])
    assert press
    assert press.verb is Verb.SEARCH


def test_the_home_of_an_empty_library_still_says_how_to_ask() -> None:
    view = home_of(None, context(), owner="")
    check_view(view)
    assert "There are no issues here yet." in texts_of(view["blocks"])


def test_a_heading_stands_on_one_page_with_what_follows() -> None:
    text = "Words go on here. " * 85 + "\n\n# A heading\n\n" + "More follows. " * 60
    pages = list(all_pages(SummaryFound(summary=summary("Long", text=text), issue_title="", issue_url="")))
    assert not any(page.body[-1].heading for page in pages)
    assert heading("A heading") == pages[1].body[0]


@pytest.fixture
async def real() -> AsyncIterator[tuple[Library, Any]]:
    corpus = SHARED / "corpus"
    async with open_store(":memory:", clock=lambda: NOW) as store:
        async with store.archive.many():
            for file in (corpus / "alignment_newsletter.xlsx", *sorted((corpus / "html").iterdir())):
                await take(store, file.name, read(file.read_bytes(), file.name))
        desk = desk_for(store.library, Searcher(store.search), random.Random(1))  # noqa: S311 - no secret
        yield store.library, desk.answerer


@needs_shared
async def test_every_page_of_every_real_answer_fits_and_every_summary_is_there_to_its_last_word(
    real: tuple[Library, Any],
) -> None:
    library, answerer = real
    keys: set[str] = set()
    for path in await library.sections():
        for page in itertools.count(1):
            answer = (await answerer.answer(ShowTopic(section=" ".join(path.path), page=page))).answer
            keys |= {headline.key for headline in answer.headlines}
            once(screen_of(answer, context()))
            if page >= answer.pages:
                break
    assert len(keys) > 1900
    for number in await library.numbers():
        issue = (await answerer.answer(ShowIssue(number=number))).answer
        opened = {key for screen in all_pages(issue, View.ISSUE) for key in options(once(screen))}
        assert opened == {entry.key for entry in (await library.issue(number)).summaries}  # type: ignore[union-attr] # it is there
    for screen in all_pages((await answerer.answer(ShowSections())).answer, View.SECTIONS):
        sent(screen)
    for key in keys:
        every_word((await answerer.answer(ShowSummary(key=key))).answer)


def every_word(answer: SummaryFound) -> None:
    """Check every page of every view; the texts are on them, word for word."""
    told = answer.summary
    views = {
        View.TEXT: [told.text, told.prerequisites, told.read_more],
        View.OPINION: [opinion.text for opinion in told.opinions],
        View.CITES: [""] if answer.cites else [],
        View.CITED_BY: [""] if answer.cited_by else [],
    }
    for view, texts in views.items():
        found: list[str] = []
        for screen in all_pages(answer, view) if texts else ():
            once(screen)
            found += words(written(screen.body))
        for text in texts:
            expected = unlisted(plain(printable(text))).split()
            assert " ".join(expected) in " ".join(found)


def all_pages(answer: Answer, view: View = View.TEXT) -> Iterator[Screen]:
    """Every page of the view, as its Next leads through them."""
    spot: Spot | None = Spot(view=view, page=1)
    while spot:
        screen = screen_of(answer, context(700 if view is View.OPINION else 1600), spot)
        yield screen
        ways = [button for button in screen.buttons if button.label == "Next"]
        spot = ways[0].spot if ways else None


def test_nothing_is_said_twice_where_a_text_says_nothing() -> None:
    bare = SummaryFound(
        summary=summary("Only a title", text="[x]: https://a.example"), issue_title="", issue_url=""
    )
    (screen,) = all_pages(bare)
    assert screen.body == (plain_block("The newsletter lists this one by its title alone.", italic=True),)
