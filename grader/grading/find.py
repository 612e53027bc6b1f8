"""Which file of a submission answers an exercise."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

import msgspec

from grader.course.key import AnswerKey
from grader.judge.remarks import TakenFor, taken_from
from grader.judge.still_open import is_blank
from grader.message import Message
from grader.near import nearest
from grader.observation import Place
from grader.observe.wire import Definition, Elsewhere, FileFacts, Source, SyntaxFault

__all__ = ["Found", "NotFound", "find", "is_about", "is_untouched", "rival_remarks", "text_digest"]


class Found(msgspec.Struct, frozen=True):
    """The file that defines what the exercise needs; `definition` is that of the function (or of the first need).

    `untouched`: all of it is as it was handed out. `rivals` are other files in which somebody wrote the same.
    """

    file: int
    definition: Definition
    untouched: bool = False
    rivals: tuple[int, ...] = ()


class NotFound(msgspec.Struct, frozen=True):
    """No file defines it: the broken text that seems to, if any, and names that come near.

    `untouched`: the file is the stub, which defines nothing yet. `elsewhere`: where the name stands and does not count.
    """

    fault: SyntaxFault | None = None
    file: int | None = None
    near: tuple[Definition, ...] = ()
    untouched: bool = False
    elsewhere: Elsewhere | None = None


def find(
    key: AnswerKey, sources: Sequence[Source], facts: Sequence[FileFacts], taken: frozenset[str] = frozenset()
) -> Found | NotFound:
    """Where `key`'s function is: in the file named after the exercise, else in the last (newest) file that defines it.

    A stub that was left as it is does not count where there is another file: the work may be in the notebook beside it,
    be it whole or broken.
    `taken` are names that exercises need: they are nobody's near miss.
    """
    order = _order(key, sources)
    tables = [_counting(key, facts, number, sources) for number in range(len(sources))]
    written: list[Found] = []
    unwritten: list[Found] = []
    for number in order:
        defined = tables[number]
        if key.needs and all(name in defined for name in key.needs):
            definition = defined[key.needs[0]]
            untouched = all(is_untouched(key, defined[name]) for name in key.needs) or _is_stub(key, facts[number])
            found = Found(number, definition, untouched=untouched)
            (unwritten if untouched or _is_blank(definition, key) else written).append(found)
        elif facts[number].faults and _is_named_after(sources[number], key) and not written:
            fault = facts[number].faults[0]
            if not fault.blank:
                return NotFound(fault=fault, file=number)
    if written:
        return msgspec.structs.replace(written[0], rivals=tuple(other.file for other in written[1:]))
    if unwritten:
        return _broken(key, facts, order) or unwritten[0]
    return _not_found(key, sources, facts, order, taken)


def _order(key: AnswerKey, sources: Sequence[Source]) -> list[int]:
    """The files, those first that are sooner meant; last what is there for its names alone."""
    numbers = range(len(sources))
    return sorted(numbers, key=lambda at: (sources[at].beside, not _is_named_after(sources[at], key), -at))


def _counting(
    key: AnswerKey, facts: Sequence[FileFacts], number: int, sources: Sequence[Source]
) -> dict[str, Definition]:
    """What a file defines. What it imports counts only under a name that its own file does not give it."""
    defined = {}
    for definition in facts[number].definitions:
        if definition.name not in key.needs or not definition.module or _renames(definition, facts, sources):
            defined[definition.name] = definition
    return defined


def _renames(definition: Definition, facts: Sequence[FileFacts], sources: Sequence[Source]) -> bool:
    """Whether a name is imported from a file of the same submission that has it under another name alone."""
    module = definition.module.rpartition(".")[2]
    files = [number for number, source in enumerate(sources) if _stem(source.name) == module]
    own = {each.name for number in files for each in facts[number].definitions}
    return bool(files) and definition.name not in own


def _not_found(
    key: AnswerKey, sources: Sequence[Source], facts: Sequence[FileFacts], order: Sequence[int], taken: frozenset[str]
) -> NotFound:
    broken = _broken(key, facts, order) or _broken(key, facts, order, blank=True)
    if broken is not None:
        return broken
    for number in order:
        close = _near(key, facts[number], taken)
        if close:
            return NotFound(file=number, near=close)
    for number in order:
        place = _elsewhere(key, facts[number])
        if place is not None:
            return NotFound(file=number, elsewhere=place)
    own = [number for number in order if _is_named_after(sources[number], key)]
    return NotFound(file=own[0], untouched=_is_stub(key, facts[own[0]])) if own else NotFound()


def _broken(
    key: AnswerKey, facts: Sequence[FileFacts], order: Sequence[int], *, blank: bool = False
) -> NotFound | None:
    """The first text that seems to define it and cannot be read; `blank` ones are stubs with nothing filled in."""
    for number in order:
        for fault in facts[number].faults:
            if fault.blank is blank and set(key.needs) & set(fault.names):
                return NotFound(fault=fault, file=number)
    return None


def _elsewhere(key: AnswerKey, facts: FileFacts) -> Elsewhere | None:
    """Where the first name that is needed stands and does not count; where it could be run sooner than in a comment."""
    imported = [
        Elsewhere(each.name, Place.IMPORT, each.line, each.cell, each.module)
        for each in facts.definitions
        if each.module and each.name in key.needs
    ]
    places = [*imported, *(each for each in facts.elsewhere if each.name in key.needs)]
    return min(places, key=lambda each: each.place.is_mere_text, default=None)


def is_about(key: AnswerKey, found: Found | NotFound, sources: Sequence[Source], facts: Sequence[FileFacts]) -> bool:
    """Whether a submission is about the exercise, be it right or not: what is only beside it, or said in it, is not."""
    if isinstance(found, NotFound):
        if found.file is None or found.elsewhere is None or not found.elsewhere.place.is_mere_text:
            return found.file is not None
        return _is_named_after(sources[found.file], key)
    named = {
        each.name for source, one in zip(sources, facts, strict=True) if not source.beside for each in one.definitions
    }
    return not sources[found.file].beside or bool(named.intersection(key.needs))


def is_untouched(key: AnswerKey, definition: Definition) -> bool:
    """Whether a definition is the stub's, or as blank as one, which nothing outside of it can change."""
    surely_blank = _is_blank(definition, key) and not definition.unset
    return surely_blank or (bool(key.stub_digest) and definition.digest == key.stub_digest)


def _is_blank(definition: Definition, key: AnswerKey) -> bool:
    """Whether nothing is written in it, not even where it never runs."""
    return is_blank(definition, key) and definition.barrier is None


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


def rival_remarks(
    key: AnswerKey, found: Found, sources: Sequence[Source], times: Sequence[float] = ()
) -> tuple[Message, ...]:
    """Which file was taken, where others define the same; `times` are those of the sources, where they are known."""
    if not found.rivals:
        return ()
    taken, others = sources[found.file], [sources[number].name for number in sorted(found.rivals)]
    is_newest = bool(times) and all(times[found.file] > times[number] for number in found.rivals)
    why = TakenFor.ITS_NAME if _is_named_after(taken, key) else TakenFor.ITS_TIME if is_newest else TakenFor.ITS_PLACE
    return tuple(taken_from(taken.name, others, why))


def _is_named_after(source: Source, key: AnswerKey) -> bool:
    """Whether a file has the exercise's name."""
    return _stem(source.name) == key.name


@lru_cache(maxsize=1024)
def _stem(name: str) -> str:
    return PurePath(name).stem
