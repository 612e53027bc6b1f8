"""Which file of a submission answers an exercise."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from pathlib import PurePath

from grader.course.key import AnswerKey
from grader.observe.wire import Definition, FileFacts, Source, SyntaxFault

__all__ = ["Found", "NotFound", "find"]

_NEAR = 0.75


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """The file that defines what the exercise needs; `definition` is that of the function (or of the first need)."""

    file: int
    definition: Definition


@dataclasses.dataclass(frozen=True, slots=True)
class NotFound:
    """No file defines it: the broken text that seems to, if any, and names that come near."""

    fault: SyntaxFault | None = None
    file: int | None = None
    near: tuple[Definition, ...] = ()


def find(
    key: AnswerKey, sources: Sequence[Source], facts: Sequence[FileFacts], taken: frozenset[str] = frozenset()
) -> Found | NotFound:
    """Where `key`'s function is: in the file named after the exercise, else in the last (newest) file that defines it.

    `taken` are names that other exercises need: they are nobody's near miss.
    """
    by_preference = sorted(range(len(sources)), key=lambda number: (not _is_named_after(sources[number], key), -number))
    for number in by_preference:
        defined = {definition.name: definition for definition in facts[number].definitions}
        if key.needs and all(name in defined for name in key.needs):
            return Found(number, defined[key.needs[0]])
        if facts[number].faults and _is_named_after(sources[number], key):
            return NotFound(fault=facts[number].faults[0], file=number)
    for number in by_preference:
        broken = [fault for fault in facts[number].faults if set(key.needs) & set(fault.names)]
        if broken:
            return NotFound(fault=broken[0], file=number)
    for number in by_preference:
        close = tuple(item for item in facts[number].definitions if item.name not in taken and _is_near(item, key))
        if close:
            return NotFound(file=number, near=close)
    own = [number for number in by_preference if _is_named_after(sources[number], key)]
    return NotFound(file=own[0] if own else None)


def _is_near(definition: Definition, key: AnswerKey) -> bool:
    """`softmx` for `softmax`, `normalize_rows` for `normalizeRows`."""
    return definition.kind != "name" and any(_alike(definition.name, name) for name in key.needs)


def _alike(name: str, wanted: str) -> bool:
    left, right = _bare(name), _bare(wanted)
    if left == right:
        return True
    return min(len(left), len(right)) > 2 and difflib.SequenceMatcher(None, left, right).ratio() >= _NEAR


def _bare(name: str) -> str:
    return name.lower().replace("_", "")


def _is_named_after(source: Source, key: AnswerKey) -> bool:
    return PurePath(source.name).stem == key.name
