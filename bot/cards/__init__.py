"""What the bot says, whatever the platform: an answer becomes a `Card`.

A card shows a `Route` (`routes`): a view of a thing, and which page of it. The
`Presenter` looks it up and makes the `Card` (`card`): titles, facts, spans of text, menus
and buttons, as much as the platform's `CardFormat` holds. Each adapter draws cards.
"""
