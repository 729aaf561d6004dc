"""Strategies for anything that a newsletter might contain, and worse: markup of every platform."""

from hypothesis import strategies as st

from bot.model.keys import make_key
from bot.model.newsletter import Headline, Opinion, Summary

NASTY = st.sampled_from(
    [
        "@everyone ",
        "<@123456789012345678> ",
        "@channel ",
        "<!channel> ",
        "<@U123456> ",
        "*",
        "**",
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
        "||",
        "[",
        "]",
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
        f"https://a.example/{'x' * 900}",
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
