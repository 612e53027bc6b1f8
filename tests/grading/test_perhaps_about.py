"""Which exercises' keys are looked at where none is named: never fewer than there is something to be said of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bench.basics import basics
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.errors import CourseError
from grader.grading.absent import Submission
from grader.grading.answers import File, file_at, judge_files
from grader.grading.find import NotFound, find
from grader.grading.keys import open_keys
from grader.grading.perhaps_about import NamesIn, may_need
from grader.observation import Place
from grader.observe import refusals
from grader.observe.intake import Unreadable, read_bytes
from grader.observe.observer import Observer
from grader.observe.program import compile_source
from grader.observe.wire import Aside, Block, Source

GOLDEN = Path(__file__).parents[1] / "golden"
NEEDS = {"softmax": {"softmax"}, "normalizeRows": {"normalizeRows"}, "model": {"Layer", "train"}}


def about(*texts: str, name: str = "work.py") -> list[str]:
    return NamesIn(Submission((Source(name, tuple(map(Block, texts))),))).perhaps_about(NEEDS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def softmax(x):\n    return x", ["softmax"]),
        ("x = 1\nsoftmax = abs", ["softmax"]),
        ("# softmax is still to come", ["softmax"]),
        ("from helper import softmax as s", ["softmax"]),
        ("ｄｅｆ ｓｏｆｔｍａｘ（ｘ）：", ["softmax"]),
        ("def soft\u200bmax(x): return x", ["softmax"]),
        ("def softmx(x):\n    return (", ["softmax"]),
        ("def \\\n normalize_rows(x): return x", ["normalizeRows"]),
        ("class layer: pass", ["model"]),
        ("softmx: Callable = lambda x: x", ["softmax"]),
        ("softmx = f = g = lambda x: x", ["softmax"]),
        ("(softmx) = lambda x: x", ["softmax"]),
        ("softmx = (  # of rows\n    lambda x: x)", ["softmax"]),
        ('softmx: "Callable[[list, Literal[a=1]], list]" = lambda x: x', ["softmax"]),
        ("train()\nsoftmax(3)", ["softmax", "model"]),
        ("softmx = 3", []),
        ("def other(x):\n    return x", []),
        ("", []),
    ],
)
def test_words_and_definitions_with_names_that_come_near(text: str, found: list[str]) -> None:
    assert about(text) == found
    assert about("x = 1", text) == found


def test_names_of_files_and_cells_that_are_no_code() -> None:
    assert about("x = 1", name="week/softmax.py") == ["softmax"]
    unread = Unreadable("softmax.docx", refusals.EMPTY())
    assert NamesIn(Submission((), (unread,))).perhaps_about(NEEDS) == ["softmax"]
    aside = Source("w.ipynb", (), (Aside(Place.IMPORT, "def softmax(x):", 0),))
    assert NamesIn(Submission((aside,))).perhaps_about(NEEDS) == ["softmax"]


def test_a_solution_file_binds_at_least_what_is_needed() -> None:
    text = (
        "import numpy as np\nfrom math import pi\n\nSTEP: float = 0.5\nfirst, (second, third) = 1, (2, 3)\n"
        "@wraps\ndef f(x, y=2):\n    inner = 3\n    return inner\n\nasync def g(): pass\nclass Layer:\n    size = 4\n"
    )
    assert may_need("exercise", text) == {"exercise", "STEP", "float", "first", "second", "third", "f", "g", "Layer"}


def test_names_are_those_of_the_syntax_tree() -> None:
    micro, mu = "\u00b5", "\u03bc"
    assert may_need("mean", f"def {micro}(x):\n    return x") == {"mean", mu}
    submission = Submission((Source("work.py", (Block(f"def {micro}(x): return x"),)),))
    assert NamesIn(submission).perhaps_about({"mean": {mu}}) == ["mean"]


def test_it_is_so_in_the_example_course() -> None:
    keys = open_keys([basics()])
    possible = keys.possible_needs()
    assert list(possible) == list(keys.names)
    assert all(set(key.needs) <= set(possible[name]) for name, key in keys.keys(keys.names).items())


def test_no_exercise_is_left_out_that_something_is_found_of(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    solutions = {path.stem: path.read_text() for path in (GOLDEN / "course" / "solutions").glob("*.py")}
    solutions |= {path.stem: path.read_text() for path in (basics() / "solutions").glob("*.py")}
    needs = {name: may_need(name, text) for name, text in solutions.items()}
    keys = [msgspec.structs.replace(key, name=name, needs=(name,), function=name) for name in solutions]
    several = 0
    for folder in sorted(GOLDEN.glob("*/submission")):
        files = [file_at(path) for path in sorted(folder.rglob("*")) if path.is_file()]
        read = [read_bytes(file.name, file.content) for file in files if isinstance(file, File)]
        sources = [source for source in read if isinstance(source, Source)]
        facts = [compile_source(source, source.name).facts for source in sources]
        found = {one.name for one in keys if find(one, sources, facts) != NotFound()}

        assert found <= set(NamesIn(Submission(tuple(sources))).perhaps_about(needs)), folder
        several += len(found)
    assert several > 200


def test_only_what_a_file_is_about_is_compiled(make_course: Callable[..., Course], observer: Observer) -> None:
    course = make_course()
    for name, yaml in (("triple", "title: [no"), ("quadruple", "title: no\n")):
        (course.path / "exercises" / f"{name}.yaml").write_text(yaml)
        (course.path / "solutions" / f"{name}.py").write_text(f"def {name}(x): pass\n")
    (course.path / "exercises" / "alone.yaml").write_text("title: Alone\n")  # it has no solution
    compiled = list[str]()
    keys = open_keys([course.path], on_compile=compiled.append)

    def judged(text: str) -> list[str]:
        result = judge_files(keys, [File("work.py", text.encode())], observer)
        return [exercise.name for exercise in result.exercises]

    assert judged("def other(x): return x") == []
    assert compiled == []
    assert judged("def double(x): return 2 * x") == ["double"]
    assert compiled == ["double"]
    for name in ("triple", "alone"):
        with pytest.raises(CourseError, match=name):
            judged(f"def {name}(x): return 3 * x")
