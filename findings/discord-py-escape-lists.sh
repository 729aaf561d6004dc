#!/usr/bin/env bash
# discord.py: escape_markdown escapes the marks of bullets, not those of numbered lists.
#
# Expected: a text that went through escape_markdown is shown as it was written. What begins a line
# and is formatting for Discord is escaped: headings, small print, quotations, and both kinds of lists.
#
# Seen with discord.py 2.7.1: "- a", "* a", "# a", "-# a" and "> a" get a backslash, "1. a" stays as it
# is. Discord makes a numbered list of it, and counts on from the first: a line of text that begins
# with a year, such as "2019. A good year.", is indented, and a second such line is shown with the
# number 2020, whatever was written.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q discord.py==2.7.1

"$folder/venv/bin/python" - <<'PYTHON'
from discord.utils import escape_markdown

for line in ("- a", "* a", "# a", "-# a", "> a"):
    print(repr(line), "->", repr(escape_markdown(line)))
    assert escape_markdown(line) == "\\" + line
lines = "2019. A good year.\n2017. Another."
print(repr(lines), "->", repr(escape_markdown(lines)))
assert escape_markdown(lines) == lines
PYTHON
