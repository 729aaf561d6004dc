"""Markup taken apart into paragraphs, whatever elements make them up.

A paragraph holds its plain text, off which the grammar is read by offset, and
its markup, out of which the same stretch is cut and turned into Markdown.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from markdownify import MarkdownConverter

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "blockquote", "pre")  # turned into Markdown as they are
_BLOCKS = (
    *_HEADINGS,
    *_LISTS,
    *(
        "address",
        "article",
        "body",
        "center",
        "div",
        "dl",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
    ),
    *("main", "nav", "p", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
)
_IGNORED = (
    "aside",
    "button",
    "footer",
    "head",
    "img",
    "nav",
    "noscript",
    "script",
    "style",
    "svg",
    "template",
)
# What forums and journals put around an issue, by the names that they give it.
_AROUND = re.compile(
    r"(?:comment|discussion)(?:s|-?(?:list|section|thread|area|body|item|node).*)|Comments?[A-Z]\w*(?:List|Section|Item|Node)\b.*"
    r"|(?:post-|entry-)?tags?(?:-?list)?|.*Footer.*|footer.*|sidebar.*|related-?posts?|(?:post-)?navigation|shar(?:e|ing)\b.*"
)
_BOX = re.compile(r"mcnBoxedText")
_LINE_BREAK = re.compile(r" {3,}\n")
_BETWEEN_TITLES = re.compile(r"[\s\"“‘']*|\s*(?:,|and|,\s*and|&|/)\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text by itself, with its markup."""

    tag: Tag
    text: str
    level: int = 0
    """1 to 6 for a heading, else 0."""
    boxed: bool = False
    """Whether it is in one of the boxes that the mails put opinions in."""

    @property
    def listed(self) -> bool:
        """Whether it is a list or a quotation."""
        return self.tag.name in _LISTS

    def markdown(self, start: int = 0, end: int | None = None) -> str:
        """The part of the text between two offsets, as Markdown."""
        whole = start == 0 and end is None
        tag = self.tag if whole else _cut(self.tag, start, len(self.text) if end is None else end)
        written = str(_Converter(heading_style="ATX", bullets="-").convert_soup(tag)).strip()
        return _LINE_BREAK.sub("  \n", written)

    def links(self, end: int) -> tuple[str, ...]:
        """Addresses of the links that begin before that offset."""
        return tuple(href for at, _, href in _link_spans(self.tag) if at < end)

    def linked(self) -> int:
        """Where the links end that the paragraph begins with; 0 if with none."""
        end = 0
        for start, stop, _ in _link_spans(self.tag):
            if not _BETWEEN_TITLES.fullmatch(self.text, end, start):
                break
            end = stop
        return end


class _Converter(MarkdownConverter):
    """Escapes what would be markup, but not the underscores inside words."""

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002  # the library's signature
        return re.sub(r"([\\*`\[\]]|(?<!\w)_|_(?!\w))", r"\\\1", text) if text else ""


def paragraphs(soup: BeautifulSoup) -> Iterator[Paragraph]:
    """The page's paragraphs in order; lists of links into itself are left out.

    Takes the soup to pieces.
    """
    root = soup.body or soup
    for text in list(root.find_all(string=True)):
        if isinstance(text, PreformattedString):
            text.extract()
        elif not text.find_parent("pre"):
            text.replace_with(re.sub(r"\s+", " ", text))
    for br in root.find_all("br"):
        br.insert_before(" ")  # the words that it parts stay apart
    yield from _walk(soup, root, boxed=False)


def _walk(soup: BeautifulSoup, node: Tag, *, boxed: bool) -> Iterator[Paragraph]:
    run = soup.new_tag("p")
    for child in list(node.children):
        if not isinstance(child, Tag):
            run.append(child.extract())
        elif child.name in _IGNORED or any(map(_AROUND.fullmatch, child.get("class") or [])):
            continue
        elif child.name == "br" and _ends_with_break(run):
            yield from _close(run, boxed=boxed)
            run = soup.new_tag("p")
        elif child.name not in _BLOCKS and not child.find(_BLOCKS):
            run.append(child.extract())
        else:
            yield from _close(run, boxed=boxed)
            run = soup.new_tag("p")
            yield from _block(
                soup, child, boxed=boxed or bool(_BOX.search(" ".join(child.get("class") or [])))
            )
    yield from _close(run, boxed=boxed)


def _block(soup: BeautifulSoup, tag: Tag, *, boxed: bool) -> Iterator[Paragraph]:
    if tag.name in _HEADINGS:
        yield from _close(tag, boxed=boxed, level=int(tag.name[1]))
    elif tag.name in _LISTS and not tag.find(("h1", "h2", "table")):
        yield from _close(tag, boxed=boxed)
    else:
        yield from _walk(soup, tag, boxed=boxed)


def _close(tag: Tag, *, boxed: bool, level: int = 0) -> Iterator[Paragraph]:
    _trim(tag)
    text = tag.get_text()
    links = [str(a.get("href", "")) for a in tag.find_all("a", href=True)]
    if text.strip() and not (links and all(href.startswith("#") for href in links)):
        yield Paragraph(tag, text, level, boxed)


def _trim(tag: Tag) -> None:
    """Take blanks off both ends, so that offset 0 is the first letter."""
    for trim, direction in ((str.lstrip, 1), (str.rstrip, -1)):
        for string in list(tag.strings)[::direction]:
            trimmed = trim(string)
            string.replace_with(trimmed)
            if trimmed:
                break


def _ends_with_break(run: Tag) -> bool:
    for last in reversed(run.contents):
        if isinstance(last, Tag):
            return last.name == "br"
        if last.get_text().strip():
            return False
    return False


def _cut(tag: Tag, start: int, end: int) -> Tag:
    """A copy of the element with only the text between two offsets."""
    tag = copy.copy(tag)
    at = 0
    for string in list(tag.find_all(string=True)):
        piece = string[max(0, start - at) : max(0, end - at)]
        at += len(string)
        string.replace_with(NavigableString(piece))
    return tag


def _link_spans(tag: Tag) -> list[tuple[int, int, str]]:
    """Where each link begins and ends in the text, and where it leads."""
    spans: dict[int, tuple[int, int, str]] = {}
    at = 0
    for string in tag.strings:
        link = string.find_parent("a", href=True)
        if link is not None and string.strip():
            start = spans[id(link)][0] if id(link) in spans else at
            spans[id(link)] = (start, at + len(string), str(link["href"]))
        at += len(string)
    return sorted(spans.values())
