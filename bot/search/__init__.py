"""Understanding what a person looks for, and ranking what might be meant.

`Searcher` is the way in: it answers over any `SearchIndex`, which the store
keeps and `build` makes of the summaries.
"""

from bot.search.index import SearchIndex
from bot.search.searcher import Searcher

__all__ = ["SearchIndex", "Searcher"]
