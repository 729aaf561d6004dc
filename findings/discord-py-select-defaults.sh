#!/usr/bin/env bash
# Expected: the roles that a select shows as chosen travel as strings, as every snowflake does in
# Discord's JSON and in what discord.py reads, since 64 bits do not fit into the numbers of JavaScript.
# Seen: discord.py 2.7.1 sends the ids in `default_values` as JSON numbers. Whatever reads them as
# doubles (a proxy or a stand-in on Node) gets another role: 1446000000000000123 becomes …000.
# A check of bodies by Discord's own description of its API has to let numbers pass.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q discord.py==2.7.1 2>/dev/null
cat > "$work/see.py" <<'PY'
import json

import discord
from discord.ui import ChannelSelect, RoleSelect, UserSelect

ROLE = 1446000000000000123

for kind in (RoleSelect, UserSelect, ChannelSelect):
    body = json.dumps(kind(default_values=[discord.Object(ROLE)]).to_component_dict())
    (chosen,) = json.loads(body)["default_values"]
    (doubled,) = json.loads(body, parse_int=float)["default_values"]
    print(kind.__name__, repr(chosen["id"]), "read as a double:", int(doubled["id"]))
    assert chosen["id"] == ROLE
    assert int(doubled["id"]) != ROLE
PY
"$work/venv/bin/python" "$work/see.py"
