"""Which file of a submission answers an exercise."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePath

from grader.course.key import AnswerKey
from grader.near import nearest
from grader.observe.wire import Definition, FileFacts, Source, SyntaxFault

__all__ = ["Found", "NotFound", "find", "is_untouched"]


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

    A stub that was left as it is does not count where there is another file: the work may be in the notebook beside it.
    `taken` are names that other exercises need: they are nobody's near miss.
    """
    by_preference = sorted(range(len(sources)), key=lambda number: (not _is_named_after(sources[number], key), -number))
    untouched: list[Found] = []
    for number in by_preference:
        defined = {definition.name: definition for definition in facts[number].definitions}
        if key.needs and all(name in defined for name in key.needs):
            found = Found(number, defined[key.needs[0]])
            if not is_untouched(key, found.definition):
                return found
            untouched.append(found)
        elif facts[number].faults and _is_named_after(sources[number], key):
            return NotFound(fault=facts[number].faults[0], file=number)
    if untouched:
        return untouched[0]
    for number in by_preference:
        broken = [fault for fault in facts[number].faults if set(key.needs) & set(fault.names)]
        if broken:
            return NotFound(fault=broken[0], file=number)
    for number in by_preference:
        close = _near(key, facts[number], taken)
        if close:
            return NotFound(file=number, near=close)
    own = [number for number in by_preference if _is_named_after(sources[number], key)]
    return NotFound(file=own[0] if own else None)


def is_untouched(key: AnswerKey, definition: Definition) -> bool:
    """Whether a definition is the stub's, or as blank as one."""
    return definition.blank or (bool(key.stub_digest) and definition.digest == key.stub_digest)


def _near(key: AnswerKey, facts: FileFacts, taken: frozenset[str]) -> tuple[Definition, ...]:
    """`softmx` for `softmax`, `normalize_rows` for `normalizeRows`."""
    defined = {item.name: item for item in facts.definitions if item.kind != "name" and item.name not in taken}
    return tuple(defined[name] for need in key.needs for name in nearest(need, defined))


def _is_named_after(source: Source, key: AnswerKey) -> bool:
    return PurePath(source.name).stem == key.name
