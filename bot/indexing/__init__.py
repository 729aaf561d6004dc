"""Taking newsletters into the library.

`indexer` stores what a reader understood, `recognising` says which issue it is,
`matching` decides which entries of several sources are the same, `merge` makes
one of them.
"""
