#!/usr/bin/env bash
# rich: a style keeps the codes of the terminal that it was first written to.
#
# Expected: Style.render(text, color_system=...) writes the colour as that system has it, as its
# parameter says: one of 16 where there are 16, and 24 bits where there are 24.
#
# Seen with rich 15.0.0: the first call decides. The style remembers its codes and not for which
# system they were made, so the same object goes on writing green of the 16 to a terminal with all
# colours, and 24 bits to one with 16. Two consoles in a process that share styles, as tests do that
# run in any order, get each other's colours.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q rich==15.0.0

"$folder/venv/bin/python" - <<'PYTHON'
from rich.color import ColorSystem
from rich.style import Style

few, all_ = ColorSystem.STANDARD, ColorSystem.TRUECOLOR

few_first, all_first = Style(color="#008700"), Style(color="#008701")
seen = [few_first.render("x", color_system=system) for system in (few, all_)]
print("16 colours, then all:", seen)
assert seen == ["\x1b[32mx\x1b[0m"] * 2

seen = [all_first.render("x", color_system=system) for system in (all_, few)]
print("all colours, then 16:", seen)
assert seen == ["\x1b[38;2;0;135;1mx\x1b[0m"] * 2
PYTHON
