"""What cards on a chat platform say, whatever the platform calls them.

A card shows a `Spot` (`spots`): a view of a thing, and which page of it. `presenter`
finds what stands there, and `telling` makes a `Card` of it (`cards`): titles, facts,
spans of text, menus and ways on, as much as the platform's `Form` says it holds. How
that is drawn, and how a spot fits into a button, is each adapter's own.
"""
