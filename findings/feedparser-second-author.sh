#!/usr/bin/env bash
# Expected: of an Atom entry with two authors, the first with an address and a page and the second with
# a name alone, each author has what the feed says of that person.
# Seen: feedparser 6.0.14 gives the second one the first one's address: in `authors`, and in
# `author_detail`, which also has the first one's page; `author` reads "Second (first@a.org)".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q feedparser==6.0.14 2>/dev/null
cat > "$work/see.py" <<'PY'
import feedparser

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title>
<author><name>First</name><uri>https://first.example</uri><email>first@a.org</email></author>
<author><name>Second</name></author></entry></feed>"""

feed = feedparser.parse(FEED)
(entry,) = feed.entries
print([dict(author) for author in entry.authors], dict(entry.author_detail), entry.author)
assert not feed.bozo
assert entry.authors[1] == {"name": "Second", "email": "first@a.org"}
assert entry.author_detail == {"name": "Second", "href": "https://first.example", "email": "first@a.org"}
PY
"$work/venv/bin/python" "$work/see.py"
