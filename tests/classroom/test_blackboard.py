"""Blackboard's download: names that begin with the course, the assignment, the user and the time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.classroom.collect import collect
from grader.classroom.hand_in import Collection, Layout

FIRST, SECOND = "2026-09-10-11-05-00", "2026-09-11-09-05-59"


def of_zip(folder: Path, *names: str, layout: Layout | None = None) -> Collection:
    place = folder / "gradebook_download.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), name)
    return collect(place, layout=layout)


def names_of(collection: Collection) -> dict[str, list[str]]:
    return {hand_in.student: [file.name for file in hand_in.files] for hand_in in collection.hand_ins}


@pytest.mark.parametrize(
    "head", ["gradebook_2026-CS_101_Week 1", "Assignment 20120", "gradebook_41672.202045_HW2.Su21"]
)
@pytest.mark.parametrize("users", [("alee", "bross"), ("a_lee", "a_ross"), ("a_lee", "b_lee"), ("s123", "s1234")])
def test_users_and_their_last_hand_in(head: str, users: tuple[str, str], tmp_path: Path) -> None:
    ann, bob = (f"{head}_{user}_attempt_" for user in users)

    collection = of_zip(
        tmp_path,
        f"{ann}{SECOND}_scale.py",
        f"{ann}{FIRST}_scale.py",
        f"{ann}{FIRST}.txt",
        f"{ann}{SECOND}.txt",
        f"{bob}{FIRST}_my work_attempt_{SECOND}_x.py",
        f"{bob}{FIRST}.txt",
    )

    assert collection.layout is Layout.BLACKBOARD
    assert len(names_of(collection)) == 2
    assert all(user.endswith(name) for user, name in zip(sorted(users), names_of(collection), strict=True))
    assert sorted(names_of(collection).values()) == [[f"my work_attempt_{SECOND}_x.py"], ["scale.py"]]
    assert [[file.path for file in each.files] for each in collection.superseded] == [[f"{ann}{FIRST}_scale.py"]]
    assert len(collection.left_out) == 3
    assert all("note of the hand-in" in each.why and each.student for each in collection.left_out)


def test_one_user_alone(tmp_path: Path) -> None:
    assert names_of(of_zip(tmp_path, f"gradebook_C_HW_1_alee_attempt_{FIRST}_f.py")) == {"alee": ["f.py"]}


def test_an_archive_is_opened_and_what_has_another_name_is_nobodys(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("src/f.py", "")
    place = tmp_path / "class.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.write(inner, f"gradebook_C_A_alee_attempt_{FIRST}_hw.zip")
        archive.writestr(f"gradebook_C_A_bross_attempt_{FIRST}_f.py", "")
        archive.writestr("odd.py", "")

    collection = collect(place)

    assert names_of(collection) == {"alee": ["src/f.py"], "bross": ["f.py"]}
    assert [(each.path, "nobody knows" in each.why) for each in collection.left_out] == [("odd.py", True)]
