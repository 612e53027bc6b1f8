"""What was handed in, as it is shown."""

from __future__ import annotations

import json

from grader.report.listings import listings


def notebook(*cells: tuple[str, str]) -> bytes:
    made = [{"cell_type": kind, "source": text, "metadata": {}, "outputs": []} for kind, text in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_a_script_is_one_piece() -> None:
    (shown,) = listings([("work.py", b"x = 1\r\ny = 2\n")])
    assert (shown.name, shown.pieces, shown.note) == ("work.py", (("work.py", "x = 1\ny = 2\n"),), "")


def test_of_a_notebook_the_code_cells() -> None:
    data = notebook(("markdown", "# Title"), ("code", "x = 1"), ("code", ""), ("code", "y = 2"))
    (shown,) = listings([("work.ipynb", data)])
    assert shown.pieces == (("Cell 1", "x = 1"), ("Cell 3", "y = 2"))


def test_what_cannot_be_read_says_why() -> None:
    empty, picture, missing = listings([("a.py", b""), ("b.ipynb", b"\x89PNG\r\n\x1a\n"), ("c.pdf", b"%PDF")])
    assert all(each.pieces == () and each.note for each in (empty, picture, missing))


def test_nothing_in_it_moves_the_reader() -> None:
    (shown,) = listings([("a\u202eb.py", "x = '\u202e\x1b[2J'\n".encode())])
    assert shown.name == "ab.py"
    assert shown.pieces == (("ab.py", "x = '[2J'\n"),)


def test_a_very_long_file_is_cut_and_says_so() -> None:
    script, cells = listings([("a.py", b"#" * 100_001), ("b.ipynb", notebook(*[("code", "#" * 60_000)] * 3))])
    assert len(script.pieces[0][1]) == 100_000
    assert [len(text) for _, text in cells.pieces] == [60_000, 40_000]
    assert script.note == cells.note == "Only the first 100,000 characters are shown."


def test_of_very_many_files_the_first() -> None:
    *_, last = found = listings([(f"{number}.py", b"x = 1\n") for number in range(60)])
    assert len(found) == 50
    assert last.note == "… and 10 more"
