"""Turns: how the cases of a test take the values of finite lists one after the other, and which they leave to practice.

Of a finite domain a third is practice and never hidden: else the hidden tests would use it up, and nothing would be
left that students may see.
"""

from __future__ import annotations

import dataclasses
import enum
import math
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from grader.course.element_kinds import Kind
from grader.course.key import Parameter
from grader.course.tree import Leaf
from grader.grading.seeds import seed

__all__ = ["Picked", "Share", "every", "finite_lists", "in_turn", "shared"]

Picked: TypeAlias = dict[str, object]  # a value, as it was written, for each argument that has a list of them

_LARGEST: Final = 200  # of a domain that is shared out; in a larger one hardly any two cases meet
_PRACTICE: Final = 3  # one in so many


class Share(enum.Enum):
    """The part of a finite domain that a case may come from."""

    ALL = "all"
    HIDDEN = "hidden"
    VISIBLE = "visible"


def finite_lists(
    drawn: Sequence[Parameter], choices: Mapping[str, Sequence[object]]
) -> dict[str, Sequence[object]] | None:
    """The values of each argument that is drawn, where all of them together make a small finite domain."""
    if not any(one.name in choices or one.within.is_bounded for one in drawn):
        return None
    lists = {one.name: choices[one.name] if one.name in choices else _values(one) for one in drawn}
    return lists if 1 < math.prod(map(len, lists.values())) <= _LARGEST else None


def _values(parameter: Parameter) -> Sequence[object]:
    """Every value of a single bool or of a single whole number between two bounds; else none."""
    within = parameter.within
    if parameter.made or not isinstance(parameter.signature, Leaf) or parameter.signature.shape is not None:
        return ()
    if parameter.signature.kind is Kind.BOOL:
        return (False, True)
    if parameter.signature.kind is Kind.INT and within.minimum is not None and within.maximum is not None:
        return range(int(within.minimum), int(within.maximum) + 1)
    return ()


def in_turn(lists: Mapping[str, Sequence[object]], order: int, number: int) -> Picked:
    """What case `number` takes of each list: they go round, each from a place of its own.

    All combinations of two lists come up before any comes up again, in an order that the seed `order` gives.
    """
    return _picked(_wheels(lists, order), number)


def every(lists: Mapping[str, Sequence[object]], order: int) -> list[Picked]:
    """All combinations, in turn."""
    wheels = _wheels(lists, order)
    return [_picked(wheels, number) for number in range(math.prod(map(len, lists.values())))]


@dataclasses.dataclass(frozen=True, slots=True)
class _Wheel:
    """One list and how it goes round: after `block` cases it is moved on by `stride`, `shared` times."""

    name: str
    values: Sequence[object]
    offset: int
    stride: int
    block: int
    shared: int


def _wheels(lists: Mapping[str, Sequence[object]], order: int) -> list[_Wheel]:
    wheels = []
    period = 1  # of all lists before
    for name, values in lists.items():
        length = len(values)
        strides = [step for step in range(1, length + 1) if math.gcd(step, length) == 1]
        offset = seed(str(order), "offset", name) % length
        stride = strides[seed(str(order), "stride", name) % len(strides)]
        wheels.append(_Wheel(name, values, offset, stride, math.lcm(period, length), math.gcd(period, length)))
        period *= length
    return wheels


def _picked(wheels: Sequence[_Wheel], number: int) -> Picked:
    return {
        one.name: one.values[(number + one.offset + one.stride * (number // one.block % one.shared)) % len(one.values)]
        for one in wheels
    }


def shared(combinations: Sequence[Picked], share: Share) -> list[Picked]:
    """Those that are in this share: a third is visible, one at the least, and the others are hidden."""
    if share is Share.ALL or len(combinations) < 2:
        return list(combinations)
    ranked = sorted(combinations, key=_rank)
    visible = ranked[: max(1, len(ranked) // _PRACTICE)]
    return [one for one in combinations if (one in visible) is (share is Share.VISIBLE)]


def _rank(picked: Picked) -> int:
    """An order that is the same in every test, and that anybody may know: students see what comes first in it."""
    return seed("", "visible", *(f"{name}={value!r}" for name, value in sorted(picked.items())))
