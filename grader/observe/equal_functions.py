"""Functions of submissions that are known to be equal, and from the places in one to those in another.

Two functions are equal where they compile to the same with all that they reach (`grader.observe.reach`).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeAlias, TypeVar, final

import msgspec

from grader.observation import Observation, Raised, Warned
from grader.observe.source_map import SourceLines, lines_of
from grader.observe.wire import NOWHERE, FileFacts, Reached, Source
from grader.values import Plain

__all__ = ["Function", "Places", "has_place"]

K = TypeVar("K")
V = TypeVar("V")

_Line: TypeAlias = tuple[int | None, int]  # cell, and line
_Place: TypeAlias = tuple[int | None, int, int | None]  # and column from 1


@final
@dataclass(frozen=True, slots=True)
class Function:
    """A function of a submission, with all that it reaches, by name."""

    digest: bytes
    parts: tuple[Reached, ...]
    source: Source

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return sum(len(part.code) + len(part.places) for part in self.parts) + sum(
            4 * len(block.text) for block in self.source.blocks
        )

    @classmethod
    def of(cls, name: str, facts: FileFacts, source: Source) -> Function | None:
        """That of a function; None where something that it reaches is not known."""
        known = {part.name: part for part in facts.reached}
        if name not in known or not known[name].is_function:
            return None
        found, waiting = {name}, [name]
        while waiting:
            reaches = known[waiting.pop()].reaches
            if not all(each in known for each in reaches):
                return None
            waiting += set(reaches) - found
            found.update(reaches)
        parts = tuple(known[each] for each in sorted(found))
        return cls(_digest(name, parts), parts, source)


def _digest(name: str, parts: Iterable[Reached]) -> bytes:
    digest = hashlib.sha256()
    for piece in (name.encode(), *chain.from_iterable((part.name.encode(), part.code) for part in parts)):
        digest.update(len(piece).to_bytes(8, "little") + piece)
    return digest.digest()


def _pairs_of_lines(there: Function, here: Function) -> set[tuple[_Line, _Line]]:
    """The lines of each instruction there and here, where it has both: no text here stands within a line."""
    found: set[tuple[_Line, _Line]] = set()
    for one, other in zip(there.parts, here.parts, strict=True):
        numbers = set(zip(array("i", one.places)[::2], array("i", other.places)[::2], strict=True))
        found.update(((one.cell, a), (other.cell, b)) for a, b in numbers if NOWHERE not in (a, b))
    return found


def _pairs(there: Function, here: Function) -> Iterator[tuple[_Place, _Place]]:
    """The places of each instruction there and here, where it has both; none twice, though most come several times."""
    lines_there, lines_here = _lines(there.source), _lines(here.source)
    for one, other in zip(there.parts, here.parts, strict=True):
        numbers = array("i", one.places), array("i", other.places)
        columns = [of_one[first::2] for of_one in numbers for first in (0, 1)]
        for line, column, line_here, column_here in set(zip(*columns, strict=True)):
            if NOWHERE not in (line, line_here):
                yield (
                    _place(one.cell, lines_there[one.cell], line, column),
                    _place(other.cell, lines_here[other.cell], line_here, column_here),
                )


def _lines(source: Source) -> dict[int | None, SourceLines]:
    return {block.cell: lines_of(block) for block in source.blocks}


def _place(cell: int | None, lines: SourceLines, line: int, column: int) -> _Place:
    return cell, line, None if column == NOWHERE else lines.column(line, column)


@final
class Places:
    """From the places of a function to those of one that is equal."""

    def __init__(self, there: Function, here: Function) -> None:
        self.there = there
        self._here = here
        lines = _pairs_of_lines(there, here)
        self._lines = _single(lines)
        self._is_one_to_one = len(self._lines) == len(_single((b, a) for a, b in lines)) == len(lines)

    @cached_property
    def _places(self) -> dict[_Place, _Place | None]:
        return _single(_pairs(self.there, self._here))

    @cached_property
    def _text(self) -> dict[int | None, SourceLines]:
        return _lines(self._here.source)

    def observation(self, observation: Observation) -> Observation | None:
        """The observation at the places of here; None where one of them has no single place here."""
        if not self._is_one_to_one:
            return None
        try:
            error = None if observation.error is None else self._raised(observation.error)
            warnings = tuple(map(self._warned, observation.warnings))
        except LookupError:
            return None
        if len(set(warnings)) < len(warnings):
            return None  # lines of two cells, of which one number is told: such a warning is noted once
        # A value of its own, for what was concluded from the reply was concluded with its places.
        value = Plain(observation.value.value)
        return msgspec.structs.replace(observation, value=value, error=error, warnings=warnings)

    def _raised(self, error: Raised) -> Raised:
        if error.line is None:
            return error
        cell, line, column = _known(self._places.get((error.cell, error.line, error.column)))
        text = self._text[cell].line(line)
        return msgspec.structs.replace(error, cell=cell, line=line, column=column, source_line=text)

    def _warned(self, warning: Warned) -> Warned:
        """A warning does not say its cell: no other cell may have such a line."""
        if warning.line is None:
            return warning
        there = [place for place in self._lines if place[1] == warning.line]
        if len(there) != 1:
            raise LookupError
        return msgspec.structs.replace(warning, line=_known(self._lines[there[0]])[1])


def has_place(observation: Observation) -> bool:
    error = observation.error
    return (error is not None and error.line is not None) or any(one.line is not None for one in observation.warnings)


def _single(pairs: Iterable[tuple[K, V]]) -> dict[K, V | None]:
    """As a dictionary; None for what is paired with several."""
    found: dict[K, V | None] = {}
    for key, value in pairs:
        found[key] = value if found.get(key, value) == value else None
    return found


def _known(found: V | None) -> V:
    if found is None:
        raise LookupError
    return found
