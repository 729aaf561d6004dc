"""What the core needs from the outside, as Protocols. `store` fulfils them.

Methods take and return the values of the core only: no rows, no SQL, no platform.
"""

from bot.ports.archive import Archive, ArchiveTransaction, IssueRef, SourceVersion
from bot.ports.digests import Outbox
from bot.ports.library import Finder, Library
from bot.ports.linked_replies import LinkedReplies, SentReply
from bot.ports.preferences import Installations, PreferenceStore
from bot.ports.sources import Checkup, Sources, SourceState

__all__ = [
    "Archive",
    "ArchiveTransaction",
    "Checkup",
    "Finder",
    "Installations",
    "IssueRef",
    "Library",
    "LinkedReplies",
    "Outbox",
    "PreferenceStore",
    "SentReply",
    "SourceState",
    "SourceVersion",
    "Sources",
]
