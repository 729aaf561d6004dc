"""What a card says beside its answer: how old the data is, and how much fits."""

from dataclasses import dataclass
from datetime import datetime

from bot.cards.routes import Route
from bot.cards.wording import footer
from bot.model.newsletter import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`length` is how many characters of a text a page has; `matches` is the query
    that led here, if other summaries fit it too.
    """

    now: datetime
    origin: Origin
    length: int
    matches: Route | None = None

    def footer(self, *facts: str) -> str:
        """The facts that are known, and how old the data is, in one line."""
        return footer(self.origin, self.now, *facts)
