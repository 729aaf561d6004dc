"""Rate limits: so many calls of a method a minute by tier, and one message a second in a channel
and some hundreds a minute in a workspace.

Slack promises at least these numbers and takes short bursts above them; here there are none.
"""

import math
from collections import Counter, deque
from dataclasses import dataclass

from tests.stand_ins.common.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many requests in a window of so many seconds."""

    count: int
    seconds: float = 60.0


# Slack counts apps.connections.open as tier 1, of "1+ a minute", yet asks clients to reconnect at will.
TIERS = {0: Limit(count=600), 1: Limit(count=10), 2: Limit(count=20), 3: Limit(count=50), 4: Limit(count=100)}
MESSAGES = Limit(count=1, seconds=1.0)
# For apps that were not approved for the Marketplace.
HISTORY = Limit(count=1)
HISTORY_PAGE = 15
HISTORIES = ("conversations.history", "conversations.replies")
# "Several hundred a minute", says Slack.
MESSAGES_OF_ALL = Limit(count=300)


class Limits:
    """Counts requests against limits. Every refusal stands in `refused`, by method and channel."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.window_scale = 1.0  # 0.01 makes every window a hundred times shorter, 0 lifts the limits
        self.tiers = dict(TIERS)
        self.methods: dict[str, Limit] = {}
        self.page: int | None = None
        self.messages = MESSAGES
        self.messages_of_all = MESSAGES_OF_ALL
        self.refused: Counter[str] = Counter()
        self._taken: dict[str, deque[float]] = {}

    def outside_marketplace(self) -> None:
        """From now on the history is read in pages of 15, one a minute."""
        self.methods, self.page = dict.fromkeys(HISTORIES, HISTORY), HISTORY_PAGE

    def take(self, method: str, *, tier: int, workspace: str, channel: str | None = None) -> int:
        """Counts a call; the whole seconds to wait where it is one too many, else 0.

        A channel is given where the call posts into it.
        """
        if not channel:
            return self._take(f"{method} {workspace}", self.methods.get(method, self.tiers[tier]))
        together = self._take(f"messages {workspace}", self.messages_of_all)
        return together or self._take(f"{method} {channel}", self.messages)

    def _take(self, key: str, limit: Limit) -> int:
        now, window = self._clock.now(), limit.seconds * self.window_scale
        taken = self._taken.setdefault(key, deque())
        while taken and taken[0] <= now - window:
            taken.popleft()
        if self.window_scale and len(taken) >= limit.count:
            self.refused[key] += 1
            return max(1, math.ceil(taken[0] + window - now))
        taken.append(now)
        return 0
