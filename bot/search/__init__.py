"""Search: query understanding, candidates, ranking, confidence.

`Searcher` answers over any `SearchIndex`; `building` makes one of the summaries.
"""

from bot.search.index import SearchIndex
from bot.search.searcher import Searcher

__all__ = ["SearchIndex", "Searcher"]
