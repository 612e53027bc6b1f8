"""`grader demo`: everything from specification to class, on the example course."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.build import build_assignment
from grader.cli.judging import assignment_of
from grader.disk import writing
from grader.errors import GraderError

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course.key import Assignment
    from grader.grading.keys import CourseKeys
    from grader.judge.result import Result

__all__ = ["command"]

_DEFAULT: Final = "numgrade-demo"
_SUBMISSIONS: Final = "submissions"
_ASSIGNMENT: Final = "numpy-basics"


@click.command("demo", short_help="See the whole story on an example course.")
@click.option(
    "--to", type=click.Path(path_type=Path), default=_DEFAULT, show_default=True, metavar="DIR", help="A new folder."
)
def command(to: Path) -> None:
    """Set up the example course in a new folder, build its handout, and grade some submissions.

    Six exercises on numpy, and six students: one is right, one is wrong in telling ways, one is not done, one has a
    syntax error, one a loop that never ends, and one hands in a notebook. Nothing that exists is overwritten.

    \b
    Examples:
      grader demo
      grader demo --to ~/trying-numgrade
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.course.folder import Course
    from grader.grading.keys import CourseKeys, cache_folder
    from grader.report.page import terminal

    _set_up(to)
    console = terminal(sys.stdout)
    keys = CourseKeys(Course(to), cache=cache_folder())
    assignment = assignment_of(keys, None)
    say = _Teller(console, to)
    say.course(keys.names)
    report = build_assignment(keys, assignment, to / "handout")
    say.handout(report.written)
    say.students()
    say.results([(file.name, _shown(file.name, result, console)) for file, result in _graded(to, keys, assignment)])
    say.next_steps()


def _set_up(to: Path) -> None:
    from grader.authoring.take import begin_with
    from grader.course.folder import Course, example_course

    if to.exists():
        raise GraderError(f"{to} exists already, and is left as it is; choose another folder with --to DIR")
    example = example_course()
    begin_with(Course(example), to, (_ASSIGNMENT,))
    with writing(to):
        # without what an installer has compiled beside them
        shutil.copytree(example / "samples", to / _SUBMISSIONS, ignore=shutil.ignore_patterns("__pycache__"))


def _graded(to: Path, keys: CourseKeys, assignment: Assignment) -> Iterator[tuple[Path, Result]]:
    """Each submission as its student sees it. One observer runs them all, each in a process of its own."""
    from grader.grading.answers import file_at, judge_files
    from grader.judge.reveal import Reveal, project
    from grader.observe.opening import open_lasting
    from grader.observe.walls.levels import Level

    with open_lasting(Level.NONE.value) as observer:  # these are our own
        for path in sorted((to / _SUBMISSIONS).iterdir()):
            result = judge_files(keys, [file_at(path)], observer, exercises=assignment.exercises)
            yield path, project(result, Reveal.HINT)


def _shown(name: str, result: Result, console: Console) -> Result:
    from grader.cli.hints import door_of
    from grader.cli.judging import Request
    from grader.report.text import render

    console.rule(name, characters="-", style="dim")
    asked = Request((Path(_SUBMISSIONS, name),), assignment=_ASSIGNMENT)  # in the demo's folder, of which it tells
    render(result, console, door_of(asked))
    console.print()
    return result


class _Teller:
    """Says what the demo does, and what to try next."""

    def __init__(self, console: Console, to: Path) -> None:
        from grader.report.page import Page

        self._console = console
        self._page = Page(console)
        self._to = to

    def course(self, names: tuple[str, ...]) -> None:
        self._heading("1. A course")
        self._say(
            f"{self._to} has {len(names)} exercises: {', '.join(names)}. Each is one YAML file in exercises/ and one "
            "reference solution in solutions/; everything else is made from them."
        )

    def handout(self, files: tuple[str, ...]) -> None:
        self._heading("2. What students get")
        self._say(
            f"{self._to / 'handout'} has {len(files)} files: a stub for each exercise, a notebook, a page to read "
            "(handout.html), and a key with examples and practice cases. No solution and no hidden test is in it."
        )

    def students(self) -> None:
        self._heading("3. What six students hand in, and what each of them is told")

    def results(self, rows: list[tuple[str, Result]]) -> None:
        from grader.report.points import render_points

        self._heading("4. What the teacher gets")
        render_points(rows, self._console)

    def next_steps(self) -> None:
        folder = shlex.quote(str(self._to))
        self._heading("5. Try it yourself")
        for line in (
            f"cd {folder}",
            f"grade {_SUBMISSIONS}/bruno.py -e softmax   # one student, one exercise",
            f"grade {_SUBMISSIONS}/bruno.py --format json",
            f"grader run {_SUBMISSIONS}                 # the class, into a gradebook",
            "grader report                          # pages to read, of each student and of the class",
            "cd handout && grade softmax.py         # be a student: edit it, then again",
            "grader show softmax                    # in the course: cases, answers, points",
            "grader new mean_of_rows                # write an exercise of your own",
        ):
            self._console.print(self._page.text(f"  {line}"), soft_wrap=True)  # whole, so that it can be copied

    def _heading(self, words: str) -> None:
        self._page.blank()
        self._page.line(self._page.text(words, "bold"))

    def _say(self, words: str) -> None:
        self._page.paragraph(self._page.text(words))
