"""Text with markup of its own as the page it stands for: Markdown, and mail in plain text."""

import html
import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt

from bot.readers.grammar import CLOSING, Byline, byline_at
from bot.readers.heads import find_byline, is_one_title
from bot.readers.layout import is_heading
from bot.readers.sizes import is_outsized_markdown
from bot.text.literal import without_tags

_MARKED: Final = re.compile(r"(?m)^#{1,6}[ \t]+(.+)$")
_UNDERLINED: Final = re.compile(r"(?m)^([^\n]+)\n(?:=+|-+)[ \t]*$")
_MAILED: Final = re.compile(r"(?m)^\*\* (.+)\n-{5,}[ \t]*$")
_BOLD: Final = re.compile(r"(?m)^(?:\*{1,2}|_{1,2})([^*_\n]{2,60})(?:\*{1,2}|_{1,2}):?[ \t]*$")
_MARKDOWN_HEAD: Final = re.compile(
    r"(?m)^(?:\[[^\[\]\n]{2,300}\]\([^\s()]{1,500}\)|\*\*[^*\n]{2,300}\*\*) [*_]{0,2}\((?!http)"
)
_LINE: Final = re.compile(r"(?m)^([^\n]{2,60})$")
_NOTHING: Final = "<html></html>"
_LEVEL_ONE: Final = 30
"""Dashes below a heading; the mailing service sets more below the outermost."""
_URL: Final = r"https?://(?:[^\s()]|\([^\s()]*\))+"
_TITLE: Final = re.compile(rf"(?P<title>.{{1,300}}?)\s\((?P<url>{_URL})\)", re.DOTALL)
_MORE: Final = re.compile(rf"(?P<between>,? and |, | & )(?P<title>[^\n()]{{1,300}}?)\s\((?P<url>{_URL})\)")
_LINKED_WORD: Final = re.compile(rf"(?<![^\s()])(?P<word>[^\s()]+)\s\((?P<url>{_URL})\)")
_OTHERWISE_LINKED: Final = re.compile(r"(?<=[^\s(<\[\]])[ \n]?[<\[](https?://[^\s<>\[\]]+)[>\]]")
"""An address behind its text, as Gmail, Apple and Outlook write it."""
_LINKED_HEAD: Final = re.compile(rf"[^\s()] \({_URL}\) ?\(")
_ALONE_OR_ANNOUNCING: Final = re.compile(r"\s*(?::|$)")
_OPENS: Final = re.compile(r"\s*\(")


def as_page(text: str) -> str:
    """The page that a text with marked headings stands for, "" if it has none."""
    if _has_headings(_MAILED, text):
        return "\n".join(_mailed(_linked_alike(text)))
    if _has_headings(_MARKED, text) or _has_headings(_UNDERLINED, text):
        return _of_markdown(text)
    if _has_headings(_BOLD, text) and ("](" in text or _MARKDOWN_HEAD.search(text)):
        return _of_markdown(_with_headings(_BOLD, text, "# {}"))
    if _has_headings(_LINE, text) and _MARKDOWN_HEAD.search(text):
        return _of_markdown(_with_headings(_LINE, text, "# {}"))
    text = _linked_alike(text)
    for pattern in (_BOLD, _LINE):
        if _has_headings(pattern, text) and _has_linked_heads(text):
            return "\n".join(_mailed(_with_headings(pattern, text, "** {}\n-----")))
    return ""


def _has_linked_heads(text: str) -> bool:
    """Whether titles are followed by their addresses, and not one of them by chance."""
    linked = len(_LINKED_HEAD.findall(text))
    return linked > 0 and 2 * linked >= sum(
        find_byline(line, fresh=False) is not None for line in text.split("\n")
    )


def _of_markdown(text: str) -> str:
    return _NOTHING if is_outsized_markdown(text) else f"<html><body>{_markdown(text)}</body></html>"


def _linked_alike(text: str) -> str:
    return _OTHERWISE_LINKED.sub(r" (\1)", text)


def _with_headings(pattern: re.Pattern[str], text: str, form: str) -> str:
    """The text with its headings in another form."""

    def head(line: re.Match[str]) -> str:
        name = line[1].strip()
        return form.format(name) if is_heading(name) or name.casefold() in CLOSING else line[0]

    return pattern.sub(head, text)


def _has_headings(pattern: re.Pattern[str], text: str) -> bool:
    return any(is_heading(match[1].strip("*# \t")) for match in pattern.finditer(text))


def _markdown(text: str) -> str:
    parser = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_block", "html_inline"])
    return str(parser.render(without_tags(text)))


def _mailed(text: str) -> Iterator[str]:
    """The paragraphs of a mail in plain text, its titles linked again.

    The service writes a link as its text and the address in brackets, so only
    at the start of a paragraph is it known where the text of the link begins.
    """
    fresh = False  # whether a title may come without a byline
    for part in filter(None, re.split(r"\n{2,}", _MAILED.sub(_heading, text))):
        if part.startswith("<h"):
            fresh = True
            yield part
        else:
            links, end = _title_links(part, fresh=fresh)
            fresh = bool(links) and _ends_with_byline(part, end)
            yield f"<p>{links}{_linked(part[end:])}</p>"


def _heading(match: re.Match[str]) -> str:
    level = 1 if match[0].count("-") >= _LEVEL_ONE else 2
    return f"\n\n<h{level}>{html.escape(match[1].strip())}</h{level}>\n\n"


def _title_links(text: str, *, fresh: bool) -> tuple[str, int]:
    """The links of the title that a paragraph begins with, and where they end."""
    match = _TITLE.match(text)
    written, end = "", 0
    while match and (end or is_one_title(text, match.end("title"))):
        written += html.escape(match.groupdict().get("between", "")) + _link(match["title"], match["url"])
        end = match.end()
        match = _MORE.match(text, end)
    is_title = end and (_byline(text, end) or (fresh and _ALONE_OR_ANNOUNCING.match(text, end)))
    return (written, end) if is_title else ("", 0)


def _byline(text: str, at: int) -> Byline | None:
    opens = _OPENS.match(text, at)
    return byline_at(text, opens.end() - 1) if opens else None


def _ends_with_byline(text: str, at: int) -> bool:
    byline = _byline(text, at)
    return not text[byline.end if byline else at :].strip()


def _linked(text: str) -> str:
    """The text with the last word before each address linked to it."""
    written, end = "", 0
    for match in _LINKED_WORD.finditer(text):
        written += html.escape(text[end : match.start()]) + _link(match["word"], match["url"])
        end = match.end()
    return (written + html.escape(text[end:])).replace("\n", "<br>")


def _link(title: str, url: str) -> str:
    return f'<a href="{html.escape(url)}">{html.escape(title)}</a>'
