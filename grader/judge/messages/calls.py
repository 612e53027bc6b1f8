"""What can be said of a call."""

from __future__ import annotations

from typing import Final

from grader.judge.result import Rule
from grader.message import MessageType, Origin, declare

__all__ = [
    "ALSO_CHANGED",
    "ARGUMENT_NOT_AS_ASKED",
    "ARGUMENT_NOT_HELD",
    "ARGUMENT_NOT_RIGHT",
    "ARGUMENT_UNCHANGED",
    "CATEGORIES",
    "CATEGORY_NOT_RAISED",
    "CHANGED_ARGUMENT",
    "CHANGED_PLACE",
    "CLASS_FOR_FUNCTION",
    "CRASHED",
    "ENDED_PYTHON",
    "ENDED_PYTHON_WITH",
    "END_SIGNAL",
    "END_STATUS",
    "END_TOO_DEEP",
    "END_UNKNOWN",
    "FLOODED",
    "HAS_OTHER_ATTRIBUTES",
    "KEPT_STATE",
    "LACKS_ATTRIBUTE",
    "NOTHING_FROM_CALL",
    "NOT_AS_ASKED",
    "NOT_DECLARED",
    "NOT_DECLARED_PART",
    "NOT_HELD",
    "NOT_RAISED",
    "NOT_VIEWED",
    "OUT_OF_MEMORY",
    "OVERDUE",
    "PRINTED_INSTEAD",
    "RAISED",
    "RAISED_EXIT",
    "RAISED_INPUT",
    "RAISED_INSTEAD",
    "RAISED_IN_CALL",
    "RAISED_NOT_IMPLEMENTED",
    "SIGNALS",
    "TIMED_OUT",
    "UNRUN",
    "WORK_ON_A_COPY",
    "WORK_ON_A_COPY_OF_A_DICT",
    "WORK_ON_A_COPY_OF_A_LIST",
    "WORK_ON_A_DEEP_COPY",
]

_PUBLIC: Final = Origin.PUBLIC
_CASE: Final = Origin.CASE

# What may be said of a hidden test that broke a rule.
CATEGORIES: Final = {rule: declare(f"category.{rule.value}") for rule in Rule}
CATEGORY_NOT_RAISED: Final = declare("category.not_raised")

RAISED: Final = declare("raised", error=_CASE)
RAISED_IN_CALL: Final = declare("raised.in_call", error=_CASE)
LACKS_ATTRIBUTE: Final = declare("raised.in_call.attribute", owner=_CASE, name=_CASE)
HAS_OTHER_ATTRIBUTES: Final = declare("raised.in_call.attribute.other", owner=_CASE, name=_CASE, names=_CASE)
NOTHING_FROM_CALL: Final = declare("nothing_from_call")
RAISED_EXIT: Final = declare("raised.exit")
RAISED_INPUT: Final = declare("raised.input")
RAISED_NOT_IMPLEMENTED: Final = declare("raised.not_implemented")
RAISED_INSTEAD: Final = declare("raised.instead", due=_CASE, error=_CASE)
NOT_RAISED: Final = declare("not_raised", due=_CASE, came=_CASE)

TIMED_OUT: Final = declare("timed_out", seconds=_PUBLIC)
OVERDUE: Final = declare("overdue", seconds=_PUBLIC)
UNRUN: Final = declare("unrun")
OUT_OF_MEMORY: Final = declare("out_of_memory", size=_PUBLIC)
FLOODED: Final = declare("flooded")
CRASHED: Final = declare("crashed", end=_CASE)
ENDED_PYTHON: Final = declare("ended_python")
ENDED_PYTHON_WITH: Final = declare("ended_python.status", status=_CASE)

# Phrases: why a process ended.
SIGNALS: Final[dict[str, MessageType]] = {
    name: declare(f"end.{name}")
    for name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE", "SIGKILL", "SIGTERM", "SIGSYS", "SIGXCPU")
}
END_SIGNAL: Final = declare("end.signal", name=_CASE)
END_STATUS: Final = declare("end.status", status=_CASE)
END_TOO_DEEP: Final = declare("end.too_deep")
END_UNKNOWN: Final = declare("end.unknown")

KEPT_STATE: Final = declare("kept_state")
PRINTED_INSTEAD: Final = declare("printed_instead")
NOT_DECLARED: Final = declare("not_declared", found=_CASE, due=_PUBLIC)
NOT_DECLARED_PART: Final = declare("not_declared.part", path=_CASE, found=_CASE, due=_PUBLIC)
NOT_HELD: Final = declare("not_held", condition=_CASE)
NOT_AS_ASKED: Final = declare("not_as_asked")
NOT_VIEWED: Final = declare("not_viewed", came=_CASE)
ARGUMENT_NOT_HELD: Final = declare("not_held.argument", name=_PUBLIC, condition=_CASE)
ARGUMENT_NOT_AS_ASKED: Final = declare("not_as_asked.argument", name=_PUBLIC)
CLASS_FOR_FUNCTION: Final = declare("class_for_function", name=_PUBLIC)

CHANGED_ARGUMENT: Final = declare("changed_argument", name=_PUBLIC)
CHANGED_PLACE: Final = declare("changed_place", path=_CASE, before=_CASE, after=_CASE)
WORK_ON_A_COPY: Final = declare("work_on_a_copy", name=_PUBLIC)
WORK_ON_A_COPY_OF_A_LIST: Final = declare("work_on_a_copy.list", name=_PUBLIC)
WORK_ON_A_COPY_OF_A_DICT: Final = declare("work_on_a_copy.dict", name=_PUBLIC)
WORK_ON_A_DEEP_COPY: Final = declare("work_on_a_copy.deep", name=_PUBLIC)
ALSO_CHANGED: Final = declare("also_changed", count=_PUBLIC, names=_PUBLIC)
ARGUMENT_UNCHANGED: Final = declare("argument.unchanged", name=_PUBLIC)
ARGUMENT_NOT_RIGHT: Final = declare("argument.not_right", name=_PUBLIC)
