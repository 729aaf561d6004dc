"""What speaks for a document, and what each of it weighs. Most features are from 0 to 1."""

from typing import Final

# Of its names: titles, authors, aliases and facts.
SHARP: Final = 1.0
"""The share of the query's weight that they match, with an exponent."""
SHARPNESS: Final = 4
"""That exponent: half of the words are worth much less than half."""
SIMILAR: Final = 0.3
"""The title's edit similarity to the query, as far as the names match."""
PRECISE: Final = 0.12
"""The share of the title's words that matched, as far as the names match."""
PHRASE: Final = 0.1
"""Whether the query is a phrase of the title."""
TITLED: Final = 0.12
"""The share of the query's weight that the title alone matches."""
PAIRS: Final = 0.08
"""The share of the query's neighbours that are neighbours in the title."""
ALIAS: Final = 0.6
"""Whether others call it by the query."""
OFTEN: Final = 0.6
"""How often they do."""
LEAST_NAMED: Final = 0.4
"""How well the names match the worst matched word."""
KIND: Final = 0.2
"""Whether it is the kind of thing that was asked for."""
CITED: Final = 0.6
"""Whether it is the citation that was asked for."""

# Of a title that is the query or begins with it.
WHOLE: Final = 2.0
BEGINNING: Final = 0.4
BEFORE_COLON: Final = 0.3
"""Whether it is all that the title has before a colon: then that is its name, and the rest says what it is."""
WHOLE_WORDS: Final = 0.1

# Of its names and texts.
LEAST: Final = 0.15
"""How well anything matches the worst matched word."""
EXACT: Final = 0.4
"""Whether that word is matched as typed."""
ABOUT: Final = 1.2
"""How much names or texts are about each of the words."""
RELATED: Final = 0.7
"""How much texts are about the words or their synonyms."""
TOGETHER: Final = 0.26
"""The share of the query's weight that texts have in one place."""
PRIOR: Final = 0.03
LIKELY: Final = 0.2
"""The prior, as far as texts match."""
