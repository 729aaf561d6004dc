"""What the core needs from the outside, as Protocols. `store` implements them.

Their methods take and return values of the core: no rows, no SQL, no platform.
What is kept survives a restart.
"""

from bot.ports.archive import Archive, ArchiveTransaction, IssueRef, SourceVersion
from bot.ports.claims import Claims
from bot.ports.database import Backup, Checkup, DatabaseAddress, DatabaseName, Restored
from bot.ports.digests import ArrivalLog, DigestStore, Lease, Outbox, SubscriptionStore
from bot.ports.library import Finder, Library
from bot.ports.linked_replies import LinkedReplies, SentReply
from bot.ports.preferences import Forgetting, Installations, Memo, PreferenceStore
from bot.ports.sources import Sources, SourceState

__all__ = [
    "Archive",
    "ArchiveTransaction",
    "ArrivalLog",
    "Backup",
    "Checkup",
    "Claims",
    "DatabaseAddress",
    "DatabaseName",
    "DigestStore",
    "Finder",
    "Forgetting",
    "Installations",
    "IssueRef",
    "Lease",
    "Library",
    "LinkedReplies",
    "Memo",
    "Outbox",
    "PreferenceStore",
    "Restored",
    "SentReply",
    "SourceState",
    "SourceVersion",
    "Sources",
    "SubscriptionStore",
]
