"""What the buttons and menus of digests are known by.

They stand in the channel for years and for everybody, so they name what they
show and nobody who asked. By the name in the menu a part is also found again
in a channel's history, which is how it is settled whether it was posted.
"""

import re
from enum import StrEnum
from typing import Final


class Ask(StrEnum):
    """What is asked for by pressing."""

    ENTRY = "e"
    """An entry of a part; the name is that of the part's delivery."""
    ISSUE = "i"
    """The whole issue of that number."""
    ABOUT = "d"
    """What was subscribed to, and how it ends; the name is the subscription's."""
    CHANGE = "c"
    """That a subscription be changed, as asked under that name."""
    KEEP = "n"
    """That it be left as it is."""


MENU: Final = re.compile(r"(?P<ask>e):(?P<name>[a-z0-9-]{1,25})")
"""The custom ids of menus."""
BUTTON: Final = re.compile(r"(?P<ask>[idcn]):(?P<name>[a-z0-9]{1,32})")
"""The custom ids of buttons."""


def custom_id(ask: Ask, name: str) -> str:
    """At most 34 characters.

    >>> custom_id(Ask.ENTRY, "k3jx92ab-12-03")
    'e:k3jx92ab-12-03'
    """
    return f"{ask}:{name}"
