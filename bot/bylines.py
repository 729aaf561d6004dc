"""Names as they are printed, made short enough for a list."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r",?\s+(?:and|&)\s+|\s*[,;]\s*")
_NAMED: Final = 2


def short_authors(authors: str) -> str:
    """The authors in a few words; marks of equal contribution are dropped.

    >>> short_authors("Evan Hubinger*, Chris van Merwijk*, Scott Garrabrant")
    'Evan Hubinger et al.'
    >>> short_authors("Sarthak Jain, Byron C. Wallace")
    'Sarthak Jain, Byron C. Wallace'
    """
    names = [name.strip(" *\t\n") for name in _BETWEEN.split(authors)]
    names = [name for name in names if name]
    if len(names) > _NAMED:
        return f"{names[0]} et al."
    return ", ".join(names)
