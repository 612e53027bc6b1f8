"""Running the author's code: reference solutions, misconceptions and expressions, in observers of their own."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Final, NamedTuple, final

import numpy as np

from grader.course.expressions import AFTER
from grader.course.key import AnswerKey, Case, Condition
from grader.errors import AuthorError
from grader.observation import Observation, Raised, Status
from grader.observe.loads import LoadReport
from grader.observe.observer import Observer
from grader.observe.opening import open_lasting
from grader.observe.session import Session
from grader.observe.walls.levels import IF_POSSIBLE
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain, Value

__all__ = [
    "LastingAuthors",
    "RaisedOnInputs",
    "Scaffold",
    "answered",
    "authors_observer",
    "condition_names",
    "error_text",
    "evaluate",
    "held_of",
    "holds",
    "how_it_ended",
    "is_asked",
    "is_of_the_author",
    "is_true",
    "load",
    "observe_one",
    "raised_at",
    "scaffold_of",
]

_BEFORE: Final = f"{AFTER} = __import__('types').SimpleNamespace(**{AFTER})\n"
_SEED: Final = "__seed__"  # a name, so that the code is the same for all seeds, and compiled once
_DRAWING: Final = f"rng = np.random.default_rng({_SEED})\n"
_UNREAD: Final = "Python cannot read this text: it is nested too deeply, or too large"
_HERE: Final = "{}.{}".format(*sys.version_info)
_NEWER: Final = f"this is written as only Python {{needs}} and newer can read it, and here is Python {_HERE}"
_OF_WALLS: Final = {
    "ModuleNotFoundError": "Install it for this Python; packages that are installed in place (`pip install -e`) cannot "
    "be imported behind walls.",
    "PermissionError": "A course's code runs behind walls like a student's: it reads and writes no files of yours, "
    "starts nothing and reaches no network.",
}


class Scaffold(NamedTuple):
    """What conditions see beside their variables: what stubs hand out of the solution file, and packages by name."""

    text: str
    packages: Mapping[str, str]


class RaisedOnInputs(AuthorError):
    """An expression raises on what it was given; on other values it may not."""


def scaffold_of(key: AnswerKey) -> Scaffold:
    return Scaffold(key.seen_by_conditions, key.packages)


def authors_observer() -> Observer:
    """An observer for the author's code: behind walls where they can be had, for a course may be a stranger's."""
    return open_lasting(IF_POSSIBLE)


@final
class LastingAuthors:
    """The observer that `opened` gives, for whoever asks for it more than once: one from first use until `close`."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Observer]]) -> None:
        self._opened = opened
        self._observer: Observer | None = None
        self._closing = ExitStack()

    def __call__(self) -> AbstractContextManager[Observer]:
        """The observer; leaving its context does not close it."""
        if self._observer is None:
            self._observer = self._closing.enter_context(self._opened())
        return nullcontext(self._observer)

    def close(self) -> None:
        """End the process of the author's code; whoever asks after that gets a new one."""
        self._observer = None
        self._closing.close()


def raised_at(error: Raised, name: str) -> str:
    """An exception of the author's code as `solutions/softmax.py:5: NameError: …`."""
    where = f"{name}:{error.line}" if error.line else name
    return f"{where}: {error_text(error)}"


def error_text(error: Raised) -> str:
    """The exception, with what to do where it may come of the walls that there are around an author's code as well."""
    advice = _OF_WALLS.get(error.type)
    return f"{error.type}: {error.message}" + (f"\n{advice}" if advice else "")


def load(session: Session, limits: Limits, name: str, *, index: int = 0) -> LoadReport:
    """Load a source of `session`, which is the author's; `AuthorError` where it does not run."""
    fault = next(iter(session.facts[index].faults), None)
    if fault is not None:
        why = _NEWER.format(needs=fault.needs) if fault.needs else fault.message or _UNREAD
        raise AuthorError(f"{name}:{fault.line or 1}:{fault.column or 1}: {why}")
    report = session.load(index, limits)
    if report.stops:
        stop = report.stops[0]
        raise AuthorError(
            f"{name}:{stop.line}: this line does not finish when the file is loaded ({stop.status.value})"
        )
    if report.faults:
        raise AuthorError(raised_at(report.faults[0], name))
    return report


def is_of_the_author(error: Raised) -> bool:
    """Whether an expression fails whatever it is given: a name that there is not, here or in a module."""
    return error.type == "NameError" or (error.type == "AttributeError" and error.message.startswith("module "))


def evaluate(session: Session, limits: Limits, code: str, names: Mapping[str, Value], seed: int | None) -> Value:
    """The value of an author's expression: it sees `np`, `names`, the names of the solution and, with a seed, `rng`."""
    drawing, own = ("", {}) if seed is None else (_DRAWING, {_SEED: seed})
    call = Call(None, Plain({**names, **own}), seed or 0, code=f"{_imports(session.packages)}{drawing}(\n{code}\n)")
    observation = observe_one(session, limits, call)
    if observation.status is not Status.RETURNED:
        is_for_all = observation.error is None or is_of_the_author(observation.error)
        raise (AuthorError if is_for_all else RaisedOnInputs)(f"`{code}` {how_it_ended(observation)}")
    return observation.value.value


def _imports(packages: Mapping[str, str]) -> str:
    """Lines that give an author's expression the packages of the course."""
    return "".join(f"import {module} as {name}\n" for name, module in packages.items())


def how_it_ended(observation: Observation) -> str:
    """How an expression ended that did not return."""
    if observation.error is not None:
        return f"raises {error_text(observation.error)}"
    return f"does not return ({observation.status.value.replace('_', ' ')})"


def observe_one(session: Session, limits: Limits, call: Call) -> Observation:
    """What one call on the session's first source did."""
    return next(iter(session.perform(0, [call], limits)))


def holds(
    observer: Observer,
    limits: Limits,
    scaffold: Scaffold,
    questions: Sequence[tuple[Sequence[Condition], Mapping[str, Value]]],
) -> list[tuple[bool | None, ...]]:
    """Whether each condition is exactly True of its variables; None where that could not be found out.

    The expressions see plain data, and what stubs hand out of the solution file, and run in a process that never runs a
    submission.
    """
    # All conditions on a result in one call, so that it is sent once.
    sent = [_question([one.that for one in conditions], names, scaffold) for conditions, names in questions]
    calls = [Call(None, names, 0, each=codes) for names, codes in sent]
    with _session_of(observer, limits, scaffold) as session:
        found = [_held(seen) for seen in session.perform(0, calls, limits)]
    alone = [question for question, held in zip(questions, found, strict=True) if len(held) < len(question[0])]
    asked = [(one.that, names) for conditions, names in alone for one in conditions]
    answers = map(is_true, answered(observer, limits, scaffold, asked) if asked else ())
    return [
        held if len(held) == len(conditions) else tuple(itertools.islice(answers, len(conditions)))
        for (conditions, _), held in zip(questions, found, strict=True)
    ]


def _question(
    conditions: Sequence[str], names: Mapping[str, Value], scaffold: Scaffold
) -> tuple[Plain, tuple[str, ...]]:
    """What is sent of the names that conditions see, `after` where one of them looks at it, and the code of each."""
    before, seen = _imports(scaffold.packages), dict(names)
    if any(AFTER in condition for condition in conditions):
        before += _BEFORE
    else:
        seen.pop(AFTER, None)
    return Plain(seen), tuple(f"{before}(\n{condition}\n)" for condition in conditions)


def _held(seen: Observation) -> tuple[bool | None, ...]:
    """Of each condition what `is_true` says; nothing where one has ended all of them, so that each is asked alone."""
    value = seen.value.value
    if seen.status is not Status.RETURNED or type(value) is not list:
        return ()
    try:
        return tuple(is_true(_ended(*one)) for one in value)
    except (TypeError, ValueError):  # not as it was asked for
        return ()


def _ended(status: str, value: Value, error: str, message: str) -> Observation:
    raised = Raised(error, message) if error else None
    return Observation(Status(status), Plain(value), error=raised)


def answered(
    observer: Observer, limits: Limits, scaffold: Scaffold, questions: Sequence[tuple[str, Mapping[str, Value]]]
) -> list[Observation]:
    """What the expression of each condition gives of its variables."""
    sent = [_question([code], names, scaffold) for code, names in questions]
    calls = [Call(None, names, 0, code=codes[0]) for names, codes in sent]
    with _session_of(observer, limits, scaffold) as session:
        return list(session.perform(0, calls, limits))


@contextmanager
def _session_of(observer: Observer, limits: Limits, scaffold: Scaffold) -> Iterator[Session]:
    """A session with what conditions see of the solution file, loaded."""
    source = Source("holds.py", (Block(scaffold.text),))
    with observer.session([source], tell=(), packages=scaffold.packages) as session:
        session.load(0, limits)
        yield session


def held_of(
    observer: Observer, limits: Limits, key: AnswerKey, answers: Sequence[tuple[Case, Observation]]
) -> list[tuple[bool | None, ...] | None]:
    """Of each answer whether the author's conditions hold (`holds`); None where there are none to be asked."""
    asked = {
        number: (case.holds or (), condition_names(case, observation))
        for number, (case, observation) in enumerate(answers)
        if is_asked(case, observation)
    }
    if not asked:
        return [None] * len(answers)
    found = holds(observer, limits, scaffold_of(key), list(asked.values()))
    held = dict(zip(asked, found, strict=True))
    return [held.get(number) for number in range(len(answers))]


def is_asked(case: Case, observation: Observation) -> bool:
    """Whether there are conditions of the author's on what a case gave, and it gave something."""
    return case.holds is not None and observation.status is Status.RETURNED


def condition_names(case: Case, seen: Observation) -> dict[str, Value]:
    """What a condition sees of a call: its arguments as they were, what came back, and the arguments after it.

    Of a call that was made many times these last are lists.
    """
    arguments: dict[str, Value] = case.arguments.value
    changed = seen.changed.value if type(seen.changed.value) is dict else {}
    same = {name: [value] * case.samples if case.samples else value for name, value in arguments.items()}
    after = {name: changed.get(name, value) for name, value in same.items()}
    return {AFTER: after, **arguments, "result": seen.value.value}


def is_true(answer: Observation) -> bool | None:
    """Whether what a condition gave is exactly True; None where that is not for the submission to answer for."""
    if answer.status is Status.RAISED and answer.error is not None:
        # The inverse of what has none, say: the condition does not fail on the reference's own result.
        return None if is_of_the_author(answer.error) else False
    if answer.status is not Status.RETURNED:
        return None
    value = answer.value.value
    return bool(value) if type(value) in (bool, np.bool_) else False
