from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.course.key import AnswerKey, Case, Comparison, Role
from grader.course.signature import Kind, Leaf, Record, Tuple
from grader.judge.diagnosis_input import Candidate, Pair
from grader.judge.judge_case import judge_case
from grader.judge.messages import patterns
from grader.judge.messages.known import in_general
from grader.judge.patterns import pattern
from grader.judge.patterns_numbers import number_patterns
from grader.judge.trial import Trial
from grader.message import MessageType
from grader.observation import Observation, Status
from grader.values import Plain, Value
from grader.words.text import text

ANY = Leaf(Kind.ANY, "...")
Function = Callable[..., Any]
Find = Callable[..., Candidate | None]

RNG = np.random.default_rng(7)
VECTORS = [{"x": RNG.normal(size=n)} for n in (5, 1, 2, 3, 7, 11)]
MATRICES = [{"x": RNG.normal(size=shape)} for shape in ((2, 3), (3, 5), (1, 4), (3, 1), (3, 3), (5, 2))]
TWO_VECTORS = [{"x": RNG.normal(size=n), "y": RNG.normal(size=n)} for n in (5, 1, 2, 3, 7)]
INTEGERS = [{"x": RNG.integers(1, 9, size=shape)} for shape in ((2, 3), (3, 2), (4, 4))]


@pytest.fixture
def find(make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]) -> Find:
    """The pattern by which `wrong` differs from `right` on these arguments."""

    def look(
        right: Function,
        wrong: Function,
        arguments: Sequence[dict[str, Value]],
        *,
        role: Role = Role.PRACTICE,
        returns: Any = ANY,
        printed: Function = lambda **given: "",
    ) -> Candidate | None:
        with np.errstate(all="ignore"):
            cases = [make_case(right(**given), given, role=role) for given in arguments]
            seen = [
                Observation(Status.RETURNED, Plain(wrong(**given)), printed=printed(**given)) for given in arguments
            ]
        key = make_key(*cases, returns=returns)
        trials = [
            Trial(number, case, observation, judge_case(case, key, observation))
            for number, (case, observation) in enumerate(zip(cases, seen, strict=True))
        ]
        return pattern(key, trials)

    return look


def double(x: Any) -> Any:
    return 2 * x


def row_means(x: Any) -> Any:
    return x.mean(axis=1)


def softmax(x: Any) -> Any:
    return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)


def total(x: Any) -> Any:
    return float(np.sum(np.abs(x)))


CASES: list[tuple[str, Function, Function, list[dict[str, Value]]]] = [
    ("transposed", double, lambda x: 2 * x.T, MATRICES),
    ("other_axis", row_means, lambda x: x.mean(axis=0), MATRICES),
    (
        "other_axis",
        lambda x: x - x.mean(axis=1, keepdims=True),
        lambda x: x - x.mean(axis=0, keepdims=True),
        MATRICES,
    ),
    ("not_reduced", lambda x: np.sum(3 * x, axis=1), lambda x: 3 * x, MATRICES),
    ("reduced_too_far", row_means, lambda x: x.mean(axis=1).sum(), MATRICES),
    ("keepdims", row_means, lambda x: x.mean(axis=1, keepdims=True), MATRICES),
    ("broadcast", double, lambda x: 2 * x[:, None] + 0 * x, VECTORS),
    ("flattened", double, lambda x: 2 * x.ravel(), [*MATRICES[:2], *MATRICES[4:]]),
    ("reshaped", double, lambda x: 2 * x.reshape(x.shape[1], x.shape[0]), [*MATRICES[:2], *MATRICES[5:]]),
    ("element_order", double, lambda x: 2 * x[::-1], VECTORS),
    ("constant_factor", double, lambda x: 3 * x, MATRICES),
    ("rounded_constant", lambda x: np.pi * x, lambda x: 3.1415 * x, MATRICES),
    ("rounded_constant", double, lambda x: 2 * (1 + 5e-6) * x, MATRICES),
    ("constant_offset", double, lambda x: 2 * x + 0.5, MATRICES),
    ("negated", double, lambda x: -2 * x, MATRICES),
    ("reciprocal", double, lambda x: 1 / (2 * x), MATRICES),
    ("squared", double, lambda x: 4 * x * x, MATRICES),
    ("rooted", lambda x: np.exp(x), lambda x: np.exp(x / 2), MATRICES),
    ("logarithm", lambda x: np.exp(2 * x), lambda x: 2 * x, MATRICES),
    ("absolute", double, lambda x: 2 * np.abs(x), MATRICES),
    ("complement", double, lambda x: 1 - 2 * x, MATRICES),
    ("sign", double, lambda x: np.where(np.abs(x) > 0.5, 2 * x, -2 * x), MATRICES),
    ("mean_for_sum", total, lambda x: float(np.mean(np.abs(x))), VECTORS),
    ("sum_for_mean", lambda x: np.mean(np.abs(x)), lambda x: np.sum(np.abs(x)), VECTORS),
    ("degrees_of_freedom", lambda x: np.var(x), lambda x: np.var(x, ddof=1), [g for g in VECTORS if g["x"].size > 1]),
    ("degrees_of_freedom", lambda x: np.mean(np.abs(x)), lambda x: np.sum(np.abs(x)) / (len(x) - 1), VECTORS),
    ("other_divisor", lambda x: np.mean(np.abs(x)), lambda x: np.sum(np.abs(x)) / (len(x) + 1), VECTORS),
    ("other_divisor", lambda x: x.mean(axis=0), lambda x: x.sum(axis=0) / x.shape[1], MATRICES),
    ("other_divisor", lambda x: x.std(axis=0), lambda x: x.std(axis=0) * np.sqrt(len(x) / x.shape[1]), MATRICES),
    ("other_divisor", lambda x: x.mean(axis=0), lambda x: x.sum(axis=0) / (x.shape[1] - 1), MATRICES),
    ("size_hard_coded", lambda x: np.mean(np.abs(x)), lambda x: np.sum(np.abs(x)) / 5, VECTORS),
    ("integer_truncation", lambda x: 20 * x, lambda x: (20 * x).astype(int), MATRICES),
    ("integer_truncation", lambda x: x / 7, lambda x: (x / 7).astype(x.dtype), [*MATRICES, *INTEGERS]),
    ("rounded", double, lambda x: np.round(2 * x, 2), MATRICES),
    ("rounded", lambda x: 20 * x, lambda x: np.round(20 * x), MATRICES),
    ("rounded", lambda x: 20 * x, lambda x: np.ceil(20 * x), MATRICES),
    ("returned_argument", double, lambda x: x, MATRICES),
    ("constant_result", total, lambda x: 42.0, VECTORS),
    ("constant_result", double, lambda x: np.zeros(x.shape), MATRICES),
    ("nothing_returned", double, lambda x: None, MATRICES),
    ("inverted", lambda x: x > 0, lambda x: x <= 0, MATRICES),
    ("negative_inputs", lambda x: np.maximum(x, 0.1 * x), lambda x: np.maximum(x, 0), MATRICES),
    ("only_first_rows", lambda x: x * x, lambda x: np.vstack([x[:2] ** 2, np.zeros_like(x[2:])]), MATRICES),
    ("only_first_rows", lambda x: np.cumsum(x, axis=0), lambda x: np.cumprod(x, axis=0), MATRICES),
    ("last_row", lambda x: x * x, lambda x: np.vstack([x[:-1] ** 2, np.zeros_like(x[-1:])]), MATRICES),
    ("first_row", lambda x: x * x, lambda x: np.vstack([x[:1], x[1:] ** 2]), MATRICES),
    ("cut_short", double, lambda x: 2 * x[:-1], MATRICES[1:]),
    ("cut_short", double, lambda x: 2 * x[:, 1:], MATRICES[:2]),
    ("cumulative", lambda x: np.sum(x * x, axis=0), lambda x: np.cumsum(x * x, axis=0), MATRICES),
    ("clipped", lambda x: x.sum(axis=1), lambda x: np.maximum(x.sum(axis=1), 0), MATRICES),
    ("other_quantity", softmax, lambda x: x / np.max(x, axis=1, keepdims=True), MATRICES),
    ("other_quantity", softmax, lambda x: np.exp(x) / np.sum(x, axis=0), MATRICES),
    ("other_quantity", double, lambda x: x / np.ptp(x, axis=0), [*MATRICES[:2], *MATRICES[4:]]),
    ("other_quantity", double, lambda x: x / np.linalg.norm(x), VECTORS),
    ("step_order", lambda x: np.sum(x**2), lambda x: np.sum(x) ** 2, VECTORS),
    ("step_order", lambda x: np.mean(np.exp(x), axis=0), lambda x: np.exp(np.mean(x, axis=0)), MATRICES),
    ("step_order", lambda x, y: np.sum((x - y) ** 2), lambda x, y: np.sum(np.abs(x - y)) ** 2, TWO_VECTORS),
    ("parts_swapped", lambda x: (x.min(), x.max()), lambda x: (x.max(), x.min()), MATRICES),
    ("parts_swapped", lambda x: (1, x.min(), "a"), lambda x: (x.min(), "a", 1), MATRICES),
    ("parts_swapped", lambda x: {"a": x, "b": 2 * x}, lambda x: {"a": 2 * x, "b": x}, MATRICES),
    ("element_order", lambda x: x.reshape(-1, 1), lambda x: x.flatten("F"), MATRICES),
    ("element_order", lambda x: x.reshape(-1, 1), lambda x: x.ravel()[::-1], MATRICES),
]

NOTHING: list[tuple[Function, Function, list[dict[str, Value]]]] = [
    (softmax, lambda x: x / 1.5, [{"x": np.ones(n)} for n in (2, 3, 4)]),  # one number says nothing of a sum
    (lambda x: (x.min(), x.max()), lambda x: (x.max(), x.max()), MATRICES),
    (lambda x: (1, 1, x.max()), lambda x: (x.max(), 1, 1), [{"x": np.ones(3)}] * 3),
    (lambda x: x.reshape(-1, 1), lambda x: x.ravel()[RNG.permutation(x.size)], MATRICES),
    (lambda x: np.sum(x**2), lambda x: np.sum(x) ** 2 + 1, VECTORS),
]


@pytest.mark.parametrize(("right", "wrong", "arguments"), NOTHING)
def test_no_pattern_where_others_would_fit_as_well(
    find: Find, right: Function, wrong: Function, arguments: list[dict[str, Value]]
) -> None:
    found = find(right, wrong, arguments)
    assert found is None or found.id not in ("other_quantity", "step_order", "parts_swapped", "element_order")


@pytest.mark.parametrize(
    ("wrong", "arguments", "words"),
    [
        (
            lambda x: x / np.max(x, axis=1, keepdims=True),
            MATRICES,
            "What came back is `x`, divided by the largest number, sign and all, of each row.",
        ),
        (
            lambda x: np.exp(x) / np.sum(x, axis=0),
            MATRICES,
            "What came back is e to the power of `x`, divided by the sum of each column of `x`.",
        ),
        (lambda x: x / np.linalg.norm(x), VECTORS, "What came back is `x`, divided by the length of all."),
    ],
)
def test_a_quantity_in_words(find: Find, wrong: Function, arguments: list[dict[str, Value]], words: str) -> None:
    found = find(double, wrong, arguments)
    assert found is not None
    assert found.says is not None
    assert text(found.says).startswith(words)


@pytest.mark.parametrize(("name", "right", "wrong", "arguments"), CASES, ids=[case[0] for case in CASES])
def test_each_pattern_is_told(
    find: Find, name: str, right: Function, wrong: Function, arguments: list[dict[str, Value]]
) -> None:
    found = find(right, wrong, arguments)
    assert found is not None
    assert found.id == name


def test_the_words_have_the_numbers_that_matter(find: Find) -> None:
    five = [{"x": RNG.normal(size=(5, n))} for n in (2, 3, 4)]
    mean = find(lambda x: np.abs(x).sum(axis=0), lambda x: np.abs(x).mean(axis=0), five)
    assert mean is not None
    assert mean.says is not None
    assert text(mean.says) == (
        "Every number is 0.2 times what it should be: 1/5, and `x` has 5 rows. "
        "Is something divided by it, as in a mean, that should not be?"
    )
    places = find(double, lambda x: np.round(2 * x, 3), MATRICES)
    assert places is not None
    assert places.says is not None
    assert "rounded to 3 decimal places" in text(places.says)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: 3 * x,
        lambda x: 2 * x + 0.5,
        lambda x: np.round(2 * x, 3),
        lambda x: np.vstack([2 * x[:2], np.zeros_like(x[2:])]),
        lambda x: np.vstack([2 * x[:2], np.cumsum(x[2:], axis=0) ** 3]),
        lambda x: 2 * x[:, :, None],
        lambda x: 2 * x.ravel(),
    ],
)
def test_of_hidden_tests_no_number_is_told(find: Find, wrong: Function) -> None:
    seen = find(double, wrong, MATRICES)
    found = find(double, wrong, MATRICES, role=Role.HIDDEN)
    assert seen is not None
    assert found is not None
    assert found.says is not None
    assert seen.says is not None
    assert seen.says != found.says == in_general(found.says) == in_general(seen.says)
    assert not any(letter.isdigit() for letter in text(found.says).replace("of length 1", ""))


def test_places_that_only_hidden_results_have_are_not_named(
    make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]
) -> None:
    given = [(Role.EXAMPLE, ("a",)), (Role.HIDDEN, ("a", "secret")), (Role.HIDDEN, ("a", "secret"))]
    results = [{name: RNG.normal(size=4) for name in names} for _, names in given]
    cases = [make_case(due, {"x": 1.0}, role=role) for (role, _), due in zip(given, results, strict=True)]
    key = make_key(*cases, returns=ANY)
    came = [Observation(Status.RETURNED, Plain({name: -part for name, part in due.items()})) for due in results]
    trials = [
        Trial(n, case, seen, judge_case(case, key, seen))
        for n, (case, seen) in enumerate(zip(cases, came, strict=True))
    ]
    found = pattern(key, trials)
    assert found is not None
    assert found.says is not None
    assert text(found.says).startswith("In some parts: Every number has the wrong sign.")


def test_an_amount_is_that_of_a_case_that_is_seen() -> None:
    """Within the tolerance of a large result, that of a hidden one can carry digits of its input."""
    exact = Comparison(rtol=1e-5, atol=1e-8)

    def pair(expected: Any, added: float, *, visible: bool) -> Pair:
        due = np.asarray(expected, float)
        return Pair(due, due + added, {}, exact, differs=True, visible=visible)

    hidden = pair([0.0, 1.0, 2.0], 4.234, visible=False)
    seen = pair([1e5, 2e5, 3e5], 4.0, visible=True)
    with np.errstate(all="ignore"):
        found = [candidate.says for candidate in number_patterns([hidden, seen])]
    assert not [said for said in found if said is not None and "4.234" in text(said)]


def test_what_was_printed_is_told_apart_from_nothing(find: Find) -> None:
    found = find(total, lambda x: None, VECTORS, printed=lambda x: f"{total(x)}\n")
    assert found == Candidate("printed_not_returned", None)


def test_the_examples_answer_is_hard_coded(make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]) -> None:
    cases = [make_case(total(**given), given, role=Role.PRACTICE) for given in VECTORS]
    cases[0] = make_case(total(**VECTORS[0]), VECTORS[0], role=Role.EXAMPLE)
    key = make_key(*cases, returns=ANY)
    observation = Observation(Status.RETURNED, Plain(total(**VECTORS[0])))
    trials = [Trial(n, case, observation, judge_case(case, key, observation)) for n, case in enumerate(cases)]
    found = pattern(key, trials)
    assert found is not None
    assert found.id == "hard_coded"


def test_one_part_of_a_result_can_follow_a_pattern(find: Find) -> None:
    found = find(
        lambda x: (2 * x, total(x)), lambda x: (-2 * x, total(x)), MATRICES, returns=Tuple((ANY, Leaf(Kind.FLOAT)))
    )
    assert found is not None
    assert found.id == "negated"
    assert found.says is not None
    assert text(found.says).startswith("In `result[0]`: ")


@pytest.mark.parametrize(
    ("returns", "places"),
    [
        (Tuple((ANY, Record({"a": ANY, "b": Leaf(Kind.FLOAT)}))), patterns.PLACES),
        (Tuple((ANY, ANY)), patterns.PLACES_OF_CASE),  # which keys there are may be another in each call
        (ANY, patterns.PLACES_OF_CASE),
    ],
)
def test_a_part_that_the_signature_does_not_name_is_the_cases(find: Find, returns: Any, places: MessageType) -> None:
    found = find(
        lambda x: (2 * x, {"a": 3 * x, "b": 1.0}),
        lambda x: (2 * x, {"a": -3 * x, "b": 1.0}),
        MATRICES,
        returns=returns,
    )
    assert found is not None
    assert found.says == patterns.IN_PARTS(where=places(places=("result[1]['a']",)), said=patterns.CHANGES["negated"]())


UNNAMED: list[tuple[str, Function, Function, list[dict[str, Value]]]] = [
    ("two at once", double, lambda x: 3 * x + 1, MATRICES),
    ("two parts, two patterns", lambda x: (2 * x, x + 1), lambda x: (-2 * x, x + 2), MATRICES),
    ("no rule", double, lambda x: np.sin(9 * x), MATRICES),
    ("one case only", double, lambda x: 3 * x if x.shape == (2, 3) else 2 * x, MATRICES),
    ("one case otherwise", double, lambda x: 3 * x if x.shape != (2, 3) else 4 * x, MATRICES),
    ("wrong by chance", double, lambda x: 2 * x + 0.1 * np.cos(50 * x), VECTORS),
    ("lists", double, lambda x: x.tolist(), MATRICES),
    ("texts", double, lambda x: "42", MATRICES),
    ("nan", double, lambda x: x * np.nan, MATRICES),
    ("factor or offset: who knows", lambda x: 4.0, lambda x: 6.0, VECTORS),
]


@pytest.mark.parametrize(("why", "right", "wrong", "arguments"), UNNAMED, ids=[case[0] for case in UNNAMED])
def test_what_nobody_can_name_is_not_named(
    find: Find, why: str, right: Function, wrong: Function, arguments: list[dict[str, Value]]
) -> None:
    assert find(right, wrong, arguments) is None


def test_right_answers_have_no_pattern(find: Find) -> None:
    assert find(double, lambda x: x + x, MATRICES) is None


ARRAYS = npst.arrays(
    st.sampled_from([np.float64, np.int64, np.bool_, np.complex128]),
    npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
VALUES = st.one_of(ARRAYS, st.none(), st.integers(), st.floats(), st.text(max_size=3), st.lists(ARRAYS, max_size=2))


def test_integers_of_a_list_with_arrays_of_several_sizes_are_whole(find: Find) -> None:
    rng = np.random.default_rng(5)
    some = [{"x": [rng.integers(1, 99, size=size), np.array(3)]} for size in (2, 3, 4)]
    parts = [{"x": [array / 8 for array in given["x"]]} for given in some]
    every = [*some, *parts]

    def right(x: list[Any]) -> Any:
        return x[0] / 7

    def wrong(x: list[Any]) -> Any:
        return (x[0] / 7).astype(x[0].dtype)

    found = find(right, wrong, every)
    assert found is not None
    assert found.id == "integer_truncation"
    half_whole = [{"x": [*given["x"], np.array(0.5)]} for given in some]
    assert find(right, wrong, [*half_whole, *parts]) is None


@given(triples=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=2, max_size=4))
def test_whatever_comes_back_nothing_is_raised(
    triples: list[tuple[Value, Value, Value]], make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]
) -> None:
    cases = [make_case(expected, {"x": argument}) for expected, _, argument in triples]
    key = make_key(*cases, returns=ANY)
    seen = [Observation(Status.RETURNED, Plain(actual)) for _, actual, _ in triples]
    trials = [
        Trial(number, case, observation, judge_case(case, key, observation))
        for number, (case, observation) in enumerate(zip(cases, seen, strict=True))
    ]
    found = pattern(key, trials)
    assert found is None or any(trial.is_wrong for trial in trials)
