"""An assignment with everything that grading it needs, in one file: for a place that has no course."""

from __future__ import annotations

from typing import Final

import msgspec

from grader import codec
from grader.course.key import AnswerKey, Assignment
from grader.errors import CourseError, WireError
from grader.grading.keys import CourseKeys
from grader.grading.payload import packed, unpacked
from grader.grading.protocol import Helper, KeysAlone
from grader.judge.mutants import MutantAnswers
from grader.values import Plain

__all__ = ["PACK_FILE", "Pack", "pack", "unpack"]

PACK_FILE: Final = "answers.key"
_SCHEMA: Final = 3


class _File(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the file holds; keys and mutants are payloads of their own, for together they can be large."""

    schema: int
    assignment: Assignment
    reveal: str
    keys: tuple[Plain, ...]
    mutants: tuple[Plain, ...]
    solutions: dict[str, str]
    language: str | None = None  # that course.yaml has written down


class Pack(KeysAlone):
    """The keys of an assignment, what the mutants of its references answer, and how much is told of hidden tests.

    It has the references of those exercises whose functions others use, and no others; they answer for wrong helpers.
    """

    def __init__(self, file: _File) -> None:
        super().__init__({key.name: key for key in (unpacked(one, AnswerKey) for one in file.keys)})
        self.assignment = file.assignment
        self.reveal = file.reveal
        self.language = file.language
        answers = (unpacked(one, MutantAnswers) for one in file.mutants)
        self._mutants = dict(zip(self._keys, answers, strict=True))
        self._solutions = file.solutions

    @property
    def names(self) -> tuple[str, ...]:
        """The exercises of the assignment, without those that are there as helpers only."""
        return self.assignment.exercises

    def mutants(self, key: AnswerKey) -> MutantAnswers:
        """What the mutants of a reference answer."""
        return self._mutants[key.name]

    def helper(self, name: str) -> Helper | None:
        """An exercise whose function another uses."""
        return Helper(self._keys[name], self._solutions[name]) if name in self._solutions else None


def pack(keys: CourseKeys, assignment: Assignment, reveal: str) -> bytes:
    """The file. It has every hidden case with its answer in it; no YAML and no seed of the course.

    Nor any reference, but of exercises whose functions others use.
    """
    found = keys.keys(assignment.exercises)
    used = {name: keys.helper(name) for key in found.values() for name in key.uses}
    found |= {name: helper.key for name, helper in used.items() if name not in found}
    file = _File(
        schema=_SCHEMA,
        assignment=assignment,
        reveal=reveal,
        keys=tuple(packed(key) for key in found.values()),
        mutants=tuple(packed(keys.mutants(key).all()) for key in found.values()),
        solutions={name: helper.solution or "" for name, helper in used.items()},
        language=keys.language,
    )
    return codec.to_bytes(file)


def unpack(data: bytes) -> Pack:
    """What `pack` has made."""
    try:
        file = codec.decode(data, _File)
        if file.schema == _SCHEMA:
            return Pack(file)
    except WireError as error:
        raise CourseError(f"these answer keys cannot be read ({error}); package them again") from None
    raise CourseError(f"these answer keys are of another version of numgrade ({file.schema}); package them again")
