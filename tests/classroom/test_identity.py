"""Names that parse in two ways: for a person, never merged, never judged as somebody else's."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from grader.classroom.collect import collect
from grader.classroom.hand_in import Cause, Collection, LeftOut
from grader.words.text import text

WORK = b"def f(x):\n    return x\n"
MOODLE = "_assignsubmission_file_"


def of_folder(folder: Path, *names: str, **more: bytes) -> Collection:
    files = dict.fromkeys(names, WORK) | more
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return collect(folder)


def students(collection: Collection) -> list[str]:
    return [hand_in.student for hand_in in collection.hand_ins]


def disputed(collection: Collection) -> dict[str, LeftOut]:
    found = {each.path: each for each in collection.left_out if each.cause is Cause.OWNER}
    assert all(each.student is None for each in found.values())
    return found


@pytest.mark.parametrize(
    "hostile",
    [
        f"Bob Smith_4711_assignsubmission_file__99_5555{MOODLE}/f.py",  # a display name, in a folder
        f"Alice_4711_assignsubmission_file_99_5555{MOODLE}/f.py",
        f"Alice_4711_assignsubmission_onlinetext_5555{MOODLE}/f.py",
        f"Alice_4711_assignsubmission_file_5555{MOODLE}/f.py",  # two that share a `_`
        f"Alice_4711_assignsubmission_file_x_5555{MOODLE}f.py",  # without folders
        f"Alice_4711{MOODLE}Eve_5555{MOODLE}f.py",  # a file that was downloaded and handed in again, or a name
    ],
)
def test_moodle_a_name_that_has_the_pattern_twice(hostile: str, tmp_path: Path) -> None:
    honest = f"Alice_4711{MOODLE}/f.py" if "/" in hostile else f"Alice_4711{MOODLE}g.py"

    collection = of_folder(tmp_path, honest, hostile, f"Chen_8{MOODLE}/f.py")

    assert students(collection) == ["4711", "8"]
    assert [len(hand_in.files) for hand_in in collection.hand_ins] == [1, 1]
    (found,) = disputed(collection).values()
    assert "(4711)" in found.why
    assert "(5555)" in found.why


def test_names_that_differ_in_how_an_accent_is_stored_are_told_apart(tmp_path: Path) -> None:
    collection = of_folder(tmp_path, "Zo\u00eb/f.py", "Zoe\u0308/f.py", "Ann/f.py")

    assert students(collection) == ["Ann"]
    for found in disputed(collection).values():
        assert "that of 'Zoe\\u0308' or of 'Zo\u00eb';" in text(found.why)


@pytest.mark.parametrize("name", ["Participant", "Group 7", "R2_D2", "Bob_4711", "Bob_assignsubmission_file"])
def test_moodle_names_that_only_look_odd(name: str, tmp_path: Path) -> None:
    collection = of_folder(tmp_path, f"{name}_5555{MOODLE}/x_1_assignsubmission_file_y.py", f"Alice_4711{MOODLE}/f.py")

    assert students(collection) == ["4711", "5555"]
    assert not disputed(collection)


CANVAS = ("alice_113_80001_hw.py", "chen_114_80002_hw.py", "dora_115_80003_hw.py")


@pytest.mark.parametrize(
    "hostile",
    [
        "alice_113_80009_x_999_80010_hw.py",  # a student who calls herself `alice_113_80009_x`
        "alice_113_80001_999_80010_hw.py",
        "new_300_80009_x_999_80010_hw.py",  # nobody else says who 300 is
        "alice_113_80009_x_LATE_999_80010_hw.py",
        "alice_113_80009_LATE_999_80010_hw.py",
    ],
)
def test_canvas_a_name_that_ends_in_two_places(hostile: str, tmp_path: Path) -> None:
    collection = of_folder(tmp_path, *CANVAS, hostile)

    assert students(collection) == ["113", "114", "115"]
    assert [len(hand_in.files) for hand_in in collection.hand_ins] == [1, 1, 1]
    (found,) = disputed(collection).values()
    assert "(999)" in found.why
    assert "(113)" in found.why or "(300)" in found.why


def test_canvas_a_name_that_others_know_by_its_number_settles_it(tmp_path: Path) -> None:
    collection = of_folder(tmp_path, *CANVAS, "mallory_113_80009_x_999_80010_hw.py")

    assert students(collection) == ["113", "114", "115", "999"]
    assert collection.hand_ins[-1].name == "mallory_113_80009_x"


@pytest.mark.parametrize(
    "own",
    [
        "2024_09_15_hw.py",
        "hw_1_2_final.py",
        "hw_12_34.py",
        "20260915_101112_hw.py",
        "lab_113_114_x.py",  # others' ids, and no attachment
        "1_2_3_4_5_6.py",
        "anon_abc_12_x.py",
    ],
)
def test_canvas_numbers_in_the_names_of_files_are_the_students_own(own: str, tmp_path: Path) -> None:
    """Also where all do so, as where a teacher asks for it."""
    at = {"113": 9_080_001, "114": 9_080_002, "115": 9_080_003}
    names = [f"{name}_{user}_{at[user]}_{own}" for name, user in zip(("alice", "chen", "dora"), at, strict=True)]

    collection = of_folder(tmp_path, *(names if own != "20260915_101112_hw.py" else (*names[:1], *CANVAS[1:])))

    if own == "20260915_101112_hw.py":  # a user 20260915 would be one with attachment 101112: for a person
        assert students(collection) == ["114", "115"]
        return
    assert {hand_in.student: hand_in.files[0].name for hand_in in collection.hand_ins} == dict.fromkeys(at, own)
    assert not collection.left_out


def test_canvas_nobody_makes_others_uncertain_by_a_name(tmp_path: Path) -> None:
    honest = [f"{name}_{number}_{9_000_000 + number}_2024_1500_x.py" for number, name in enumerate("abcdefg", 101)]

    collection = of_folder(tmp_path, *honest, *(f"m_1_2_x_99_{9_000_500 + number}_f.py" for number in range(9)))

    assert students(collection) == [*map(str, range(101, 108)), "99"]


def test_canvas_without_names_there_are_none_to_be_read(tmp_path: Path) -> None:
    files = ("anon_Abc12_80001_x_999_80005_f.py", "LATE_anon_Xyz12_80002_99_80009_f.py")

    collection = of_folder(tmp_path, *files)

    assert students(collection) == ["anon_Abc12", "anon_Xyz12"]
    assert collection.hand_ins[1].late


def test_canvas_a_student_who_is_called_like_nobody(tmp_path: Path) -> None:
    collection = of_folder(tmp_path, *CANVAS, "anon_777_80005_f.py")

    assert students(collection) == ["113", "114", "115", "777"]


@pytest.mark.parametrize(
    "other",
    ["bob.", "bob ", "b\u200bob", "ｂｏｂ", "bo\u00adb", "bob\u2060"],
)
def test_plain_folders_that_are_the_same_to_people_or_systems(other: str, tmp_path: Path) -> None:
    collection = of_folder(tmp_path, "bob/f.py", f"{other}/g.py", "amina/f.py", **{"bob/notes.txt": b""})

    assert students(collection) == ["amina"]
    assert set(disputed(collection)) == {"bob/f.py", f"{other}/g.py"}
    assert all("'bob'" in each.why and repr(other) in each.why for each in disputed(collection).values())


@pytest.mark.parametrize("form", ["{}/f.py", "{}.py"])
def test_plain_names_that_differ_in_capitals_are_of_two_students(form: str, tmp_path: Path) -> None:
    """Nobody's odd name keeps another from being judged."""
    names = [form.format(name) for name in ("Con", "CON", "con", "amina")]
    place = tmp_path / "class.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), WORK)

    collection = collect(place)

    assert students(collection) == ["CON", "Con", "amina", "con"]
    assert not collection.left_out


def test_plain_two_ways_to_write_an_umlaut(tmp_path: Path) -> None:
    collection = of_folder(tmp_path, "Zo\u00eb.py", "Zoe\u0308.py", "amina.py")

    assert students(collection) == ["amina"]
    assert len(disputed(collection)) == 2


def test_plain_a_file_and_a_folder_of_one_name_are_one_students(tmp_path: Path) -> None:
    assert students(of_folder(tmp_path, "bob.py", "bob/g.py", "bob.ipynb")) == ["bob"]


def test_gradescope_a_name_is_no_id(tmp_path: Path) -> None:
    """Names are what students say; ids and addresses are not."""
    people = {
        "submission_1": {":name": "Alice", ":sid": "10042", ":email": "a@x"},
        "submission_2": {":name": "10042"},
        "submission_3": {":name": "submission_9"},
        "submission_4": {":name": "Bob"},
        "submission_5": {":name": "Bob"},
        "submission_6": {":name": "Chen"},
        "submission_9": {},
    }
    table = {folder: {":submitters": [person] if person else []} for folder, person in people.items()}

    collection = of_folder(
        tmp_path, *(f"{folder}/f.py" for folder in people), **{"submission_metadata.yml": json.dumps(table).encode()}
    )

    assert students(collection) == ["10042", "Chen", "submission_9"]
    assert [len(hand_in.files) for hand_in in collection.hand_ins] == [1, 1, 1]
    assert sorted(disputed(collection)) == [f"submission_{number}/f.py" for number in (2, 3, 4, 5)]


def test_gradescope_a_group_is_nobody_of_its_name(tmp_path: Path) -> None:
    pair = [{":name": "A", ":sid": "a", ":email": "a@x"}, {":name": "B", ":sid": "b", ":email": "b@x"}]
    alone = [{":name": "C", ":sid": "a+b", ":email": "c@x"}]
    table = {"submission_1": {":submitters": pair}, "submission_2": {":submitters": alone}}
    names = ("submission_1/f.py", "submission_2/f.py", "submission_3/f.py")

    collection = of_folder(tmp_path, *names, **{"submission_metadata.yml": json.dumps(table).encode()})

    assert students(collection) == ["submission_3"]
    assert sorted(disputed(collection)) == ["submission_1/f.py", "submission_2/f.py"]


@pytest.mark.parametrize("first", [101, 2001, 12_001, 20_001, 9_080_001], ids=lambda first: f"attachment {first}")
@pytest.mark.parametrize(
    "own", ["2024_11_05.py", "2024_11_5_hw.py", "hw_2024_1_5.py", "5_11_2024_hw.py", "11_15_2024_hw.py"]
)
def test_canvas_dates_in_the_names_of_files_are_the_students_own(own: str, first: int, tmp_path: Path) -> None:
    """Also where Canvas is young, and has so few attachments that a year could be the number of one."""
    mine, others = f"leeann_100_{first}_{own}", [f"rossbob_101_{first + 1}_hw.py", f"wuchen_102_{first + 2}_hw.py"]

    for folder, names in ((tmp_path / "alone", [mine]), (tmp_path / "class", [mine, *others])):
        collection = of_folder(folder, *names)
        assert not collection.left_out
        assert {hand_in.student: hand_in.files[0].name for hand_in in collection.hand_ins}["100"] == own


def test_canvas_what_is_no_date_is_still_for_a_person(tmp_path: Path) -> None:
    collection = of_folder(tmp_path, "leeann_100_2001_2024_13_05.py", "rossbob_101_2002_hw.py")

    assert students(collection) == ["101"]
    assert list(disputed(collection)) == ["leeann_100_2001_2024_13_05.py"]
