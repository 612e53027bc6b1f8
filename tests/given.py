"""Answers whose parts a test chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from grader.course.key import AnswerKey
from grader.grading.author_code import authors_observer
from grader.grading.protocol import Helper, KeysAlone
from grader.judge.mutants import MutantAnswers
from grader.observe.observer import Observer

__all__ = ["Given"]


class Given(KeysAlone):
    """These keys; whatever else is not given, there is not."""

    def __init__(
        self,
        keys: Mapping[str, AnswerKey],
        *,
        mutants: Callable[[AnswerKey], MutantAnswers | None] = lambda key: None,
        solution: Callable[[AnswerKey], str | None] = lambda key: None,
        helper: Callable[[str], Helper | None] = lambda name: None,
        authors: Callable[[], AbstractContextManager[Observer]] = authors_observer,
    ) -> None:
        super().__init__(keys, authors=authors)
        self._given = mutants, solution, helper

    def mutants(self, key: AnswerKey) -> MutantAnswers | None:
        return self._given[0](key)

    def solution(self, key: AnswerKey) -> str | None:
        return self._given[1](key)

    def helper(self, name: str) -> Helper | None:
        return self._given[2](name)
