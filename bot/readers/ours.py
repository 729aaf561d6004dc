"""Whether a document is an issue of this newsletter, or of another with the same form."""

import re
from typing import Final

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


def doubt(text: str, name: str) -> str:
    """Why a text or a page may be none of ours, "" if it shows that it is.

    Entries and a number prove nothing: other newsletters have them too, and some recommend this one.
    """
    sign = _SIGNS.search(text)
    another = _ANOTHER.search(text, 0, _OPENING)
    if sign and not (another and another.start() < sign.start()):
        return ""
    return (
        f"{name} has the form of a newsletter, but shows no sign of this one: neither its name nor its people "
        "nor its addresses. If it is an issue all the same, say which with --issue N"
    )
