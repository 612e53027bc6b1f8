"""What is said of a failure beside the case that is told: of other cases, of hidden tests, of what was not tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from grader.course.key import Role
from grader.judge.feedback import missing
from grader.judge.messages.known import in_general
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult
from grader.message import Message
from grader.report.failures import NO_END, Failure, told_of
from grader.report.formulas import without_maths
from grader.report.groups import HiddenTests, hidden_tests
from grader.report.safe_text import cleaned, shortened
from grader.words.text import clauses, ended, lines, said

__all__ = ["MOST_MESSAGE", "explained", "message_of", "not_judged", "rest", "to_tell", "unseen"]

MOST_MESSAGE: Final = 1_000


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
    has_examples = any(test.role is Role.EXAMPLE for test in exercise.tests)
    return said("hidden.unseen.examples" if has_examples else "hidden.unseen")


def not_judged(exercise: ExerciseResult) -> str | None:
    """Which hidden tests could not be judged, where others could."""
    tests = [test for test in exercise.tests if test.outcome is Outcome.NOT_JUDGED]
    found = hidden_tests(exercise, tests)
    if not found or len(tests) == len(exercise.tests):
        return None
    return said("unjudged", names=said("list.between").join(each.shown for each in found))


def rest(failure: Failure) -> Iterator[str]:
    """How many other visible cases fail, which hidden tests do, and how; what is said of rules. A sentence each."""
    yield from _others(failure)
    for number, (manner, tests) in enumerate(failure.hidden):
        too = ".too" if failure.shown is not None and not number else ""
        yield _every(failure.every, manner) if failure.every else _some(tests, manner, too)
    if failure.untried:
        yield said("untried", count=failure.untried)
    yield from dict.fromkeys(map(message_of, failure.rules))


def _others(failure: Failure) -> Iterator[str]:
    """How many other visible cases fail like the one that was told, and how the rest do."""
    ways = [said("more.manner", count=count, manner=said(manner)) for manner, count in failure.unlike]
    if failure.alike:
        ways.insert(0, said("more.fail.alike", count=failure.alike))
    elif len(failure.unlike) == 1:
        ((manner, count),) = failure.unlike
        ways = [said("more.fail.manner", count=count, manner=said(manner))]
    elif ways:
        ways.insert(0, said("more.fail", count=sum(count for _, count in failure.unlike)))
    if ways:
        yield ended(clauses(ways))


def _every(count: int, manner: str) -> str:
    how_many = {1: "one", 2: "both"}.get(count, "all")
    if manner:
        return said(f"hidden.every.{how_many}.manner", count=count, manner=said(manner))
    return said(f"hidden.every.{how_many}", count=count)


def _some(tests: Sequence[HiddenTests], manner: str, too: str) -> str:
    """Hidden tests by name; ``the hidden test `zero` `` where it is one, and not some of those of one name."""
    how = ".endless" if manner == NO_END else f".manner{too}" if manner else too
    words = said(manner) if manner else ""
    if len(tests) == 1 and tests[0].every == 1:
        return said(f"hidden.one{how}", name=tests[0].name, manner=words)
    between = said("hidden.between" if any("," in test.name for test in tests) else "list.between")
    return said(f"hidden.some{how}", names=between.join(test.shown for test in tests), manner=words)
