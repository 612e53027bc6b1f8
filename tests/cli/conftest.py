"""The gallery of results (tests/report/conftest.py), and keys that go with it."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from here import executor_here

from grader.classroom import local
from grader.cli.entry_point import run
from grader.cli.judging import Judged
from grader.cli.main import grader_group
from grader.course.key import AnswerKey, Budget
from grader.course.signature import Kind, Leaf
from grader.judge.result import Result
from grader.observe import ancestor


def _gallery() -> ModuleType:
    path = Path(__file__).parents[1] / "report" / "conftest.py"
    specification = importlib.util.spec_from_file_location("gallery_of_results", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


MADE = _gallery()
Gallery = dict[str, Callable[[], Result]]


def make_answer_key(name: str, *hints: str) -> AnswerKey:
    return AnswerKey(
        schema=1,
        id=f"sha256:{name}",
        name=name,
        title=name,
        needs=(name,),
        function=name,
        parameters=(),
        returns=Leaf(Kind.FLOAT),
        returns_text="float",
        points=Fraction(10),
        undecided=Fraction(0),
        public=False,
        cases=(),
        misconceptions=(),
        hints=hints,
        changes=(),
        budget=Budget(2.0, 10.0, 1 << 30),
        stub_digest="",
        versions={},
    )


def make_judged(result: Result) -> Judged:
    hints = ("Subtract first.", "Keep the axis: `keepdims=True`.", "Each row sums to $1$.")
    keys = {exercise.name: make_answer_key(exercise.name, *hints) for exercise in result.exercises}
    return Judged(result, keys, Path())


@pytest.fixture
def gallery() -> Gallery:
    return MADE.GALLERY


@pytest.fixture
def judged(gallery: Gallery) -> Callable[[str], Judged]:
    """What judging gives for the named result of the gallery."""
    return lambda name: make_judged(gallery[name]())


@pytest.fixture
def make_key() -> Callable[..., AnswerKey]:
    """A key without cases, by its name and its hints."""
    return make_answer_key


@pytest.fixture
def grader(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[object, str, str]]:
    """Run `grader` with these arguments: exit status, standard output, standard error."""

    def call(*arguments: str | Path) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as ended:
            run(grader_group, "grader", [str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return call


@pytest.fixture
def judging_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes are judged in this process, which has its observers already."""

    monkeypatch.setattr(local, "local_executor", executor_here)
    monkeypatch.setattr(ancestor, "begin_early", lambda: None)


@pytest.fixture(scope="session")
def grade_class(in_process: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A course with an exercise `double`, and its class of these files, graded."""

    def made(exercise: str, **students: str) -> Path:
        folder = tmp_path_factory.mktemp("course")
        for name, text in {
            "course.yaml": "title: A course\nseed: planted, but long\ndefaults: {practice: 4}\n",
            "exercises/double.yaml": exercise,
            "solutions/double.py": "def double(x):\n    return 2 * x\n",
            **{f"class/{student}.py": text for student, text in students.items()},
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        assert in_process("grader", "run", "class", "--isolation", "none", "-j", "1", cwd=folder).returncode == 0
        return folder

    return made


@pytest.fixture
def work_in_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """Go to a copy of a folder, in which a test may write."""

    def gone(folder: Path) -> Path:
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return gone
