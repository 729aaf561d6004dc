#!/usr/bin/env bash
# Expected: a day that no calendar has leaves an entry without a parsed date, however it is spelled.
# Seen: feedparser 6.0.14 does so for "Mon, 30 Feb 2026 10:00:00 GMT", and takes 2026-02-30 as
# 2 March. The ISO week date 2026-W02-1, which is 5 January, becomes 1 November.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q feedparser==6.0.14 2>/dev/null
cat > "$work/see.py" <<'PY'
from datetime import date

import feedparser

FEED = "<rss version='2.0'><channel><item><title>One</title><pubDate>{}</pubDate></item></channel></rss>"


def day(text):
    parsed = feedparser.parse(FEED.format(text)).entries[0].published_parsed
    return parsed and date(*parsed[:3])


seen = {
    "Mon, 30 Feb 2026 10:00:00 GMT": None,
    "2026-02-30": date(2026, 3, 2),
    "2026-W02-1": date(2026, 11, 1),
}
for text, read in seen.items():
    print(text, "->", day(text))
    assert day(text) == read
assert date.fromisoformat("2026-W02-1") == date(2026, 1, 5)
PY
"$work/venv/bin/python" "$work/see.py"
