"""Whatever there is to say fits Slack's limits, and nothing of it pings or breaks out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.home import home_of
from adapters.slack.render import screen_of
from bot.answers import (
    Answer,
    Choices,
    Help,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.chat.spots import Spot, View
from bot.commands import AN, COMMANDS, OPEN
from bot.text import make_key
from bot.types import Headline, Opinion, Preferences, SectionCount, Summary
from tests.adapters.slack.limits import check_view
from tests.adapters.slack.showing import ALICE, all_pages, context, issue_of, options, sent

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


@settings(max_examples=20, deadline=None)
@given(headlines(most=45), TEXT, PATHS)
def test_any_issue_fits_and_every_entry_can_be_opened(
    listed: tuple[Headline, ...], title: str, path: tuple[str, ...]
) -> None:
    issue = issue_of(listed, title, path)
    opened = [value for screen in all_pages(issue, View.ISSUE) for value in options(sent(screen))]
    assert set(opened) == {h.key for h in listed}
    check_view(home_of(issue, context(), Preferences(), owner=ALICE, admin=True))


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
