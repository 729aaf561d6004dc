"""Writes issues the way the newsletter was printed: as a page or as plain text.

Takes the same Drafts the readers give back, so that what was written can be
compared with what was read.
"""

import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from markdown_it import MarkdownIt

from bot.model.newsletter import Draft, Entry
from bot.model.sections import HIGHLIGHTS
from bot.text.markdown import parse, plain

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_block", "html_inline"])
_ELEMENT = re.compile(
    r"<p>.*?</p>|<[ou]l\b.*?</[ou]l>|<blockquote>.*?</blockquote>|<h\d>.*?</h\d>|<pre>.*?</pre>", re.DOTALL
)
Form = Callable[[Draft], str]
"""A way to write an issue."""
INTRO = "Welcome to another issue. Everything that was ever summarized stands in the archive. Audio is here ."
FEEDBACK = "I'm always happy to hear what you think of it."
PODCAST = "An audio podcast of this is made by a friend."
FIRST_SIGNED_BY_ROHIN = 60
"""Before this issue an entry by the editor names no summarizer."""


def printed_authors(authors: str) -> str:
    """The authors as the newsletter shortens them: only the first of a list."""
    names = authors.split(", ")
    return f"{names[0]} et al" if len(names) > 1 and " and " not in authors else authors


def flat(draft: Draft, *, capitals: bool = False) -> str:
    """One line; links left blanks around themselves."""
    return " ".join(_flatten(part) for part in _parts(draft, capitals=capitals))


def lines(draft: Draft) -> str:
    """A line for every heading and paragraph, a blank line between."""
    return "\n\n".join(re.sub(r"\n+", "\n\n", plain(part)) for part in _parts(draft, capitals=False))


def page(draft: Draft) -> str:
    """A web page as a mailing service lays it out, opinions in boxes."""
    rows = [f"<strong>Newsletter #{draft.number}</strong><p>{html.escape(INTRO)}<p>"]
    rows.append("<h1>SECTIONS</h1>" + "<br>".join(_contents(draft)))
    for path, entries in sections_of(draft):
        rows.append("".join(_html_heading(name, i) for i, name in enumerate(path) if name))
        for entry in entries:
            rows.extend(html_entry(entry, draft.number))
    rows.append(f"<h4 class='null'>FEEDBACK</h4> {FEEDBACK}")
    return "<html><body><center>" + "".join(map(_row, rows)) + "</center></body></html>"


def sections_of(draft: Draft) -> Iterator[tuple[tuple[str, ...], list[Entry]]]:
    """Entries by the headings to print before them; a heading already printed is ''."""
    top = ""
    for path, entries in groupby(draft.entries, key=lambda e: (HIGHLIGHTS,) if e.highlight else e.section):
        yield tuple("" if i == 0 and name == top else name for i, name in enumerate(path)), list(entries)
        top = path[0] if path else ""


def byline(entry: Entry, number: int | None) -> str:
    groups = []
    if entry.authors:
        groups.append(f"({printed_authors(entry.authors)})")
    if entry.hat_tip:
        groups.append(f"(H/T {entry.hat_tip})")
    if signed(entry, number):
        groups.append(f"(summarized by {entry.summarizer})")
    return " ".join(groups)


def signed(entry: Entry, number: int | None) -> bool:
    early = number is not None and number < FIRST_SIGNED_BY_ROHIN and entry.summarizer == "Rohin"
    return bool(entry.text and entry.summarizer) and not early


def _parts(draft: Draft, *, capitals: bool) -> Iterator[str]:
    """Markdown paragraphs of the whole issue, in printed order."""
    yield INTRO
    for path, entries in sections_of(draft):
        yield from ((name.upper() if capitals else name) for name in path if name)
        for entry in entries:
            head = " ".join(filter(None, (escape(entry.title), byline(entry, draft.number))))
            yield f"{head}: {entry.text}" if entry.text else head
            for opinion in entry.opinions:
                yield f"{opinion.by}'s opinion: {opinion.text}"
            if entry.prerequisites:
                yield f"Prerequisites: {entry.prerequisites}"
            if entry.read_more:
                yield f"Read more: {entry.read_more}"
    yield f"{'FEEDBACK' if capitals else 'Feedback'} {FEEDBACK}"
    yield f"{'PODCAST' if capitals else 'Podcast'} {PODCAST}"


def escape(text: str) -> str:
    """The text as Markdown that shows it."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)


def _flatten(markdown: str) -> str:
    words: list[str] = []
    for token in parse(markdown):
        for child in token.children or []:
            match child.type:
                case "text" | "code_inline":
                    words.append(child.content)
                case "link_open" | "link_close" | "softbreak" | "hardbreak":
                    words.append(" ")
                case _:
                    pass
        words.append(" " if token.type in ("inline", "paragraph_close") else "")
    text = "".join(words).replace("(AN #", "( AN #")
    return re.sub(r"(AN #\d+)\)", r"\1 )", " ".join(text.split()))


def _contents(draft: Draft) -> Iterator[str]:
    for path, _ in sections_of(draft):
        for name in filter(None, path):
            yield f'<a href="#{_anchor(name)}">{html.escape(name.upper())}</a>'


def _anchor(name: str) -> str:
    return name.upper().replace(" ", "_")


def _html_heading(name: str, level: int) -> str:
    tag, shown = f"h{level + 1}", html.escape(name.upper())
    return f'<{tag} class="null">\n  <a id="{_anchor(name)}" name="{_anchor(name)}"></a>\n  {shown}\n</{tag}>'


def html_entry(entry: Entry, number: int | None) -> Iterator[str]:
    """The cells of a page that hold an entry; an opinion begins with BOX."""
    head = html.escape(entry.title)
    if entry.url:
        head = f'<a href="{html.escape(entry.url)}" target="_blank">{head}</a>'
    authors = f" <i>({html.escape(printed_authors(entry.authors))})</i>" if entry.authors else ""
    tip = f" (H/T {html.escape(entry.hat_tip)})" if entry.hat_tip else ""
    by = f" (summarized by {entry.summarizer})" if signed(entry, number) else ""
    first, *rest = _html_paragraphs(entry.text) or [""]
    cell = f"<p>{head}{authors}{tip}{by}{':' if entry.text else ''} {_bare(first)}</p>" + "".join(
        f"{p}</p>" for p in rest
    )
    for label, text in (("Prerequisities", entry.prerequisites), ("Read more", entry.read_more)):
        if text:
            cell += f"<p><b>{label}:</b> {_bare(_render(text))}</p>"
    yield cell
    for opinion in entry.opinions:
        first, *rest = _html_paragraphs(opinion.text)
        yield f"BOX<p><b>{opinion.by}'s opinion:</b> {_bare(first)}</p>{''.join(rest)}"


def _row(cell: str) -> str:
    kind = "mcnBoxedTextBlock" if cell.startswith("BOX") else "mcnTextBlock"
    return f'<table class="{kind}"><tbody><tr><td class="mcnTextContent">{cell.removeprefix("BOX")}</td></tr></tbody></table>'


def _render(markdown: str) -> str:
    return str(_MARKDOWN.render(markdown)).strip()


def _html_paragraphs(markdown: str) -> list[str]:
    return _ELEMENT.findall(_render(markdown))


def _bare(paragraph: str) -> str:
    return paragraph.removeprefix("<p>").removesuffix("</p>")
