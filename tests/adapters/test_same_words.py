"""Any plain text and any HTML text is shown with the same words and signs on all three platforms.

Texts come in by `anbot index` and out by `anbot try`. What Discord shows is read by a parser that is
not ours, what Slack shows off rich text as it is, and what a terminal shows by rich's reader of ANSI.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from io import StringIO
from itertools import count, repeat
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import discord_markdown  # type: ignore[import-untyped] # it ships no types
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.text import Text

from bot.__main__ import build_app
from bot.app import App
from bot.cli import anbot
from bot.runtime.clock import Clock
from bot.text.markdown import printable
from tests.adapters.slack.mrkdwn_reader import TWINS, seen_in

TITLES = ("Sheep", "Ewes", "Rams", "Lambs", "Goats", "Kids")
FIRST, LAST = "Wool.", "So it is."
"""What each text stands between."""
PIECES = st.sampled_from(
    [
        *("word", "A. ", "*", "**", "_", "__", "~", "~~", "`", "``", "```", "\n", "\n\n", "- ", "1. ", "3. ", "1) "),
        *("> ", "# ", "-# ", ">>> ", "+ ", "---", "===", "~~~", "[x]", "[a]:", "](", "http://a.example/x_y*z", "<b>"),
        *("&amp;", "&", "<", ">", "|", "||", "\\", ":smile:", "::", "@everyone", "@here", "<@123456789012345678>"),
        *("<!channel>", "<#C1|x>", "<t:1:F>", "<a:b:1234567890123456789>", "[", "]", "!", "$", "  ", "\t", "é", "ツ", "😀"),
        *("\u200b", "\u00a0", "\x1b[1m", "\u202e", "a_b", "2*3", "*a*", "_b_", "**d**", "__init__", "_x000f_", "^"),
    ]
)  # fmt: skip
UNSEEN = st.characters(
    exclude_categories=["Cs", "Co", "Cn"], exclude_characters="(" + "".join(map(chr, TWINS))
)
PLAIN = st.lists(PIECES, max_size=12).map("".join) | st.text(UNSEEN, max_size=40)
LINKED = "https://e.example/(x"
ELEMENTS = st.sampled_from(["em", "strong", "code", "span", "i", f'a href="{LINKED}"'])
INLINE = st.recursive(
    st.lists(PIECES, max_size=4).map("".join).map(escape) | st.just("<br>"),
    lambda parts: st.builds(
        lambda name, inner: f"<{name}>{''.join(inner)}</{name.split()[0]}>",
        ELEMENTS,
        st.lists(parts, max_size=4),
    ),
    max_leaves=10,
)
AROUND = st.sampled_from(
    ["<p>{}</p>", "<ul><li>{}</li></ul>", "<div>{}</div>", "<pre>{}</pre>", "<td>{}</td>"]
)
HTML = st.builds(
    lambda around, parts: around.format(f"so, {''.join(parts)}"), AROUND, st.lists(INLINE, max_size=5)
)

databases = count()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"COLUMNS": "100", "LINES": "50"}.items():
        monkeypatch.setenv(name, value)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def indexed(folder: Path, name: str, issue: str) -> App:
    """The program with that issue in its database."""
    folder /= str(next(databases))
    folder.mkdir()
    (folder / name).write_text(issue, encoding="utf-8")
    environment = {"ANBOT_DB": str(folder / "an.sqlite"), "ANBOT_HISTORY": str(folder / "history")}
    app = replace(build_app(environment), clock=Clock(read=lambda: datetime(2026, 1, 2, tzinfo=UTC)))
    CliRunner().invoke(anbot, ["index", str(folder / name)], obj=app, catch_exceptions=False)
    return app


def shown(app: App, title: str) -> Iterator[str]:
    """The text of that summary as each platform shows it."""
    asked = f"/open 77-{title.lower()}"
    (embed,) = json.loads(_piped(app, "--as", "discord", asked))["data"]["embeds"]
    yield "".join(on_discord(discord_markdown.parse(embed["description"])))
    yield "\n".join(seen.text for seen in seen_in(json.loads(_piped(app, "--as", "slack", asked))["blocks"]))
    yield _piped(app, asked)
    with redirect_stdout(Terminal()) as terminal:
        anbot.main(["try", asked], obj=app, standalone_mode=False)
    yield Text.from_ansi(terminal.getvalue()).plain


def _piped(app: App, *arguments: str) -> str:
    result = CliRunner().invoke(anbot, ["try", *arguments], obj=app, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def on_discord(nodes: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The text of parsed Markdown, in which nothing pings and nothing is hidden, struck or a picture."""
    for node in nodes:
        match node:
            case {"type": "text" | "code", "value": text}:
                yield text
            case {"type": "code_block", "value": {"language": None, "content": text}}:
                yield text
            case {"type": "emoji", "value": {"type": "unicode", "value": text}}:
                yield text
            case {"type": "empty"}:
                yield "\n"
            case {"type": "paragraph" | "bold" | "italic", "value": inside}:
                yield from on_discord(inside)
                yield "\n" * (node["type"] == "paragraph")
            case {"type": "link", "value": {"text": inside, "url": url}}:
                yield from on_discord(inside) if inside else (url,)
            case {"type": "list", "value": of}:
                for mark, item in zip(_marks(of), of["items"], strict=False):
                    yield mark
                    yield from on_discord(item["content"])
            case _:
                raise AssertionError(node)


def _marks(listed: dict[str, Any]) -> Iterator[str]:
    if listed["type"] == "ordered":
        return (f"{number}." for number in count(listed["value"]))
    return repeat("-")


LISTED = re.compile(r"^(\s*)[•◦]", re.MULTILINE)
ADDRESS = re.compile(rf"[<(]{re.escape(LINKED)}[>)]")
BLANK = re.compile(r"[\s\u200b]+")


def signs(text: str, *, title: str) -> str:
    """What is seen of a text, without blanks.

    Items of lists may be marked by a dot, a link followed by where it leads, an address quoted, and a
    bracket that has no partner in its link be a wide one.
    """
    text = printable(text).translate({ord("［"): "[", ord("］"): "]"})
    seen = BLANK.sub("", unquote(BLANK.sub("", ADDRESS.sub("", LISTED.sub(r"\1-", text)))))
    return seen.partition(FIRST)[2].rpartition(BLANK.sub("", LAST))[0] if title else seen


def check(folder: Path, name: str, issue: str, written: Sequence[str]) -> None:
    app = indexed(folder, name, issue)
    for title, text in zip(TITLES, written, strict=False):
        for seen in shown(app, title):
            assert signs(seen, title=title) == signs(text, title="")


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(PLAIN, min_size=3, max_size=len(TITLES)))
@example(
    ["- 1. ", "1. a\n\n1. b", "-\x1b", "http://b.example/q):smile:", "[a](http://b.example/q)é", "007. x"]
)
def test_plain_text_is_shown_as_written(tmp_path: Path, texts: list[str]) -> None:
    entries = (
        f"{title} (Ann Lee) (summarized by Flo): {FIRST}\n\n{text}\n\n{LAST}\n\n"
        for title, text in zip(TITLES, texts, strict=False)
    )
    check(tmp_path, "77.txt", "Alignment Newsletter #77\n\nNews\n\n" + "".join(entries), texts)


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(HTML, min_size=3, max_size=len(TITLES)))
@example(
    [
        "<pre>so, <em>word</em></pre>",
        "<p>so, <em>\\<br></em>word <em>*</em><a href='https://e.example/(x'></a>word</p>",
        f'<p>so, <a href="{LINKED}"><em><br></em>]://</a> <a href="{LINKED}">\\[</a></p>',
        "<p>so, <code>http://a.example/c``</code></p>",
        f'<p>so, <a href="{LINKED}">http://a.example/c[x]*y</a></p>',
        f'<p>so, <a href="{LINKED}">\u200b</a></p>',
    ]
)
def test_html_text_is_shown_as_written(tmp_path: Path, markup: list[str]) -> None:
    entries = (
        f'<p><a href="https://s.example/">{title}</a> (Ann Lee) (summarized by Flo): {FIRST}</p>{text}<p>{LAST}</p>'
        for title, text in zip(TITLES, markup, strict=False)
    )
    page = f"<html><title>Alignment Newsletter #77</title><h1>News</h1>{''.join(entries)}</html>"
    written = [
        ("-" * ("<li>" in text)) + BeautifulSoup(text.replace("<br>", " "), "lxml").get_text()
        for text in markup
    ]
    check(tmp_path, "77.html", page, written)
