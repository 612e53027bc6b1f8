"""The example course, looked at with plain numpy: its references, its misconceptions and the usual answers to it."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import yaml

from bench.basics import basics
from grader.course.stub import apply_edit, stub_of

pytestmark = pytest.mark.slow

COURSE = basics()
SPECS: dict[str, Any] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(COURSE.glob("exercises/*.yaml"))
}
SOLUTIONS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(COURSE.glob("solutions/*.py"))}
PRIMES = [2, 3, 5, 7, 11]

# As a course's usual answers have them: unstable, unguarded, with Python's own sum.
USUAL = """
import numpy as np

def sigmoid_derivative(x):
    s = 1 / (1+np.exp(-x))
    ds = s*(1-s)
    return ds

def image2vector(image):
    v = image.reshape(image.shape[0]*image.shape[1]*image.shape[2], 1)
    return v

def normalizeRows(x):
    x_norm = np.linalg.norm(x, axis=1, keepdims=True)
    x = x/x_norm
    return x

def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims = True)
    s = x_exp / x_sum

    return s

def L1(yhat, y):

    loss = sum(abs(y-yhat))

    return loss

def L2(yhat, y):

    loss = np.dot(y-yhat, y-yhat)

    return loss
"""

every_exercise = pytest.mark.parametrize("name", sorted(SPECS))


def function(text: str, name: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(compile(text, name, "exec"), namespace)
    return namespace[name]


def symbols(spec: Any) -> list[str]:
    return sorted({s for arg in spec["args"].values() for s in re.findall(r"\b[a-z]\b", arg["type"].partition("(")[2])})


def inputs(spec: Any, test: Any, rng: np.random.Generator) -> dict[str, Any]:
    """The arguments of one case: as written, evaluated, or drawn with sizes of which no two are alike."""
    names = symbols(spec)
    sizes = dict(zip(names, rng.permutation(PRIMES)[: len(names)].tolist(), strict=True)) | test.get("sizes", {})
    arguments: dict[str, Any] = {}
    for name, arg in spec["args"].items():
        raw = test.get("args", {}).get(name)
        if isinstance(raw, str):
            arguments[name] = eval(raw[1:], {"np": np, "rng": rng} | sizes | arguments)
        elif raw is not None:
            arguments[name] = np.array(raw) if isinstance(raw, list) else raw
        else:
            arguments[name] = rng.normal(size=tuple(sizes[s] for s in re.findall(r"[a-z]", arg["type"][6:])))
    return arguments


def cases(spec: Any, *, advice: bool = False) -> Iterator[dict[str, Any]]:
    """The inputs of all tests that carry points, or of all that are advice."""
    rng = np.random.default_rng(20)
    for test in spec["tests"]:
        if (test.get("points") == 0) is advice:
            for _ in range(test.get("repeat", 1)):
                yield inputs(spec, test, rng)


def call(solve: Callable[..., Any], arguments: dict[str, Any]) -> tuple[str, Any, bool]:
    """What a call did: how it ended, its value, and whether the arguments came back unchanged."""
    sent = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in arguments.items()}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            end, value = "returned", solve(**sent)
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        end, value = type(error).__name__, None
    return end, value, all(np.array_equal(sent[name], arguments[name]) for name in arguments)


def same(left: tuple[str, Any, bool], right: tuple[str, Any, bool]) -> bool:
    if left[0] != right[0] or left[2] != right[2]:
        return False
    if left[1] is None or right[1] is None:
        return left[1] is right[1]
    return np.shape(left[1]) == np.shape(right[1]) and np.allclose(
        left[1], right[1], rtol=1e-6, atol=1e-9, equal_nan=True
    )


def misconceptions(name: str) -> dict[str, Callable[..., Any]]:
    found = {}
    for known in SPECS[name]["misconceptions"]:
        text = known.get("code") or apply_edit(SOLUTIONS[name], known["edit"])
        found[known["id"]] = function(text, name)
    return found


def test_the_course_has_the_six_exercises():
    course = yaml.safe_load((COURSE / "course.yaml").read_text(encoding="utf-8"))
    assert sorted(course["assignments"][0]["exercises"]) == sorted(SPECS) == sorted(SOLUTIONS)
    assert sorted(SPECS) == ["L1", "L2", "image2vector", "normalizeRows", "sigmoid_derivative", "softmax"]


@every_exercise
def test_the_parameters_of_specification_and_solution_agree(name):
    definition = next(n for n in ast.parse(SOLUTIONS[name]).body if isinstance(n, ast.FunctionDef))
    assert [argument.arg for argument in definition.args.args] == list(SPECS[name]["args"])


@every_exercise
def test_the_usual_answer_is_right_wherever_points_are_at_stake(name):
    usual, reference = function(USUAL, name), function(SOLUTIONS[name], name)
    for arguments in cases(SPECS[name]):
        assert same(call(usual, arguments), call(reference, arguments)), arguments


@every_exercise
@pytest.mark.parametrize("advice", [False, True])
def test_a_reference_neither_warns_nor_changes_its_arguments_nor_returns_nan(name, advice):
    reference = function(SOLUTIONS[name], name)
    for arguments in cases(SPECS[name], advice=advice):
        before = {key: np.copy(value) for key, value in arguments.items()}
        result = reference(**arguments)  # a warning is an error here
        assert np.isfinite(result).all()
        assert all(np.array_equal(before[key], arguments[key]) for key in before)


@pytest.mark.parametrize("name", ["normalizeRows", "softmax"])
def test_what_the_usual_answer_cannot_do_is_advice(name):
    usual, reference = function(USUAL, name), function(SOLUTIONS[name], name)
    assert not all(same(call(usual, case), call(reference, case)) for case in cases(SPECS[name], advice=True))


@every_exercise
def test_there_are_misconceptions_and_each_loses_points(name):
    reference = function(SOLUTIONS[name], name)
    known = misconceptions(name)
    assert len(known) >= 4
    for id_, wrong in known.items():
        assert not all(same(call(wrong, case), call(reference, case)) for case in cases(SPECS[name])), id_


@every_exercise
def test_misconceptions_can_be_told_apart(name):
    answers = {id_: [call(wrong, case) for case in cases(SPECS[name])] for id_, wrong in misconceptions(name).items()}
    for first in answers:
        for second in answers:
            pairs = zip(answers[first], answers[second], strict=True)
            assert first == second or not all(same(a, b) for a, b in pairs), (first, second)


@every_exercise
def test_inputs_are_of_many_kinds(name):
    flat = [value for case in cases(SPECS[name]) for value in case.values()]
    assert any(np.asarray(value).dtype.kind == "i" for value in flat)
    assert any(np.any(np.asarray(value) < 0) for value in flat)
    assert any(1 in np.shape(value) for value in flat)
    assert len({np.shape(value) for value in flat}) >= 4


@every_exercise
def test_the_words_are_there(name):
    spec = SPECS[name]
    assert all(arg["about"] for arg in spec["args"].values())
    assert spec["returns"]["about"]
    assert 1 <= len(spec["hints"]) <= 3
    for language, task in spec["task"].items():
        assert task.count("$") % 2 == 0
        said = [known["says"][language].rstrip() for known in spec["misconceptions"]]
        assert all(text.endswith(("?", ".", "？", "。")) for text in said)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("L1", 1.1),
        ("L2", 0.43),
        ("normalizeRows", [[0, 0.6, 0.8], [0.13736056, 0.82416338, 0.54944226]]),
        ("sigmoid_derivative", 0.25),
        ("softmax", [[1 / 3, 1 / 3, 1 / 3], [0.09003057, 0.24472847, 0.66524096]]),
        ("image2vector", np.arange(1, 13)[:, None] / 10),
    ],
)
def test_the_first_example_answers_as_the_course_text_prints_it(name, answer):
    example = inputs(SPECS[name], SPECS[name]["examples"][0], np.random.default_rng(0))
    result = function(SOLUTIONS[name], name)(**example)
    assert np.shape(result) == np.shape(answer)
    assert np.allclose(result, answer)


@every_exercise
def test_the_stub_gives_nothing_of_the_solution_away(name):
    made = stub_of(SOLUTIONS[name], name)
    assert made.before == "import numpy as np"
    assert made.body == "    # YOUR CODE HERE\n    raise NotImplementedError"
    assert made.after == ""
