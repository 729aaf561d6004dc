"""Markup taken apart into paragraphs, whatever elements make them up.

A paragraph holds its plain text, off which the grammar is read by offset, and
its markup, out of which the same stretch is cut and turned into Markdown.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from markdownify import MarkdownConverter

from bot.text.markdown import inline, line_starts, literal

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
_EMPHASIS = frozenset({"b", "em", "i", "strong"})
_SUPERSCRIPTS = dict(zip("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ", strict=True))
_BLANKS = re.compile(r"\s+")
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
        if self.tag.name not in (*_LISTS, *_HEADINGS) and self._is_plain:
            return literal(self.text[start:end].strip())
        whole = start == 0 and end is None
        tag = self.tag if whole else _cut(self.tag, start, len(self.text) if end is None else end)
        written = str(_Converter(heading_style="ATX", bullets="-").convert_soup(tag)).strip()
        written = _LINE_BREAK.sub("  \n", written)
        return written if self.tag.name in (*_LISTS, *_HEADINGS) else line_starts(written)

    @property
    def _is_plain(self) -> bool:
        """Whether there is no markup in it but line breaks at its end."""
        return all(
            not isinstance(child, Tag) or (child.name == "br" and child.next_sibling is None)
            for child in self.tag.contents
        )

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
    """Escapes what would be markup; drops emphasis that Markdown could not close."""

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002  # the library's signature
        return inline(text or "")

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """The text in emphasis, if that can be written."""
        return text if _is_inseparable(el) else _marked(text, "*")

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """The text in strong emphasis, if that can be written."""
        return text if _is_inseparable(el) else _marked(text, "**")

    convert_i = convert_em
    convert_b = convert_strong


def _marked(text: str, mark: str) -> str:
    """The text between two marks, its outer blanks outside of them."""
    inside = text.strip()
    start = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :]
    return f"{start}{mark}{inside}{mark}{end}" if inside else text


def _is_inseparable(tag: Tag) -> bool:
    """Whether the marks around an emphasis would run into what is beside it.

    `<strong>Note:</strong>this` and `<em>a</em><em>b</em>` cannot be written.
    """
    before, after, text = tag.previous_sibling, tag.next_sibling, tag.get_text()
    if any(isinstance(beside, Tag) and beside.name in _EMPHASIS for beside in (before, after)):
        return True
    ends, begins = str(before or "")[-1:], str(after or "")[:1]
    first, last = text.strip()[:1], text.strip()[-1:]
    return (ends.isalnum() and not first.isalnum()) or (begins.isalnum() and not last.isalnum())


def paragraphs(soup: BeautifulSoup) -> Iterator[Paragraph]:
    """The page's paragraphs in order; lists of links into itself are left out.

    Takes the soup to pieces.
    """
    root = soup.body or soup
    yield from _Walk(soup, _holders_of_blocks(root)).below(root, boxed=False)


def _holders_of_blocks(root: Tag) -> set[int]:
    """The elements that blocks are somewhere within, by their ids: each is climbed to once."""
    holders: set[int] = set()
    for block in root.find_all(_BLOCKS):
        for parent in block.parents:
            if id(parent) in holders:
                break
            holders.add(id(parent))
    return holders


class _Walk:
    def __init__(self, soup: BeautifulSoup, holders: set[int]) -> None:
        self._soup = soup
        self._holders = holders

    def below(self, node: Tag, *, boxed: bool) -> Iterator[Paragraph]:
        run = self._soup.new_tag("p")
        for child in _taken_out(node):
            if isinstance(child, PreformattedString):
                continue
            if not isinstance(child, Tag):
                run.append(child)
            elif child.name in _IGNORED or any(map(_AROUND.fullmatch, child.get("class") or [])):
                continue
            elif child.name == "br" and _ends_with_break(run):
                yield from _close(run, boxed=boxed)
                run = self._soup.new_tag("p")
            elif child.name not in _BLOCKS and id(child) not in self._holders:
                run.append(child)
            else:
                yield from _close(run, boxed=boxed)
                run = self._soup.new_tag("p")
                box = boxed or bool(_BOX.search(" ".join(child.get("class") or [])))
                yield from self._block(child, boxed=box)
        yield from _close(run, boxed=boxed)

    def _block(self, tag: Tag, *, boxed: bool) -> Iterator[Paragraph]:
        if tag.name in _HEADINGS:
            yield from _close(tag, boxed=boxed, level=int(tag.name[1]))
        elif tag.name in _LISTS and not tag.find(("h1", "h2", "table")):
            yield from _close(tag, boxed=boxed)
        else:
            yield from self.below(tag, boxed=boxed)


def _taken_out(node: Tag) -> list[PageElement]:
    """The children of an element, each without a parent.

    One at a time they would be looked for among all their siblings.
    """
    children, node.contents = node.contents, []
    for child in children:
        child.parent = child.next_sibling = child.previous_sibling = child.previous_element = None
        last = child._last_descendant(is_initialized=False) if isinstance(child, Tag) else child  # noqa: SLF001
        if last is not None:
            last.next_element = None
    return children


def _close(tag: Tag, *, boxed: bool, level: int = 0) -> Iterator[Paragraph]:
    if not tag.contents:
        return
    tag = _tidied(tag)
    text = tag.get_text()
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    links = _link_spans(tag)
    if end > start and not (links and all(href.startswith("#") for _, _, href in links)):
        # Without outer blanks, so that offset 0 is the first letter.
        trimmed = tag if (start, end) == (0, len(text)) else _cut(tag, start, end)
        yield Paragraph(trimmed, text[start:end], level, boxed)


def _ends_with_break(run: Tag) -> bool:
    for last in reversed(run.contents):
        if isinstance(last, Tag):
            return last.name == "br"
        if last.get_text().strip():
            return False
    return False


def _tidied(tag: Tag) -> Tag:
    """The element with single blanks between words, without comments and the like."""
    return _copied(tag, lambda text: _BLANKS.sub(" ", text), parted=True)


def _cut(tag: Tag, start: int, end: int) -> Tag:
    """A copy of the element with only the text between two offsets."""
    at = 0

    def within(text: str) -> str:
        nonlocal at
        begins, at = at, at + len(text)
        return text[max(0, start - begins) : max(0, end - begins)]

    return _copied(tag, within)


def _copied(tag: Tag, edit: Callable[[str], str], *, parted: bool = False) -> Tag:
    """A copy of the element with every text edited.

    `parted` puts a blank before each line break, so that the words on both
    sides of it stay apart. What is preformatted stays as it is then.
    """
    copied = Tag(name=tag.name, attrs=dict(tag.attrs), can_be_empty_element=tag.can_be_empty_element)
    as_it_is = parted and tag.name == "pre"
    for child in tag.contents:
        if isinstance(child, Tag):
            if parted and child.name == "br":
                copied.append(NavigableString(" "))
            elif parted and child.name == "sup" and not child.find(True):
                copied.append(NavigableString(_raised(child.get_text())))
                continue
            copied.append(_copied(child, str if as_it_is else edit, parted=parted and not as_it_is))
        elif not isinstance(child, PreformattedString):
            copied.append(NavigableString(str(child) if as_it_is else edit(str(child))))
    return copied


def _raised(text: str) -> str:
    """Raised text, so that 10<sup>23</sup> is not 1023.

    >>> _raised("23"), _raised("x+1"), _raised("*")
    ('²³', '^(x+1)', '*')
    """
    text = text.strip()
    if text and all(char in _SUPERSCRIPTS for char in text):
        return "".join(_SUPERSCRIPTS[char] for char in text)
    if not any(char.isalnum() for char in text):
        return text
    ordinal = text.lower() in {"st", "nd", "rd", "th"}
    return text if ordinal else f"^{text}" if len(text) == 1 else f"^({text})"


def _link_spans(tag: Tag) -> list[tuple[int, int, str]]:
    """Where each link begins and ends in the text, and where it leads."""
    spans: list[tuple[int, int, str]] = []
    _gather_links(tag, 0, spans)
    return spans


def _gather_links(tag: Tag, at: int, spans: list[tuple[int, int, str]]) -> int:
    """Add the links in an element whose text begins at that offset; where it ends."""
    for child in tag.contents:
        if not isinstance(child, Tag):
            at += len(str(child))
            continue
        start, at = at, _gather_links(child, at, spans)
        href = child.attrs.get("href") if child.name == "a" else None
        if href is not None and child.get_text().strip():
            spans.append((start, at, str(href)))
    return at
