"""Keeps everything in a database. `open_store` is the way in, `restore_copy` puts a copy of a file in its place."""

from store.opening import Store
from store.sqlite.opening import open_file as open_store
from store.sqlite.restore import restore_copy

__all__ = ["Store", "open_store", "restore_copy"]
