"""Taking newsletters into the library.

`indexer` files what a reader found, `lineup` settles which entries of several
sources are the same, `merge` makes one of what they say.
"""
