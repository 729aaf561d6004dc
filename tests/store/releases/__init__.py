"""A database of each released version, as SQL; `python -m tests.store.releases` writes that of this one."""
