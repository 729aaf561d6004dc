#!/usr/bin/env bash
# Expected: `<author>ed@news.institute (Ed)</author>`, the form that RSS prescribes, is split into an
# address and a name, whatever the ending of the domain.
# Seen: feedparser 6.0.14 knows endings of two to four letters. A longer one is cut after four and the
# rest goes into the name: `ed@news.inst` and `itute (Ed`. Nothing marks the entry as doubtful.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q feedparser==6.0.14 2>/dev/null
cat > "$work/see.py" <<'PY'
import feedparser

FEED = "<rss version='2.0'><channel><item><title>One</title><author>{}</author></item></channel></rss>"


def author(text):
    feed = feedparser.parse(FEED.format(text))
    assert not feed.bozo
    return dict(feed.entries[0].author_detail)


short, long = author("ed@news.info (Ed)"), author("ed@news.institute (Ed)")
print(short, long)
assert short == {"name": "Ed", "email": "ed@news.info"}
assert long == {"name": "itute (Ed", "email": "ed@news.inst"}
PY
"$work/venv/bin/python" "$work/see.py"
