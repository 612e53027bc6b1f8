from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grader.course.key import AnswerKey, Comparison, Role
from grader.grading.cases import CaseDraft, case_of, shared_again
from grader.grading.recipes import Recipe
from grader.observation import Observation, Status

RECIPE = Recipe(
    name="any", repeat=1, points=Fraction(1), advice=False, practised=True, make=lambda *_: {}, compare=Comparison()
)


def draft(role: Role = Role.HIDDEN, **changes: Any) -> CaseDraft:
    return CaseDraft(dataclasses.replace(RECIPE, **changes), 1, role, 7, {"x": 1.0})


def test_practice_goes_from_the_smallest_on_and_repeats_no_other_case(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    practice = [case for case in key.cases if case.role is Role.PRACTICE]
    lengths = [len(case.arguments.value["x"]) for case in practice]

    assert practice
    assert lengths == sorted(lengths)
    assert len({case.arguments.value["x"].tobytes() for case in key.cases}) == len(key.cases)


def test_only_hidden_cases_score() -> None:
    seen = Observation(Status.UNRUN)

    assert case_of(draft(), seen).points == 1
    assert case_of(draft(Role.EXAMPLE), seen).points == 0


def test_points_of_cases_that_fall_away_go_to_the_others_that_were_drawn() -> None:
    made = [draft(ours=True), draft(ours=True), draft(ours=True, advice=True), draft(), draft(Role.PRACTICE)]

    shared = shared_again(made, Fraction(3))

    assert [one.recipe.points for one in shared[:2]] == [Fraction(3, 2), Fraction(3, 2)]
    assert shared[2:] == made[2:]
    assert shared_again(made[2:], Fraction(3)) == made[2:]
