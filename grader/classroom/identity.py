"""Whose a file is, where that is not certain: a person decides about such files; they are never merged nor judged.

Names of students come from students, and names of files too. A name can be made so that it reads as another student's.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from grader.classroom.download import OwnedEntry
from grader.classroom.hand_in import Cause, HandIn, Layout
from grader.judge.messages import left_out
from grader.message import Wording

__all__ = ["described", "disputed", "undisputed"]


def disputed(file: OwnedEntry, readings: Iterable[Wording]) -> OwnedEntry:
    """The file without an owner, with all that its name may mean; a file that is not work is not changed."""
    if file.entry.why:
        return replace(file, owner=None)
    each_or_another = reduce(lambda first, then: left_out.OR(first=first, then=then), readings)
    why = left_out.SEVERAL_OWNERS(readings=each_or_another)
    return replace(file, owner=None, entry=replace(file.entry, why=why, cause=Cause.OWNER))


def undisputed(layout: Layout, files: Sequence[OwnedEntry]) -> tuple[OwnedEntry, ...]:
    """The files; those that two different students seem to have handed in under one id have no owner."""
    first: dict[str, HandIn] = {}
    readings = defaultdict[str, dict[tuple[object, ...], Wording]](dict)  # of an id that has several
    for file in files:
        if (owner := file.owner) is not None and not file.entry.why:
            known = first.setdefault(name := _id(layout, owner), owner)
            if name in readings or _described(known) != _described(owner):
                readings[name] |= {_described(one): _shown(one) for one in (known, owner)}
    return tuple(
        disputed(file, sorted(readings[name].values(), key=str))
        if readings and file.owner is not None and (name := _id(layout, file.owner)) in readings
        else file
        for file in files
    )


def _id(layout: Layout, owner: HandIn) -> str:
    """What is one and the same where one student may be meant.

    Folders that differ in capitals are of two students: everybody sees which is which, and nobody's odd name keeps
    another from being judged. An address or a number that somebody typed is the same in capitals.
    """
    if layout is Layout.PLAIN:
        return _seen(owner.student)
    return _seen(owner.student).casefold() if layout is Layout.GRADESCOPE else owner.student


def _described(owner: HandIn) -> tuple[object, ...]:
    """What is one and the same wherever the same student, or the same group, is meant."""
    members = frozenset(member.student for member in owner.members)
    return owner.student, _seen(owner.name).casefold(), owner.email.casefold(), members


def _seen(name: str) -> str:
    """What two names have in common that a person cannot tell apart, and some systems' folders do not."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) not in ("Cf", "Cc"))
    return " ".join(unicodedata.normalize("NFKC", visible).split()).rstrip(". ")


def _shown(owner: HandIn) -> Wording:
    return _quoted(owner.name) if owner.name == owner.student else described(owner.name, owner.student)


def _quoted(name: str) -> str:
    """A name in quotes, its accents spelled where they are signs of their own, as on a Mac: two may look the same."""
    if unicodedata.is_normalized("NFC", name):
        return repr(name)
    return "".join(ascii(c)[1:-1] if unicodedata.combining(c) else c for c in repr(name))


def described(name: str, number: str) -> Wording:
    """Somebody by name and id."""
    return f"{name!r} ({number})" if name else left_out.NAMELESS(id=number)
