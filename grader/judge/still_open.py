"""Whether a call came to what is still to be written, and no further."""

from __future__ import annotations

import re
from typing import Final

from grader.course.key import AnswerKey, Case
from grader.observation import Observation, Raised, Status
from grader.observe.wire import Definition
from grader.values import Opaque, Value

__all__ = ["is_blank", "is_of_the_call", "is_still_open"]

_UNKNOWN_NAME: Final = re.compile(r"^name '(\w+)' is not defined")
_CAME_BACK: Final = (Status.RETURNED, Status.UNVIEWED)


def is_still_open(definition: Definition, case: Case, key: AnswerKey, observation: Observation) -> bool:
    """Whether what a call did comes of what is not written yet."""
    return _did_nothing(definition, case, key, observation) or _is_of_nothing(definition, case, observation)


def is_blank(definition: Definition, key: AnswerKey) -> bool:
    """Whether nothing has been written yet. `return None` is an answer where some case has that answer."""
    return definition.blank and not (definition.gives_none and any(_none_is_due(case, key) for case in key.cases))


def _none_is_due(case: Case, key: AnswerKey) -> bool:
    """Whether None is the answer to this call, and not what a function gives back that changes its arguments."""
    expected = case.expected
    return not key.changes_of(case) and expected.status is Status.RETURNED and expected.value.value is None


def _did_nothing(definition: Definition, case: Case, key: AnswerKey, observation: Observation) -> bool:
    """Whether a call came to what is still to be written, and no further."""
    if observation.status is Status.RAISED and observation.error is not None:
        return _came_to_a_stub(definition, observation.error)
    if not is_blank(definition, key) and not definition.unset:
        return False
    value = observation.value.value
    nothing = value is None or _is_ellipsis(value) or (case.is_printed and value == "")
    return observation.status in _CAME_BACK and nothing


def _is_of_nothing(definition: Definition, case: Case, observation: Observation) -> bool:
    """Whether the author's own call had a blank class or a variable left as None to work with, and raised at it."""
    error, due = observation.error, case.expected.error
    if observation.status is not Status.RAISED or error is None or not is_of_the_call(case, error):
        return False
    return definition.blank and definition.kind != "function" and not (due is not None and error.is_a(due.type))


def _came_to_a_stub(definition: Definition, error: Raised) -> bool:
    if error.type == "NotImplementedError":
        return definition.blank or (definition.barrier is not None and definition.barrier == error.line)
    unknown = _UNKNOWN_NAME.search(error.message) if error.type == "NameError" else None
    return unknown is not None and unknown[1] in definition.unset


def _is_ellipsis(value: Value) -> bool:
    return isinstance(value, Opaque) and value.name == "ellipsis"


def is_of_the_call(case: Case, error: Raised) -> bool:
    """Whether it was the author's own `call:` that raised, and no line of the student's."""
    return case.code is not None and error.line is None
