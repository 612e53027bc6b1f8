"""What a handout tells of a key: built anew, field by field, so that a new field stays secret until it is added here.

The reference and the misconceptions are known to students by the values that they answer alone: never by a line, a
message, a warning or a word that they print. Nothing in it is made from the course's seed: who has a guess at that
seed finds nothing here to try it on.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np

from grader import codec
from grader.course.key import AnswerKey, Case, Growth, Misconception, Role, StyleRule
from grader.course.private_names import private_names
from grader.judge.key_answers import right_answer, wrong_answer
from grader.judge.mutants import MutantAnswers, packed
from grader.kinds.arrays import ARRAY, OBJECTS
from grader.kinds.containers import DICT, LIST, SET, TUPLE
from grader.kinds.numbers import NUMBER
from grader.kinds.single import NONE, TEXT
from grader.kinds.table import kind_of
from grader.observation import Observation
from grader.values import Value

__all__ = ["public_mutants", "public_part"]

_PLAIN_DIGITS = 2  # of a number that says nothing: 0.5, 10, 25


def public_part(key: AnswerKey) -> AnswerKey:
    """What a handout may carry of `key`: its examples and practice cases, and what the misconceptions did on those.

    Its identity is taken from what it holds, so that it says nothing of what was left out.
    """
    nameless = _shown(key, [number for number, case in enumerate(key.cases) if case.role is not Role.HIDDEN])
    digest = hashlib.sha256(codec.to_bytes(nameless)).hexdigest()
    return msgspec.structs.replace(nameless, id=f"sha256:{digest}")


def public_mutants(found: MutantAnswers, key: AnswerKey, solution: str) -> MutantAnswers:
    """Those mutants of which a handout may tell what they answer on its cases (those of `key`).

    A mutant may give back what stands in the reference and shows in no right answer: a text, a number that it computes
    with. So none is told that answers with a literal of the reference, or with text where numbers are due.
    """
    literals = frozenset(_literals(solution))
    told = [
        (kind, answers)
        for kind, answers in zip(found.kinds, found.rows(), strict=True)
        if not any(_gives_away(answer, case, literals) for answer, case in zip(answers, key.cases, strict=True))
    ]
    return packed([kind for kind, _ in told], [answers for _, answers in told]).compressed()


def _literals(solution: str) -> Iterator[Any]:
    """The numbers and texts that stand in a reference, but for those that stand in any."""
    for node in ast.walk(ast.parse(solution)):
        if isinstance(node, ast.Constant) and _is_telling(node.value):
            yield node.value


def _is_telling(literal: object) -> bool:
    if isinstance(literal, int | float | complex):
        return f"{abs(literal):.{_PLAIN_DIGITS}g}" != f"{abs(literal):.15g}"
    return isinstance(literal, str)


def _gives_away(answer: Observation, case: Case, literals: frozenset[Any]) -> bool:
    """Whether what a mutant gave has a literal of the reference in it, or is of a kind that no right answer has."""
    numbers = np.abs(np.array([one for one in literals if not isinstance(one, str)], np.complex128))
    due = {kind_of(part) for part in _leaves(case.expected.value.value)}
    changed = answer.changed.value.values()  # under the names of arguments, which the key has too
    for part in (part for value in (answer.value.value, *changed) for part in _leaves(value)):
        kind = kind_of(part)
        if kind in (NUMBER, ARRAY) and np.asarray(part).dtype.kind in "biufc":
            if np.isin(np.abs(np.asarray(part).astype(np.complex128)), numbers).any():
                return True
        elif kind is not NONE and (kind not in due or not literals.isdisjoint(_texts(part))):
            return True
    return False


def _leaves(value: Value) -> Iterator[Value]:
    """What has no parts: arrays, numbers, texts and the like."""
    kind = kind_of(value)
    parts = kind.parts(value)
    if not parts and kind not in (LIST, TUPLE, DICT, SET, OBJECTS):
        yield value
    for part in parts:
        yield from _leaves(part)


def _texts(value: Value) -> list[str]:
    if kind_of(value) is ARRAY:
        return list(map(str, value.reshape(-1).tolist()))
    return [str(value)] if kind_of(value) is TEXT else []


def _shown(key: AnswerKey, kept: Sequence[int]) -> AnswerKey:
    cases = tuple(key.cases[number] for number in kept)
    return AnswerKey(
        schema=key.schema,
        id="",
        name=key.name,
        title=key.title,
        needs=key.needs,
        function=key.function,
        parameters=key.parameters,
        returns=key.returns,
        returns_text=key.returns_text,
        points=Fraction(),
        undecided=key.points,
        public=True,
        cases=tuple(_with_public_conditions(_case(case, key.changes_of(case)), key) for case in cases),
        misconceptions=tuple(_misconception(known, kept, cases) for known in key.misconceptions),
        hints=key.hints,
        changes=key.changes,
        budget=key.budget,
        stub_digest=key.stub_digest,
        versions=key.versions,
        packages=key.packages,
        style=tuple(map(_rule, key.style)),
        uses=key.uses,
        scaffold=key.scaffold,
        accept=key.accept,
    )


def _case(case: Case, changes: Iterable[str]) -> Case:
    """A case that students may see: what its author wrote, what was drawn, and the value that is due."""
    return Case(
        test=case.test,
        index=case.index,
        role=case.role,
        points=Fraction(),
        advice=case.advice,
        arguments=case.arguments,
        seed=case.seed,
        expected=right_answer(case.expected, changes),
        compare=case.compare,
        code=case.code,
        holds=case.holds,
        hint=case.hint,
        call=case.call,
        size=case.size,
        build=case.build,
        view=case.view,
        returns=case.returns,
        changes=case.changes,
        is_printed=case.is_printed,
        samples=case.samples,
    )


def _with_public_conditions(case: Case, key: AnswerKey) -> Case:
    """The case without the conditions that need of the solution what students do not get."""
    if case.holds is None or not key.helpers:
        return case
    told = (one for one in case.holds if not private_names(one.that, key.helpers, key.scaffold, key.packages))
    return msgspec.structs.replace(case, holds=tuple(told))


def _misconception(known: Misconception, kept: Sequence[int], cases: Sequence[Case]) -> Misconception:
    answers = (wrong_answer(known.answers[number], case) for number, case in zip(kept, cases, strict=True))
    return Misconception(id=known.id, says=known.says, answers=tuple(answers))


def _rule(rule: StyleRule) -> StyleRule:
    return StyleRule(
        manner=rule.manner,
        names=rule.names,
        points=Fraction(),
        hint=rule.hint,
        inside=rule.inside,
        growths=tuple(
            Growth(one.symbol, one.difference, _case(one.small, ()), _case(one.large, ())) for one in rule.growths
        ),
    )
