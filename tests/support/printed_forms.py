"""Issues in the forms that mailers, editors, browsers and forums give them."""

import html
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import partial

from bot.model.newsletter import Draft, Entry
from bot.text.markdown import plain
from tests.support import newsletters
from tests.support.newsletters import FEEDBACK, INTRO, PODCAST, Form, byline, escape, sections_of


def _filled(text: str, width: int, *, soft: str = "") -> str:
    """The paragraph in lines of at most that width, all but the last ended by `soft`."""
    lines = textwrap.wrap(text, width - len(soft), break_long_words=False, break_on_hyphens=False)
    return f"{soft}\n".join(lines)


def _wrapped(text: str, width: int, *, soft: str = "") -> str:
    return "\n".join(_filled(line, width, soft=soft) if line else "" for line in text.split("\n"))


def wrapped(draft: Draft, width: int) -> str:
    """Plain text as mailers and editors wrap it."""
    return _wrapped(newsletters.lines(draft), width)


def flowed(draft: Draft) -> str:
    """Plain text as a mail of the kind format=flowed has it."""
    return _wrapped(newsletters.lines(draft), 72, soft=" ")


def quoted(draft: Draft) -> str:
    """Plain text as an answer quotes it."""
    lines = _wrapped(newsletters.lines(draft), 72).split("\n")
    return "Thanks for this one!\n\nOn Wed, 8 Apr 2020, the editor wrote:\n" + "\n".join(
        f"> {line}".rstrip() for line in lines
    )


def close(draft: Draft) -> str:
    """A line for every paragraph and nothing between."""
    return newsletters.lines(draft).replace("\n\n", "\n")


def set_in(draft: Draft, first: str, others: str = "", width: int = 72) -> str:
    """Wrapped text without blank lines: paragraphs begin by an indent, or all their other lines have one."""
    parts = newsletters.lines(draft).split("\n\n")
    fill = partial(textwrap.fill, break_long_words=False, break_on_hyphens=False)
    return "\n".join(fill(part, width, initial_indent=first, subsequent_indent=others) for part in parts)


def _linked(draft: Draft, heading: Callable[[str, int], str], write: Callable[[Entry], str]) -> Iterator[str]:
    """The paragraphs of an issue, titles written with their links."""
    yield INTRO
    for path, entries in sections_of(draft):
        yield from (heading(name, level) for level, name in enumerate(path, 1) if name)
        for entry in entries:
            head = " ".join(filter(None, (write(entry), byline(entry, draft.number))))
            yield f"{head}: {entry.text}" if entry.text else head
            yield from (f"**{opinion.by}'s opinion:** {opinion.text}" for opinion in entry.opinions)
            if entry.prerequisites:
                yield f"**Prerequisities:** {entry.prerequisites}"
            if entry.read_more:
                yield f"**Read more:** {entry.read_more}"
    yield heading("Feedback", 2)
    yield FEEDBACK
    yield heading("Podcast", 2)
    yield PODCAST


def mailed(draft: Draft, width: int = 0) -> str:
    """The plain-text part that the mailing service makes of an issue."""

    def text(markdown: str) -> str:
        if markdown.startswith("** "):
            return markdown
        flat = re.sub(r" <(https?://[^>]*)>", r" (\1)", plain(markdown, addresses=True))
        return "\n\n".join(re.sub(r"^- ", "", line) for line in re.split(r"\n+", flat))

    def heading(name: str, level: int) -> str:
        return f"** {name}\n{'-' * (60 if level == 1 else 12)}"

    def head(entry: Entry) -> str:
        return f"{escape(entry.title)} ({entry.url})" if entry.url else escape(entry.title)

    whole = "\n\n".join(map(text, _linked(draft, heading, head)))
    return _wrapped(whole, width) if width else whole


def markdown(draft: Draft, *, underlined: bool = False, width: int = 0) -> str:
    """Markdown with marked or underlined headings."""

    def heading(name: str, level: int) -> str:
        mark = "=" if level == 1 else "-"
        return f"{name}\n{mark * len(name)}" if underlined else f"{'#' * (level + 1)} {name}"

    def head(entry: Entry) -> str:
        title = escape(entry.title)
        return f"[{title}](<{entry.url}>)" if entry.url else f"**{title}**"

    top = heading(f"[AN #{draft.number}]: An issue", 1 if underlined else 0)
    parts = [top, *_linked(draft, heading, head)]
    return "\n\n".join(_wrapped(part, width) if width and part[0] != "#" else part for part in parts)


def forum(draft: Draft, *, feedback: bool = True) -> str:
    """A copy on a forum, with its tags, comments and foot."""
    body = [f"<p>{html.escape(INTRO)}</p>"]
    for path, entries in sections_of(draft):
        body += [f"<h{level}>{html.escape(name)}</h{level}>" for level, name in enumerate(path, 1) if name]
        for entry in entries:
            body += [cell.removeprefix("BOX") for cell in newsletters.html_entry(entry, draft.number)]
    if feedback:
        body.append(f"<h4>Feedback</h4><p>{FEEDBACK}</p>")
    return (
        f"<html><head><title>[AN #{draft.number}]: An issue - LessWrong</title></head><body>"
        '<header><a href="/">LESSWRONG</a><a href="/login">Login</a></header>'
        f'<h1><a href="/posts/abc/an">[AN #{draft.number}]: An issue</a></h1>'
        '<p>by <a href="/users/editor">editor</a></p><p>9 min read</p>'
        '<div class="tags"><a href="/tag/ai">AI</a><a href="/tag/newsletters">Newsletters</a>'
        '<a href="/tag/rl">Reinforcement learning</a></div>'
        f'<div class="post-body">{"".join(body)}</div>'
        '<div class="FooterTagList-root"><a href="/tag/ai">AI</a> <a href="/tag/meta">Frontpage</a></div>'
        '<br/><br/><a href="https://www.lesswrong.com/posts/abc/an#comments">Discuss</a>'
        '<p>Mentioned in</p><p><a href="/posts/def/next">[AN #999]: The next issue</a></p>'
        '<div class="comments"><p>3 comments, sorted by top scoring</p>'
        '<div class="comment"><a href="/users/reader">reader</a><p><a href="https://r.example/">A good paper</a></p>'
        "<p>One more thing (Ann Lee): I liked this (summarized by nobody).</p></div></div>"
        '<footer><a href="/about">About</a><a href="/faq">FAQ</a></footer></body></html>'
    )


def reader_mode(draft: Draft, *, feedback: bool = True) -> str:
    """What a browser's reader mode copies of a forum's page."""
    text = newsletters.lines(draft)
    if not feedback:
        text = text[: text.rindex("\n\nFeedback")]
    return (
        f"[AN #{draft.number}]: An issue\n\nby editor\n\n9 min read\n\n8th Apr 2020\n\n3 comments\n\n"
        f"Alignment Newsletter\n\nAI\n\nFrontpage\n\n{text}\n\nAlignment Newsletter\n\nAI\n\nFrontpage\n\n30\n\n"
        "Mentioned in\n\n12[AN #999]: The next issue\n\nNew Comment\n\n3 comments, sorted by top scoring\n\n"
        "[-]reader 2y 4\n\nOne more thing (Ann Lee): I liked this.\n\nReply\n"
    )


def dumped(draft: Draft) -> str:
    """What a browser for terminals prints: set in, wrapped, links numbered and listed below."""
    addresses: list[str] = ["https://a.example/"]

    def numbered(match: re.Match[str]) -> str:
        addresses.append(match[2])
        return f"⟦{len(addresses)}⟧{match[1]}"

    def text(markdown: str) -> str:
        with_numbers = re.sub(r"\[([^\[\]]*)\]\(((?:[^()\s]|\([^()\s]*\))*)\)", numbered, markdown)
        return plain(with_numbers).replace("⟦", "[").replace("⟧", "]")

    def heading(name: str, level: int) -> str:
        del level
        return name

    def head(entry: Entry) -> str:
        if not entry.url:
            return escape(entry.title)
        addresses.append(entry.url)
        return f"⟦{len(addresses)}⟧{escape(entry.title)}"

    parts = [text(part) for part in _linked(draft, heading, head)]
    body = textwrap.indent("\n\n".join(_wrapped(part, 69) for part in parts), "   ")
    listed = "\n".join(f"{n:>4}. {address}" for n, address in enumerate(addresses, 1))
    return f"{body}\n\nReferences\n\n{listed}\n"


def as_mailers_write(draft: Draft, linked: str = " <{}>", head: str = "*{}*") -> str:
    """The plain text that Gmail, Apple and Outlook make of a mail."""
    text = re.sub(r" \((https?://(?:[^\s()]|\([^\s()]*\))+)\)", lambda m: linked.format(m[1]), mailed(draft))
    return re.sub(r"(?m)^\*\* (.*)\n-+$", lambda m: head.format(m[1]), text)


def with_bold_headings(draft: Draft) -> str:
    """Markdown whose headings are bold lines."""
    return re.sub(r"(?m)^#+ (.*)$", r"**\1**", markdown(draft))


def tabled(draft: Draft) -> str:
    """What converters to Markdown make of a mail that tables lay out."""
    parts = (re.sub(r"^#+ ", "", part) for part in markdown(draft).split("\n\n"))
    return "\n\n".join(f"|  |\n| --- |\n| {part} |" if "\n" not in part else part for part in parts)


def barred(draft: Draft) -> str:
    """Plain text as some mailers quote it, copied from a page with hard blanks."""
    return "\n".join(
        f"| {line}".rstrip() for line in newsletters.lines(draft).replace(" (", "\u00a0 (").split("\n")
    )


PRINTED: dict[str, Form] = {
    **{f"wrapped at {width}": partial(wrapped, width=width) for width in (65, 72, 78)},
    "flowed": flowed,
    "quoted": quoted,
    "a line a paragraph, close": close,
    "wrapped, paragraphs set in": partial(set_in, first="    "),
    "wrapped, hanging indents": partial(set_in, first="", others="  "),
    "wrapped, nothing between": partial(set_in, first=""),
    "plain-text part of a mail": mailed,
    "plain-text part, wrapped": partial(mailed, width=76),
    "Markdown": markdown,
    "Markdown, underlined headings": partial(markdown, underlined=True),
    "Markdown, wrapped": partial(markdown, width=80),
    "copy on a forum": forum,
    "copy on a forum, no feedback": partial(forum, feedback=False),
    "reader mode": reader_mode,
    "reader mode, no feedback": partial(reader_mode, feedback=False),
    "dumped from a terminal": dumped,
    "plain text of Gmail": as_mailers_write,
    "plain text of Outlook": partial(as_mailers_write, linked="<{}>", head="{}"),
    "Markdown, bold headings": with_bold_headings,
    "Markdown, laid out in tables": tabled,
    "quoted by bars": barred,
}
"""Every form by its name."""
