"""The newsletter's own grammar, as it reads once all markup is gone.

    TITLE (AUTHORS) (H/T X) (summarized by Y): text
    Y's opinion: text
    Prerequisites: text
    Read more: text

Everything here looks at plain text by position, so that a reader which holds
the markup too can cut it at the same places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.readers.titles import LONGEST, sentence_ends

OPENS = re.compile(r"\(")
_GROUP = re.compile(r"\(((?:[^()]|\((?:[^()]|\([^()]*\))*\)){1,2000})\)")
_SUMMARIZED = re.compile(r"summari[sz]ed by\s+(.{1,60})", re.IGNORECASE | re.DOTALL)
_SIGNED = re.compile(r"\(\s*summari[sz]ed by\s+([^()]{1,60})\)", re.IGNORECASE)
_HAT_TIP = re.compile(r"H/T\s*:?\s*(.{1,100})", re.IGNORECASE | re.DOTALL)
_COLON = re.compile(r"\s*:")

OPINION = re.compile(
    r"(?<![\w.'’])(?P<by>[A-Z][\w-]{0,40}(?:\s[A-Z][\w-]{1,40}){0,2}|[A-Z][\w-]{0,40}\s[A-Z]\.?)['’]s opinion\s*:\s*"
)
READ_MORE = re.compile(r"(?<!\w)Read more\s*:\s*")
PREREQUISITES = re.compile(r"(?<!\w)Prerequisi?ti?es\s*:\s*", re.IGNORECASE)
LABELS = (OPINION, READ_MORE, PREREQUISITES)
REFERENCE = re.compile(r"\bAN\s*#\s*(\d{1,4})\b")
_NUMBER = re.compile(r"(?:\bAN|(?:\b(?P<name>[\w'’-]+)[ \t]+)?Newsletter)\s*#\s*(?P<number>\d{1,4})\b")

BOILERPLATE = re.compile(
    r"(?<!\w)(?:FEEDBACK|Feedback)\s+I(?:'|’)m always happy"
    r"|(?<!\w)(?:PODCAST|Podcast)\s+An audio podcast"
    r"|(?<!\w)New Comment(?=\s+\d+\s+comments?\b|\s*$|\s+\S+\s+new\b)"
    r"|(?<!\w)\d+ comments?, sorted by"
    r"|Copyright ©|Want to change how you receive these emails"
)
"""Where an issue has ended and the page around it begins."""
CLOSING = frozenset({"feedback", "podcast"})
"""What heads the closing words of an issue, folded."""
FOOT = re.compile(
    r"(?:Discuss|Mentioned in|Comments?|\d+ comments?|(?:Post|Add|Leave|Write|New)(?: a)? comment|Log in to .{1,40}"
    r"|View (?:more )?comments?|Show comments|Read (?:the )?comments|Share (?:this )?(?:post|article)?|Subscribe.{0,40}"
    r"|Frontpage|Personal Blog|Curated|Moderation Log|Next:?|Previous:?|More from .{1,40}|Related posts?)",
    re.IGNORECASE,
)
"""A whole line or paragraph of what is below a copy of an issue."""

_NOT_PEOPLE = re.compile(
    r"(?:AN\s*#|e\.g|i\.e)|(?:see|eg|ie|cf|as|which|where|when|and|or|in|on|for|with|without|though|but|if|so|also|"
    r"this|that|these|those|it|is|to|from|by|we|you|not|because|since|while|summarized|discussed|more|most|about|at|of|"
    r"using|such|like|rather|usually|assuming|including|perhaps|possibly|especially|again|both|all|some|another|part|"
    r"blog post|section|chapter|appendix|figure|table|video|code|paper|arxiv|link|highlights?)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[:!?=<>\[\]{}%$\"“”]")
_NAME_PARTICLES = frozenset({
    "al", "and", "at", "authors", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "et",
    "group", "la", "le", "many", "of", "others", "people", "staff", "team", "ter", "the", "van",
    "various", "von", "y",
})  # fmt: skip
_NAME_WORDS = 12
_MOST_GROUPS = 5
"""Brackets in a row that belong to one head: two of the title and three of the byline."""
_HANDLE_LENGTH = 4
_BLANKS = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r" ?\n ?")
_BREAKS = re.compile(r"\n{3,}")
_STRAY_BLANK = re.compile(r"(?<=\S) (?=[,;:!?)\]]|\.(?![\w.]))|(?<=[(\[]) ")
_LISTED = re.compile(r"\s*(?:,|;|&|\band\b)\s*")


def stated_number(opening: str, first_title: str = "") -> int | None:
    """The number that the opening words state ("Newsletter #58").

    What the first entry and all after it mention are other issues, and the
    "Python Newsletter #201" is none of ours.

    >>> stated_number("Newsletter #58"), stated_number("Python Newsletter #201")
    (58, None)
    """
    for stated in _NUMBER.finditer(opening.partition(first_title)[0] if first_title else opening):
        name = stated["name"] or "Alignment"
        if name == "Alignment" or name[0].islower():
            return int(stated["number"])
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """The brackets after a title: who wrote, tipped and summarized it.

    `start` is where they open and `end` where the text after them begins;
    `colon` is whether a colon announces a text.
    """

    start: int
    end: int
    authors: str
    hat_tip: str
    summarizer: str
    colon: bool

    @property
    def signed(self) -> bool:
        """Whether it names a summarizer: prose never does."""
        return bool(self.summarizer)


def byline_at(text: str, start: int) -> Byline | None:
    """The byline whose first bracket opens at `start`, if one does.

    Brackets that name nobody ("(blog post)") are passed over when a byline
    follows them directly: they belong to the title.
    """
    groups = list(_groups(text, start))
    while groups and not _says_who(groups[0][1]):
        groups.pop(0)
    if not groups:
        return None
    authors = hat_tip = summarizer = ""
    first = end = groups[0][0]
    for opens, content, closes in groups:
        if match := _SUMMARIZED.fullmatch(content):
            summarizer = tidy(match[1])
        elif match := _HAT_TIP.fullmatch(content):
            hat_tip = tidy(match[1])
        elif summarizer or hat_tip:
            break
        elif looks_like_people(content):
            # Of two brackets the last names the authors: "Title (Jane Doe) (Ann Roe):".
            first, authors = opens, tidy(content)
        elif not authors:
            return None
        else:
            break
        end = closes
    colon = _COLON.match(text, end)
    return Byline(
        start=first,
        end=colon.end() if colon else end,
        authors=authors,
        hat_tip=hat_tip,
        summarizer=summarizer,
        colon=colon is not None,
    )


def _groups(text: str, start: int) -> Iterator[tuple[int, str, int]]:
    """Brackets in a row from `start`: where each opens, its content, its end."""
    at = start
    for _ in range(_MOST_GROUPS):
        match = _GROUP.match(text, at)
        if not match:
            return
        yield at, match[1].strip(), match.end()
        at = match.end()
        while at < len(text) and text[at].isspace():
            at += 1


@lru_cache(maxsize=100)
def _says_who(content: str) -> bool:
    """Whether a bracket is a part of a byline. The next brackets in a row ask again for the same ones."""
    return bool(_SUMMARIZED.fullmatch(content) or _HAT_TIP.fullmatch(content)) or looks_like_people(content)


def looks_like_people(content: str) -> bool:
    """Whether a bracket could hold authors: names or handles, not a remark."""
    content = " ".join(content.split())
    if not content or _NOT_PEOPLE.match(content) or _NO_NAME.search(content):
        return False
    names = [name for name in _LISTED.split(content) if name]
    return bool(names) and all(_looks_like_a_name(name) for name in names)


def _looks_like_a_name(name: str) -> bool:
    words = name.replace("(", " ").replace(")", " ").split()
    if len(words) == 1:  # "(FAT*)" is an abbreviation
        return (
            len(words[0].rstrip("*")) > 1
            and not (words[0].isupper() and words[0].endswith("*"))
            and not words[0].isdigit()
            and not words[0].endswith(".")
        )
    plain = [w for w in words if w.casefold().strip(".'’*") not in _NAME_PARTICLES]
    capitals = sum(any(c.isupper() for c in w[:2]) for w in plain)
    return len(words) <= _NAME_WORDS and capitals >= 0.6 * len(plain)


def convincing(byline: Byline) -> bool:
    """Whether the byline is surely one even without a summarizer.

    One lone word in the brackets may as well be an abbreviation or an aside.
    """
    authors = byline.authors.rstrip("*")
    return byline.signed or bool(byline.hat_tip) or " " in authors


def handle(byline: Byline) -> bool:
    """Whether the authors are convincing, or one word that is no abbreviation."""
    word = byline.authors
    return convincing(byline) or (len(word) >= _HANDLE_LENGTH and word.isidentifier() and not word.isupper())


def signed_later(text: str, byline: Byline) -> bool:
    """Whether the real byline is still to come: "Trailblazer (POET): Endlessly Complex (Rui Wang):"."""
    if convincing(byline) or not (byline.colon or byline.authors.isupper()):
        return False
    ends = sentence_ends(text, byline.end, byline.end + LONGEST)
    end = ends[0] if ends else byline.end + LONGEST
    later = (byline_at(text, opens.start()) for opens in OPENS.finditer(text, byline.end, end))
    return any(b and (b.colon or convincing(b)) for b in later)


def summarizers(text: str) -> list[str]:
    """Everyone whom a byline in the text names as a summarizer."""
    return [tidy(match[1]) for match in _SIGNED.finditer(text)]


def references(*texts: str) -> tuple[int, ...]:
    """The issues these texts mention as "AN #57", ascending, each once."""
    return tuple(sorted({int(n) for text in texts if "#" in text for n in REFERENCE.findall(text)}))


def tidy(text: str) -> str:
    """Flat text with its blanks in order.

    Where links were taken out, blanks stand before punctuation and inside
    brackets; line breaks that part paragraphs stay.
    """
    text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _BREAKS.sub("\n\n", _BREAK.sub("\n", text))
    return _STRAY_BLANK.sub("", text).strip()
