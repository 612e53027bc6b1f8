"""What can be said of rules of style: what is asked for, and who does not keep to it."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = [
    "CALLED_TOO_FEW",
    "CHANGED",
    "DO_WITHOUT",
    "EARNED_IN_PART",
    "GATE_SHUT",
    "INSIDE",
    "LEAVE_UNCHANGED",
    "LOOPED",
    "NOT_EARNED",
    "NOT_THERE",
    "NO_LOOP_OVER",
    "USE",
    "USED_FORBIDDEN",
    "USED_IN_CELL",
    "USED_ON_LINE",
]

_PUBLIC: Final = Origin.PUBLIC
_SOURCE: Final = Origin.SOURCE

# The rule, as a student is told it before any work.
DO_WITHOUT: Final = declare("style.forbid", names=_PUBLIC)
USE: Final = declare("style.calls", names=_PUBLIC)
LEAVE_UNCHANGED: Final = declare("style.unchanged", count=_PUBLIC, names=_PUBLIC)
NO_LOOP_OVER: Final = declare("style.vectorised", names=_PUBLIC)

INSIDE: Final = declare("style.inside", rule=_PUBLIC, name=_PUBLIC)

NOT_THERE: Final = declare("style.inside.missing", name=_PUBLIC)
USED_FORBIDDEN: Final = declare("style.forbid.used", uses=_SOURCE)
USED_ON_LINE: Final = declare("style.used.line", name=_PUBLIC, line=_SOURCE)  # a phrase, as is the next
USED_IN_CELL: Final = declare("style.used.cell", name=_PUBLIC, cell=_SOURCE, line=_SOURCE)
CALLED_TOO_FEW: Final = declare("style.calls.missing", names=_PUBLIC)
LOOPED: Final = declare("style.vectorised.looped", sizes=_PUBLIC)
NOT_EARNED: Final = declare("style.not_earned")
CHANGED: Final = declare("style.unchanged.changed", count=_PUBLIC, names=_PUBLIC)
EARNED_IN_PART: Final = declare("style.earned_in_part")
GATE_SHUT: Final = declare("style.gate_shut", percent=_PUBLIC)
