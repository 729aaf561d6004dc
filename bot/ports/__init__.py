"""What the core needs from the outside, as Protocols. `store` fulfils them.

Methods take and return the values of the core only: no rows, no SQL, no platform.
"""

from bot.ports.archive import Archive, Layer, Place, Shelf
from bot.ports.discussions import Discussions, Reply
from bot.ports.ledger import Installations, Ledger
from bot.ports.library import Finder, Library
from bot.ports.outbox import Outbox
from bot.ports.upkeep import Checkup, Sources, SourceState

__all__ = [
    "Archive",
    "Checkup",
    "Discussions",
    "Finder",
    "Installations",
    "Layer",
    "Ledger",
    "Library",
    "Outbox",
    "Place",
    "Reply",
    "Shelf",
    "SourceState",
    "Sources",
]
