"""The metrics, their table in docs/operating.md and the dashboard name the same things."""

import json
import re
from pathlib import Path

from bot.digests.dispatcher import DeliveryEnded
from bot.linking.linker import ReplyOutcome
from bot.lookup.requests import FindPaper
from bot.model.digests import DeliveryState
from bot.model.search import Verdict
from bot.monitoring.lookups import Observed
from bot.monitoring.metrics import Metrics
from bot.monitoring.state import State
from bot.ports import SourceState
from tests.support.drafts import NOW

DOCS = Path(__file__).resolve().parents[3] / "docs"
STATE = State(
    platforms={"discord": True, "slack": False},
    database=True,
    owed={("discord", DeliveryState.PENDING): 7},
    subscriptions={("discord", True): 2, ("discord", False): 3},
    sources=(SourceState(name="sheet", tried=NOW, succeeded=NOW, failures=1, due=NOW),),
    issues=5,
    summaries=40,
    free=10**9,
)
_TABLE = re.compile(r"^\| metric \|.*\n\|.*\n((?:\|.*\n)+)", re.MULTILINE)
_IN_QUERY = re.compile(r"\b(?:anbot|process|python|up)_\w+")
_SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? ", re.MULTILINE)


def page() -> str:
    metrics = Metrics(tuple(STATE.platforms))
    metrics.looked_up(Observed(request=FindPaper(words="sheep"), verdict=Verdict.NOTHING, seconds=0.004))
    metrics.delivered(DeliveryEnded(platform="discord", state=DeliveryState.SENT))
    metrics.linked("slack", ReplyOutcome.POSTED)
    return metrics.page(STATE).decode()


def documented() -> dict[str, set[str]]:
    """The labels of each metric in the table."""
    (rows,) = _TABLE.findall((DOCS / "operating.md").read_text(encoding="utf-8"))
    cells = [row.split("|")[1:3] for row in rows.splitlines()]
    return {
        name: set(re.findall(r"`(\w+)`", labels))
        for names, labels in cells
        for name in re.findall(r"`(\w+)`", names)
    }


def test_the_table_has_every_metric_of_ours_with_its_labels_and_no_other() -> None:
    exposed: dict[str, set[str]] = {}
    for sample, labels in _SAMPLE.findall(page()):
        name = re.sub(r"_(bucket|sum|count)$", "", sample)
        exposed.setdefault(name, set()).update(set(re.findall(r"(\w+)=", labels)) - {"le"})
    assert {name: labels for name, labels in exposed.items() if name.startswith("anbot_")} == documented()


def test_the_dashboard_asks_for_metrics_that_there_are() -> None:
    dashboard = json.loads((DOCS / "grafana.json").read_text(encoding="utf-8"))
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    queries += [each["query"] for each in dashboard["templating"]["list"] if each["type"] == "query"]
    asked = {name for query in queries for name in _IN_QUERY.findall(query)}
    exposed = {sample for sample, _ in _SAMPLE.findall(page())}
    assert asked <= exposed, asked - exposed
    assert {name for name in documented() if name not in asked} <= {"anbot_lookup_seconds"}


def test_values_are_those_of_the_state_and_of_what_happened() -> None:
    lines = page().splitlines()
    for line in (
        'anbot_lookups_total{kind="paper",verdict="nothing"} 1.0',
        'anbot_lookup_seconds_bucket{kind="paper",le="0.005"} 1.0',
        'anbot_lookup_seconds_bucket{kind="paper",le="0.0025"} 0.0',
        'anbot_deliveries_total{platform="discord",state="sent"} 1.0',
        'anbot_deliveries_total{platform="slack",state="failed"} 0.0',
        'anbot_linking_messages_total{platform="slack",reply="posted"} 1.0',
        'anbot_linking_messages_total{platform="discord",reply="none"} 0.0',
        'anbot_deliveries_owed{platform="discord",state="pending"} 7.0',
        'anbot_deliveries_owed{platform="slack",state="pending"} 0.0',
        'anbot_subscriptions{platform="discord",state="paused"} 2.0',
        'anbot_platform_up{platform="slack"} 0.0',
        f'anbot_source_answered_timestamp_seconds{{source="sheet"}} {NOW.timestamp():.8e}',
        'anbot_source_failures{source="sheet"} 1.0',
        "anbot_summaries 40.0",
        "anbot_disk_free_bytes 1e+09",
        "anbot_database_up 1.0",
    ):
        assert line in lines


def test_a_source_that_was_removed_is_not_shown_any_more() -> None:
    metrics = Metrics(("discord",))
    metrics.page(STATE)
    assert 'source="sheet"' not in metrics.page(State(platforms={"discord": True}, database=True)).decode()
