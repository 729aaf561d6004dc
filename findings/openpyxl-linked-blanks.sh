#!/usr/bin/env bash
# Expected: reading a workbook changes none of its values: a cell that is blank stays None, linked or not.
# Seen: openpyxl 3.1.5 puts a link's address into each blank cell that the link covers, so text appears
# that the file does not hold and a row of blanks is one no more. With `read_only=True` there are
# neither those texts nor any links, and python-calamine 0.9.1 reads blanks.
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
book.active.append(["Title", None, "End"])
book.active.append([None, None, "End"])
book.active["A1"].hyperlink = "https://a.example"
# As Excel stores a link that was set on several cells at once.
book.active["A1"].hyperlink.ref = "A1:B2"
book.save(path)

full = [list(row) for row in load_workbook(path).active.values]
lean = [list(row) for row in load_workbook(path, read_only=True).active.values]
other = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
print(full, lean, other, sep="\n")
assert full == [["Title", "https://a.example", "End"], ["https://a.example", "https://a.example", "End"]]
assert lean == [["Title", None, "End"], [None, None, "End"]]
assert other == [["Title", "", "End"], ["", "", "End"]]
PY
"$work/venv/bin/python" "$work/see.py" "$work/book.xlsx"
