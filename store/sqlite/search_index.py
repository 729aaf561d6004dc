"""`bot.search.index.IndexSource`: the index of the present generation, held in memory.

It is read through a connection of its own, from the caller's thread.
`PRAGMA data_version` tells in two microseconds whether anybody has written
anything, in this process or another; only then is the generation read.
"""

import sqlite3
from typing import Final

from bot.search.index import Index
from store.search_index import checked
from store.sqlite.connections import Connections
from store.sqlite.errors import as_store_errors

_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class SqliteSearchIndex:
    """Holds one generation of the index in memory, and follows the database."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._connection = connections.searching()
        self._version = -1
        self._generation = -1
        self._index = Index(b"")

    def current(self) -> Index:
        """The index of the latest generation.

        While another process keeps the database from being read, the one in memory serves.
        """
        if self._connection is not (connection := self._connections.searching()):
            self._connection, self._version, self._generation = connection, -1, -1
        try:
            ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
            if version != self._version:
                self._follow()
                self._version = version
        except sqlite3.OperationalError as error:
            if self._generation < 0 or error.sqlite_errorcode not in _BUSY:
                with as_store_errors(self._connections.name):
                    raise
        except sqlite3.Error:
            with as_store_errors(self._connections.name):
                raise
        return self._index

    def _follow(self) -> None:
        ((generation,),) = self._connection.execute("SELECT generation FROM search_index").fetchall()
        if generation == self._generation:
            return
        ((generation, form, checksum, value),) = self._connection.execute(
            "SELECT generation, format, checksum, value FROM search_index"
        ).fetchall()
        with as_store_errors(self._connections.name):
            self._index = checked(self._connections.name, form, checksum, value)
        self._generation = generation
