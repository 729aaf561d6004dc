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
        doubt=ours.doubt(text, name, draft.entries) or (guess and f"{name} {guess}"),
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
        return draft, doubts(draft.entries, text), ""
    in_lines = any(_shows_lines(line) for line in text.strip().split("\n")[1:])
    cut = list(evident(blocks(text)) if in_lines else flat.blocks(text))
    entries = assemble(map(_literal, cut))
    if not placed(entries):
        return Draft(), "it has none of the newsletter's headings, and nothing in it is signed", ""
    first = entries[0].title if entries else ""
    draft = Draft(number=stated_number(text[:_OPENING], first), entries=entries)
    return draft, doubts(entries, text if in_lines else ""), _guess(cut)


def _guess(cut: Iterable[Block]) -> str:
    """What is only likely in a text that lost its line breaks, and what settles it."""
    guessed = [block.title for block in cut if isinstance(block, Head) and block.guessed]
    if not guessed:
        return ""
    return (
        f"is all on one line, and nothing shows where {len(guessed)} of its titles begin or end, such as "
        f"“{guessed[0][:60]}”. Take the issue in another form (its page or mail); or look at what "
        "`anbot parse FILE --issue N` reads, and say which issue it is with --issue N if that is right"
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


def blocks(text: str) -> list[Block]:
    """Cut the text at its lines.

    Without markup a title that nobody signs is known only by its place: a
    line after a heading, or after another entry of nothing but a title.
    """
    cut: list[Block] = []
    fresh = False  # whether a title may come without a byline
    begun = tight = False
    for line in map(str.strip, text.split("\n")):
        if grammar.BOILERPLATE.match(line) or (begun and unadorned(line).casefold() in grammar.CLOSING):
            return [*cut, Heading(name=line)]
        if begun and grammar.FOOT.fullmatch(line):
            return _without_tags(cut)
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
    return cut


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
