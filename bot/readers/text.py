"""Issues as plain text, with or without their line breaks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, SourceKind
from bot.readers import flat, grammar, markup, ours
from bot.readers.decoding import decode
from bot.readers.evidence import doubts, evident, placed
from bot.readers.fragments import Block, Head, Heading, OpinionLabel, Prerequisites, ReadMore, Text, assemble
from bot.readers.grammar import stated_number, tidy
from bot.readers.heads import head_of
from bot.readers.layout import is_heading, laid_out, unadorned
from bot.readers.links import without_recipients
from bot.readers.page import page_draft
from bot.readers.sizes import is_outsized_text
from bot.text.literal import literal

_LARGEST = 1_000_000
_TAG = re.compile(r"[^\s.!?:;,]+(?: [^\s.!?:;,]+){0,3}")
_OPENING = 400
"""Characters at the start of a text that may state its number."""


def read_text(data: bytes, name: str) -> Document:
    """One issue from plain text or Markdown.

    Raises:
        InputError: not text, far larger than an issue, no entry in it, or
            entries that nobody can have written so.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; no issue is longer than {_LARGEST:,}.")
    text = decode(data, name)
    draft, problem, guess = text_draft(text)
    if problem and draft.entries:
        raise InputError(f"{name} reads like a newsletter that lost its form: {problem}.")
    if not draft.entries:
        why = problem or "no title with authors or a summarizer was found in it"
        raise InputError(f"{name} holds no newsletter: {why}.")
    return Document(
        kind=SourceKind.TEXT,
        drafts=(draft,),
        numbered=draft.number is not None,
        doubt=ours.doubt(text, name, draft.entries) or _printed(data, name),
        guess=guess and f"{name} {guess}",
    )


def _printed(data: bytes, name: str) -> str:
    """Why a text with page breaks is not believed: its headings and titles are in pieces wherever a line ended."""
    if b"\f" not in data.strip():
        return ""
    return (
        f"{name} was printed on pages, and nothing shows which of its lines belong together. "
        "Take the issue's page or mail itself, or say which issue it is with --issue N"
    )


def text_draft(text: str) -> tuple[Draft, str, str]:
    """What the text of one issue says, what shows that it was not understood, and what in it is a guess.

    There are no entries if it is no issue, and "" if there is no doubt. The
    number is taken from the opening words ("Newsletter #58") if they have it;
    most texts do not.
    """
    if is_outsized_text(text):
        return Draft(), "it has more lines than any issue", ""
    text = without_recipients(laid_out(text))
    if page := markup.as_page(text):
        draft = replace(page_draft(page), url="", audio="")
        return draft, doubts(draft.entries, _above_foot(text)), ""
    opening = text[:_OPENING]
    in_lines = any(_shows_lines(line) for line in text.strip().split("\n")[1:])
    cut, text = blocks(text) if in_lines else (list(flat.blocks(text)), "")
    cut = list(evident(cut)) if in_lines else cut
    entries = assemble(map(_literal, cut))
    if not placed(entries):
        return Draft(), "it has none of the newsletter's headings, and nothing in it is signed", ""
    first = entries[0].title if entries else ""
    draft = Draft(number=stated_number(opening, first), entries=entries)
    return draft, doubts(entries, text), _guess(cut)


def _above_foot(text: str) -> str:
    """The text without what is below a copy of an issue: readers sign too."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if is_heading(line)), len(lines))
    last = next((i for i in range(first, len(lines)) if grammar.FOOT.fullmatch(lines[i].strip())), len(lines))
    return "\n".join(lines[:last])


def _guess(cut: Iterable[Block]) -> str:
    """What is only likely in a text that lost its line breaks, and what settles it."""
    guessed = [block.title for block in cut if isinstance(block, Head) and block.guessed]
    if not guessed:
        return ""
    return (
        f"is all on one line, and nothing shows where {len(guessed)} of its titles begin or end, such as "
        f"“{guessed[0][:60]}”. Take the issue in another form (its page or mail); or look at what "
        "`anbot parse FILE` reads, and say which issue it is with --issue N if that is right"
    )


def _shows_lines(line: str) -> bool:
    """Whether the line shows that each paragraph of the text has one: a heading, or a title with names."""
    if is_heading(line):
        return True
    head = head_of(line, fresh=False)
    return head is not None and bool(head[0].summarizer or " " in head[0].authors)


def _literal(block: Block) -> Block:
    """The block with its text as Markdown that shows the same signs."""
    return (
        replace(block, text=literal(block.text))
        if isinstance(block, Text | ReadMore | Prerequisites)
        else block
    )


def blocks(text: str) -> tuple[list[Block], str]:
    """Cut the text at its lines; and that part of it which is the issue.

    Without markup a title that nobody signs is known only by its place: a
    line after a heading, or after another entry of nothing but a title.
    """
    cut: list[Block] = []
    fresh = False  # whether a title may come without a byline
    begun = tight = False
    lines = [line.strip() for line in text.split("\n")]
    for i, line in enumerate(lines):
        if grammar.BOILERPLATE.match(line) or (begun and unadorned(line).casefold() in grammar.CLOSING):
            return [*cut, Heading(name=line)], "\n".join(lines[:i])
        if begun and grammar.FOOT.fullmatch(line):
            return _without_tags(cut), "\n".join(lines[:i])
        if not line:
            tight = False
            continue
        if is_heading(line):
            cut.append(Heading(name=unadorned(line)))
            fresh = True
        elif head := head_of(line, fresh=fresh):
            start, rest = head
            cut += [start, *_labelled(rest)]
            begun, fresh = begun or not start.bare, not rest
        else:
            cut += _labelled(line, tight=tight)
            fresh = False
        tight = True
    return cut, text


def _without_tags(cut: list[Block]) -> list[Block]:
    """The blocks without the tags that a forum prints before its foot."""
    while cut and isinstance(last := cut[-1], Text) and _TAG.fullmatch(last.text):
        cut.pop()
    return cut


def _labelled(text: str, *, tight: bool = False) -> Iterator[Block]:
    """A paragraph, cut before each label it may hold."""
    at = 0
    for label in (*grammar.OPINION.finditer(text), None):
        yield from _part(text[at : label.start() if label else None], tight=tight and not at)
        if label:
            yield OpinionLabel(by=label["by"])
            at = label.end()


def _part(text: str, *, tight: bool) -> Iterator[Block]:
    if match := grammar.READ_MORE.match(text):
        yield ReadMore(text=tidy(text[match.end() :]))
    elif match := grammar.PREREQUISITES.match(text):
        yield Prerequisites(text=tidy(text[match.end() :]))
    elif part := tidy(text):
        yield Text(text=part, tight=tight)
