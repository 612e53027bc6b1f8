"""`grader run --watch`: a folder that fills."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import class_grades
from grader.cli import run_watch

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("judging_here")]

Grader = Callable[..., tuple[object, str, str]]
Step = Callable[[Path], object]

EXERCISE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
"""
RIGHT = "def double(x):\n    return 2 * x\n"


def written(text: str | bytes, name: str, moment: int = 1) -> Step:
    def write(folder: Path) -> None:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(file, ns=(moment, moment))

    return write


def nothing(folder: Path) -> None:
    """A second passes."""


class Script:
    """What happens while the watch waits, one step a look; then `q`, or what ends it."""

    def __init__(self, folder: Path, steps: list[Step]) -> None:
        self._folder = folder
        self._steps = steps

    def read(self, timeout: float) -> str | None:
        if timeout:  # while something is judged
            time.sleep(timeout)
            return None
        if not self._steps:
            return "q"
        self._steps.pop(0)(self._folder)
        return None


@pytest.fixture
def watch(tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[object, str, str]]:
    """`grader run inbox --watch` in a course, while these things happen."""
    course, inbox = tmp_path / "course", tmp_path / "inbox"
    for name, text in {
        "course.yaml": "title: A course\nseed: planted, but long\n",
        "exercises/double.yaml": EXERCISE,
        "solutions/double.py": RIGHT,
    }.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text)
    inbox.mkdir()
    monkeypatch.chdir(course)

    def run(*steps: Step) -> tuple[object, str, str]:
        @contextlib.contextmanager
        def keyboard(stream: Any) -> Iterator[Script]:
            yield Script(inbox, list(steps))

        monkeypatch.setattr(run_watch, "keyboard", keyboard)
        monkeypatch.setattr(run_watch, "_POLL", 0.0)
        monkeypatch.setattr(run_watch.watch, "__kwdefaults__", {"stdin": None, "poll": 0.0})
        return grader("run", inbox, "--watch", "--isolation", "none", "-j", "1")

    return run


def points(file: Path) -> dict[str, object]:
    with Gradebook(file) as book:
        return {row.student: row.grades[0].points for row in class_grades(book, "exercises", records=False)}


def test_what_comes_in_is_judged_and_said_as_it_comes(watch: Callable[..., Any]) -> None:
    status, out, _ = watch(
        written(RIGHT, "amina/double.py"),
        nothing,
        written("def double(x):\n    return", "bruno.py"),
        written("def double(x):\n    return x\n", "bruno.py", 2),
        nothing,
        written(b"%PDF", "chen/essay.pdf"),
        nothing,
        written(RIGHT, "bruno.py", 3),
        nothing,
        nothing,
    )

    told, _, summary = out.partition("No longer watching. All that was judged is kept.\n")
    _, *lines = told.splitlines()
    assert lines == [
        "amina  10/10",
        "bruno  0/10",
        "chen  handed in, nothing that can be judged: chen/essay.pdf: it is neither a .py nor an .ipynb file",
        "bruno  10/10",
    ]
    assert "4 new submissions. 3 submissions judged now. Exercises: 2 passed" in " ".join(summary.split())
    assert "chen: chen/essay.pdf: it is neither" in " ".join(summary.split())
    assert status == 0
    assert points(Path("gradebook.db")) == {"amina": 10, "bruno": 10, "chen": None}


def test_nothing_has_come(watch: Callable[..., Any]) -> None:
    status, out, _ = watch(nothing, nothing)
    assert status == 0
    assert "Nothing new to judge" in out


def test_what_cannot_be_read_ends_nothing(watch: Callable[..., Any]) -> None:
    def gone(folder: Path) -> None:
        folder.rename(folder.with_name("elsewhere"))

    def back(folder: Path) -> None:
        folder.with_name("elsewhere").rename(folder)

    status, out, err = watch(
        written(b"PK no", "amina.zip"),
        written(b"\xff\xfe", "bruno/work.ipynb"),
        nothing,
        gone,
        nothing,
        back,
        written(RIGHT, "chen.py"),
        nothing,
        nothing,
    )
    assert status == 0
    assert "chen  10/10" in out
    assert err.count("there is no such file or folder") == 1
    assert points(Path("gradebook.db")) == {"amina": None, "bruno": None, "chen": 10}


def test_ctrl_c_ends_it_with_all_kept(watch: Callable[..., Any]) -> None:
    def interrupt(folder: Path) -> None:
        raise KeyboardInterrupt

    status, out, _ = watch(written(RIGHT, "amina.py"), nothing, interrupt)
    assert status == 0
    assert out.count("amina") == 2
    assert points(Path("gradebook.db")) == {"amina": 10}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("inbox.zip", "--watch"), "--watch needs a folder"),
        ((".", "--watch", "--format", "json"), "leave out --format"),
    ],
)
def test_what_cannot_be_watched(grader: Grader, arguments: tuple[str, ...], words: str) -> None:
    status, _, err = grader("run", *arguments)
    assert status == 2
    assert words in err
