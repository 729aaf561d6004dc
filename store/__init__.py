"""Keeps everything in a database. `open_store` is the way in, `restore_copy` puts a copy of a file in its place."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

from bot.errors import InputError
from bot.ports import DatabaseAddress
from store.opening import Store
from store.sqlite.opening import open_file
from store.sqlite.restore import restore_copy

__all__ = ["Store", "open_store", "restore_copy"]


def open_store(  # noqa: PLR0913 - each is a choice of its own
    path: Path | DatabaseAddress | str,
    *,
    clock: Callable[[], datetime],
    readonly: bool = False,
    sample: bool = False,
    watch: bool = False,
    busy_seconds: float = 5.0,
) -> AbstractAsyncContextManager[Store]:
    """Open a database: a file, ":memory:", or one on a server. The parameters are those of
    `open_file` and `open_server`.
    """
    if not isinstance(path, DatabaseAddress):
        return open_file(
            path, clock=clock, readonly=readonly, sample=sample, watch=watch, busy_seconds=busy_seconds
        )
    try:
        from store.postgresql.opening import open_server  # noqa: PLC0415 - psycopg is an extra
    except ImportError as error:
        raise InputError(
            "PostgreSQL needs two more packages. Install them with `pip install 'anbot[postgres]'`."
        ) from error
    return open_server(path, clock=clock, readonly=readonly, watch=watch, busy_seconds=busy_seconds)
