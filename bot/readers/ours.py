"""Whether a document is an issue of this newsletter, or of another, or only speaks of it."""

import re
from collections.abc import Sequence
from typing import Final

from bot.model.newsletter import Entry
from bot.readers.evidence import strange

_SIGNS: Final = re.compile(
    r"Alignment\s+Newsletter|\bAN\s?#\s?\d|rohinshah\.com|alignment-newsletter|1d1821210cc4f04d1e05c4fa6|dqMSZj"
    r"|1PwWbWZ6FPqAgZWOoOcXM8N_tUCuxpEyMbN1NYYC02aM"
    r"|(?i:\(summari[sz]ed by\s+)(?:Asya|Cody|Dan H|Flo|Matthew|Nicholas|Richard|Robert|Rohin|Sudhanshu|Zach)\b"
    r"|\bRohin(?: Shah)?['’]s opinion"
)
"""Its name, its people and its addresses."""
_ANOTHER: Final = re.compile(r"\b(?!Alignment\b)[A-Z][\w'’-]* Newsletter\s*#\s*\d")
_OPENING: Final = 4_000
"""Characters in which a newsletter names itself."""


_OPINION: Final = re.compile(r"\bopinion[*_]{0,2}\s*:", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"^[^\n]{0,24}?\b\d{1,2}:\d\d\b|^[^\n]{1,60}[ \t\[]\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\]?$", re.MULTILINE
)
"""A line that begins or ends with the time of day, as in a log of a chat."""
_FEWEST_CLOCKS: Final = 3
_FEW: Final = 0.1


def doubt(text: str, name: str, entries: Sequence[Entry] = ()) -> str:
    """Why a text or a page may be no issue of ours, "" if it shows that it is.

    Entries and a number prove nothing: other newsletters have them too, and some recommend this one.
    """
    sign = _SIGNS.search(text)
    another = _ANOTHER.search(text, 0, _OPENING)
    if not sign or (another and another.start() < sign.start()):
        return (
            f"{name} has the form of a newsletter, but shows no sign of this one: neither its name nor its people "
            "nor its addresses. If it is an issue all the same, say which with --issue N"
        )
    if entries and (unlike := _unlike_an_issue(entries, text)):
        return (
            f"{name} speaks of the newsletter, but {unlike}. "
            "If it is an issue all the same, say which with --issue N"
        )
    return ""


def _unlike_an_issue(entries: Sequence[Entry], text: str) -> str:
    """What no issue has; "" if there is nothing."""
    clocks = len(_CLOCK.findall(text))
    if clocks >= max(_FEWEST_CLOCKS, len(entries) / 2):
        return f"{clocks} of its lines state the time of day, as in a chat"
    if cut := strange(entries):
        return f"{len(cut)} of its {len(entries)} titles look cut or glued, such as “{cut[0][:60]}”"
    named = sum(bool(entry.authors or entry.summarizer or entry.hat_tip) for entry in entries)
    if 2 * named < len(entries):
        return f"only {named} of its {len(entries)} titles name their authors or a summarizer"
    return _without_a_voice(entries, text)


def _without_a_voice(entries: Sequence[Entry], text: str) -> str:
    """Why nobody of the newsletter seems to speak; "" if somebody does.

    Nearly every text of an issue is signed, or its editor signs none and gives his opinion of some.
    """
    texts = [entry for entry in entries if entry.text]
    unsigned = [entry for entry in texts if not entry.summarizer]
    signed = any(entry.summarizer for entry in entries)
    if signed and len(unsigned) <= _FEW * len(texts):
        return ""
    if any(entry.opinions for entry in unsigned) or (not signed and _OPINION.search(text)):
        return ""
    if not texts:
        return "it is a list of titles without a text"
    return f"nobody signed {len(unsigned)} of its {len(texts)} texts or gave an opinion of them"
