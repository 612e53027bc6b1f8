"""Graders of notebooks: otter, a process for each submission, and nbgrader, one for half of the class."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, final

from bench.peers.candidate import AT_ONCE, Command, two_at_once
from bench.peers.outside import Outside, as_notebook, code_cell
from bench.peers.submissions import Work

__all__ = ["Nbgrader", "Otter"]

_OTTER_HEAD: Final = """\
OK_FORMAT = False

import checks
from otter.test_files import test_case

name = "{name}"
points = None
"""
_OTTER_TEST: Final = """

@test_case(points=1, hidden=False)
def test_{number}(env):
    checks.check(env, {number})
"""
_NBGRADER: Final = """\
c = get_config()
c.CourseDirectory.course_id = "measured"
c.ClearSolutions.enforce_metadata = False
"""


@final
class Otter(Outside):
    """A question for each exercise, with a test for each of its cases."""

    name = "otter"
    about = "`otter run` on a notebook, a process a submission"
    packages = ("otter-grader", "ipykernel")

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        super().prepare(folder, works)
        tests = folder / "kit" / "tests"
        tests.mkdir()
        for name in {case["function"]: None for case in self.cases}:
            numbers = [number for number, case in enumerate(self.cases) if case["function"] == name]
            each = "".join(_OTTER_TEST.format(number=number) for number in numbers)
            (tests / f"{name}.py").write_text(_OTTER_HEAD.format(name=name) + each)
        plain = "--no-config", "--no-requirements", "--no-environment"
        generate = (str(self.programs / "otter"), "generate", "-t", str(tests), "-o", "autograder.zip", *plain)
        two_at_once([Command(generate, folder / "kit")], folder / "kit")

    def hand_in(self, folder: Path, work: Work) -> None:
        (folder / "work.ipynb").write_text(as_notebook([code_cell("work", work.text)]))

    def arguments(self, folder: Path) -> Sequence[str | Path]:
        return self.programs / "otter", "run", "--no-logo", "-a", folder / "kit" / "autograder.zip", "work.ipynb"

    def points(self, folder: Path, work: Work) -> float:
        report = json.loads((folder / work.name / "results.json").read_text())
        return sum(float(test["score"]) for test in report["tests"] if test["name"] != "Public Tests")


@final
class Nbgrader(Outside):
    """A cell for each case. It grades one submission after another; two courses are graded at once, half in each."""

    name = "nbgrader"
    about = "`nbgrader autograde`, two courses at once with half of the submissions in each"
    packages = ("nbgrader", "ipykernel")

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        super().prepare(folder, ())
        generate = (str(self.programs / "nbgrader"), "generate_assignment", "measured")
        for number in range(AT_ONCE):
            course = folder / str(number)
            self._place(course / "source" / "measured", "pass  # your work\n")
            (course / "nbgrader_config.py").write_text(_NBGRADER)
            for work in works[number::AT_ONCE]:
                self._place(course / "submitted" / work.name / "measured", work.text)
            two_at_once([Command(generate, course)], folder / "kit")

    def commands(self, folder: Path, works: Sequence[Work]) -> list[Command]:
        autograde = (str(self.programs / "nbgrader"), "autograde", "measured")
        return [Command(autograde, folder / str(number)) for number in range(min(AT_ONCE, len(works)))]

    def full(self, folder: Path, works: Sequence[Work]) -> list[bool]:
        scores: dict[str, float] = {}
        for number in range(AT_ONCE):
            ask = (
                self.programs / "python",
                folder / "kit" / "nbgrader_scores.py",
                folder / str(number) / "gradebook.db",
            )
            scores |= json.loads(subprocess.run(ask, check=True, capture_output=True).stdout)
        return [scores[work.name] == len(self.cases) for work in works]

    def arguments(self, folder: Path) -> Sequence[str | Path]:
        raise NotImplementedError

    def points(self, folder: Path, work: Work) -> float:
        raise NotImplementedError

    def _place(self, folder: Path, text: str) -> None:
        folder.mkdir(parents=True)
        (folder / "work.ipynb").write_text(as_notebook(self._cells(text)))

    def _cells(self, text: str) -> list[dict[str, Any]]:
        tests = [f"import checks\n\nchecks.check(globals(), {number})\n" for number in range(len(self.cases))]
        cells = [code_cell("work", text, nbgrader=_marks("work", solution=True))]
        return cells + [
            code_cell(f"case{number}", test, nbgrader=_marks(f"case{number}", solution=False))
            for number, test in enumerate(tests)
        ]


def _marks(name: str, *, solution: bool) -> dict[str, Any]:
    """What nbgrader keeps of a cell: the submission, or a test with one point."""
    kind = {"grade": not solution, "solution": solution, "locked": not solution, "task": False}
    points = {} if solution else {"points": 1}
    return {**kind, **points, "grade_id": name, "schema_version": 3, "cell_type": "code"}
