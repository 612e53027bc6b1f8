"""A plugin of pytest: `pytest exercises/` checks each exercise of a course, one test item for each thing checked.

It looks at nothing but files `exercises/NAME.yaml` beside a `course.yaml`, and imports nothing before it meets one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from grader.authoring.check import Checkup
    from grader.observe.observer import Observer

__all__ = ["CheckItem", "ExerciseFile", "pytest_collect_file", "pytest_unconfigure"]

_OBSERVER: pytest.StashKey[Observer] = pytest.StashKey()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ExerciseFile | None:
    """Take a course's specifications; everything else is somebody else's."""
    if file_path.suffix != ".yaml" or file_path.parent.name != "exercises":
        return None
    if not (file_path.parent.parent / "course.yaml").is_file():
        return None
    return ExerciseFile.from_parent(parent, path=file_path)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the process in which references and mutants have run."""
    observer = config.stash.get(_OBSERVER, None)
    if observer is not None:
        observer.close()


class ExerciseFile(pytest.File):
    """One exercise. What its items share is computed once, by the first that needs it."""

    def collect(self) -> Iterator[CheckItem]:
        """Its items; where the specification cannot be read, the first one says why."""
        from grader.course.folder import Course
        from grader.errors import GraderError

        course = Course(self.path.parent.parent)
        try:
            known = [one.id for one in course.exercise(self.path.stem).spec.misconceptions]
        except GraderError:
            known = []
        for name, problems in (
            ("specification", _specification),
            ("reference", _reference),
            ("stub", _stub),
            *((f"misconception[{id_}]", _misconception(number)) for number, id_ in enumerate(known)),
            ("mutants", _mutants),
            ("lint", _lint),
        ):
            yield CheckItem.from_parent(self, name=name, problems=problems)

    @property
    def checkup(self) -> Checkup:
        if not hasattr(self, "_checkup"):
            from grader.authoring.check import Checkup
            from grader.course.folder import Course

            self._checkup = Checkup(Course(self.path.parent.parent), self.path.stem, self._observer())
        return self._checkup

    def _observer(self) -> Observer:
        if _OBSERVER not in self.config.stash:
            from grader.grading.author_code import authors_observer

            self.config.stash[_OBSERVER] = authors_observer()
        return self.config.stash[_OBSERVER]


Problems = Callable[["Checkup"], list[str]]


class CheckItem(pytest.Item):
    """One thing that is checked of an exercise."""

    def __init__(self, *, problems: Problems, **others: Any) -> None:
        super().__init__(**others)
        self._problems = problems

    def runtest(self) -> None:
        """Fail with all that falls short."""
        from grader.errors import GraderError

        assert isinstance(self.parent, ExerciseFile)
        try:
            problems = self._problems(self.parent.checkup)
        except GraderError as error:
            problems = [str(error)]
        if problems:
            pytest.fail("\n".join(problems), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it is, for the line of a report."""
        return self.path, None, f"{self.path.stem}: {self.name}"


def _specification(checkup: Checkup) -> list[str]:
    return [] if checkup.key else ["there is no answer key"]


def _reference(checkup: Checkup) -> list[str]:
    return [one.message for one in checkup.reference[1]]


def _stub(checkup: Checkup) -> list[str]:
    return [one.message for one in checkup.stub[1]]


def _misconception(number: int) -> Problems:
    def problems(checkup: Checkup) -> list[str]:
        problem = checkup.misconception(number).problem
        return [problem] if problem else []

    return problems


def _mutants(checkup: Checkup) -> list[str]:
    return [
        f"line {one.line}: `{one.after}` in place of `{one.before}` passes every hidden test; this one would tell:\n"
        f"{one.counterexample}"
        for one in checkup.mutants.survivors
    ]


def _lint(checkup: Checkup) -> list[str]:
    return [f"exercises/{checkup.name}.yaml:{one.line}: {one.message}" for one in checkup.lint]
