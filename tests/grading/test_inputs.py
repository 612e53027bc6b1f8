"""Inputs that are drawn: within what an exercise says of its arguments, in turn, until a condition is true of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.binding import bind_all
from grader.course.document import read
from grader.course.domains import parameters_of
from grader.course.draw import Variety, default_tests
from grader.course.key import Parameter
from grader.course.model import ExerciseSpec
from grader.course.plan import Plan
from grader.course.signature import parse
from grader.course.specification import exercise_spec
from grader.errors import AuthorError
from grader.grading.inputs import Draw, NothingDrawn, Terms, inputs, terms_of
from grader.grading.turns import Share
from grader.values import Value

SIGNATURES = st.sampled_from(["float", "float (n,)", "int (m, n)", "str (m,)", "list: float (n,)", "bool", "any (...)"])


def plain(code: str, names: Mapping[str, Value], chosen: int | None) -> Value:
    """What an author's observer makes of an expression."""
    drawing = {} if chosen is None else {"rng": np.random.default_rng(chosen)}
    return eval(code, {"np": np, **drawing, **names})


def exercise(text: str) -> ExerciseSpec:
    whole = "title: T\ntask: Do it.\n" + ("" if "returns:" in text else "returns: float\n") + text
    return exercise_spec(read(whole.encode(), "e.yaml"), name="f")


def drawn(text: str, count: int, *, test: int | None = None, **draw: Any) -> list[dict[str, Value]]:
    """So many cases of an exercise, in turn."""
    spec = exercise(text)
    terms = terms_of(spec, (spec.tests or ())[test] if test is not None else None)
    parameters = parameters_of(spec)
    return [
        inputs(terms, parameters, spec.returns, draw=Draw(seed=number, number=number, **draw), evaluate=plain)
        for number in range(count)
    ]


def parameters(*pairs: tuple[str, str], **optional: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(name, parse(text), text, optional=name in optional) for name, text in (*pairs, *optional.items())
    )


def made(test: Any, found: tuple[Parameter, ...], seed: int, returns: Any = None, level: int | None = None) -> Any:
    plan = Plan(level, test.family, test.variety)
    terms = Terms(sizes=test.sizes)
    return inputs(terms, found, returns or parse("any"), draw=Draw(seed, plan), evaluate=plain)


def test_sizes_suit_the_result_too() -> None:
    convolution = parameters(("x", "float (n,)"), ("w", "float (k,)"))
    returns = parse("float (n - k + 1,)")
    for test, seed in itertools.product(default_tests(convolution, returns), range(10)):
        arguments = made(test, convolution, seed, returns)
        assert len(arguments["x"]) >= len(arguments["w"])


def test_default_arguments_are_drawn_as_the_test_says() -> None:
    found = parameters(("x", "float (m, n)"), ("y", "float (n,)"), axis="int")
    for test in default_tests(found):
        arguments = made(test, found, 1, level=0)
        sizes = bind_all([(one.name, one.signature) for one in found], arguments)
        assert list(arguments) == ["x", "y"]
        assert test.sizes.items() <= sizes.items()
        assert arguments["x"].dtype == (np.int64 if test.variety is Variety.WHOLE else np.float64)


@settings(deadline=None, max_examples=30)
@given(SIGNATURES, SIGNATURES, st.integers(0, 1000))
def test_every_default_test_of_any_signature_can_be_drawn(first: str, second: str, seed: int) -> None:
    found = parameters(("x", first), ("y", second))
    tests = default_tests(found)
    assert len({test.name for test in tests}) == len(tests)
    for test in tests:
        bind_all([(one.name, one.signature) for one in found], made(test, found, seed))


def test_choices_come_in_turn() -> None:
    taken = [case["how"] for case in drawn("args: {x: float, how: {type: str, choices: [a, b, c]}}", 6)]

    assert sorted(taken[:3]) == sorted(taken[3:]) == ["a", "b", "c"]


def test_all_pairs_of_choices_come_up_before_any_comes_again() -> None:
    text = "args: {x: float, a: {type: int, choices: [1, 2]}, b: {type: str, choices: [p, q]}}"

    for order in range(5):
        assert len({(case["a"], case["b"]) for case in drawn(text, 4, order=order)}) == 4
    starts = {(case["a"], case["b"]) for order in range(20) for case in drawn(text, 1, order=order)}
    assert len(starts) == 4


def test_a_choice_may_be_an_expression_or_an_array() -> None:
    text = 'args: {x: {type: "float (n,)", choices: ["=np.ones(2)", [1, 2, 3]]}, y: "float (n,)"}'

    lengths = {(len(case["x"]), len(case["y"])) for case in drawn(text, 2)}

    assert lengths == {(2, 2), (3, 3)}


@pytest.mark.parametrize(
    ("args", "size"),
    [
        ("{how: {type: str, choices: [a, b]}}", 2),
        ("{how: {type: str, choices: [a, b, c, d, e, f]}}", 6),
        ("{how: {type: str, choices: [a, b, c]}, k: {type: int, minimum: 1, maximum: 4}}", 12),
        ("{how: {type: str, choices: [a, b, c]}, flag: bool}", 6),
        ("{n: {type: int, minimum: 1, maximum: 9}}", 9),
    ],
)
def test_a_third_of_a_finite_domain_is_practice_and_never_hidden(args: str, size: int) -> None:
    def taken(share: Share, order: int) -> set[tuple[Any, ...]]:
        return {tuple(case.values()) for case in drawn(f"args: {args}", 2 * size, share=share, order=order)}

    hidden, visible = taken(Share.HIDDEN, 1) | taken(Share.HIDDEN, 2), taken(Share.VISIBLE, 3)

    assert len(visible) == max(1, size // 3)
    assert len(hidden) == size - len(visible)
    assert not hidden & visible


def test_one_choice_alone_is_hidden_as_well() -> None:
    (case,) = drawn("args: {how: {type: str, choices: [a]}}", 1, share=Share.HIDDEN)

    assert case == {"how": "a"}


def test_what_a_test_writes_is_not_drawn() -> None:
    text = (
        "args: {how: {type: str, choices: [a, b]}, k: {type: int, minimum: 1, maximum: 4}}\n"
        "tests: [{args: {how: z, k: 77}}]"
    )
    assert drawn(text, 1, test=0) == [{"how": "z", "k": 77}]


def test_drawn_by_an_expression_that_sees_the_arguments_above_and_the_sizes() -> None:
    text = (
        'args: {k: {type: int, minimum: 2, maximum: 2}, x: {type: "float (n,)", draw: "=np.full(n, k) + rng.random()"}}'
    )

    for case in drawn(text, 3):
        assert ((case["x"] >= 2) & (case["x"] < 3)).all()


def test_an_argument_with_a_default_is_drawn_where_its_long_form_says_how() -> None:
    (case,) = drawn("args: {x: float, axis: {type: int, default: 0, choices: [5]}, rate: {type: float, default: 1}}", 1)

    assert list(case) == ["x", "axis"]
    assert case["axis"] == 5


@pytest.mark.parametrize("level", [None, 0, 1, 4])
def test_sizes_keep_to_their_ranges(level: int | None) -> None:
    text = 'args: {x: "float (m, n)"}\nsizes: {m: {minimum: 4, maximum: 6}, n: {choices: [9, 12]}}'

    shapes = {case["x"].shape for case in drawn(text, 60, plan=Plan(level))}

    assert {m for m, _ in shapes} == ({4} if level == 0 else {4} if level == 1 else {4, 5, 6})
    assert {n for _, n in shapes} <= ({9} if level in (0, 1) else {9, 12})


def test_the_nearest_size_counts() -> None:
    text = 'args: {x: "float (m, n)"}\nsizes: {m: {minimum: 4, maximum: 6}, n: 3}\ntests: [{sizes: {m: 11}}]'

    assert drawn(text, 1, test=0)[0]["x"].shape == (11, 3)


def test_a_size_with_bounds_of_its_own_keeps_to_them() -> None:
    text = "args: {n: {type: int, minimum: 3, maximum: 5}}\nreturns: float (n, n)"

    assert {case["n"] for case in drawn(text, 30)} == {3, 4, 5}


def test_a_condition_is_true_of_what_is_drawn() -> None:
    text = 'args: {x: "float (n,)", k: {type: int, default: 2}}\nwhere: = x[0] > 0 and len(x) > k'

    for case in drawn(text, 20):
        assert case["x"][0] > 0
        assert len(case["x"]) > 2


def test_the_first_try_has_the_seed_that_it_would_have_without_a_condition() -> None:
    args = 'args: {x: "float (n,)"}'
    (free,) = drawn(args, 1)

    (asked,) = drawn(f"{args}\nwhere: len(x) > 0", 1)

    assert free["x"].tolist() == asked["x"].tolist()


def test_a_condition_that_the_plan_rules_out_is_met_by_another() -> None:
    from grader.course.sizes import Family

    text = 'args: {x: "float (m, n)"}\nwhere: x.shape[0] > x.shape[1]'

    (case,) = drawn(text, 1, plan=Plan(family=Family.ALIKE))

    assert case["x"].shape[0] > case["x"].shape[1]


def test_a_condition_that_nothing_fulfils_is_the_author_s() -> None:
    with pytest.raises(NothingDrawn, match=r"`where: x > 1e9` is true of none of 1,000 inputs"):
        drawn("args: {x: float}\nwhere: x > 1e9", 1)
    with pytest.raises(NothingDrawn, match="none of the inputs that there are"):
        drawn("args: {x: {type: int, choices: [1, 2]}}\nwhere: x > 5", 1)


def test_a_condition_gives_true_or_false() -> None:
    with pytest.raises(AuthorError, match="true or false is due"):
        drawn("args: {x: float}\nwhere: x + 1", 1)


def test_what_is_written_stands_whatever_the_condition_says() -> None:
    text = "args: {x: float}\nwhere: x > 0\ntests: [{args: {x: -1}}, {args: {x: =-2.0}}]"

    assert drawn(text, 1, test=0) == [{"x": -1}]
    assert drawn(text, 1, test=1) == [{"x": -2.0}]


def test_a_finite_domain_is_shared_out_after_the_condition() -> None:
    text = "args: {a: {type: int, choices: [1, 2, 3]}, b: {type: int, choices: [1, 2, 3]}}\nwhere: a < b"
    hidden = {tuple(case.values()) for case in drawn(text, 9, share=Share.HIDDEN)}
    visible = {tuple(case.values()) for case in drawn(text, 9, share=Share.VISIBLE)}

    assert hidden | visible == {(1, 2), (1, 3), (2, 3)}
    assert len(visible) == 1
    assert not hidden & visible


def test_terms_of_a_test_come_before_those_of_the_exercise() -> None:
    spec = exercise('args: {x: "float (n,)"}\nwhere: len(x) > 1\ntests: [{where: len(x) > 2}, {}]')
    own, other = spec.tests or ()

    assert terms_of(spec, own).domain.where == "len(x) > 2"
    assert terms_of(spec, other).domain.where == "len(x) > 1"


def _values(cases: Sequence[Mapping[str, Value]], name: str) -> Any:
    return np.concatenate([np.ravel(case[name]) for case in cases])


@pytest.mark.parametrize("variety", Variety)
@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("float (n,)", 0, None), ("float (n,)", None, -3), ("float (m, n)", 0, 1), ("int (n,)", 0, 1),
        ("int (n,)", 1, None), ("int", -3, 3), ("float", 0.001, None), ("float (...)", -0.5, 0.25), ("float", 2, 2),
        ("float", 1e300, None), ("float (n,)", -1e308, 1e308), ("float", 0, 1e-310), ("int (n,)", 10**17, None),
    ],
)  # fmt: skip
def test_what_is_drawn_keeps_to_its_bounds(variety: Variety, typed: str, low: float | None, high: float | None) -> None:
    bounds = ", ".join(f"{key}: {one!r}" for key, one in (("minimum", low), ("maximum", high)) if one is not None)
    cases = drawn(f'args: {{x: {{type: "{typed}", {bounds}}}}}', 8, plan=Plan(variety=variety))

    values = _values(cases, "x")

    assert np.isfinite(values).all()
    assert low is None or (values >= low).all()
    assert high is None or (values <= high).all()


def test_a_case_that_is_only_one_less_is_not_tried_so_often() -> None:
    with pytest.raises(NothingDrawn, match="none of 7 inputs"):
        drawn("args: {x: float}\nwhere: x > 1e9", 1, most=7)
