"""Rate limits: buckets per route and major parameter, one for all, and the ban for invalid requests.

Discord publishes no numbers and asks clients to obey the headers. Those here are the ones seen in
the wild; a test may change any, or make all windows shorter by `window_scale`.
"""

import hashlib
import math
from collections import Counter, deque
from dataclasses import dataclass, field

from tests.stand_ins.common.clock import Clock
from tests.stand_ins.discord.entities import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many requests in a window of so many seconds."""

    count: int
    seconds: float


DEFAULT = Limit(count=50, seconds=1)
SEEN = {
    "POST /channels/{channel_id}/messages": Limit(count=5, seconds=5),
    "PATCH /channels/{channel_id}/messages/{message_id}": Limit(count=5, seconds=5),
    "DELETE /channels/{channel_id}/messages/{message_id}": Limit(count=5, seconds=1),
    "POST /channels/{channel_id}/messages/{message_id}/crosspost": Limit(count=10, seconds=3600),
    "GET /channels/{channel_id}/messages": Limit(count=5, seconds=1),
    "POST /channels/{channel_id}/messages/bulk-delete": Limit(count=1, seconds=1),
    "POST /channels/{channel_id}/typing": Limit(count=5, seconds=5),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me": Limit(count=1, seconds=0.25),
    "POST /webhooks/{application_id}/{token}": Limit(count=5, seconds=2),
    "PATCH /webhooks/{application_id}/{token}/messages/{message_id}": Limit(count=5, seconds=2),
}
INVALID_WINDOW = 600.0  # seconds


@dataclass(slots=True)
class Bucket:
    """One window: how much of the limit is used, and when it is whole again."""

    limit: Limit
    ends: float = 0
    used: int = 0
    taken: list[float] = field(default_factory=list)  # when each allowed request came

    def take(self, now: float, window_scale: float) -> float:
        """Uses one request; returns the seconds to wait where there is none left, else 0."""
        if now >= self.ends:
            self.ends, self.used = now + self.limit.seconds * window_scale, 0
        if self.used >= self.limit.count:
            return self.ends - now
        self.used += 1
        self.taken.append(now)
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a request may pass, and the headers that say how much is left."""

    headers: dict[str, str]
    retry_after: float = 0
    for_all: bool = False

    @property
    def refused(self) -> bool:
        return self.retry_after > 0

    def body(self) -> Json:
        return too_many(self.retry_after, for_all=self.for_all)


class Limits:
    """Counts requests against limits. Every refusal stands in `refused`, by bucket."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.routes = dict(SEEN)
        self.default = DEFAULT
        self.all_routes = Limit(count=50, seconds=1)
        self.window_scale = 1.0  # 0.01 makes every window a hundred times shorter, 0 lifts the limits
        self.invalid_most = 10_000
        self.refused: Counter[str] = Counter()
        self.buckets: dict[str, Bucket] = {}
        self._invalid: deque[float] = deque()

    def take(self, route: str, major: str, token: str | None) -> Verdict:
        """Counts a request of a route ("GET /a/{b}").

        Requests without a bot's token (a token in the path allows them) do not count towards the
        limit over all routes.
        """
        now = self._clock.now()
        bucket = self._bucket(f"{route} {major}", self.routes.get(route, self.default))
        if token is not None:
            wait = self._bucket(f"all {token}", self.all_routes).take(now, self.window_scale)
            if wait:
                self.refused["all"] += 1
                return Verdict(headers=waiting(wait, scope="global"), retry_after=wait, for_all=True)
        wait = bucket.take(now, self.window_scale)
        headers = self._headers(route, bucket, now)
        if wait:
            self.refused[f"{route} {major}"] += 1
            headers |= waiting(wait, scope="user")
        return Verdict(headers=headers, retry_after=wait)

    def taken(self, route: str, major: str = "") -> list[float]:
        """When the allowed requests of a route (and channel or guild) came, for a test to judge."""
        return [
            when
            for key, bucket in self.buckets.items()
            if key.startswith(f"{route} {major}")
            for when in bucket.taken
        ]

    def invalid(self) -> None:
        """Notes a request answered with 401, 403 or a 429 of the client's own making."""
        self._invalid.append(self._clock.now())

    @property
    def invalid_requests(self) -> int:
        """How many there were in the last ten minutes."""
        since = self._clock.now() - INVALID_WINDOW
        while self._invalid and self._invalid[0] <= since:
            self._invalid.popleft()
        return len(self._invalid)

    @property
    def banned(self) -> bool:
        """Whether the address is shut out for too many invalid requests."""
        return self.invalid_requests >= self.invalid_most

    def _bucket(self, key: str, limit: Limit) -> Bucket:
        bucket = self.buckets.setdefault(key, Bucket(limit))
        bucket.limit = limit
        return bucket

    def _headers(self, route: str, bucket: Bucket, now: float) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(bucket.limit.count),
            "X-RateLimit-Remaining": str(max(0, bucket.limit.count - bucket.used)),
            "X-RateLimit-Reset": f"{bucket.ends:.3f}",
            "X-RateLimit-Reset-After": f"{max(0.0, bucket.ends - now):.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }


def waiting(seconds: float, *, scope: str) -> dict[str, str]:
    """The headers of a 429: who is limited is "user", "shared" or "global"."""
    headers = {"Retry-After": str(math.ceil(seconds)), "X-RateLimit-Scope": scope}
    return headers | ({"X-RateLimit-Global": "true"} if scope == "global" else {})


def too_many(seconds: float, *, for_all: bool) -> Json:
    """The body of a 429."""
    return {"message": "You are being rate limited.", "retry_after": seconds, "global": for_all}
