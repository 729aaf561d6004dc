"""Authors, numbers of things and lengths of time in a few words."""

import re
from datetime import timedelta
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


def counted(number: int, one: str, many: str = "") -> str:
    """So many of a thing.

    >>> counted(1, "entry", "entries"), counted(2000, "issue")
    ('1 entry', '2,000 issues')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


_UNITS: Final = ((86400, "day"), (3600, "hour"), (60, "minute"))


def span(time: timedelta) -> str:
    """About how long that is, in the past or the future.

    >>> [span(timedelta(seconds=s)) for s in (5, 60, -3 * 3600, 100_000)]
    ['a moment', '1 minute', '3 hours', '1 day']
    """
    seconds = abs(int(time.total_seconds()))
    for length, name in _UNITS:
        if seconds >= length:
            return counted(seconds // length, name)
    return "a moment"
