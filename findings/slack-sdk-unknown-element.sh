#!/usr/bin/env bash
# Expected: an element that the models do not know yet is left out, as the library's own warning says
# ("Unknown element detected and skipped"), or kept as it came.
# Seen: slack_sdk 3.47.0 puts None in its place. A message that is read by `Block.parse`, changed and
# sent again holds `null` among its elements, in a rich text as well, and `validate_json` passes it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q slack_sdk==3.47.0 2>/dev/null
cat > "$work/see.py" <<'PY'
import json
import logging

from slack_sdk.models.blocks import Block

logging.basicConfig(format="%(message)s")
TEXT = {"type": "mrkdwn", "text": "Known"}
LATER = {"type": "of_next_year", "value": "1"}

block = Block.parse({"type": "context", "elements": [TEXT, LATER]})
block.validate_json()
rich = Block.parse(
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [LATER]}]}
)
print(json.dumps(block.to_dict()), json.dumps(rich.to_dict()))
assert block.to_dict()["elements"] == [TEXT, None]
assert rich.to_dict()["elements"][0]["elements"] == [None]
PY
"$work/venv/bin/python" "$work/see.py"
