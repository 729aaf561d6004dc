"""Search: query understanding, candidates, ranking, confidence.

`Searcher` answers over any `IndexSource`; `building` makes one of the summaries.
"""

from bot.search.index import IndexSource
from bot.search.searcher import Searcher

__all__ = ["IndexSource", "Searcher"]
