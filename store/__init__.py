"""Keeps everything in one SQLite file. `open_store` is the way in, `restore_copy` puts a copy in its place."""

from store.opening import Store, open_store
from store.restore import restore_copy

__all__ = ["Store", "open_store", "restore_copy"]
