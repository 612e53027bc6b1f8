"""A class made up, downloaded in every layout, and collected: the same students, the same files."""

from __future__ import annotations

from itertools import starmap
from pathlib import Path

import pytest

from bench.classroom.layouts import FORMS, Form, pack, unpack
from bench.classroom.people import Student, make_class
from grader.classroom.collect import collect
from grader.classroom.hand_in import Collection, HandIn, Layout
from grader.observe.intake import condensed

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
SIZE = 60


def packed(students: tuple[Student, ...], form: Form, folder: Path) -> Path:
    place = folder / "Download.zip"
    place.write_bytes(pack(students, form))
    return place


def work_of(hand_in: HandIn) -> list[bytes]:
    return [file.content for file in hand_in.files]


def check(collection: Collection, students: tuple[Student, ...], form: Form) -> None:
    found = {hand_in.student: hand_in for hand_in in collection.hand_ins}

    assert collection.layout is form.layout
    assert list(found) == sorted(form.student(student) for student in students)
    for student in students:
        hand_in = found[form.student(student)]
        assert hand_in.name == form.name(student)
        assert work_of(hand_in) == list(starmap(condensed, student.files.items()))
        assert hand_in.late == (form.tells_late and student.is_late)
    junk = sum(len(student.junk) for student in students)
    assert sum("neither" in each.why for each in collection.left_out) <= junk


@every_form
def test_an_archive_collects_to_the_same_class(form: Form, tmp_path: Path) -> None:
    students = make_class(SIZE, seed=1)

    check(collect(packed(students, form, tmp_path)), students, form)


@every_form
def test_so_does_a_folder(form: Form, tmp_path: Path) -> None:
    students = make_class(SIZE, seed=2)

    check(collect(unpack(students, form, tmp_path)), students, form)


@every_form
def test_every_entry_is_collected_or_listed(form: Form, tmp_path: Path) -> None:
    students = make_class(SIZE, seed=3)

    folder = collect(unpack(students, form, tmp_path))

    told = {file.path for hand_in in (*folder.hand_ins, *folder.superseded) for file in hand_in.files}
    told |= {each.path for each in folder.left_out}
    lost = [
        path
        for path in (file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file())
        if not any(each == path or each.startswith(f"{path}/") or path.startswith(f"{each}/") for each in told)
    ]
    assert lost == (["assignment_77_export/submission_metadata.yml"] if form.layout is Layout.GRADESCOPE else [])
    assert all(each.why for each in folder.left_out)


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.has_attempts])
def test_earlier_attempts_are_kept_beside_the_last(name: str, tmp_path: Path) -> None:
    form, students = FORMS[name], make_class(SIZE, seed=4)

    collection = collect(packed(students, form, tmp_path))

    earlier = {form.student(student): list(student.earlier.values()) for student in students if student.earlier}
    assert len(earlier) > 3
    assert {hand_in.student: work_of(hand_in) for hand_in in collection.superseded} == earlier


@pytest.mark.parametrize("distinct", [False, True])
def test_the_generator_is_deterministic_and_makes_work_unlike(distinct: bool) -> None:
    students = make_class(300, seed=5, distinct=distinct)

    assert students == make_class(300, seed=5, distinct=distinct)
    assert students != make_class(300, seed=6, distinct=distinct)
    work = [tuple(student.files.values()) for student in students]
    assert (len(set(work)) == 300) is distinct


def test_a_class_has_the_mix_of_real_life() -> None:
    files = [item for student in make_class(400, seed=7) for item in student.files.items()]

    assert sum(name.endswith(".ipynb") for name, _ in files) > 100
    assert any(b"\r\n" in content for _, content in files)
    assert any(b"%matplotlib" in content for _, content in files)
    assert any(not content for _, content in files)
