#!/usr/bin/env bash
# Expected: `discord.utils.remove_markdown` takes the marks away and leaves the words: a masked link
# becomes its label, small text becomes plain. Its reference warns that meaning may go,
# and its example is a lone star ("10 * 5").
# Seen: discord.py 2.7.1 removes a masked link whole, label and all, and everything between the first
# such link of a line and the last; `ignore_links`, which says that links are left alone, is on. Of the
# `-#` of small text only the dash goes, and what is left is a heading.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q discord.py==2.7.1 2>/dev/null
cat > "$work/see.py" <<'PY'
from discord.utils import remove_markdown

seen = {
    "read **this**": "read this",
    "read [the post](https://a.example) today": "read  today",
    "[one](https://a.example), two, [three](https://b.example).": ".",
    "-# small print": "# small print",
}
for text, left in seen.items():
    print(repr(text), "->", repr(remove_markdown(text)))
    assert remove_markdown(text) == left
PY
"$work/venv/bin/python" "$work/see.py"
