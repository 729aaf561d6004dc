"""PostgreSQL's errors as sentences for whoever runs the bot; none of them has the password."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
import psycopg
from psycopg import errors

from bot.errors import Conflict, NoRoom, NotSaved, StoreAway, StoreBusy, StoreError

_BUSY: Final = (errors.LockNotAvailable, errors.TooManyConnections)
_UNDONE: Final = (errors.DeadlockDetected, errors.SerializationFailure)
_IS_BUSY: Final = "{database} is busy ({reason}). Try again in a moment."
_KINDS: Final[tuple[tuple[tuple[type[psycopg.Error], ...], type[StoreError], str], ...]] = (
    (_BUSY, StoreBusy, _IS_BUSY),
    (_UNDONE, Conflict, _IS_BUSY),
    (
        (errors.ReadOnlySqlTransaction,),
        NotSaved,
        "{database} is read-only, as a replica is. Name the server that takes writes.",
    ),
    (
        (errors.InsufficientPrivilege,),
        NotSaved,
        "{database} does not let this user write ({reason}). Make the user the owner of the database.",
    ),
    (
        (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded),
        NoRoom,
        "{database} has no room left ({reason}). Give it some, and do it again.",
    ),
    (
        (errors.InvalidPassword, errors.InvalidAuthorizationSpecification),
        StoreError,
        "{database} refuses the user or the password of the address. Correct them.",
    ),
    (
        (errors.InvalidCatalogName,),
        StoreError,
        "There is no {database}. Make the database with `createdb`, or correct the address.",
    ),
)
_AWAY: Final = (
    "{database} cannot be reached ({reason}). Check that the server runs and that the address is right."
)
_DAMAGED: Final = "{database} is damaged ({reason}). Restore a backup of it."
_PREFIX: Final = re.compile(r"connection (?:is bad|failed): ")
_SAYS: Final = {"password authentication failed": 5, "does not exist": 6}
"""Reasons for which no connection is made, which come without a code: the row of the sentence."""


@contextmanager
def as_store_errors(database: str) -> Iterator[None]:
    """Raise what is wrong with the database as a StoreError that names it.

    Defects of ours (bad SQL, a broken constraint) pass as they are.
    """
    try:
        yield
    except (psycopg.Error, msgspec.MsgspecError, UnicodeDecodeError) as error:
        kind, sentence = _of(error)
        if not sentence:
            raise
        raise kind(sentence.format(database=database, reason=_reason(error))) from error


def _of(error: Exception) -> tuple[type[StoreError], str]:
    if not isinstance(error, psycopg.Error):
        return StoreError, _DAMAGED
    for types, kind, sentence in _KINDS:
        if isinstance(error, types):
            return kind, sentence
    if error.sqlstate is None:
        for words, row in _SAYS.items():
            if words in str(error):
                return _KINDS[row][1:]
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreAway, _AWAY
    return StoreError, ""


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return _PREFIX.sub("", lines[0]).rstrip(".")
