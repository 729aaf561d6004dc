#!/usr/bin/env bash
# Expected: all fields of a form start alike. Discord takes a field of a form as required unless it
# says otherwise, so a select of roles that says nothing has to be filled in like the others.
# Seen: in discord.py 2.7.1 `Select` and `TextInput` send `required: true` by themselves, while the
# selects of roles, users, channels and mentionables send `required: false` (beside `min_values: 1`).
# The reference names no default for either. A form that counts on a role gets submissions without.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q discord.py==2.7.1 2>/dev/null
cat > "$work/see.py" <<'PY'
import asyncio

import discord
from discord.ui import ChannelSelect, Label, MentionableSelect, Modal, RoleSelect, Select, TextInput, UserSelect


async def main():
    form = Modal(title="Form")
    fields = [Select(options=[discord.SelectOption(label="one")]), TextInput()]
    fields += [RoleSelect(), UserSelect(), ChannelSelect(), MentionableSelect()]
    for field in fields[:5]:
        form.add_item(Label(text="Field", component=field))
    sent = [label["component"] for label in form.to_dict()["components"]]
    sent.append(fields[5].to_component_dict())
    for field, payload in zip(fields, sent, strict=True):
        print(type(field).__name__, payload["required"], payload.get("min_values"))
    assert [payload["required"] for payload in sent] == [True, True, False, False, False, False]
    assert sent[2]["min_values"] == 1


asyncio.run(main())
PY
"$work/venv/bin/python" "$work/see.py"
