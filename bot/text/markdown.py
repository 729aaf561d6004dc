"""The newsletter's Markdown, and what of it a plain text or an excerpt keeps."""

import functools
import re
import textwrap
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LIST_NUMBER: Final = re.compile(r"[\s(]\(?\d{1,2}[.)]$")
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])")
# The newsletter sometimes indents a whole list by four blanks.
_INDENTED_LIST: Final = re.compile(r"(?:\A|\n[ \t]*\n)((?: {4,}\S[^\n]*(?:\n|\Z))+)")
_DIRECTIONS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSAFE: Final = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_DIRECTIONS}\ud800-\udfff]")


def parse(markdown: str) -> list[Token]:
    """The tokens of a text, read the way the newsletter writes.

    It writes no HTML (`<GRAPHS HERE>` is text) and no indented code (a list
    indented by four blanks is a list).
    """
    flush = _INDENTED_LIST.sub(lambda block: block[0].replace(block[1], textwrap.dedent(block[1])), markdown)
    return _parser().parse(flush)


def plain(markdown: str, *, addresses: bool = False) -> str:
    """The text without markup, a blank line between paragraphs.

    With `addresses`, a link's address follows it in angle brackets.

    >>> plain("See [_this_](https://a.example/).", addresses=True)
    'See this <https://a.example/>.'
    """
    writer = _Writer(addresses=addresses)
    for token in parse(markdown):
        writer.take(token)
    return writer.text.strip("\n")


def excerpt(markdown: str, limit: int) -> str:
    """The first sentences as plain text in one line of at most `limit` characters.

    Whole sentences if the first one fits, else words and an ellipsis. The number of a list's
    item ends neither.

    >>> excerpt("One. Two is longer.", 12), excerpt("Onlyone sentence here.", 12)
    ('One.', 'Onlyone…')
    """
    text = " ".join(plain(markdown).split())
    if len(text) <= limit:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() <= limit]
    whole = [end for end in ends if not _LIST_NUMBER.search(text[:end])]
    if whole:
        return text[: whole[-1]]
    cut = text[: limit - 1]
    words = _LIST_NUMBER.sub("", cut.rpartition(" ")[0] or cut)
    return words.rstrip(" ,;:") + "…"


def printable(text: str) -> str:
    r"""The text without characters that control a terminal or turn the reading
    direction; line breaks and tabs stay.

    >>> printable("a\x1b[31mred\u202e")
    'a[31mred'
    """
    return text if text.isprintable() else _UNSAFE.sub("", text.replace("\r\n", "\n"))


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").disable(["code", "html_block", "html_inline"])


class _Writer:
    """Writes tokens as text: paragraphs apart, the items of a list close."""

    def __init__(self, *, addresses: bool) -> None:
        self.text = ""
        self._addresses = addresses
        self._lists: list[int | None] = []
        self._bullet = ""
        self._gap = "\n\n"

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._gap = "\n" if self._lists else "\n\n"
            case "list_item_open":
                self._bullet = self._next_bullet()
            case "list_item_close":
                self._gap, self._bullet = "\n", ""
            case "inline":
                self._block(_inline(token.children or [], addresses=self._addresses))
            case "fence":
                self._block(token.content.rstrip())
            case _:
                pass

    def _block(self, text: str) -> None:
        indent = "  " * (len(self._lists) - 1) if self._bullet else "  " * len(self._lists)
        self.text += self._gap + indent + self._bullet + text
        self._gap, self._bullet = ("\n" if self._lists and self._bullet else "\n\n"), ""

    def _next_bullet(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "


def _inline(tokens: list[Token], *, addresses: bool) -> str:
    parts: list[str] = []
    target = ""
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "image":
                parts.append(token.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "link_open":
                target = str(token.attrs.get("href", ""))
            case "link_close" if addresses and parts[-1:] != [target]:
                parts.append(f" <{target}>")
            case _:
                pass
    return "".join(parts)
