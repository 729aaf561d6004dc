"""The schema, as the steps that lead to it.

A later step is another `Migration` at the end of `MIGRATIONS`; steps that have
been released are never edited. Each engine keeps the number of the last step taken.
"""

import re
from dataclasses import dataclass
from typing import Final

from store import (
    arrivals,
    claims,
    forgetting,
    installations,
    lease,
    linked_replies,
    outbox,
    preferences,
    search_index,
    sources,
    subscriptions,
)
from store.schema import NEWSLETTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema, taken wholly or not at all."""

    version: int
    statements: tuple[str, ...]


MIGRATIONS: Final = (
    Migration(
        version=1,
        statements=(
            *NEWSLETTERS,
            *search_index.TABLES,
            *preferences.TABLES,
            *installations.TABLES,
            *claims.TABLES,
            *linked_replies.TABLES,
            *sources.TABLES,
            *subscriptions.TABLES,
            *arrivals.TABLES,
            *outbox.TABLES,
            *lease.TABLES,
            *forgetting.TABLES,
        ),
    ),
)

TABLES: Final = tuple(
    made[1]
    for migration in MIGRATIONS
    for statement in migration.statements
    if (made := re.match(r"\s*CREATE TABLE (\w+)", statement))
)
"""The names of all tables; each refers to those before it alone."""


def too_new(database: str, version: int, latest: int) -> str:
    """A sentence about a database of a version that is yet unknown here."""
    return f"{database} was written by a newer anbot (its schema is {version}, this one knows {latest})."
