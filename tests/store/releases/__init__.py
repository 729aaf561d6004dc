"""A database of each released version, as SQL.

`python -m tests.store.releases` writes that of the present version. As long as it is not released,
do so after each change of the schema; afterwards a change is another migration, and the file stays.
"""
