from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

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


@pytest.mark.parametrize("shape", ["...", "m, n, k"])
def test_examples_fit_a_page_and_hidden_tests_may_be_larger(compiled: Callable[..., AnswerKey], shape: str) -> None:
    names = ", ".join(f"{{name: {number}th}}" for number in range(12))
    key = compiled(
        f'title: T\nargs: {{x: "float ({shape})"}}\nreturns: float ({shape})\ntask: T.\n'
        f"examples: [{names}]\ntests: [{{name: any, repeat: 12}}]\n",
        "def double(x):\n    return 2 * x\n",
    )
    sizes = {role: [np.size(case.arguments.value["x"]) for case in key.cases if case.role is role] for role in Role}

    assert max(sizes[Role.EXAMPLE]) <= 30
    assert max(sizes[Role.HIDDEN]) > 30
