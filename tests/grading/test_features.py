"""What exercises of other people's courses need, written in the format: each compiles, and its reference is right."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.course.key import Role
from grader.grading.compile import compile_key
from grader.observe.observer import Observer

FEATURES = Course(Path(__file__).parents[1] / "features")
NAMES = tuple(path.stem for path in sorted((FEATURES.path / "exercises").glob("*.yaml")))
WITH_PANDAS = ("mean_by_group",)


def test_there_are_many() -> None:
    assert len(NAMES) >= 18


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str, observer: Observer) -> None:
    if name in WITH_PANDAS and importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    needed = {"packages": FEATURES.spec().packages if name in WITH_PANDAS else {}}
    key = compile_key(FEATURES.spec().model_copy(update=needed), FEATURES.exercise(name), observer)

    assert sum(case.points for case in key.cases if case.role is Role.HIDDEN) > 0
    assert all(len(known.answers) == len(key.cases) for known in key.misconceptions)


def test_each_is_named_in_the_guide() -> None:
    guide = (FEATURES.path.parents[1] / "docs" / "specification.md").read_text(encoding="utf-8")
    table = guide.partition("## Features\n")[2].partition("\n## ")[0]
    named = {line.split("|")[-2].strip(" `") for line in table.splitlines() if line.startswith("| ")}
    assert named - {"", "---", "written out"} == set(NAMES)
