#!/usr/bin/env bash
# msgspec: with strict=False a text is an int if JSON would write that whole number so, not if int() reads it.
#
# Expected: convert("…", int, strict=False), made for texts such as variables of the environment, takes
# digits as int() does: "007" and "+5" are numbers, "1e3" and "1.0" are none. A bool is "1" or "0",
# "true" or "false", as the documentation says.
#
# Seen with msgspec 0.22.0 and 0.23.0: "007" and "+5" are refused, "1e3" is the int 1000 and "1.0" the
# int 1. A float may be "nan" or "inf", which JSON has not. "-0" is a bool (False), "0.0" is none. So a
# port of "08080" is an error, and one of "8e3" is 8000.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for version in 0.22.0 0.23.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install -q "msgspec==$version"
    "$folder/$version/bin/python" - <<'PYTHON'
import math

import msgspec


def read(text, kind):
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError:
        return "refused"


ints = {text: read(text, int) for text in ("8080", "08080", "007", "+5", "1_000", "1.0", "1e3", "8e3")}
bools = {text: read(text, bool) for text in ("1", "0", "-0", "0.0")}
floats = {text: read(text, float) for text in ("1.5", "01.5", "inf", "nan")}
print(msgspec.__version__, ints, bools, floats, sep="\n  ")
assert ints == {
    "8080": 8080, "08080": "refused", "007": "refused", "+5": "refused", "1_000": "refused",
    "1.0": 1, "1e3": 1000, "8e3": 8000,
}
assert bools == {"1": True, "0": False, "-0": False, "0.0": "refused"}
assert math.isnan(floats.pop("nan"))
assert floats == {"1.5": 1.5, "01.5": "refused", "inf": math.inf}
PYTHON
done
