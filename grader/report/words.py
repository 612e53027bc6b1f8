"""The report's own words for people: points, counts, places and what to do next. Findings bring their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, final

from grader.judge.remarks import is_grave
from grader.judge.result import ExerciseResult, Finding, Outcome, Result
from grader.report.safe_text import one_line

__all__ = [
    "DESK",
    "NOTEBOOK",
    "OUTCOME_WORDS",
    "PAGE",
    "TERMINAL",
    "WATCH",
    "Door",
    "counted",
    "is_right",
    "joined",
    "location",
    "next_step",
    "points_text",
    "progress",
    "standing",
    "totals",
]

OUTCOME_WORDS: Final = {
    Outcome.PASSED: "right",
    Outcome.FAILED: "not right yet",
    Outcome.ERRORED: "stops with an error",
    Outcome.TIMED_OUT: "does not finish",
    Outcome.OUT_OF_MEMORY: "needs too much memory",
    Outcome.CRASHED: "crashes Python",
    Outcome.NOT_ATTEMPTED: "not attempted yet",
    Outcome.MISSING: "not found",
    Outcome.UNDECIDED: "right so far",
    Outcome.NOT_JUDGED: "could not be judged, through no fault of yours",
}


@final
@dataclass(frozen=True, slots=True)
class Door:
    """Where a student reads this, and so what can be asked for there: `{name}` is the exercise at hand.

    feedback  what shows what is wrong
    hint      what gives the next hint for the exercise at hand
    another   what gives one for another exercise
    next      what is said of an exercise that is not right yet, with what is offered beside it, if anything is
    """

    feedback: str
    hint: str
    another: str
    next: str


TERMINAL: Final = Door(
    feedback="`grade`",
    hint="`grade --hint`",
    another="`grade --hint -e NAME`",
    next="Next (`grade --hint`): {name}.",
)
WATCH: Final = replace(TERMINAL, next="Next: {name}.")
NOTEBOOK: Final = Door(
    feedback='`check("{name}")`',
    hint='`check("{name}", hint=True)`',
    another='`check("NAME", hint=True)`',
    next='Next: {name}. Try `check("{name}", hint=True)`.',
)

PAGE: Final = Door(
    feedback="your newest attempt",
    hint="the button for hints",
    another="the button for hints of that exercise",
    next="Next: {name}.",
)

DESK: Final = replace(PAGE, next="")


def points_text(points: Fraction) -> str:
    """`2`, `2.5`, `3.33`: exact where two decimals are, else rounded."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def counted(count: int | Fraction, noun: str) -> str:
    """`1 point`, `2 points`, `0.5 points`."""
    number = points_text(count) if isinstance(count, Fraction) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


def joined(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def is_right(exercise: ExerciseResult) -> bool:
    """Whether nothing that can be seen is wrong."""
    return exercise.outcome.is_right and not any(test.outcome.is_lost and not test.advice for test in exercise.tests)


def location(exercise: ExerciseResult, finding: Finding) -> str | None:
    """`softmax.py:7`, or `work.ipynb, cell 3, line 2`: written so that terminals and editors can follow it."""
    if finding.line is None:
        return None
    name = one_line(exercise.file, 80) if exercise.file else "your code"
    if finding.cell is not None:
        return f"{name}, cell {finding.cell}, line {finding.line}"
    return f"{name}:{finding.line}" if exercise.file else f"{name}, line {finding.line}"


def progress(result: Result) -> str:
    """`3 of 6 exercises right`, and so far, where hidden tests have yet to decide."""
    so_far = " so far" if _undecided(result) else ""
    return f"{sum(map(is_right, result.exercises))} of {counted(len(result.exercises), 'exercise')} right{so_far}"


def totals(result: Result) -> str:
    """The whole result in one line."""
    facts = []
    if result.max_points:
        facts.append(f"{points_text(result.points)} of {counted(result.max_points, 'point')}")
    facts.append(progress(result))
    unjudged = [exercise for exercise in result.exercises if exercise.outcome is Outcome.NOT_JUDGED]
    if unjudged:
        left_open = sum((exercise.undecided_points for exercise in unjudged), Fraction())
        facts.append(f"{len(unjudged)} not judged" + (f" ({counted(left_open, 'point')} open)" if left_open else ""))
    text, undecided = ", ".join(facts), _undecided(result)
    if not undecided:
        return text
    if result.max_points:
        return f"{text}; hidden tests decide {counted(undecided, 'more point')}"
    return f"{text}; hidden tests decide the {counted(undecided, 'point')}"


def standing(result: Result) -> str:
    """The same as a sentence, which says where it is no grade: where nothing kept the student's code from cheating."""
    return f"{totals(result)}{'; no grade' if result.isolation == 'none' else ''}."


def _undecided(result: Result) -> Fraction:
    """The points that hidden tests decide elsewhere, without those that we failed to judge."""
    judged = [exercise for exercise in result.exercises if exercise.outcome is not Outcome.NOT_JUDGED]
    return sum((exercise.undecided_points for exercise in judged), Fraction())


def next_step(result: Result, door: Door = TERMINAL) -> str:
    """What to do next, in one line."""
    unjudged = [exercise.name for exercise in result.exercises if exercise.outcome is Outcome.NOT_JUDGED]
    if unjudged:
        return f"We could not judge {joined(unjudged)}: try again, and tell your instructor if it stays so."
    wrong = next((exercise for exercise in result.exercises if not is_right(exercise)), None)
    if wrong is not None:
        return door.next.format(name=wrong.name)
    noted = next((each for each in result.exercises if any(map(is_grave, each.remarks))), None)
    if noted is not None:
        where = one_line(noted.file, 80) if noted.file else noted.name
        return f"First look at {where}: a part of it was left out (see the note)."
    if any(map(is_grave, result.remarks)):
        return "First look at the note on the whole file: a part of it was left out."
    if result.undecided_points:
        return "Nothing that can be seen from here is wrong: hand it in."
    return "Everything is right."
