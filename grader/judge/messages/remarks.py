"""Remarks on what was judged: they are not findings, and cost no points."""

from __future__ import annotations

from typing import Final

from grader.message import Origin, declare

__all__ = [
    "ANOTHER_FILE",
    "A_CLASS",
    "A_RIGHT",
    "BY_ITS_NAME",
    "BY_ITS_PLACE",
    "BY_ITS_TIME",
    "CELLS_FAILED",
    "CELLS_REORDERED",
    "FOLLOWED_MISSING",
    "FOLLOWED_WRONG",
    "IN_THESE_FILES",
    "IN_THIS_FILE",
    "LEFT_ASIDE",
    "NOTHING_CAN_BE_JUDGED",
    "NOT_EXPLAINED",
    "NOT_JUDGED",
    "NOT_JUDGED_BECAUSE",
    "NP_SUPPLIED",
    "OF_FILE",
    "OTHERS",
    "OTHER_NUMPY",
    "PERHAPS_A_CLASS",
    "TAKEN_FROM",
    "THREAD_LEFT",
    "WILL_FOLLOW",
]

_PUBLIC: Final = Origin.PUBLIC
_SOURCE: Final = Origin.SOURCE

CELLS_REORDERED: Final = declare("cells.reordered", cells=_SOURCE)
CELLS_FAILED: Final = declare("cells.failed", cells=_SOURCE, count=_SOURCE)

THREAD_LEFT: Final = declare("thread_left", name=_PUBLIC)
NP_SUPPLIED: Final = declare("np_supplied")
OTHER_NUMPY: Final = declare("other_numpy", made=_PUBLIC, here=_PUBLIC)
FIRST_VARIANT: Final = declare("first_variant", assignment=_PUBLIC, count=_PUBLIC)
OF_FILE: Final = declare("of_file", file=_SOURCE, remark=_SOURCE)

TAKEN_FROM: Final = declare("taken_from", file=_SOURCE, why=_SOURCE, names=_SOURCE, count=_SOURCE)
BY_ITS_NAME: Final = declare("taken_from.name")  # phrases, as are the next four
BY_ITS_TIME: Final = declare("taken_from.newest")
BY_ITS_PLACE: Final = declare("taken_from.last")
ANOTHER_FILE: Final = declare("taken_from.another", file=_SOURCE)
OTHERS: Final = declare("taken_from.others", count=_SOURCE)
LEFT_ASIDE: Final = declare("left_aside", file=_SOURCE)
NOTHING_CAN_BE_JUDGED: Final = declare("nothing_can_be_judged", files=_SOURCE)
A_CLASS: Final = declare("a_class")
PERHAPS_A_CLASS: Final = declare("a_class.folder", folder=_SOURCE, first=_SOURCE, second=_SOURCE)

FOLLOWED_MISSING: Final = declare("followed.missing", functions=_PUBLIC, count=_PUBLIC, here=_SOURCE)
FOLLOWED_WRONG: Final = declare("followed.wrong", functions=_PUBLIC, count=_PUBLIC, here=_SOURCE)
A_RIGHT: Final = declare("followed.right", name=_PUBLIC)  # phrases, as are the next two
IN_THIS_FILE: Final = declare("followed.file")
IN_THESE_FILES: Final = declare("followed.files")
WILL_FOLLOW: Final = declare("will_follow", functions=_PUBLIC, count=_PUBLIC)

NOT_EXPLAINED: Final = declare("not_explained", error=_SOURCE)
NOT_JUDGED: Final = declare("not_judged")
NOT_JUDGED_BECAUSE: Final = declare("not_judged.because", reason=_SOURCE)
