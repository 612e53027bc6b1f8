"""Which hand-ins can be read: of whom none can, a person has to look, and there are no points, which is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.classroom.hand_in import Collection, HandIn, LeftOut
from grader.observe.intake import Unreadable, read_bytes

__all__ = ["with_readable"]


def with_readable(collection: Collection) -> Collection:
    """The same class, with the hand-ins that have a file that can be read; the files of all others left out with why.

    What counts of a student is the last one in which there is something to judge. Where one file of several can be
    read, the others stay with it: what is said of them may be why an exercise is missing.
    """
    left_out: list[LeftOut] = []
    readable: list[HandIn] = []
    for hand_in in (*collection.superseded, *collection.hand_ins):
        unread = tuple(_unread(hand_in))
        left_out += unread
        readable += [] if unread else [hand_in]
    last = {hand_in.student: hand_in for hand_in in readable}
    rest = [replace(hand_in, files=()) for hand_in in collection.hand_ins if hand_in.student not in last]
    return replace(
        collection,
        hand_ins=tuple(last[each.student] for each in collection.hand_ins if each.student in last),
        superseded=tuple(hand_in for hand_in in readable if hand_in is not last[hand_in.student]),
        left_out=(*collection.left_out, *left_out),
        without_work=_by_id((*collection.without_work, *rest)),
    )


def _by_id(hand_ins: Iterable[HandIn]) -> tuple[HandIn, ...]:
    return tuple(sorted(hand_ins, key=lambda hand_in: hand_in.student))


def _unread(hand_in: HandIn) -> Iterator[LeftOut]:
    """Why nothing of it can be judged, file by file; nothing where one of its files can be read."""
    found: list[LeftOut] = []
    for file in hand_in.files:
        read = read_bytes(file.name, file.content)
        if not isinstance(read, Unreadable):
            return
        found.append(LeftOut(file.path, hand_in.student, read.reason))
    yield from found
