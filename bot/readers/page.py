"""Issues as web pages: the mailing service's own, and copies on forums."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, SourceKind
from bot.model.sections import PARENTS, spelled
from bot.readers import grammar, ours
from bot.readers.decoding import declared_charset, decode
from bot.readers.elements import Elements, by_name, parse, text_within
from bot.readers.evidence import evident_links, garbled, placed
from bot.readers.fragments import Block, Head, Heading, OpinionLabel, Prerequisites, ReadMore, Text, assemble
from bot.readers.heads import find_byline
from bot.readers.links import address_of
from bot.readers.paragraphs import Paragraph, paragraphs
from bot.readers.sizes import is_outsized

_LARGEST = 8_000_000
_LONGEST_SUBJECT = 2_000
_SUBJECT = re.compile(
    r"(?:\bAN|Alignment Newsletter)\s*#\s*(\d{1,4})(?!\d| (?!by )[a-z])\s*\]?\s*[:\-–—]?\s*(.*)", re.DOTALL
)
"""A number that words go on after is spoken of: "Alignment Newsletter #58 is late"."""
_ABOUT = re.compile(r"\b(?:on|about|to|of|in|for|from|with|after|before) (?:the )?\W?$")
"""Words after which an issue is spoken of: "Thoughts on the Alignment Newsletter #58"."""
_SITE = re.compile(
    r"\s+[-–—|·]\s+(?:LessWrong|(?:AI )?Alignment Forum|EA Forum|GreaterWrong|by [A-Z]).*", re.DOTALL
)
_EPISODE = re.compile(r"libsyn\.com/(?!rss\b)[\w/-]{3,}|\.mp3\b")
_ALONE_OR_ANNOUNCING = re.compile(r"[\s.]*$|\s*:\s*")
_OPENING = 600
"""Characters at the start of an issue that may state its number."""


def read_page(data: bytes, name: str, address: str = "", charset: str = "") -> Document:
    """One issue from a web page.

    Raises:
        InputError: not text, far larger than an issue, or no entry in it.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; no issue is longer than {_LARGEST:,}.")
    markup = decode(data, name, declared=charset or declared_charset(data))
    if is_outsized(markup):
        raise InputError(
            f"{name} has more elements than any issue, or too many within one another; save the page of one issue."
        )
    draft = _draft(markup, address)
    if problem := garbled(draft.entries):
        raise InputError(f"{name} reads like a newsletter that lost its form: {problem}.")
    if not draft.entries:
        raise InputError(
            f"{name} is a web page without a newsletter: no title below one of its headings was found in it."
        )
    return Document(
        kind=SourceKind.PAGE,
        drafts=(draft,),
        numbered=draft.number is not None,
        doubt=ours.doubt(markup, name, draft.entries),
    )


def page_draft(markup: str, address: str = "") -> Draft:
    """What the page of one issue says; without entries if it is not one.

    `address` is where it was found, to complete the addresses in it.
    """
    return Draft() if not markup.strip() or is_outsized(markup) else _draft(markup, address)


def _draft(markup: str, address: str) -> Draft:
    row = parse(markup)
    elements = by_name(row)
    named = next(iter((*elements["title"], *elements["h1"])), None)
    number, title = parse_subject(text_within(row, named) if named else "")
    own = _address(elements, address)
    _follow_links(elements, own or address)
    parts = list(paragraphs(row))
    entries = assemble(evident_links(_blocks(parts)))
    entries = entries if placed(entries) else ()
    opening = "\n".join(part.text for part in parts)[:_OPENING]
    return Draft(
        number=number or grammar.stated_number(opening, entries[0].title if entries else ""),
        title=title,
        published=_published(elements),
        url=own,
        audio=_audio(elements),
        entries=entries,
    )


def _follow_links(elements: Elements, address: str) -> None:
    """Make every link lead to an address of the web, or to a place in the page; one that only knew its
    reader leads to "", and is a link all the same.
    """
    base = next(iter(_attributes(elements, "base", "href")), "")
    whole = address_of(base, address) or address
    for link in elements["a"]:
        href = link.attributes.get("href", "").strip()
        target = href if href.startswith("#") else address_of(href, whole) if href else ""
        others = {name: value for name, value in link.attributes.items() if name != "href"}
        is_link = target or href.startswith(("http://", "https://"))
        link.attributes = {**others, "href": target} if is_link else others


def parse_subject(subject: str) -> tuple[int | None, str]:
    """Number and title of an issue from a subject line or a page's title.

    >>> parse_subject("[AN #58]: Mesa optimization, and more - LessWrong")
    (58, 'Mesa optimization, and more')
    >>> parse_subject("Alignment Newsletter #36 - LessWrong"), parse_subject("[AN #99999]: Wool")
    ((36, ''), (None, ''))
    """
    subject = _SITE.sub("", " ".join(subject[:_LONGEST_SUBJECT].split()))
    match = _SUBJECT.search(subject)
    if match is None or _ABOUT.search(subject[: match.start()]):
        return None, ""
    return int(match[1]), " ".join(match[2].split())


# Paragraphs as blocks


def _blocks(parts: Iterable[Paragraph]) -> Iterator[Block]:
    fresh = begun = linking = signed = False
    for part in parts:
        if _is_end(part, begun=begun):
            yield Heading(name=part.text)
            return
        if signed and grammar.FOOT.fullmatch(part.text):
            return
        if heading := _heading(part):
            yield heading
            fresh = begun = True
            continue
        head = None if part.boxed else _head(part, fresh=fresh, begun=begun, linking=linking)
        if head:
            block, end = head
            yield block
            begun, signed, fresh = True, signed or not block.bare, end >= len(part.text)
            if not fresh:
                yield Text(text=part.markdown(end))
        else:
            yield from _labelled(part, linking=linking)
            fresh = False
        linking = not head and (linking or grammar.READ_MORE.match(part.text) is not None)


def _is_end(part: Paragraph, *, begun: bool) -> bool:
    return bool(grammar.BOILERPLATE.match(part.text)) or (
        (part.level > 0 or begun) and part.text.casefold() in grammar.CLOSING
    )


def _heading(part: Paragraph) -> Heading | None:
    """A section's heading; headings inside a summary are text."""
    if spelled(part.text) in PARENTS and (part.level or part.emphasized or not part.links()):
        return Heading(name=part.text, level=part.level or 1)
    if part.level not in (1, 2) or part.boxed or grammar.stated_number(part.text) is not None:
        return None
    return Heading(name=part.text, level=part.level) if part.anchored and not part.links() else None


def _head(part: Paragraph, *, fresh: bool, begun: bool, linking: bool) -> tuple[Head, int] | None:
    """The head of an entry and the offset of the text after it.

    A title is linked, or is in a section that has `begun`. One without a
    byline must be all linked, and not one of the links of "Read more".
    """
    text = part.text
    linked = part.linked()
    if part.listed or (not linked and "(" not in text):
        return None
    if any(label.match(text) for label in grammar.LABELS):
        return None
    byline = find_byline(text, fresh=fresh or linked > 0, after=linked)
    if byline and (begun or linked):
        return Head.under(text[: byline.start], byline, part.links(byline.start)), byline.end
    after = _ALONE_OR_ANNOUNCING.match(text, linked)
    if not linked or not after or not begun or linking:
        return None
    title = grammar.tidy(text[:linked])
    return Head(title=title, links=part.links(linked), announces=":" in after[0]), after.end()


def _labelled(part: Paragraph, *, linking: bool) -> Iterator[Block]:
    """A paragraph, cut at the label it may hold; after "Read more" links go on."""
    text = part.text
    if not linking and ":" not in text:  # a label has one
        yield Text(text=part.markdown())
    elif linking and part.linked() >= len(text.rstrip(". ")):
        yield ReadMore(text=part.markdown())
    elif match := grammar.READ_MORE.match(text):
        yield ReadMore(text=part.markdown(match.end()))
    elif match := grammar.PREREQUISITES.match(text):
        yield Prerequisites(text=part.markdown(match.end()))
    elif match := grammar.OPINION.search(text):
        if match.start():
            yield Text(text=part.markdown(0, match.start()))
        yield OpinionLabel(by=match["by"])
        yield Text(text=part.markdown(match.end()))
    else:
        yield Text(text=part.markdown())


# What the page says of itself


def _published(elements: Elements) -> date | None:
    stamps = [*_metadata(elements, "article:published_time"), *_attributes(elements, "time", "datetime")]
    try:
        return date.fromisoformat(stamps[0][:10]) if stamps else None
    except ValueError:
        return None


def _address(elements: Elements, address: str) -> str:
    canonical = [
        link.attributes["href"]
        for link in elements["link"]
        if "href" in link.attributes and "canonical" in link.attributes.get("rel", "").lower().split()
    ]
    named = (*canonical[:1], *_metadata(elements, "og:url")[:1])
    return next((own for href in named if (own := address_of(href, address))), "")


def _audio(elements: Elements) -> str:
    return next((href for href in _attributes(elements, "a", "href") if _EPISODE.search(href)), "")


def _metadata(elements: Elements, name: str) -> list[str]:
    return [
        meta.attributes["content"]
        for meta in elements["meta"]
        if meta.attributes.get("property") == name and "content" in meta.attributes
    ]


def _attributes(elements: Elements, name: str, attribute: str) -> list[str]:
    return [each.attributes[attribute] for each in elements[name] if attribute in each.attributes]
