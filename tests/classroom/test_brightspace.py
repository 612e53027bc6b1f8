"""Brightspace's download: who it is, and which of several hand-ins is the last."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.classroom.collect import collect
from grader.classroom.hand_in import Cause, Collection, Layout

ANN, BOB = "1234-99 - Ann Lee", "1234-99 - Bob Ross"


def of_zip(folder: Path, *names: str, layout: Layout | None = None) -> Collection:
    place = folder / "download.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for minute, name in enumerate(names):
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 20, 10, minute, 0)), name)
    return collect(place, layout=layout)


def last_of(collection: Collection) -> dict[str, list[str]]:
    return {hand_in.student: [file.path for file in hand_in.files] for hand_in in collection.hand_ins}


@pytest.mark.parametrize("top", ["", "Programming Exam 1/"])
def test_a_folder_for_each_hand_in(top: str, tmp_path: Path) -> None:
    early, late = f"{top}{ANN} - Sep 10, 2026 1105 AM/scale.py", f"{top}{ANN} - Sep 11, 2026 905 AM/scale.py"

    collection = of_zip(tmp_path, late, early, f"{top}{BOB} - Sep 10, 2026 1105 AM/src/scale.py", f"{top}index.html")

    assert collection.layout is Layout.BRIGHTSPACE
    assert last_of(collection) == {
        "Ann Lee": [late],
        "Bob Ross": [f"{top}{BOB} - Sep 10, 2026 1105 AM/src/scale.py"],
    }
    assert [[file.path for file in each.files] for each in collection.superseded] == [[early]]
    assert [(each.path, each.student) for each in collection.left_out] == [(f"{top}index.html", None)]
    assert "not work" in collection.left_out[0].why


def test_files_without_folders(tmp_path: Path) -> None:
    name = "part 2 - Sep 1, 2025 - final.py"

    collection = of_zip(tmp_path, f"{ANN} - Sep 10, 2026 1105 AM - {name}", f"{BOB} - 10 September, 2026 1105 - f.py")

    assert collection.layout is Layout.BRIGHTSPACE
    assert [(each.student, each.files[0].name) for each in collection.hand_ins] == [
        ("Ann Lee", name),
        ("Bob Ross", "f.py"),
    ]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("Sep 10, 2026 1259 PM", "Sep 10, 2026 105 PM"),
        ("Sep 10, 2026 1230 AM", "Sep 10, 2026 905 AM"),
        ("Dec 31, 2026 1159 PM", "Jan 1, 2027 1200 AM"),
        ("9 September, 2026 2359", "10 September, 2026 001"),
        ("9 Sept. 2026 23.59", "10 Sept. 2026 00.01"),
        ("2026-09-09 1130 PM", "2026-10-01 905 AM"),
        ("10 septiembre de 2026 1105", "9 septiembre de 2026 1105"),  # not understood: the newer file is the last
    ],
)
def test_the_date_says_which_is_the_last(early: str, late: str, tmp_path: Path) -> None:
    names = f"{ANN} - {late}/f.py", f"{ANN} - {early}/f.py"

    collection = of_zip(tmp_path, *(names if "de" not in early.split() else reversed(names)), f"{BOB} - {late}/f.py")

    assert last_of(collection)["Ann Lee"] == [f"{ANN} - {late}/f.py"]


def test_two_of_one_name_are_for_a_person(tmp_path: Path) -> None:
    date = "Sep 10, 2026 1105 AM"

    collection = of_zip(
        tmp_path, f"1-9 - Ann Lee - {date}/f.py", f"2-9 - Ann Lee - {date}/f.py", f"3-9 - B - {date}/f.py"
    )

    assert list(last_of(collection)) == ["B"]
    assert {each.cause for each in collection.left_out} == {Cause.OWNER}
    assert all("'Ann Lee' (1) or of 'Ann Lee' (2)" in each.why for each in collection.left_out)


def test_names_of_any_kind(tmp_path: Path) -> None:
    names = [
        "O\u2019Neill-Smith, Zo\xeb",
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "Ann - Marie Lee",
        "Con",
        "Lee, A.",
    ]

    collection = of_zip(tmp_path, *(f"1-9 - {name} - Sep 10, 2026 1105 AM/f.py" for name in names))

    assert set(last_of(collection)) == set(names)
    assert not collection.left_out


def test_what_lies_elsewhere_is_nobodys(tmp_path: Path) -> None:
    date = "Sep 10, 2026 1105 AM"

    collection = of_zip(tmp_path, f"{ANN} - {date}/f.py", f"{BOB} - {date}/f.py", "odd.py")

    assert [(each.path, "nobody knows" in each.why) for each in collection.left_out] == [("odd.py", True)]
