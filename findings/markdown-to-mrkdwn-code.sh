#!/usr/bin/env bash
# Expected: what stands in backticks is code, and a converter to Slack's mrkdwn leaves it alone, as it
# does with a fenced block.
# Seen: markdown_to_mrkdwn 0.3.3 spares fenced blocks only. In a line, `__init__` becomes `*init*`,
# `a**b**c` becomes `a*b*c`, and `[a](b)` becomes `<b|a>`: other code, shown as code.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q markdown_to_mrkdwn==0.3.3 2>/dev/null
cat > "$work/see.py" <<'PY'
from markdown_to_mrkdwn import SlackMarkdownConverter

convert = SlackMarkdownConverter().convert
seen = {
    "Call `__init__` first": "Call `*init*` first",
    "`a**b**c`": "`a*b*c`",
    "`[a](b)`": "`<b|a>`",
    "```\n__init__\n```": "```\n__init__\n```",
}
for text, made in seen.items():
    print(repr(text), "->", repr(convert(text)))
    assert convert(text) == made
PY
"$work/venv/bin/python" "$work/see.py"
