"""Errors a person can act on.

    BotError            one sentence: what was wrong, where, what to do
    ├── InputError      a file, an address or an option that cannot be used
    │   └── Refused     understood, but not safe to take as it stands
    └── StoreError      the database cannot be opened, read or written
        ├── StoreBusy   another process writes it; soon it may work
        └── NotSaved    it can be read, and not written

Anything else that escapes is a defect and keeps its traceback.
"""


class BotError(Exception):
    """A sentence for the user. The command line prints it and exits with 2."""


class InputError(BotError):
    """Something the user gave cannot be read."""


class Refused(InputError):
    """Readable, but taking it could spoil what is there; says what settles it."""


class StoreError(BotError):
    """The database is missing, locked, read-only, corrupt, full or too new."""


class StoreBusy(StoreError):
    """Another process keeps the database locked."""


class NotSaved(StoreError):
    """The disk is full, the file is read-only or was deleted: nothing can be saved, but all can be read."""
