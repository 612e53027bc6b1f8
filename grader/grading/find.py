"""Which file of a submission answers an exercise."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from grader.course.key import AnswerKey
from grader.near import nearest
from grader.observe.wire import Definition, FileFacts, Source, SyntaxFault

__all__ = ["Found", "NotFound", "find", "is_named_after", "is_untouched", "text_digest"]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """The file that defines what the exercise needs; `definition` is that of the function (or of the first need).

    `untouched`: all of it is as it was handed out. `rivals` are other files in which somebody wrote the same.
    """

    file: int
    definition: Definition
    untouched: bool = False
    rivals: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class NotFound:
    """No file defines it: the broken text that seems to, if any, and names that come near.

    `untouched`: the file is the stub, which defines nothing yet.
    """

    fault: SyntaxFault | None = None
    file: int | None = None
    near: tuple[Definition, ...] = ()
    untouched: bool = False


def find(
    key: AnswerKey, sources: Sequence[Source], facts: Sequence[FileFacts], taken: frozenset[str] = frozenset()
) -> Found | NotFound:
    """Where `key`'s function is: in the file named after the exercise, else in the last (newest) file that defines it.

    A stub that was left as it is does not count where there is another file: the work may be in the notebook beside it.
    `taken` are names that exercises need: they are nobody's near miss.
    """
    by_preference = sorted(range(len(sources)), key=lambda number: (not is_named_after(sources[number], key), -number))
    written: list[Found] = []
    unwritten: list[Found] = []
    for number in by_preference:
        defined = {definition.name: definition for definition in facts[number].definitions}
        if key.needs and all(name in defined for name in key.needs):
            definition = defined[key.needs[0]]
            untouched = is_untouched(key, definition) or _is_stub(key, facts[number])
            found = Found(number, definition, untouched=untouched)
            (unwritten if untouched or _is_blank(definition) else written).append(found)
        elif facts[number].faults and is_named_after(sources[number], key) and not written:
            fault = facts[number].faults[0]
            if not fault.blank:
                return NotFound(fault=fault, file=number)
    if written:
        return dataclasses.replace(written[0], rivals=tuple(other.file for other in written[1:]))
    if unwritten:
        return unwritten[0]
    for number in by_preference:
        faults = sorted(facts[number].faults, key=lambda fault: fault.blank)
        broken = [fault for fault in faults if set(key.needs) & set(fault.names)]
        if broken:
            return NotFound(fault=broken[0], file=number)
    for number in by_preference:
        close = _near(key, facts[number], taken)
        if close:
            return NotFound(file=number, near=close)
    own = [number for number in by_preference if is_named_after(sources[number], key)]
    return NotFound(file=own[0], untouched=_is_stub(key, facts[own[0]])) if own else NotFound()


def is_untouched(key: AnswerKey, definition: Definition) -> bool:
    """Whether a definition is the stub's, or as blank as one, which nothing outside of it can change."""
    surely_blank = _is_blank(definition) and not definition.unset
    return surely_blank or (bool(key.stub_digest) and definition.digest == key.stub_digest)


def _is_blank(definition: Definition) -> bool:
    """Whether nothing is written in it, not even where it never runs."""
    return definition.blank and definition.barrier is None


def text_digest(facts: FileFacts) -> str:
    """A digest of all that a file defines."""
    defined = [(item.name, item.kind, item.digest) for item in facts.definitions]
    return hashlib.sha256(repr(defined).encode()).hexdigest()


def _is_stub(key: AnswerKey, facts: FileFacts) -> bool:
    """Whether a file is still the stub of an exercise that asks for no function."""
    return key.function is None and not facts.faults and text_digest(facts) == key.stub_digest


def _near(key: AnswerKey, facts: FileFacts, taken: frozenset[str]) -> tuple[Definition, ...]:
    """`softmx` for `softmax`, `normalize_rows` for `normalizeRows`."""
    defined = {item.name: item for item in facts.definitions if item.kind != "name" and item.name not in taken}
    return tuple(defined[name] for need in key.needs for name in nearest(need, defined))


def is_named_after(source: Source, key: AnswerKey) -> bool:
    """Whether a file has the exercise's name."""
    return PurePath(source.name).stem == key.name
