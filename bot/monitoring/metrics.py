"""What Prometheus is told. No label holds a text or the name of a person, a server or a channel."""

from collections.abc import Mapping, Sequence
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot import __version__
from bot.digests.dispatcher import DeliveryEnded
from bot.linking.linker import ReplyOutcome
from bot.model.digests import OWED, DeliveryState
from bot.monitoring.lookups import Observed
from bot.monitoring.state import State

disable_created_metrics()  # type: ignore[no-untyped-call] # when each counter began would double them

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_ENDED: Final = (DeliveryState.SENT, DeliveryState.FAILED)
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds: a lookup in the real archive takes a few thousandths."""


class Metrics:
    """Counts what happens, and shows the state of the moment when asked."""

    def __init__(self, platforms: Sequence[str]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self._gauge("anbot_info", "1, with the bot's version", "version").labels(__version__).set(1)
        self._lookups = Counter(
            *("anbot_lookups", "Lookups, by what was asked for and how sure the answer is"),
            ("kind", "verdict"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            *("anbot_lookup_seconds", "Seconds from a request to its answer, without the platform"),
            ("kind",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._deliveries = Counter(
            *("anbot_deliveries", "Messages of digests that were sent or failed since the start"),
            ("platform", "state"),
            registry=self._registry,
        )
        self._linking = Counter(
            *("anbot_linking_messages", "Messages that linking looked at, by what became of the reply"),
            ("platform", "reply"),
            registry=self._registry,
        )
        self._owed = self._gauge("anbot_deliveries_owed", "Messages of digests to send", "platform", "state")
        self._subscriptions = self._gauge(
            "anbot_subscriptions", "Subscriptions to digests", "platform", "state"
        )
        self._up = self._gauge("anbot_platform_up", "1 if the platform's messages arrive", "platform")
        self._answered = self._gauge(
            "anbot_source_answered_timestamp_seconds", "When the source answered last", "source"
        )
        self._failures = self._gauge("anbot_source_failures", "Failures since it answered last", "source")
        self._issues = self._gauge("anbot_issues", "Issues in the library")
        self._summaries = self._gauge("anbot_summaries", "Summaries in the library")
        self._database_up = self._gauge("anbot_database_up", "1 if the database can be read")
        self._free = self._gauge("anbot_disk_free_bytes", "Room on the disk of the database")
        for platform in platforms:
            for state in _ENDED:
                self._deliveries.labels(platform, state)
            for outcome in ReplyOutcome:
                self._linking.labels(platform, outcome.value)

    def looked_up(self, observed: Observed) -> None:
        """Count a lookup."""
        self._lookups.labels(observed.kind, observed.verdict.value).inc()
        self._seconds.labels(observed.kind).observe(observed.seconds)

    def delivered(self, ended: DeliveryEnded) -> None:
        """Count a delivery."""
        self._deliveries.labels(ended.platform, ended.state.value).inc()

    def linked(self, platform: str, outcome: ReplyOutcome) -> None:
        """Count a message that linking looked at."""
        self._linking.labels(platform, outcome.value).inc()

    def page(self, state: State) -> bytes:
        """What Prometheus reads, in its text format."""
        for platform, up in state.platforms.items():
            self._up.labels(platform).set(up)
            for kind in OWED:
                self._owed.labels(platform, kind.value).set(state.owed.get((platform, kind), 0))
            for paused, name in ((False, "active"), (True, "paused")):
                self._subscriptions.labels(platform, name).set(state.subscriptions.get((platform, paused), 0))
        self._answered.clear()
        self._failures.clear()
        for source in state.sources:
            if source.succeeded:
                self._answered.labels(source.name).set(source.succeeded.timestamp())
            self._failures.labels(source.name).set(source.failures)
        numbers: Mapping[Gauge, float] = {
            self._issues: state.issues,
            self._summaries: state.summaries,
            self._database_up: state.database,
            self._free: state.free,
        }
        for gauge, value in numbers.items():
            gauge.set(value)
        return generate_latest(self._registry)

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(name, what, labels, registry=self._registry)
