"""Which students a table names, and what is refused in it: nobody is left out without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.cli.roster import Listed, of_roster
from grader.errors import GraderError


def read(folder: Path, text: str) -> dict[str, Listed]:
    file = folder / "class.csv"
    file.write_text(text, encoding="utf-8")
    return of_roster(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name\n101,Ann\n,Bo\n", "class.csv: row 3 has no id, but 'Bo'; write it there"),
        ("id,email\n101,a@x\n ,b@x\n", "class.csv: row 3 has no id, but 'b@x'"),
        ("id,name\n2.02612E+11,Ann\n", "class.csv: row 2 has '2.02612E+11', as a spreadsheet shortens a long number"),
        ("id;name\n2,02612E+11;Ann\n", "class.csv: row 2 has '2,02612E+11'"),
    ],
)
def test_a_row_without_the_id_is_refused(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(GraderError) as refused:
        read(tmp_path, text)
    assert says in str(refused.value)


def test_rows_of_nobody_are_passed_over(tmp_path: Path) -> None:
    canvas = 'Student,ID,Section\n,,Manual Posting\n    Points Possible,,\n"Lee, Ann",007,A\n,,\n'

    assert read(tmp_path, canvas) == {"007": Listed()}
    assert read(tmp_path, "id,name\n1e5,Ann\n\n,\n") == {"1e5": Listed("Ann")}
