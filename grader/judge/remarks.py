"""Remarks on what was judged: they are not findings, and cost no points."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, unique
from typing import Final

from grader.judge.messages import earlier, remarks, source
from grader.judge.wording import clean
from grader.message import Message, MessageType
from grader.observe.wire import Unrun

__all__ = [
    "TakenFor",
    "cell_not_run",
    "cells_failed",
    "cells_reordered",
    "first_variant",
    "followed",
    "is_grave",
    "is_left_aside",
    "is_not_read",
    "is_of_loading",
    "is_of_source",
    "left_aside",
    "needs_newer_python",
    "not_explained",
    "not_judged",
    "nothing_can_be_judged",
    "np_supplied",
    "of_file",
    "other_numpy",
    "perhaps_a_class",
    "taken_from",
    "thread_left",
    "will_follow",
]

_MOST_OTHERS: Final = 3
_MANY_OTHERS: Final = 3  # versions of one file are fewer
_GRAVE: Final = frozenset({source.SYNTAX_LEFT_OUT.id, source.STATEMENT_STOPPED.id, earlier.LEFT_OUT.id})
_NOT_RUN: Final = {source.CELL_NOT_RUN.id, source.SCRIPT_PART_NOT_RUN.id}
_OF_CELLS: Final = {remarks.CELLS_FAILED.id, remarks.CELLS_REORDERED.id}
_OF_LOADING: Final = _GRAVE | _NOT_RUN | _OF_CELLS | {source.STATEMENT_FAILED.id, earlier.STATEMENT_FAILED.id}
_NOT_READ: Final = {source.UNREADABLE.id, source.NEEDS_PYTHON.id}
_OF_SOURCE: Final = frozenset(
    {each.id for each in vars(source).values() if isinstance(each, MessageType)}
    | {remarks.NP_SUPPLIED.id, remarks.TAKEN_FROM.id, remarks.A_CLASS.id, remarks.LEFT_ASIDE.id, remarks.OTHER_NUMPY.id}
)
_MOST_CELLS: Final = 20


def np_supplied() -> Message:
    """The file uses `np` and does not import it."""
    return remarks.NP_SUPPLIED()


def cell_not_run(unrun: Unrun) -> Message:
    """A cell under a magic that is not known, of which nothing could be run."""
    magic = clean(unrun.magic, 80)
    if unrun.cell is None:
        return source.SCRIPT_PART_NOT_RUN(magic=magic)
    return source.CELL_NOT_RUN(cell=unrun.cell, magic=magic)


def cells_reordered(numbers: Sequence[int]) -> Message:
    """Of an open notebook: its cells ran in another order than the first time; these are the runs that count."""
    return remarks.CELLS_REORDERED(cells=_in_brackets(numbers))


def cells_failed(numbers: Sequence[int]) -> Message:
    """Of an open notebook: what these runs would have defined does not count."""
    return remarks.CELLS_FAILED(cells=_in_brackets(numbers), count=len(numbers))


def _in_brackets(numbers: Sequence[int]) -> str:
    """Runs of cells as notebooks number them: `[1], [4]`; of many only the last."""
    shown = [f"[{number}]" for number in numbers[-_MOST_CELLS:]]
    return ", ".join(["…", *shown] if len(numbers) > _MOST_CELLS else shown)


def other_numpy(made: str, here: str) -> Message:
    """The answers come from another numpy than the one that runs here."""
    return remarks.OTHER_NUMPY(made=made, here=here)


def first_variant(assignment: str, count: int) -> Message:
    """An assignment has variants, and it is not known whose work this is."""
    return remarks.FIRST_VARIANT(assignment=assignment, count=count)


def of_file(name: str, remark: Message) -> Message:
    """A remark on one of several files that belongs to no exercise."""
    return remarks.OF_FILE(file=clean(name, 80), remark=remark)


@unique
class TakenFor(Enum):
    """Why a file was taken, of those that define the same."""

    ITS_NAME = remarks.BY_ITS_NAME
    ITS_TIME = remarks.BY_ITS_TIME
    ITS_PLACE = remarks.BY_ITS_PLACE


def taken_from(file: str, others: Sequence[str], why: TakenFor) -> list[Message]:
    """Several files define it; which one was judged. Many are hardly one student's."""
    names: list[str | Message] = [_named(name, file) for name in others[:_MOST_OTHERS]]
    if len(others) > _MOST_OTHERS:
        names.append(remarks.OTHERS(count=len(others) - _MOST_OTHERS))
    taken = remarks.TAKEN_FROM(file=clean(file, 80), why=why.value(), names=tuple(names), count=len(others))
    return [taken, remarks.A_CLASS()] if len(others) >= _MANY_OTHERS else [taken]


def _named(name: str, file: str) -> str | Message:
    return remarks.ANOTHER_FILE(file=clean(name, 80)) if name == file else clean(name, 80)


def left_aside(file: str) -> Message:
    """Exercises were judged from other files of the same student, and none from this one."""
    return remarks.LEFT_ASIDE(file=clean(file, 80))


def is_left_aside(remark: Message) -> bool:
    """Whether it says just that."""
    return remark.id == remarks.LEFT_ASIDE.id


def nothing_can_be_judged(files: str) -> Message:
    """Nothing that a student handed in last can be judged; `files` says of each why."""
    return remarks.NOTHING_CAN_BE_JUDGED(files=files)


def perhaps_a_class(folder: str, alike: Sequence[str]) -> Message:
    """Of `folder` only its own files were judged; those below it that are `alike` may be of several students."""
    return remarks.PERHAPS_A_CLASS(folder=folder, first=alike[0], second=alike[1])


def followed(functions: Sequence[str], *, missing: bool, files: int) -> Message:
    """An exercise was judged with right functions in place of the student's own, `missing` where there are none."""
    here = remarks.IN_THIS_FILE() if files == 1 else remarks.IN_THESE_FILES()
    right = tuple(remarks.A_RIGHT(name=clean(name, 80)) for name in functions)
    remark = remarks.FOLLOWED_MISSING if missing else remarks.FOLLOWED_WRONG
    return remark(functions=right, count=len(right), here=here)


def will_follow(functions: Sequence[str]) -> Message:
    """On a handout: what these are not right for is judged with the student's own."""
    names = tuple(clean(name, 80) for name in functions)
    return remarks.WILL_FOLLOW(functions=names, count=len(names))


def thread_left(name: str) -> Message:
    """Something still ran after the call had returned."""
    return remarks.THREAD_LEFT(name=name)


def not_explained(error: str) -> Message:
    """We failed to look for the reason of a failure; the failure itself stands."""
    return remarks.NOT_EXPLAINED(error=clean(error, 80))


def not_judged(reason: str = "") -> Message:
    """We failed, not the student."""
    return remarks.NOT_JUDGED_BECAUSE(reason=clean(reason)) if reason else remarks.NOT_JUDGED()


def is_grave(remark: Message) -> bool:
    """Whether a part of the file was left out, and so the file is not fit to be handed in."""
    return _itself(remark).id in _GRAVE


def is_of_loading(remark: Message) -> bool:
    """Whether a remark says what went wrong beside the functions, while the file was read or loaded."""
    return _itself(remark).id in _OF_LOADING


def is_of_source(remark: Message) -> bool:
    """Whether a remark says nothing that calls have shown: it is about files, and how they were read and loaded."""
    own = _itself(remark)
    return own.id in _OF_SOURCE or is_of_loading(own)


def needs_newer_python(remark: Message) -> bool:
    """Whether it is for a person: the work may be right, and this Python cannot read it."""
    return remark.id == source.NEEDS_PYTHON.id


def is_not_read(remark: Message, file: str) -> bool:
    """Whether it says that this file could not be read."""
    return remark.id in _NOT_READ and remark.arg("file") in (clean(file, 80), clean(file, 100))


def _itself(remark: Message) -> Message:
    """The remark, without the file that it is on."""
    own = remark.arg("remark") if remark.id == remarks.OF_FILE.id else remark
    return own if isinstance(own, Message) else remark
