#!/usr/bin/env bash
# Expected: a cell whose formula failed, say an import of another sheet, reads as its error, `#REF!`.
# Seen: python-calamine 0.9.1 gives "", as for a blank cell and for a formula whose result is an empty
# text; nothing tells that a sheet is broken. openpyxl 3.1.5 gives "#REF!", None and None.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q openpyxl==3.1.5 python-calamine==0.9.1 2>/dev/null
cat > "$work/see.py" <<'PY'
import sys

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

path = sys.argv[1]
book = Workbook()
# openpyxl stores these as cells of the type "error".
book.active.append(["start", "#REF!", "#N/A", None, "end"])
book.save(path)

(one,) = ([*row] for row in load_workbook(path, data_only=True).active.values)
(other,) = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
print("openpyxl:", one, "calamine:", other)
assert one == ["start", "#REF!", "#N/A", None, "end"]
assert other == ["start", "", "", "", "end"]
PY
"$work/venv/bin/python" "$work/see.py" "$work/book.xlsx"
