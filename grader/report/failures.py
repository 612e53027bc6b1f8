"""What is told of an exercise that is not right yet: one case in full, the others in a line each, one hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from grader.course.key import Role
from grader.judge.messages.known import in_general
from grader.judge.messages.source import EMPTY_SIDES, NEVER_RUNS, NEVER_SET, REPLACED
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult
from grader.message import Message
from grader.report.groups import HiddenTests, hidden_tests, smallest, waits

__all__ = ["NO_END", "Failure", "first_told", "in_most_words", "manner", "told_of"]

NO_END: Final = "manner.timed_out"
_RAISED: Final = "manner.raised"
_MOST_TO_READ: Final = 24  # numbers of an example that is shown where a smaller input fails too
_SAY_WHY: Final = frozenset({NEVER_RUNS.id, NEVER_SET.id, EMPTY_SIDES.id, REPLACED.id})
_ABOUT_CASES: Final = frozenset(
    {
        Rule.SIGNATURE,
        Rule.RAISED,
        Rule.TYPE,
        Rule.STRUCTURE,
        Rule.SHAPE,
        Rule.DTYPE,
        Rule.NAN,
        Rule.VALUE,
        Rule.CHANGED_ARGUMENT,
        Rule.TIMED_OUT,
        Rule.OUT_OF_MEMORY,
        Rule.CRASHED,
        Rule.OUTPUT,
        Rule.STYLE,
    }
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with an exercise, in the order in which it is told.

    shown     the case that is told in full; None where only hidden tests fail and nothing may be shown of them
    alike     how many other visible cases fail like it
    unlike    how still others fail (`manner`), and how many
    hidden    how hidden tests fail ("" where that is like `shown`, or kept back), and which
    every     how many hidden tests there are, if all of them fail like `shown`, else 0
    revealed  hidden tests that fail otherwise, one of each sort, where they may be shown
    untried   how many others were not tried any more
    hint      one for all; where it is known why all is wrong (`is_diagnosed`), that
    rules     rules of style that are broken, beside `shown`: no cases, so never counted
    """

    shown: TestResult | None
    alike: int = 0
    unlike: tuple[tuple[str, int], ...] = ()
    hidden: tuple[tuple[str, tuple[HiddenTests, ...]], ...] = ()
    every: int = 0
    revealed: tuple[TestResult, ...] = ()
    untried: int = 0
    hint: Message | None = None
    is_diagnosed: bool = False
    rules: tuple[TestResult, ...] = ()


def told_of(exercise: ExerciseResult) -> Failure | None:
    """What to tell of an exercise; None where nothing is wrong, or nothing has been written."""
    wrong = _wrong(exercise)
    if not wrong or (exercise.outcome is Outcome.NOT_ATTEMPTED and not _says_more(wrong)):
        return None
    shown = first_told(exercise)
    cases = [test for test in wrong if not _is_of_style(test)]
    rules = tuple(test for test in wrong if _is_of_style(test) and not waits(test) and test is not shown)
    hint = _hint(cases) if cases or shown is None else _hint([shown])
    if len(_rules(cases)) == 1 and _is_about_source(cases):
        return Failure(shown, hint=hint, rules=rules)
    rest = [test for test in cases if test is not shown]
    tried = [test for test in rest if not _is_untried(test)]
    hidden = [test for test in tried if test.role is Role.HIDDEN]
    others = [test for test in tried if test.role is not Role.HIDDEN]
    unlike = Counter(_manner(test, shown) for test in others if not _is_like(test, shown))
    named = _named(exercise, hidden, shown)
    return Failure(
        shown=shown,
        alike=sum(_is_like(test, shown) for test in others),
        unlike=tuple(unlike.items()),
        hidden=named,
        every=_every(exercise) if shown is not None and len(hidden) == _every(exercise) and len(named) == 1 else 0,
        revealed=_revealed(hidden, shown),
        untried=len(rest) - len(tried),
        hint=hint,
        is_diagnosed=_is_diagnosed(wrong),
        rules=rules,
    )


def first_told(exercise: ExerciseResult) -> TestResult | None:
    """A visible case that fails, small, but one that shows something; a hidden test only where it may be shown.

    Where it is not known why all is wrong, an example: it is the one that a student has at hand, and no all-zero case.
    A rule of style where no case fails: above a hidden failure, it would be read as the reason of that.
    """
    wrong = _wrong(exercise)
    cases = [test for test in wrong if not _is_of_style(test)]
    if not cases:
        return next((test for test in wrong if not waits(test)), next(iter(wrong), None))
    tried = [test for test in cases if not _is_untried(test)]
    visible = [test for test in tried if test.role is not Role.HIDDEN]
    if visible:
        examples = [test for test in visible if test.role is Role.EXAMPLE]
        least = smallest(visible)
        return _more_telling(least, examples) if _is_diagnosed(wrong) else _most_telling(least, examples, visible)
    return smallest(test for test in tried if test.call is not None or _is_about_source([test]))


def _more_telling(least: TestResult | None, examples: Sequence[TestResult]) -> TestResult | None:
    """`least`, or an example with the same fault in which more of the mistake is seen, if it is not much to read."""
    rule = least.finding.rule if least is not None and least.finding is not None else None
    alike = [test for test in examples if test.finding is not None and test.finding.rule is rule]
    short = [test for test in alike if test.size <= _MOST_TO_READ and _seen(test) > (_seen(least) if least else 0)]
    return max(short, key=_seen, default=least)


def _most_telling(
    least: TestResult | None, examples: Sequence[TestResult], visible: Sequence[TestResult]
) -> TestResult | None:
    """An example with the same fault that is short enough to read; else the smallest case that has numbers in it."""
    alike = [test for test in examples if _is_like(test, least) and test.size <= _MOST_TO_READ]
    if alike:
        return max(alike, key=_seen)
    telling = [test for test in visible if _is_like(test, least) and test.size <= _MOST_TO_READ and not _is_flat(test)]
    return smallest(telling) if least is not None and _is_flat(least) and telling else least


def _is_flat(test: TestResult) -> bool:
    """Whether one and the same number is due everywhere, 0 say, so that hardly anything can be seen of a mistake."""
    value = None if test.expected is None else test.expected.value
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and len(np.unique(value)) < 2


def _seen(test: TestResult) -> int:
    """How many elements show the mistake."""
    return 0 if test.mismatch is None else test.mismatch.count


def _says_more(wrong: Sequence[TestResult]) -> bool:
    """Whether it is said of what was not attempted why it is not."""
    messages = (message for test in wrong if test.finding is not None for message in test.finding.messages)
    return any(message.id in _SAY_WHY for message in messages)


def _is_diagnosed(wrong: Sequence[TestResult]) -> bool:
    return wrong[0].finding is not None and wrong[0].finding.diagnosis is not None


def _is_untried(test: TestResult) -> bool:
    return test.finding is not None and test.finding.is_untried


def _is_of_style(test: TestResult) -> bool:
    return test.finding is not None and test.finding.rule is Rule.STYLE


def _wrong(exercise: ExerciseResult) -> list[TestResult]:
    return [test for test in exercise.tests if test.outcome.is_lost and not test.advice]


def _hint(wrong: Sequence[TestResult]) -> Message | None:
    """The hint of the first test that fails, in the order in which they were judged, if it has one.

    A hint says what is special about its own test. Where one before it fails that has none, such as an example, the
    fault is a more general one, and the hint would lead astray.
    """
    return in_most_words([test.finding.hint if test.finding is not None else None for test in wrong])


def in_most_words(hints: Sequence[Message | None]) -> Message | None:
    """The first hint; where it only says in general what that of a test that is shown says with numbers, the latter."""
    first, *others = hints
    if first is None:
        return None
    told = (hint for hint in others if hint is not None and hint != first)
    return next((hint for hint in told if in_general(hint) == first), first)


def _every(exercise: ExerciseResult) -> int:
    return sum(test.role is Role.HIDDEN and not test.advice for test in exercise.tests)


def _is_about_source(tests: Iterable[TestResult]) -> bool:
    return all(test.finding is not None and test.finding.rule.is_about_source for test in tests)


def _rules(tests: Iterable[TestResult]) -> set[Rule | None]:
    return {test.finding.rule if test.finding is not None else None for test in tests}


def _is_like(test: TestResult, shown: TestResult | None) -> bool:
    """Whether a visible case fails in the same way, and an exception comes from the same line."""
    if shown is None or test.finding is None or shown.finding is None:
        return False
    same_line = (test.finding.cell, test.finding.line) == (shown.finding.cell, shown.finding.line)
    return same_line and _kind(test) == _kind(shown)


def _manner(test: TestResult, shown: TestResult | None) -> str:
    """How a case fails; `shown` is the one that has been told."""
    kind = _kind(test)
    if shown is not None and kind == _kind(shown) == _RAISED:
        return "manner.raised.another"
    return kind or "manner.another"


def _kind(test: TestResult) -> str:
    return "" if test.finding is None else manner(test.outcome, test.finding.rule)


def manner(outcome: Outcome, rule: Rule) -> str:
    """How a test fails: the id of words that go after "with"; empty where only the source is at fault."""
    if rule is Rule.RAISED and outcome is Outcome.FAILED:
        return "manner.not_raised"
    return f"manner.{rule.value}" if rule in _ABOUT_CASES else ""


def _named(
    exercise: ExerciseResult, hidden: Sequence[TestResult], shown: TestResult | None
) -> tuple[tuple[str, tuple[HiddenTests, ...]], ...]:
    """Hidden tests by the way in which they fail, those like `shown` first."""
    like = "" if shown is None else _kind(shown)
    found: dict[str, list[TestResult]] = {"": []}
    for test in hidden:
        manner = _kind(test)
        found.setdefault("" if manner == like else manner, []).append(test)
    return tuple((manner, hidden_tests(exercise, tests)) for manner, tests in found.items() if tests)


def _revealed(hidden: Sequence[TestResult], shown: TestResult | None) -> tuple[TestResult, ...]:
    sorts: dict[str, list[TestResult]] = {}
    for test in hidden:
        if test.call is not None and (shown is None or _kind(test) != _kind(shown)):
            sorts.setdefault(_kind(test), []).append(test)
    return tuple(first for tests in sorts.values() if (first := smallest(tests)) is not None)
