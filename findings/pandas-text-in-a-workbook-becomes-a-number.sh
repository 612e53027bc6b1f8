#!/usr/bin/env bash
# pandas 3.1.1, openpyxl 3.1.5, python-calamine 0.9.1; beside polars 2.1.0 with fastexcel 0.21.0.
# Guess: a cell of a workbook says whether it holds text or a number, so the text 007 in it, a student's number, is read as
#        text.
# Seen: a column of texts that all look like numbers becomes one of numbers, with both engines: 007 is 7 and 12e03 is 12000.
#       One text that looks otherwise keeps all of them. polars reads the same cells as text. dtype=str keeps them.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 openpyxl==3.1.5 python-calamine==0.9.1 polars==2.1.0 fastexcel==0.21.0
"$dir/venv/bin/python" - <<'EOF'
import io
import sys
import warnings

import openpyxl
import pandas as pd
import polars as pl

warnings.simplefilter("ignore")  # pandas says that its engine will change


def workbook(*texts: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in ("id", *texts):
        book.active.append([row])
    book.save(file)
    return file.getvalue()


def read(*texts: str, **options: object) -> list[object]:
    return pd.read_excel(io.BytesIO(workbook(*texts)), **options)["id"].tolist()


facts = {
    "numbers": (read("007", "12e03", engine="openpyxl"), [7.0, 12000.0]),
    "calamine": (read("007", "12e03", engine="calamine"), [7.0, 12000.0]),
    "whole numbers": (read("007", "012", engine="openpyxl"), [7, 12]),
    "with a word": (read("007", "x12", engine="openpyxl"), ["007", "x12"]),
    "dtype": (read("007", "12e03", engine="openpyxl", dtype=str), ["007", "12e03"]),
    "polars": (pl.read_excel(workbook("007", "12e03"))["id"].to_list(), ["007", "12e03"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
