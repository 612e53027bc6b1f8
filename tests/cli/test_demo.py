from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from grader.observe.walls.abilities import abilities, missing_features
from grader.observe.walls.levels import Level

pytestmark = pytest.mark.slow

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]
STUDENTS = ("amina.py", "bruno.py", "chen.py", "dita.py", "emil.py", "farah.ipynb")
LONG = "a folder with spaces in its name, and a name so long that no line of eighty columns holds it"
NAMES = ("sigmoid_derivative", "image2vector", "normalizeRows", "softmax", "L1", "L2")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(place: Path, command: Command) -> str:
    """What `grader demo` says, run once, elsewhere than it would by itself."""
    done = command("grader", "demo", "--to", place / LONG, cwd=place)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def folder(place: Path, shown: str) -> Path:
    return place / LONG


def test_it_makes_a_course_its_handout_and_submissions(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "LICENSE",
        "course.yaml",
        "exercises",
        "solutions",
        "handout",
        "submissions",
    }
    assert {path.stem for path in (folder / "exercises").iterdir()} == set(NAMES)
    assert {f"{name}.py" for name in NAMES} < {path.name for path in (folder / "handout").iterdir()}
    assert {path.name for path in (folder / "submissions").iterdir()} == set(STUDENTS)


def test_it_tells_the_whole_story_in_order(shown: str) -> None:
    headings = [line for line in shown.splitlines() if re.match(r"\d\. ", line)]

    assert [heading[0] for heading in headings] == ["1", "2", "3", "4", "5"]
    assert "\x1b" not in shown
    for student in STUDENTS:
        assert f" {student} " in shown


def feedback_of(student: str, shown: str) -> str:
    """What is said between a student's rule and the next one."""
    after = shown.partition(f" {student} ")[2].partition("\n")[2]
    return re.split(r"(?m)^-+ .+ -+$", after)[0]


def test_each_student_is_told_what_is_the_matter(shown: str) -> None:
    assert "Everything is right." in feedback_of("amina.py", shown)
    assert "changed its argument `yhat`" in feedback_of("bruno.py", shown)
    assert "not attempted yet" in feedback_of("chen.py", shown)
    assert "printed, but not given back" in feedback_of("chen.py", shown)
    assert "cannot be read as Python" in feedback_of("dita.py", shown)
    assert "a loop that never ends?" in feedback_of("emil.py", shown)
    assert "`normalize_rows` is defined on line" in feedback_of("emil.py", shown)


def test_what_a_student_is_told_is_what_grade_prints(folder: Path, shown: str, command: Command) -> None:
    printed = command("grade", "submissions/bruno.py", "-a", "numpy-basics", cwd=folder).stdout
    assert feedback_of("bruno.py", shown).rstrip() == printed.rstrip()


def table(shown: str) -> dict[str, list[str]]:
    """The rows of the table of points, by file."""
    rows = [line.split() for line in shown.partition("4. ")[2].partition("5. ")[0].splitlines()]
    return {row[0]: row[1:] for row in rows if row and row[0] in STUDENTS}


def test_the_table_of_points_is_what_grade_says(shown: str, folder: Path, in_process: Command) -> None:
    rows = table(shown)
    assert tuple(rows) == STUDENTS
    assert rows["amina.py"] == ["10"] * 6 + ["60/60"]

    for student in ("dita.py", "farah.ipynb"):
        done = in_process("grade", f"submissions/{student}", "-a", "numpy-basics", "--format", "json", cwd=folder)
        result = json.loads(done.stdout)
        told = [round(exercise["points"], 2) for exercise in result["exercises"]]
        assert [float(cell) for cell in rows[student][:-1]] == told
        assert rows[student][-1] == f"{round(result['points'], 2):g}/60"


def can_be_walled_in() -> bool:
    return not missing_features(abilities(), Level.STANDARD)


@pytest.mark.exhaustive
def test_what_it_says_to_try_can_be_tried(shown: str, folder: Path, in_process: Command) -> None:
    lines = [shlex.split(line, comments=True) for line in shown.partition("5. ")[2].splitlines()[1:]]
    tried = [line for line in lines if line[:1] in (["grade"], ["grader"])]

    assert len(tried) > 2
    for name, *arguments in tried:
        options = ["--arg", "x: float (m, n)", "--returns", "float (m,)"] if arguments[0] == "new" else []
        done = in_process(name, *arguments, *options, cwd=folder)
        if arguments[0] in ("run", "report") and not can_be_walled_in():
            continue
        assert done.returncode in (0, 1), done.stderr
        assert done.stderr == "" or arguments[0] == "run"  # which says how far it is


def test_the_handout_can_be_worked_in(folder: Path, command: Command) -> None:
    done = command("grade", "softmax.py", cwd=folder / "handout")

    assert done.returncode == 1
    assert "not attempted yet" in done.stdout


def test_it_overwrites_nothing(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "numgrade-demo"
    folder.mkdir()
    (folder / "course.yaml").write_text("title: Mine\n", encoding="utf-8")

    done = command("grader", "demo", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: numgrade-demo exists already, and is left as it is; choose another folder with --to DIR\n"
    )
    assert [path.name for path in folder.iterdir()] == ["course.yaml"]
    assert (folder / "course.yaml").read_text(encoding="utf-8") == "title: Mine\n"


def test_what_it_says_to_try_can_be_copied_whatever_the_folder_is_called(shown: str, folder: Path, place: Path) -> None:
    assert list(place.iterdir()) == [folder]
    assert f"  cd '{folder}'" in shown.splitlines()
