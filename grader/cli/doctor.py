"""`grader doctor`: how well this machine can keep submissions apart, and what to do for more."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.observe.walls.abilities import MissingFeature
    from grader.observe.walls.evidence import CanaryCheck
    from grader.observe.walls.levels import Level
    from grader.report.doctor import DoctorReport

__all__ = ["command"]


@click.command("doctor", short_help="See how well this machine can keep submissions apart.")
@click.pass_context
def command(context: click.Context) -> None:
    """Show how well this machine can keep submissions apart from itself, and what to do for more.

    Every level is tried: a trial submission does what none may do, and a level counts only where all of it failed.
    Send what this prints along when you report a fault.

    \b
    Exit status:
      0  a class can be graded here: at least `standard` is proved
      1  it cannot; below each level stands what it lacks
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.observe.walls.levels import Level
    from grader.report.doctor import render
    from grader.report.page import terminal

    checkup = _checkup()
    render(checkup, terminal(sys.stdout))
    context.exit(0 if Level.STANDARD in checkup.proved else 1)


def _checkup() -> DoctorReport:
    import platform

    import numpy as np

    import grader
    from grader.grading.keys import cache_folder
    from grader.observe.walls.abilities import abilities
    from grader.observe.walls.levels import Level
    from grader.report.doctor import DoctorReport

    attempts = {level: _attempt(level) for level in (Level.STANDARD, Level.STRICT)}
    return DoctorReport(
        abilities=abilities(),
        proved={level: checks for level, (checks, _) in attempts.items() if checks},
        missing_features={
            level: missing_features for level, (_, missing_features) in attempts.items() if missing_features
        },
        versions={"numgrade": grader.__version__, "Python": platform.python_version(), "numpy": np.__version__},
        python=sys.executable,
        cache=str(cache_folder()),
    )


def _attempt(level: Level) -> tuple[tuple[CanaryCheck, ...], tuple[MissingFeature, ...]]:
    """The trials that proved `level`, or what it lacks."""
    from grader.observe.opening import open_observer
    from grader.observe.walls.proof import Unproved

    try:
        with open_observer(level.value) as observer:
            return observer.evidence.checks, ()
    except Unproved as error:
        return (), error.missing_features
