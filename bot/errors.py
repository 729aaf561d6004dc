"""Errors a person can act on.

    BotError            one sentence: what was wrong, where, what to do
    ├── InputError      a file, an address or an option that cannot be used
    │   └── Refused     understood, but not safe to take as it stands
    ├── Unavailable     what is outside cannot be reached; soon it may
    └── StoreError      the database cannot be opened, read or written
        ├── StoreAway   its server cannot be reached; lookups go on
        ├── StoreBusy   another process writes it; soon it may work
        │   └── Conflict  it has undone what was written, which may be done again
        └── NotSaved    it can be read, and not written
            └── NoRoom  because the disk is full

Anything else that escapes is a defect and keeps its traceback.
"""

from typing import ClassVar


class BotError(Exception):
    """A sentence for the user. The command line prints it and exits with `exit_code`.

    It is 2 for what stays wrong until somebody changes it, and 75 (EX_TEMPFAIL of
    sysexits.h) for what may pass by itself, so that a supervisor starts the bot again
    for the second alone.
    """

    exit_code: ClassVar[int] = 2


class InputError(BotError):
    """Something the user gave cannot be read."""


class Refused(InputError):
    """Readable, but taking it could spoil what is there; says what settles it."""


class Unavailable(BotError):
    """The network, or what is reached over it, fails now and may work soon."""

    exit_code = 75


class StoreError(BotError):
    """The database is missing, locked, read-only, corrupt, full or too new."""


class StoreAway(StoreError):
    """The server of the database does not answer: nothing can be saved, but the library can be read."""

    exit_code = 75


class StoreBusy(StoreError):
    """Another process keeps the database locked."""

    exit_code = 75


class Conflict(StoreBusy):
    """Another transaction was in the way, and the database has undone this one: it may be done again."""


class NotSaved(StoreError):
    """The disk is full, the file is read-only or was deleted: nothing can be saved, but all can be read."""


class NoRoom(NotSaved):
    """The disk is full."""

    exit_code = 75
