"""Cases that are called many times: the one sample that stands for all of them where something is told of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.course.binding import RESULT, bind, bind_all
from grader.course.disagreement import Disagreement
from grader.course.key import AnswerKey, Case
from grader.observation import Observation, Status
from grader.values import Plain, Value, equal

__all__ = ["one_of_all", "undeclared"]


def one_of_all(case: Case, key: AnswerKey, seen: Observation) -> Observation | None:
    """The first sample that is not as declared, or else the first; None where these are not so many samples.

    Of arguments that are to be changed nothing is left in it: that is for conditions, which see all samples.
    """
    if not case.samples or seen.status is not Status.RETURNED:
        return seen
    values = seen.value.value
    changed = seen.changed.value if type(seen.changed.value) is dict else {}
    lists = [values, *changed.values()]
    if any(type(one) is not list or len(one) != case.samples for one in lists):
        return None
    found = undeclared(case, key, values)
    told = values[0] if found is None else found[0]
    meant = key.changes_of(case)
    after = {name: _first_changed(case, name, every) for name, every in changed.items() if name not in meant}
    return msgspec.structs.replace(seen, value=Plain(told), changed=Plain(after))


def undeclared(case: Case, key: AnswerKey, values: Sequence[Value]) -> tuple[Value, Disagreement] | None:
    """The first of these results that is not what `returns` declares, and how it is not."""
    value = values[0]
    parameters = [(parameter.name, parameter.signature) for parameter in key.parameters]
    try:
        sizes = bind_all(parameters, case.arguments.value)
        for value in values:
            bind(key.returns_of(case), value, sizes, RESULT)
    except Disagreement as error:
        return value, error
    return None


def _first_changed(case: Case, name: str, every: list[Value]) -> Value:
    before = case.arguments.value.get(name)
    return next((value for value in every if not equal(before, value)), every[0])
