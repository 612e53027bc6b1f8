from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from grader.authoring.manifest import MANIFEST
from grader.authoring.wheel import WHEEL

pytestmark = pytest.mark.slow

EXERCISE = """
title: Twice
args: {{x: "float (n,)"}}
returns: float (n,)
task: Twice $x$, called {name}.
practice: 2
examples:
  - args: {{x: [1, 2, 3]}}
tests:
  - name: any
"""
SOLUTION = "def {name}(x):\n    # BEGIN SOLUTION\n    return 2 * x\n    # END SOLUTION\n"
WEEK = {"double.py", "week.ipynb", "handout.html", "README.txt", "handout.key", WHEEL, MANIFEST}

Grader: TypeAlias = Callable[..., tuple[object, str, str]]


def add(course: Path, name: str) -> None:
    (course / "exercises" / f"{name}.yaml").write_text(EXERCISE.format(name=name), encoding="utf-8")
    (course / "solutions" / f"{name}.py").write_text(SOLUTION.format(name=name), encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with two exercises in one assignment each, and the folder at hand."""
    folder = tmp_path / "course"
    for name in ("exercises", "solutions"):
        (folder / name).mkdir(parents=True)
    add(folder, "double")
    (folder / "course.yaml").write_text(
        "title: Course\nseed: planted, but long\nassignments:\n  - name: week\n    exercises: [double]\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(folder)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def said(out: str, word: str) -> set[str]:
    """The files of which `build` says `word`."""
    return {line.removeprefix(word).strip() for line in out.splitlines() if line.startswith(word)}


def test_it_writes_what_students_get(course: Path, grader: Grader) -> None:
    status, out, err = grader("build")

    to = course / "handouts" / "week"
    assert (status, err) == (0, "")
    assert set(content(to)) == WEEK
    assert said(out, "wrote") == WEEK - {MANIFEST}
    assert out.endswith(f"The handout is in {to}. Give students the whole folder.\n")


def test_a_second_time_nothing_changes(course: Path, grader: Grader, tmp_path: Path) -> None:
    grader("build", "--to", tmp_path / "out")
    before = content(tmp_path / "out")

    status, out, _ = grader("build", "--to", tmp_path / "out")

    assert status == 0
    assert said(out, "unchanged") == WEEK - {MANIFEST}
    assert not said(out, "wrote")
    assert content(tmp_path / "out") == before


def test_the_same_course_makes_the_same_bytes(course: Path, grader: Grader, tmp_path: Path) -> None:
    """Also at another place, and compiled anew."""
    moved = shutil.copytree(course, tmp_path / "elsewhere" / "again")
    grader("build", "week", "--to", tmp_path / "one")
    grader("build", "week", "--to", tmp_path / "other", "--course", moved)

    assert content(tmp_path / "one") == content(tmp_path / "other")


def test_an_edited_file_is_named_and_nothing_is_changed(course: Path, grader: Grader, tmp_path: Path) -> None:
    to = tmp_path / "out"
    grader("build", "--to", to)
    (to / "double.py").write_text("def double(x):\n    return x + x\n", encoding="utf-8")
    (course / "exercises" / "double.yaml").write_text(EXERCISE.format(name="changed"), encoding="utf-8")
    before = content(to)

    status, out, err = grader("build", "--to", to)

    assert (status, out) == (2, "")
    assert "double.py is not as we wrote it" in err
    assert "handout.html" not in err
    assert "--overwrite" in err
    assert content(to) == before


def test_unless_it_is_told_to(course: Path, grader: Grader, tmp_path: Path) -> None:
    to = tmp_path / "out"
    grader("build", "--to", to)
    before = content(to)
    (to / "double.py").write_text("mine\n", encoding="utf-8")

    status, out, _ = grader("build", "--to", to, "--overwrite")

    assert status == 0
    assert said(out, "wrote") == {"double.py"}
    assert content(to) == before


def test_what_is_no_longer_part_of_it_is_left_over_and_told(course: Path, grader: Grader, tmp_path: Path) -> None:
    to = tmp_path / "out"
    add(course, "twice")
    text = (course / "course.yaml").read_text(encoding="utf-8")
    (course / "course.yaml").write_text(text.replace("[double]", "[double, twice]"), encoding="utf-8")
    grader("build", "--to", to)
    (course / "course.yaml").write_text(text, encoding="utf-8")

    _, out, _ = grader("build", "--to", to)

    assert "left over  twice.py (of an earlier build" in out
    assert (to / "twice.py").exists()


def test_not_inside_a_handout(course: Path, grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grader("build", "--to", tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")

    status, out, err = grader("build")

    assert (status, out) == (2, "")
    assert "this is a handout already" in err
    assert set(content(tmp_path / "out")) == WEEK


def test_nor_over_a_course(course: Path, grader: Grader) -> None:
    before = content(course / "exercises")

    status, _, err = grader("build", "--to", course)

    assert status == 2
    assert "this is the course's own" in err
    assert content(course / "exercises") == before
    assert not (course / "handout.key").exists()


def test_an_unknown_assignment_and_the_nearest_one(course: Path, grader: Grader) -> None:
    status, _, err = grader("build", "wek")

    assert status == 2
    assert err == "error: no assignment 'wek'; did you mean 'week'?\n"


def test_without_assignments_it_is_all_exercises(course: Path, grader: Grader, tmp_path: Path) -> None:
    (course / "course.yaml").write_text("", encoding="utf-8")

    status, _, _ = grader("build", "--to", tmp_path / "out")

    assert status == 0
    assert {"double.py", "exercises.ipynb"} < set(content(tmp_path / "out"))


def test_a_reference_that_fails_is_the_authors_fault(course: Path, grader: Grader, tmp_path: Path) -> None:
    (course / "solutions" / "double.py").write_text("def double(x):\n    return x.twice()\n", encoding="utf-8")

    status, out, err = grader("build", "--to", tmp_path / "out")

    assert (status, out) == (2, "")
    assert "solutions/double.py:2" in err
    assert "AttributeError" in err
    assert not (tmp_path / "out").exists()


def test_every_assignment_is_built_where_none_is_named(course: Path, grader: Grader, tmp_path: Path) -> None:
    add(course, "twice")
    with (course / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("  - name: later\n    exercises: [twice]\n    form: notebook\n")

    status, out, err = grader("build", "--to", tmp_path / "out")

    assert (status, err) == (0, "")
    assert set(content(tmp_path / "out" / "week")) == WEEK
    assert "later.ipynb" in content(tmp_path / "out" / "later")
    assert "twice.py" not in content(tmp_path / "out" / "later")
    assert out.count("The handout is in") == 2


def test_the_checker_can_be_left_out(course: Path, grader: Grader) -> None:
    status, _, _ = grader("build", "--no-wheel")

    made = content(course / "handouts" / "week")
    assert status == 0
    assert set(made) == WEEK - {WHEEL}
    assert b"Install it as your instructor says" in made["README.txt"]
    assert b"pip install" not in made["README.txt"]


def test_a_handout_says_how_its_checker_is_installed(course: Path, grader: Grader) -> None:
    grader("build")

    made = content(course / "handouts" / "week")
    assert f"\n       python -m pip install ./{WHEEL}\n".encode() in made["README.txt"]
    assert f"python -m pip install ./{WHEEL}</code>".encode() in made["handout.html"]
    assert f"%pip install ./{WHEEL}".encode() in made["week.ipynb"]


def test_exercises_that_no_assignment_has_are_named(course: Path, grader: Grader) -> None:
    add(course, "triple")
    status, _, err = grader("build")
    assert status == 0
    assert err == "note: in no assignment of course.yaml, and so never built: triple\n"


def test_without_a_course_an_author_is_told_how_to_begin_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: Grader
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (("build",), ("show", "softmax")):
        status, _, err = grader(*command)
        assert status == 2
        assert "an empty course.yaml makes a folder a course, and `grader new NAME`" in err
        assert "instructor" not in err


def test_who_has_an_extension_is_not_told_to_the_others(course: Path, grader: Grader, tmp_path: Path) -> None:
    with (course / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("    due: 2026-12-01T12:00Z\n    extensions: {student-4711: 3 days}\n")

    status, _, _ = grader("build", "--to", tmp_path / "out")

    assert status == 0
    assert not [name for name, data in content(tmp_path / "out").items() if b"4711" in data]


def test_variants_have_a_folder_each_and_a_table_says_whose_is_which(course: Path, grader: Grader) -> None:
    text = (course / "course.yaml").read_text(encoding="utf-8")
    (course / "course.yaml").write_text(
        text.replace("planted, but long", "a seed of many characters").replace("[double]", "[double]\n    variants: 2"),
        encoding="utf-8",
    )
    (course / "class.csv").write_text('id,name\namina,Amina\n"o, k",O\n=1,X\n', encoding="utf-8")
    status, out, err = grader("build", "--no-wheel", "--roster", "class.csv")

    assert status == 0, err
    made = course / "handouts" / "week"
    one, other = content(made / "variant-0"), content(made / "variant-1")
    assert set(one) == set(other) == WEEK - {WHEEL}
    assert {name for name in one if one[name] != other[name]} == {"handout.key", MANIFEST}
    lines = (made / "variants.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "student,variant"
    assert [line.rpartition(",")[0] for line in lines[1:]] == ["'=1", "amina", '"o, k"']
    assert {line.rpartition(",")[2] for line in lines[1:]} <= {"0", "1"}
    assert "says which of the 2 folders is whose" in out

    _, _, err = grader("build", "--no-wheel")
    assert "nobody is known yet" not in err
    lines = (made / "variants.csv").read_text(encoding="utf-8").splitlines()
    assert "amina" in lines[2]  # who was written down stays


def test_a_roster_with_one_id_twice_builds_nothing(course: Path, grader: Grader) -> None:
    (course / "class.csv").write_text("id\namina\nbo\namina\n", encoding="utf-8")
    status, _, err = grader("build", "--no-wheel", "--roster", "class.csv")

    assert status == 2
    assert "class.csv: rows 2 and 4 have the same id, 'amina'" in err
    assert not (course / "handouts").exists()


def test_variants_of_an_earlier_build_stay_in_no_handout(course: Path, grader: Grader) -> None:
    file = course / "course.yaml"
    plain = file.read_text(encoding="utf-8").replace("planted, but long", "a seed of many characters")
    (course / "class.csv").write_text("id\namina\nbo\n", encoding="utf-8")

    def build(count: int) -> tuple[int, str]:
        file.write_text(plain.replace("[double]", f"[double]\n    variants: {count}"), encoding="utf-8")
        status, _, err = grader("build", "--no-wheel", "--roster", "class.csv")
        return status, err

    assert build(3)[0] == 0
    before = sorted((course / "handouts").rglob("*"))
    status, err = build(1)
    assert status == 2
    assert "variant-0, variant-1, variant-2, variants.csv are of an earlier build" in err
    status, err = build(2)
    assert status == 2
    assert "variant-2 is of an earlier build" in err
    assert sorted((course / "handouts").rglob("*")) == before


def test_who_has_another_variant_than_before_is_named(course: Path, grader: Grader) -> None:
    file = course / "course.yaml"
    text = file.read_text(encoding="utf-8").replace("[double]", "[double]\n    variants: 3")
    students = [f"s{number}" for number in range(20)]
    (course / "class.csv").write_text("\n".join(["id", *students]), encoding="utf-8")
    for seed, is_told in (("a seed of many characters", False), ("another seed of many characters", True)):
        file.write_text(text.replace("planted, but long", seed), encoding="utf-8")
        status, _, err = grader("build", "--no-wheel", "--roster", "class.csv", "--overwrite")
        assert status == 0
        assert ("named another variant before for s" in err) is is_told
