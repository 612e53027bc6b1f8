"""What is to be said of the branches of a reference that raise: untold, untested, or not meant for anybody."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from grader.course.key import AnswerKey, Case
from grader.course.spelling import Unwritable, written
from grader.grading.probe import Probe
from grader.grading.raise_statements import RaiseStatement, raise_statements
from grader.message import by_language
from grader.observation import Observation
from grader.observe.observer import Observer

if TYPE_CHECKING:
    from grader.course.folder import Exercise

__all__ = ["RaisingBranch", "RaisingProblem", "raising_branches"]

_WITHOUT_A_TEST: Final = frozenset({"NotImplementedError", "AssertionError"})
_LONGEST: Final = 100  # of arguments in a message


class RaisingProblem(enum.Enum):
    """What is to be said of a branch."""

    UNTOLD = "untold"  # a test that nobody wrote expects the exception, and no text speaks of it
    UNTESTED = "untested"  # no scored test gets there
    LEFT_OUT = "left_out"  # the reference fails there, by no `raise` of its own


@final
@dataclass(frozen=True, slots=True)
class RaisingBranch:
    """A branch. `test` expects the exception; `given` are arguments that get there, in YAML."""

    problem: RaisingProblem
    error: str
    line: int | None
    code: str = ""
    test: str = ""
    given: str = ""


def raising_branches(
    exercise: Exercise,
    key: AnswerKey,
    scored: Sequence[Case],
    searched: tuple[Sequence[Case], Sequence[Case]],
    observer: Observer,
) -> tuple[RaisingBranch, ...]:
    """What is to be said of them. `searched`: inputs on which the reference does what it is to, and those left out."""
    statements = raise_statements(exercise.solution, key.function)
    if not statements and not searched[1]:
        return ()
    with Probe(key, exercise.solution, observer) as reference:
        seen = list(zip(scored, reference.observe(scored), strict=True))
    return (
        *_of_statements(exercise, statements, seen, searched[0]),
        *(_left_out(searched[1]) if exercise.spec.tests is None else ()),
    )


def _of_statements(
    exercise: Exercise,
    statements: Sequence[RaiseStatement],
    seen: Sequence[tuple[Case, Observation]],
    searched: Sequence[Case],
) -> Iterator[RaisingBranch]:
    for statement in statements:
        error = statement.error or "an exception"
        tests = [case.test for case, observation in seen if statement.ended(observation)]
        if not tests and error not in _WITHOUT_A_TEST:
            case = next((one for one in searched if statement.ended(one.expected)), None)
            yield RaisingBranch(
                RaisingProblem.UNTESTED,
                error,
                statement.line,
                statement.code,
                given="" if case is None else _given(case),
            )
        if tests and exercise.spec.tests is None and not _is_told(exercise, statement):
            yield RaisingBranch(RaisingProblem.UNTOLD, error, statement.line, statement.code, test=tests[0])


def _is_told(exercise: Exercise, statement: RaiseStatement) -> bool:
    """Whether the texts speak of it: of the exception by its name, or of raising one."""
    spec = exercise.spec
    wordings = (spec.task, spec.returns_about, *(one.about for one in spec.args.values()))
    texts = " ".join(text for one in wordings for text in by_language(one).values())
    return (bool(statement.error) and statement.error in texts) or "raise" in texts.lower()


def _left_out(cases: Sequence[Case]) -> Iterator[RaisingBranch]:
    known = set()
    for case in cases:
        error = case.expected.error
        if error is not None and (error.type, error.line) not in known:
            known.add((error.type, error.line))
            yield RaisingBranch(RaisingProblem.LEFT_OUT, error.type, error.line, given=_given(case))


def _given(case: Case) -> str:
    """The arguments as a test has them; empty where they cannot be written, or are too long to be read."""
    try:
        pairs = [f"{name}: {written(value)}" for name, value in case.arguments.value.items()]
    except Unwritable:
        return ""
    text = f"args: {{{', '.join(pairs)}}}"
    return text if len(text) <= _LONGEST else ""
