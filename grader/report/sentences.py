"""What is said of a failure beside the case that is told: of other cases, of hidden tests, of what was not tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from grader.course.key import Role
from grader.judge.feedback import missing
from grader.judge.messages.known import in_general
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult
from grader.message import Message
from grader.report.failures import NO_END, Failure, told_of
from grader.report.formulas import without_maths
from grader.report.groups import hidden_names
from grader.report.safe_text import cleaned, shortened
from grader.report.words import counted
from grader.words.text import lines

__all__ = ["MOST_MESSAGE", "explained", "message_of", "not_judged", "rest", "to_tell", "unseen"]

MOST_MESSAGE: Final = 1_000
_SEVERAL: Final = re.compile(r" \(\d+ of \d+\)$")


def to_tell(exercise: ExerciseResult) -> Failure | None:
    """What to tell below the heading; None where that has said it: the function is not there, and nothing is near."""
    failure = told_of(exercise)
    finding = failure.shown.finding if failure is not None and failure.shown is not None else None
    bare = finding is not None and finding.rule is Rule.MISSING and finding.messages == missing(exercise.name)
    return None if bare and failure is not None and not failure.hint else failure


def message_of(test: TestResult) -> str:
    """What is wrong with one case."""
    return _text_of(test.finding.messages) if test.finding is not None else ""


def explained(test: TestResult, failure: Failure | None = None) -> list[str]:
    """What is wrong with one case, a line each: first what explains it, if that is known, then what was seen."""
    messages = test.finding.messages if test.finding is not None else ()
    if failure is not None and failure.is_diagnosed and failure.hint:
        first = next((message for message in messages if in_general(message) == failure.hint), failure.hint)
        messages = (first, *(message for message in messages if message != first))
    elif test.finding is not None and test.finding.rule is Rule.RAISED:
        messages = (*messages[1:], *messages[:1])  # the plain words before Python's own
    return [line for line in _text_of(messages).split("\n") if line.strip()]


def _text_of(messages: Sequence[Message]) -> str:
    return shortened(cleaned(without_maths(lines(messages))).strip(), MOST_MESSAGE + 1)


def unseen(exercise: ExerciseResult) -> str:
    """What there is to say where only hidden tests fail."""
    if any(test.role is Role.EXAMPLE for test in exercise.tests):
        return "The examples are right; hidden tests find something that they do not show."
    return "Hidden tests find something that is not right yet."


def not_judged(exercise: ExerciseResult) -> str | None:
    """Which hidden tests could not be judged, where others could."""
    tests = [test for test in exercise.tests if test.outcome is Outcome.NOT_JUDGED]
    names = hidden_names(exercise, tests)
    return f"Not judged: {', '.join(names)}." if names and len(tests) < len(exercise.tests) else None


def rest(failure: Failure) -> Iterator[str]:
    """How many other visible cases fail, which hidden tests do, and how; what is said of rules. A sentence each."""
    yield from _others(failure)
    for number, (manner, names) in enumerate(failure.hidden):
        too = " too" if failure.shown is not None and not number else ""
        yield _every(failure.every, manner) if failure.every else _some(names, manner, too)
    if failure.untried:
        words = "other one was" if failure.untried == 1 else f"other {failure.untried} were"
        yield f"The {words} not tried."
    yield from dict.fromkeys(map(message_of, failure.rules))


def _others(failure: Failure) -> Iterator[str]:
    """How many other visible cases fail like the one that was told, and how the rest do."""
    ways = [f"{count} with {manner}" for manner, count in failure.unlike]
    if failure.alike:
        ways.insert(0, f"{_more_fail(failure.alike)} like this")
    elif len(failure.unlike) == 1:
        ((manner, count),) = failure.unlike
        ways = [_more_fail(count), f"with {manner}"]
    elif ways:
        ways.insert(0, _more_fail(sum(count for _, count in failure.unlike)))
    if ways:
        yield f"{', '.join(ways)}."


def _more_fail(count: int) -> str:
    return f"{counted(count, 'more case')} {'fails' if count == 1 else 'fail'}"


def _every(count: int, manner: str) -> str:
    start = {1: "The hidden test fails", 2: "Both hidden tests fail"}.get(count, f"All {count} hidden tests fail")
    return f"{start} too, with {manner}." if manner else f"{start} too."


def _some(names: Sequence[str], manner: str, too: str) -> str:
    """Hidden tests by name; ``the hidden test `zero` `` where it is one, and not some of those of one name."""
    endless = manner == NO_END
    if len(names) == 1 and not _SEVERAL.search(names[0]):
        start = f"The hidden test `{names[0]}`"
        how = f"fails{too}, with {manner}" if manner and too else f"fails with {manner}" if manner else f"fails{too}"
        return f"{start} does not finish in time." if endless else f"{start} {how}."
    start = "Hidden tests that do not finish in time" if endless else f"Hidden tests that fail{too}"
    start = start if endless or not manner else f"{start}{',' if too else ''} with {manner}"
    return f"{start}: {('; ' if any(',' in name for name in names) else ', ').join(names)}."
