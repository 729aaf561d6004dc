"""Titles or prose: decided by nothing but the words."""

import re

LONGEST = 320
"""Characters of the longest title to expect outside markup."""

_SENTENCE_END = re.compile(r"(?<![.?!…])(?:(?P<mark>[.?!…]++)[\"”’')\]]*+|(?<=\s)[:;]-?\))\s++(?![-–—])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|Fig|Eq|Sec|Dr|Mr|Mrs|Ms|Prof|St|No|approx|resp)"
    r"|(?<![\w.])[A-Z]|\.[A-Za-z])$"
)
_OPENING = re.compile(r"[\"“‘'(\[]*[A-Z0-9$]")
_ANNOUNCES = re.compile(r":\s")
MOST_WORDS = 30
"""Words of the longest title."""
_SUBTITLE = 4
_GOES_ON = re.compile(r"[:;,.]['\"”’)\]]*$|:\sSee\s")
SMALL_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "do", "does", "for", "from", "how", "if",
    "in", "into", "is", "it", "its", "not", "of", "on", "or", "our", "over", "s", "than", "that", "the",
    "their", "them", "they", "this", "to", "toward", "towards", "under", "up", "via", "vs", "we", "what",
    "when", "where", "which", "who", "why", "will", "with", "without", "you",
})  # fmt: skip


def sentence_ends(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Where sentences end: offsets of the first character after the blank.

    Abbreviations and initials end none, nor do three dots in mid-sentence.
    """
    return [
        m.end()
        for m in _SENTENCE_END.finditer(text, start, len(text) if end is None else end)
        if not (m["mark"] == "." and _ABBREVIATION.search(text, max(0, m.start() - 8), m.start()))
        and (text[m.end() : m.end() + 1].isupper() or not _trails_off(text, m))
    ]


def _trails_off(text: str, end: re.Match[str]) -> bool:
    """Whether a mark may stand in mid-sentence: "maybe … not", "et al. say"."""
    return end["mark"] in ("…", "...") or text.endswith((" al", " etc"), 0, end.start())


def opens_title(text: str, at: int) -> bool:
    """Whether a title could begin here: with a capital, a digit or a quote."""
    return _OPENING.match(text, at) is not None


def capitalised(text: str) -> bool:
    """Whether most words that a title would capitalise are so."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", text) if w not in SMALL_WORDS]
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.6 * len(words)


def title_start(text: str, start: int, ends: list[int], *, fresh: bool) -> int | None:
    """Where the title begins that runs up to the brackets after `ends`.

    `ends` are the sentence ends between `start` and the brackets. The title is
    what follows the last of them, and before that whatever reads like a part
    of it: "Is It Robust? A Strong Baseline". None if no title can begin there:
    mid-sentence and not `fresh`, that is, not right after a heading.
    """
    if not ends:
        return start if fresh else None
    for i in range(len(ends) - 1, -1, -1):
        before = ends[i - 1] if i else start if fresh else None
        if before is None or not _belongs_to_title(text[before : ends[i]], first=fresh and i == 0):
            return ends[i]
    return start


def _belongs_to_title(segment: str, *, first: bool) -> bool:
    segment = segment.strip()
    short = len(segment.split()) <= MOST_WORDS // 2
    mark = segment.rstrip("\"”’')]")[-1:]
    if _ANNOUNCES.search(segment) and not (mark == "?" and capitalised(segment)):
        return False
    asks = mark in "?!…" or segment.endswith("...")
    return short and ((capitalised(segment) and (first or asks)) or (first and asks))


def unsigned(passage: str) -> tuple[str, str] | None:
    """Title and text of an entry that names nobody, standing where one must.

    The title ends at the last colon of the first sentence, or is the whole of
    a short passage without a full stop.
    """
    ends = sentence_ends(passage)
    if not ends and len(passage.split()) <= MOST_WORDS and not _GOES_ON.search(passage):
        return passage.strip(), ""
    colon = _announcing(passage[: ends[0]] if ends else passage)
    return (passage[: colon.start()].strip(), passage[colon.end() :].strip()) if colon else None


def _announcing(sentence: str) -> re.Match[str] | None:
    """The colon that ends the title: the first, or a later one if everything
    before it reads like a title.
    """
    colon = None
    for match in _ANNOUNCES.finditer(sentence):
        if len(sentence[: match.start()].split()) > MOST_WORDS:
            break
        if colon and not _is_subtitle(sentence, colon.end(), match):
            break
        colon = match
    return colon


def _is_subtitle(sentence: str, start: int, colon: re.Match[str]) -> bool:
    """Whether what precedes a later colon goes on with the title."""
    words = sentence[start : colon.start()].split()
    short = 0 < len(words) <= _SUBTITLE and opens_title(words[0], 0) and words[0].lower() not in SMALL_WORDS
    return capitalised(" ".join(words)) or (short and opens_title(sentence, colon.end()))
