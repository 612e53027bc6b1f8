"""Which files of a hand-in nothing was judged from."""

from __future__ import annotations

from fractions import Fraction
from unicodedata import normalize

import pytest

from grader.classroom.jobs import Job
from grader.classroom.left_aside import files_left_aside
from grader.judge.feedback import unreadable
from grader.judge.result import ExerciseResult, Outcome, Result
from grader.message import Message
from grader.observe import refusals
from grader.words.text import text

NONE = Fraction()


def said(files: dict[str, bytes], judged: str | None, *remarks: Message, exercises: int = 1) -> list[str]:
    """The first words of what is said, where a result of one exercise came from the file `judged`."""
    job = Job("digest", tuple(files.items()), ("L1",), (("L1", "key"), ("L2", "key"))[:exercises])
    parts = {"undecided_points": NONE, "tests": ()}
    exercise = ExerciseResult("L1", "L1", "key", judged, Outcome.PASSED, NONE, NONE, **parts)  # type: ignore[arg-type]
    return [text(each).split(" ")[0] for each in files_left_aside(job, Result((exercise,), "none", {}, remarks))]


@pytest.mark.parametrize("name", ["w.ipynb", "notes.py", "src/draft.PY", "old/L1.py"])
def test_a_file_beside_the_one_that_was_judged(name: str) -> None:
    assert said({"L1.py": b"def f(): 1", name: b"x = 1"}, "L1.py") == [name]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("tools.py", b"from tools import half"),
        ("tools-1.py", b"from tools import half"),
        ("pack/tools.py", b"import pack.tools"),
        ("pack/__init__.py", b"import pack.tools"),
        (normalize("NFD", "größe.py"), "from größe import half".encode()),
    ],
)
def test_not_one_that_may_be_imported(name: str, code: bytes) -> None:
    assert said({"L1.py": code, name: b"x = 1"}, "L1.py") == []


def test_part_of_another_word_is_no_import() -> None:
    assert said({"L1.py": b"scale = 1", "a.py": b"x = 1"}, "L1.py") == ["a.py"]
    assert said({"L1.py": "scäle = 1".encode(), "le.py": b"x = 1", "sc.py": b""}, "L1.py") == ["le.py", "sc.py"]


def test_not_one_that_could_not_be_read_which_is_said_already() -> None:
    files = {"L1.py": b"x", "broken.ipynb": b"{"}
    assert said(files, "L1.py", unreadable("broken.ipynb", refusals.EMPTY())) == []


def test_nothing_where_no_exercise_or_not_every_one_was_judged() -> None:
    files = {"L1.py": b"x", "w.ipynb": b"{}"}
    assert said(files, None) == []
    assert said(files, "L1.py", exercises=2) == []


def test_of_many_the_first_few() -> None:
    files = {f"part{number}.ipynb": b"{}" for number in range(500)}
    assert len(said({"L1.py": b"x", **files}, "L1.py")) == 20
