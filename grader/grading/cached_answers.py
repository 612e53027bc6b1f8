"""Cached answers, for a process that judges many submissions: what is costly to make is made once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, final

from grader.course.key import AnswerKey
from grader.errors import NotJudged
from grader.grading.author_code import LastingAuthors
from grader.grading.protocol import Answers, Helper
from grader.observe.observer import Observer

if TYPE_CHECKING:
    from grader.judge.mutants import Mutants

__all__ = ["CachedAnswers"]


@final
class CachedAnswers:
    """The answers of `source`: keys by their identity, mutants, and one observer for the author's code.

    It gives no reference, so no failing case is made smaller: that takes a process for each exercise that is wrong,
    and costs more than all the judging of it.
    """

    def __init__(self, source: Answers) -> None:
        self._source = source
        self._keys: dict[str, AnswerKey] = {}
        self._mutants: dict[str, Mutants | None] = {}
        self._authors = LastingAuthors(source.authors)

    def close(self) -> None:
        """End the process of the author's code."""
        self._authors.close()

    @property
    def names(self) -> tuple[str, ...]:
        return self._source.names

    def keys(self, names: Iterable[str]) -> dict[str, AnswerKey]:
        return {name: self._known(name) for name in names}

    def possible_needs(self) -> Mapping[str, Collection[str]]:
        return self._source.possible_needs()

    def agree(self, identities: Mapping[str, str]) -> None:
        """Make sure that keys have these identities, by exercise. Raises `NotJudged` where one is another by now."""
        changed = [name for name, identity in identities.items() if self._identity(name) != identity]
        if not changed:
            return
        there = self._source.names
        self._keys.update(self._source.keys([name for name in changed if name in there]))
        for name in changed:
            if self._identity(name) != identities[name]:
                raise NotJudged(f"{name} is not what it was when the grading began; start it again")

    def mutants(self, key: AnswerKey) -> Mutants | None:
        if key.id not in self._mutants:
            self._mutants[key.id] = self._source.mutants(key)
        return self._mutants[key.id]

    def solution(self, key: AnswerKey) -> str | None:
        return None

    def helper(self, name: str) -> Helper | None:
        return self._source.helper(name)

    def authors(self) -> AbstractContextManager[Observer]:
        """The observer; leaving its context does not close it."""
        return self._authors()

    def _known(self, name: str) -> AnswerKey:
        if name not in self._keys:
            self._keys.update(self._source.keys([name]))
        return self._keys[name]

    def _identity(self, name: str) -> str | None:
        return self._keys[name].id if name in self._keys else None
