"""Cases that are called many times: the one sample that stands for all of them where something is told of it."""

from __future__ import annotations

import msgspec

from grader.course.binding import RESULT, Disagreement, bind, bind_all
from grader.course.key import AnswerKey, Case
from grader.observation import Observation, Status
from grader.values import Plain, Value, equal

__all__ = ["one_of_all"]


def one_of_all(case: Case, key: AnswerKey, seen: Observation) -> Observation | None:
    """The first sample that is not as declared, or else the first; None where these are not so many samples.

    Of arguments that are to be changed nothing is left in it: that is for conditions, which see all samples.
    """
    if not case.samples or seen.status is not Status.RETURNED:
        return seen
    values, changed = seen.value.value, seen.changed.value
    lists = [values, *(changed.values() if type(changed) is dict else ())]
    if any(type(one) is not list or len(one) != case.samples for one in lists):
        return None
    told = next((value for value in values if not _is_declared(case, key, value)), values[0])
    after = {name: _first_changed(case, name, every) for name, every in changed.items() if name not in key.changes}
    return msgspec.structs.replace(seen, value=Plain(told), changed=Plain(after))


def _is_declared(case: Case, key: AnswerKey, value: Value) -> bool:
    parameters = [(parameter.name, parameter.signature) for parameter in key.parameters]
    try:
        bind(key.returns_of(case), value, bind_all(parameters, case.arguments.value), RESULT)
    except Disagreement:
        return False
    return True


def _first_changed(case: Case, name: str, every: list[Value]) -> Value:
    before = case.arguments.value.get(name)
    return next((value for value in every if not equal(before, value)), every[0])
