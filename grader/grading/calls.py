"""From a case of an answer key to the call that an observer is to make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.course.key import AnswerKey, Case, Parameter
from grader.grading.samples import sample_seeds
from grader.identity_cache import IdentityCache
from grader.observe.wire import Call, Limits
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.values import Packer

__all__ = ["call_of", "calls_of", "limits_of", "passed_names", "size_limit_of"]

# What answers may take beside twice what the largest case does, for all of an exercise together,
_SPARE: Final = SizeLimit(32 << 20, 40_000)
_LEAST: Final = SizeLimit(256 << 10, 500)  # for one at the least,
_MOST: Final = SizeLimit(4 << 20, 5_000)  # and at the most.
_STEP: Final = SizeLimit(1 << 20, 1_000)  # in steps, so that it tells nothing of what is due


def call_of(
    case: Case,
    function: str | None,
    parameters: Sequence[Parameter],
    size_limit: SizeLimit = MAX_SIZE,
    *,
    attempt: int = 0,
) -> Call:
    """The call that `case` asks for. What stands behind a parameter left to its default is passed by name.

    `attempt`: of a case that is sampled, which of its attempts, from 0.
    """
    names = passed_names(parameters)
    given = {name for name in names if name in case.arguments.value or name in case.build}
    gap = next((number for number, name in enumerate(names) if name not in given), len(names))
    return Call(
        None if case.code else function,
        case.arguments,
        case.seed,
        code=case.code,
        keywords=tuple(name for name in names[gap:] if name in given),
        size_limit=size_limit,
        build=case.build,
        passed=tuple(name for name in names if name in given) if case.build else (),
        view=None if case.view is None else case.view.code,
        samples=sample_seeds(case, attempt),
    )


def passed_names(parameters: Sequence[Parameter]) -> list[str]:
    """The names that a function is called with, in order; what is built under one of them is passed in its place."""
    return [parameter.name for parameter in parameters]


def calls_of(key: AnswerKey) -> tuple[Call, ...]:
    """The calls of a key's cases: the same objects each time, so that they are packed once for a whole class."""
    return _calls.of(key)


def _calls_of(key: AnswerKey) -> tuple[Call, ...]:
    size_limit = size_limit_of(key)
    return tuple(call_of(case, key.function, key.parameters, size_limit) for case in key.cases)


_calls: Final = IdentityCache(_calls_of, most=1024)


def size_limit_of(key: AnswerKey) -> SizeLimit:
    """What a submission may answer to a call: twice what goes into the largest case and should come out, and more.

    Right answers always go in. Of wrong ones that do not, their type and shape come in their place.
    """
    return _size_limits.of(key)


def _size_limit_of(key: AnswerKey) -> SizeLimit:
    sizes = [_taken(case) for case in key.cases]
    count = max(1, len(sizes))
    return SizeLimit(
        _rounded(2 * max((size.bytes for size in sizes), default=0), _STEP.bytes)
        + min(max(_SPARE.bytes // count, _LEAST.bytes), _MOST.bytes),
        _rounded(2 * max((size.parts for size in sizes), default=0), _STEP.parts)
        + min(max(_SPARE.parts // count, _LEAST.parts), _MOST.parts),
    )


_size_limits: Final = IdentityCache(_size_limit_of, most=1024)


def _taken(case: Case) -> SizeLimit:
    packer = Packer()
    for part in (case.arguments, case.expected.value, case.expected.changed):
        packer.pack(part.value)
    taken, times = packer.taken, max(1, case.samples)
    return SizeLimit(taken.bytes * times, taken.parts * times)


def _rounded(size: int, step: int) -> int:
    """Up to a multiple of `step`, or of a quarter of its own magnitude."""
    step = max(step, 1 << max(0, size.bit_length() - 3))
    return -(-size // step) * step


def limits_of(key: AnswerKey) -> Limits:
    """The budgets of a key, as observers take them."""
    return Limits(call=key.budget.call, load=key.budget.load, memory=key.budget.memory)
