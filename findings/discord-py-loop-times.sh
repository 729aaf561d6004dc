#!/usr/bin/env bash
# Expected: `tasks.loop(time=[...])` takes times of any timezones, as it takes each alone, and runs at
# every one of them.
# Seen: discord.py 2.7.1 sorts the times with Python's `<`, which orders times of two named zones by the
# clock on the wall alone. A loop of 9:00 New York (14:00 UTC in winter) and 10:00 Berlin (9:00 UTC) has
# New York first, finds nothing after it that day, and starts again with New York: Berlin never comes.
# The same times with fixed offsets take turns. A time without a zone, taken as UTC, beside one of
# a named zone is refused with "can't compare offset-naive and offset-aware times".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q discord.py==2.7.1 tzdata==2026.6 2>/dev/null
cat > "$work/see.py" <<'PY'
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from discord.ext import tasks

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")


async def work():
    """Do nothing; only the plan matters."""


def hours(*times):
    """The hours, UTC, of the first six runs."""
    loop = tasks.loop(time=times)(work)
    now, runs = START, []
    for _ in range(6):
        # The loop asks itself this with the present moment.
        now = loop._get_next_sleep_time(now).astimezone(UTC)
        runs.append(now.hour)
        now += timedelta(milliseconds=1)
    return runs


def offset(ahead):
    return timezone(timedelta(hours=ahead))


named = hours(time(9, tzinfo=NEW_YORK), time(10, tzinfo=BERLIN))
fixed = hours(time(9, tzinfo=offset(-5)), time(10, tzinfo=offset(1)))
print("named zones:", named, "fixed offsets:", fixed)
assert fixed == [14, 9, 14, 9, 14, 9]
assert named == [14] * 6
try:
    hours(time(9, tzinfo=NEW_YORK), time(10))
except TypeError as error:
    print("a named zone beside none:", error)
else:
    raise SystemExit("the mix was accepted")
PY
"$work/venv/bin/python" "$work/see.py"
