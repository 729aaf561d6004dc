"""What cards on a chat platform have in common, whatever the platform calls them.

A card shows a `Spot` (`spots`): a view of a thing, and which page of it. `looking`
finds what stands there, `passages`, `wording` and `pages` say it as spans; how
that is drawn, and how a spot fits into a button, is each adapter's own.
"""
