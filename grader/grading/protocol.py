"""The protocol by which grading gets answer keys: from a course, a handout, or a package for another host."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from grader.course.key import AnswerKey
from grader.errors import CourseError
from grader.grading.author_code import authors_observer
from grader.observe.observer import Observer

if TYPE_CHECKING:
    from grader.judge.mutants import Mutants

__all__ = ["Answers", "Helper", "KeysAlone"]


class Helper(NamedTuple):
    """An exercise whose function another uses: its key, and its reference's text (None on a handout)."""

    key: AnswerKey
    solution: str | None


class Answers(Protocol):
    """Where answers come from. What one does not have is None, and what rests on it is left out of a result."""

    @property
    def names(self) -> tuple[str, ...]:
        """The exercises there are, those of the assignments first, as students meet them."""
        ...

    def keys(self, names: Iterable[str]) -> dict[str, AnswerKey]:
        """The keys of these exercises. Raises `CourseError` where one cannot be had."""
        ...

    def possible_needs(self) -> Mapping[str, Collection[str]]:
        """By exercise, the names that a submission has to define, or more than those where its key is not at hand."""
        ...

    def mutants(self, key: AnswerKey) -> Mutants | None:
        """The mutants of a reference, by which wrong work is recognised."""
        ...

    def solution(self, key: AnswerKey) -> str | None:
        """The text of a reference, by which a failing case is made smaller."""
        ...

    def helper(self, name: str) -> Helper | None:
        """An exercise whose function another uses: a wrong one then costs no points in that other."""
        ...

    def authors(self) -> AbstractContextManager[Observer]:
        """The observer for the author's code. No process of it ever runs a submission."""
        ...


class KeysAlone:
    """Keys, and nothing beside them: no mutants and no references. `authors` is the observer for the author's code."""

    def __init__(
        self,
        keys: Mapping[str, AnswerKey],
        *,
        authors: Callable[[], AbstractContextManager[Observer]] = authors_observer,
    ) -> None:
        self._keys = dict(keys)
        self._authors = authors

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._keys)

    def key(self, name: str) -> AnswerKey:
        """The key of one exercise; `CourseError` where there is none."""
        if name not in self._keys:
            raise CourseError(f"no exercise {name!r} here; there are: {', '.join(self._keys)}")
        return self._keys[name]

    def keys(self, names: Iterable[str]) -> dict[str, AnswerKey]:
        return {name: self.key(name) for name in names}

    def possible_needs(self) -> Mapping[str, Collection[str]]:
        return {name: self._keys[name].needs for name in self.names}

    def mutants(self, key: AnswerKey) -> Mutants | None:
        return None

    def solution(self, key: AnswerKey) -> str | None:
        return None

    def helper(self, name: str) -> Helper | None:
        return Helper(self._keys[name], None) if name in self._keys else None

    def authors(self) -> AbstractContextManager[Observer]:
        return self._authors()
