"""The report's own words for people: points, counts, places and what to do next. Findings bring their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.judge.remarks import is_grave
from grader.judge.result import ExerciseResult, Finding, Outcome, Result
from grader.report.safe_text import one_line
from grader.words.figures import points_text
from grader.words.text import clauses, listed, said

__all__ = [
    "DESK",
    "NOTEBOOK",
    "PAGE",
    "TERMINAL",
    "WATCH",
    "Door",
    "counted",
    "is_right",
    "location",
    "more_points",
    "named",
    "next_step",
    "outcome_words",
    "points_of",
    "points_said",
    "points_text",
    "progress",
    "standing",
    "totals",
]


@final
@dataclass(frozen=True, slots=True)
class Door:
    """Where a student reads this, and so what can be asked for there: `{name}` is the exercise at hand.

    next      the id of what is said of an exercise that is not right yet; empty where nothing is
    feedback  what shows what is wrong; this and the others are empty where hints are not asked for by commands
    hint      what gives the next hint for the exercise at hand
    another   what gives one for another exercise
    hinted    the exercises of which there is a hint to be had; None where that is not known
    sums_up   whether the points of all exercises are said at the end
    all_seen  the id of what is said where nothing is wrong as far as can be seen; empty where it is handed in already
    """

    next: str
    feedback: str = ""
    hint: str = ""
    another: str = ""
    hinted: frozenset[str] | None = None
    all_seen: str = "next.hand_in"
    sums_up: bool = True

    def has_hint(self, exercise: str) -> bool:
        """Whether a hint for that exercise can be asked for here, and comes."""
        return bool(self.hint) and (self.hinted is None or exercise in self.hinted)


TERMINAL: Final = Door(
    next="next.terminal", feedback="`grade`", hint="`grade --hint`", another="`grade --hint -e NAME`"
)
NOTEBOOK: Final = Door(
    next="next.notebook",
    feedback='`check("{name}")`',
    hint='`check("{name}", hint=True)`',
    another='`check("NAME", hint=True)`',
)
WATCH: Final = Door(next="next.exercise")  # a key gives hints there, which stands below
PAGE: Final = Door(next="next.exercise", all_seen="")  # a button
DESK: Final = Door(next="", sums_up=False)  # one exercise at a time, below its points


def named(command: str, exercise: str) -> str:
    """One of a door's commands, for that exercise."""
    return command.replace("{name}", exercise)


def outcome_words(outcome: Outcome) -> str:
    """`right`, `not right yet`: how something ended."""
    return said(f"outcome.{outcome.value}")


def counted(count: int | Fraction, noun: str) -> str:
    """`1 page`, `2 pages`: for the commands of teachers, which speak English."""
    number = points_text(count) if isinstance(count, Fraction) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


def points_said(points: Fraction) -> str:
    """`1 point`, `2 points`, `0.5 points`."""
    return said("points", count=points, points=points_text(points))


def more_points(points: Fraction) -> str:
    """`1 more point`, `2 more points`."""
    return said("points.more", count=points, points=points_text(points))


def points_of(points: Fraction, most: Fraction) -> str:
    """`2 of 10 points`."""
    return said("points.of", count=most, points=points_text(points), most=points_text(most))


def is_right(exercise: ExerciseResult) -> bool:
    """Whether nothing that can be seen is wrong."""
    return exercise.outcome.is_right and not any(test.outcome.is_lost and not test.advice for test in exercise.tests)


def location(exercise: ExerciseResult, finding: Finding) -> str | None:
    """`softmax.py:7`, or `work.ipynb, cell 3, line 2`: written so that terminals and editors can follow it."""
    if finding.line is None:
        return None
    name = one_line(exercise.file, 80) if exercise.file else said("location.yours")
    if finding.cell is not None:
        return said("location.cell", name=name, cell=finding.cell, line=finding.line)
    return f"{name}:{finding.line}" if exercise.file else said("location.line", name=name, line=finding.line)


def progress(result: Result) -> str:
    """`3 of 6 exercises right`, and so far, where hidden tests have yet to decide."""
    right, count = sum(map(is_right, result.exercises)), len(result.exercises)
    return said("progress.so_far" if _undecided(result) else "progress", right=right, count=count)


def totals(result: Result) -> str:
    """The whole result in one line."""
    facts = [points_of(result.points, result.max_points)] if result.max_points else []
    facts.append(progress(result))
    unjudged = [exercise for exercise in result.exercises if exercise.outcome is Outcome.NOT_JUDGED]
    if unjudged:
        facts.append(_not_judged(unjudged))
    text, undecided = clauses(facts), _undecided(result)
    if not undecided:
        return text
    if result.max_points:
        return said("totals.hidden.more", totals=text, points=more_points(undecided))
    return said("totals.hidden", totals=text, points=points_said(undecided))


def _not_judged(unjudged: Sequence[ExerciseResult]) -> str:
    left_open = sum((exercise.undecided_points for exercise in unjudged), Fraction())
    if left_open:
        return said("totals.not_judged.open", count=len(unjudged), points=points_said(left_open))
    return said("totals.not_judged", count=len(unjudged))


def standing(result: Result) -> str:
    """The same as a sentence, which says where it is no grade: where nothing kept the student's code from cheating."""
    return said("standing.no_grade" if result.isolation == "none" else "standing", totals=totals(result))


def _undecided(result: Result) -> Fraction:
    """The points that hidden tests decide elsewhere, without those that we failed to judge."""
    judged = [exercise for exercise in result.exercises if exercise.outcome is not Outcome.NOT_JUDGED]
    return sum((exercise.undecided_points for exercise in judged), Fraction())


def _on_with(exercise: str, door: Door) -> str:
    """The exercise to go on with, and what gives a hint for it where there is one."""
    if not door.has_hint(exercise):
        return said("next.exercise", name=exercise)
    return said(door.next, name=exercise, hint=named(door.hint, exercise))


def next_step(result: Result, door: Door = TERMINAL) -> str:
    """What to do next, in one line."""
    unjudged = [exercise.name for exercise in result.exercises if exercise.outcome is Outcome.NOT_JUDGED]
    if unjudged:
        return said("next.not_judged", names=listed(unjudged))
    wrong = next((exercise for exercise in result.exercises if not is_right(exercise)), None)
    if wrong is not None:
        return _on_with(wrong.name, door) if door.next else ""
    noted = next((each for each in result.exercises if any(map(is_grave, each.remarks))), None)
    if noted is not None:
        where = one_line(noted.file, 80) if noted.file else noted.name
        return said("next.noted", where=where)
    if any(map(is_grave, result.remarks)):
        return said("next.noted.whole")
    if result.undecided_points:
        return said(door.all_seen) if door.all_seen else ""
    return said("next.nothing")
