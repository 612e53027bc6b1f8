"""What a handout tells of a key: built anew, field by field, so that a new field stays secret until it is added here.

The reference and the misconceptions are known to students by the values that they answer alone: never by a line, a
message, a warning or a word that they print. Nothing in it is made from the course's seed: who has a guess at that
seed finds nothing here to try it on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from grader import codec
from grader.course.key import AnswerKey, Case, Growth, Misconception, Role, StyleRule
from grader.judge.key_answers import right_answer, wrong_answer

__all__ = ["public_part"]


def public_part(key: AnswerKey) -> AnswerKey:
    """What a handout may carry of `key`: its examples and practice cases, and what the misconceptions did on those.

    Its identity is taken from what it holds, so that it says nothing of what was left out.
    """
    nameless = _shown(key, [number for number, case in enumerate(key.cases) if case.role is not Role.HIDDEN])
    digest = hashlib.sha256(codec.to_bytes(nameless)).hexdigest()
    return msgspec.structs.replace(nameless, id=f"sha256:{digest}")


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
        cases=tuple(_case(case, key.changes) for case in cases),
        misconceptions=tuple(_misconception(known, kept, cases) for known in key.misconceptions),
        hints=key.hints,
        changes=key.changes,
        budget=key.budget,
        stub_digest=key.stub_digest,
        versions=key.versions,
        style=tuple(map(_rule, key.style)),
        uses=key.uses,
        scaffold=key.scaffold,
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
    )


def _misconception(known: Misconception, kept: Sequence[int], cases: Sequence[Case]) -> Misconception:
    answers = (wrong_answer(known.answers[number], case) for number, case in zip(kept, cases, strict=True))
    return Misconception(id=known.id, says=known.says, answers=tuple(answers))


def _rule(rule: StyleRule) -> StyleRule:
    return StyleRule(
        manner=rule.manner,
        names=rule.names,
        points=Fraction(),
        hint=rule.hint,
        growths=tuple(
            Growth(one.symbol, one.difference, _case(one.small, ()), _case(one.large, ())) for one in rule.growths
        ),
    )
