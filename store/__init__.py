"""Keeps everything in one SQLite file. `open_store` is the way in."""

from store.opening import Store, open_store

__all__ = ["Store", "open_store"]
