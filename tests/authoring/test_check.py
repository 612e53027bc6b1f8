from __future__ import annotations

import dataclasses
import re
import sys
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.authoring.check import Checkup
from grader.authoring.course_check import check_course
from grader.course.folder import Course
from grader.grading.checked import Checked
from grader.grading.mutation import run_mutants
from grader.grading.search import SearchSpace
from grader.observe.observer import Observer

pytestmark = pytest.mark.slow

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "authoring.md"

SPEC = """
title: Sums of rows
args: {x: "float (m, n)"}
returns: float (m,)
task: Add up each row of `x` with `np.sum`.
examples:
  - args: {x: [[1, 2], [3, 4.5]]}
tests:
  - {name: any matrix, repeat: 4}
  - {name: one row, sizes: {m: 1}}
misconceptions:
  - id: columns
    edit: {"axis=1": "axis=0"}
    says: Along which axis?
hints:
  - Which axis runs along a row?
"""
SOLUTION = """
import numpy as np


def rows(x):
    # BEGIN SOLUTION
    return np.sum(x, axis=1)
    # END SOLUTION
"""
Check = Callable[..., Checked]
Write = Callable[..., Course]


@pytest.fixture(scope="module")
def observer(observer: Observer) -> Observer:
    if sys.platform != "linux":
        pytest.skip("a warm observer needs Linux")
    return observer


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A course of the exercise `rows`, its texts changed as asked."""

    def made(
        *edits: tuple[str, str],
        solution: tuple[str, str] = ("", ""),
        course: str = "seed: planted, but long\ndefaults: {practice: 6}\n",
    ) -> Course:
        text = SPEC
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        for folder in ("exercises", "solutions"):
            (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / "course.yaml").write_text(course)
        (tmp_path / "exercises/rows.yaml").write_text(textwrap.dedent(text).lstrip())
        (tmp_path / "solutions/rows.py").write_text(SOLUTION.replace(*solution) if solution[0] else SOLUTION)
        return Course(tmp_path)

    return made


@pytest.fixture
def check(write: Write, observer: Observer) -> Check:
    """What checking says of it."""

    def run(*edits: tuple[str, str], **more: Any) -> Checked:
        (checked,) = check_course(write(*edits, **more), ("rows",), observer).exercises
        return checked

    return run


@pytest.fixture
def check_without_mutants(check: Check, monkeypatch: pytest.MonkeyPatch) -> Check:
    """The same with no time for mutants, which are most of the work, where nothing that is looked at comes of them.

    Nor are inputs sought that would tell them apart.
    """
    monkeypatch.setattr("grader.authoring.check.run_mutants", partial(run_mutants, seconds=-1))
    monkeypatch.setattr("grader.grading.mutation.search", lambda *given: SearchSpace((), ()))
    return check


def rules(found: Checked) -> set[str]:
    return {one.rule for one in found.lint}


def test_a_good_exercise_is_sound(check: Check):
    found = check()

    assert found.is_sound, found
    assert (found.reference.points, found.reference.max_points, found.stub.points) == (10, 10, 0)
    assert [(one.id, one.caught, one.recognised) for one in found.misconceptions] == [("columns", True, True)]
    assert found.mutants.total >= 10
    assert found.mutants.killed + len(found.mutants.equivalent) == found.mutants.total
    assert not found.remarks


def test_what_does_not_compile_is_told_with_its_line(check: Check):
    found = check(("task:", "tusk:"))

    assert rules(found) == {"specification"}
    assert {one.line for one in found.lint} == {1, 4}
    assert not found.is_sound


def test_a_reference_that_draws_anew_each_time_is_caught(check_without_mutants: Check):
    random = "return np.sum(x, axis=1) + np.random.default_rng().normal()"
    found = check_without_mutants(solution=("return np.sum(x, axis=1)", random))

    (fault,) = found.lint
    assert fault.rule == "reference"
    assert "answers 'example 1' differently each time; draw random numbers from `np.random`" in fault.message


def test_a_stub_with_the_answer_in_it_is_caught(check_without_mutants: Check):
    outside = "return np.sum(x, axis=1)\n    # BEGIN SOLUTION\n    return np.sum(x, axis=1)"
    found = check_without_mutants(solution=("# BEGIN SOLUTION\n    return np.sum(x, axis=1)", outside))

    assert "stub" in rules(found)
    assert found.stub.points == 10


def test_a_misconception_that_passes_everything_is_not_caught(check_without_mutants: Check):
    found = check_without_mutants(('edit: {"axis=1": "axis=0"}', 'edit: {"axis=1": "axis=-1"}'))
    (mistake,) = found.misconceptions

    assert (mistake.caught, mistake.recognised) == (False, False)
    assert mistake.line == 11
    assert not found.is_sound


def test_two_misconceptions_that_do_the_same_are_told_of(check_without_mutants: Check):
    twin = '  - {id: first_axis, edit: {"axis=1": "0"}, says: Again.}\nhints:'
    found = check_without_mutants(("hints:", twin))

    assert [(one.caught, one.recognised) for one in found.misconceptions] == [(True, False), (True, False)]
    assert "'first_axis'" in found.misconceptions[0].problem


def test_a_misconception_that_always_raises_is_not_recognised(check_without_mutants: Check):
    found = check_without_mutants(('edit: {"axis=1": "axis=0"}', 'edit: {"axis=1": "axis=7"}'))

    assert [(one.caught, one.recognised) for one in found.misconceptions] == [(True, False)]
    assert "fewer than two" in found.misconceptions[0].problem


def test_survivors_come_with_a_test_to_paste(check: Check):
    found = check(
        ("  - {name: any matrix, repeat: 4}\n  - {name: one row, sizes: {m: 1}}", "  - args: {x: [[1, 2], [2, 1]]}")
    )

    survivor = next(one for one in found.mutants.survivors if one.after == "np.sum(x, axis=0)")
    assert survivor.line == 7
    assert survivor.counterexample.startswith("- name: small input ")
    assert not found.is_sound


@pytest.mark.parametrize(
    ("tests", "rule"),
    [
        ("  - args: {x: [[1, 2], [3, 4.5]]}\n  - {name: any, repeat: 2}", "example-is-test"),
        ("  - {name: any, repeat: 3, sizes: {m: 3, n: 2}}", "one-shape"),
        ("  - args: {x: [[1, 2], [2, -1]]}\n  - args: {x: [[1]]}", "symmetric"),
        ("  - {name: any, repeat: 3, points: 10}\n  - {name: one row, sizes: {m: 1}}", "points"),
    ],
)
def test_inputs_that_teach_too_little_are_found_with_their_line(check_without_mutants: Check, tests: str, rule: str):
    found = check_without_mutants(("  - {name: any matrix, repeat: 4}\n  - {name: one row, sizes: {m: 1}}", tests))

    assert rule in rules(found)
    assert all(7 <= one.line <= 9 for one in found.lint)


@pytest.mark.parametrize(
    ("tests", "rule"),
    [
        ("  - {name: two, sizes: {m: 2, n: 2}}\n  - {name: three, sizes: {m: 3, n: 3}}", "square-only"),
        ("  - args: {x: [[1, 2], [3, 1]]}\n  - args: {x: [[1, 3]]}", "all-positive"),
        ("  - {name: any, repeat: 3}\n  - {name: zero, args: {x: [[0.0, 0], [0, 0]]}}", "idle-test"),
    ],
)
def test_what_may_be_right_is_a_note_and_no_fault(check: Check, tests: str, rule: str):
    found = check(("  - {name: any matrix, repeat: 4}\n  - {name: one row, sizes: {m: 1}}", tests))

    assert rule in {one.rule for one in found.notes}
    assert rule not in rules(found)
    assert all(7 <= one.line <= 9 for one in found.notes)


def test_choices_that_no_hidden_test_has_are_told(check_without_mutants: Check):
    values = "[[[1, 2]], [[1, 2, 3]], [[5], [4]], [[-1]], [[7, 8, 9]], [[2]]]"
    tests = ("  - {name: any matrix, repeat: 4}\n  - {name: one row, sizes: {m: 1}}", "  - {name: any, repeat: 2}")
    found = check_without_mutants(('x: "float (m, n)"', f'x: {{type: "float (m, n)", choices: {values}}}'), tests)

    (note,) = [one for one in found.notes if one.rule == "choice-untested"]
    assert note.message.startswith("x is never [[")
    assert note.message.endswith("in the hidden tests; write a `repeat:` of at least 4")  # a third is practice


def test_a_pattern_that_no_key_is_like_is_a_note(check_without_mutants: Check):
    found = check_without_mutants(
        ("returns: float (m,)", 'returns: {dict: {sums: "float (m,)", "w*": float}}'),
        solution=("return np.sum(x, axis=1)", 'return {"sums": np.sum(x, axis=1)}'),
    )

    (note,) = [one for one in found.notes if one.rule == "key-unmet"]
    assert "under ['w*'] of `returns`" in note.message


def test_tests_that_all_fail_alike_are_not_idle_all_of_them(check: Check):
    tests = "  - {name: any, repeat: 3}\n  - {name: more, repeat: 3}"
    found = check(("  - {name: any matrix, repeat: 4}\n  - {name: one row, sizes: {m: 1}}", tests))

    assert "idle-test" not in {one.rule for one in found.notes}


@pytest.mark.parametrize(
    ("solution", "tests", "rule"),
    [
        (
            "np.std(x, axis=1, ddof=1)",
            "  - {name: any, repeat: 3}\n  - {name: n is 1, sizes: {n: 1}}",
            "nan",
        ),
        ("np.log(np.sum(x, axis=1) ** 2 * 0)", "  - {name: any, repeat: 3}", "reference-warns"),
        ("np.linalg.svd(x)[0][:, 0]", "  - {name: any, repeat: 3}", "one-of-many"),
    ],
)
def test_answers_that_cost_right_work_its_points(check_without_mutants: Check, solution: str, tests: str, rule: str):
    found = check_without_mutants(
        ("  - {name: any matrix, repeat: 4}\n  - {name: one row, sizes: {m: 1}}", tests),
        ('misconceptions:\n  - id: columns\n    edit: {"axis=1": "axis=0"}\n    says: Along which axis?\n', ""),
        solution=("np.sum(x, axis=1)", solution),
    )

    doubtful = {one.rule for one in found.lint} & {"nan-expected", "reference-warns", "one-of-many"}
    assert [one.startswith(rule) for one in doubtful] == [True]


def test_time_is_bounded_and_it_is_said_why_it_took_long(write: Write, observer: Observer):
    course, heard = write(), []
    times = iter((0.0, 61.0))
    checkup = Checkup(course, "rows", observer, on_progress=lambda *far: heard.append(far), clock=lambda: next(times))

    (remark,) = checkup.checked().remarks

    assert "checking it took 61 s" in remark
    assert heard[0] == ("rows", 0, 0)
    assert heard[-1][1] == heard[-1][2] == checkup.mutants.total


def test_mutants_for_which_there_is_no_time_are_told(write: Write, observer: Observer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("grader.authoring.check.run_mutants", partial(run_mutants, seconds=-1))
    (found,) = check_course(write(), ("rows",), observer).exercises

    assert found.mutants.untried == found.mutants.total > 10
    assert any("there was no time" in remark for remark in found.remarks)
    assert not found.notes


@pytest.mark.parametrize(
    ("compare", "rule"),
    [("compare: {rtol: 0, atol: 1e-17}\n", "tolerance-noise"), ("compare: {atol: 0.5}\n", "tolerance-wide")],
)
def test_tolerances_that_are_too_narrow_or_too_wide(check: Check, compare: str, rule: str):
    found = check(
        ("misconceptions:", f"{compare}misconceptions:"),
        solution=("np.sum(x, axis=1)", "np.sum(np.exp(x / 3), axis=1)"),
    )

    assert rule in rules(found)
    assert {one.line for one in found.lint if one.rule == rule} == {10}


@pytest.mark.parametrize(
    ("edit", "rule", "line"),
    [
        (("`x` with `np.sum`", "`X` with `np.sum`"), "unknown-name", 4),
        (("`np.sum`", "`np.summ`"), "unknown-name", 4),
        (("`np.sum`", "`row(x)`"), "unknown-name", 4),
        (("Which axis runs along a row?", "Try `np.sum(np.abs(x) + 1, axis=1)`."), "hint-gives-answer", 15),
    ],
)
def test_texts_that_mislead_or_tell_too_much(check_without_mutants: Check, edit: tuple[str, str], rule: str, line: int):
    solution = ("np.sum(x, axis=1)", "np.sum(np.abs(x) + 1, axis=1)") if rule == "hint-gives-answer" else ("", "")
    found = check_without_mutants(edit, solution=solution)

    assert [(one.rule, one.line) for one in (*found.lint, *found.notes)] == [(rule, line)]


def test_names_that_exist_are_left_alone(check_without_mutants: Check):
    text = "`x`, `rows`, `m`, `axis=1`, `keepdims`, `np.linalg.norm`, `(m,)`, `x.T`, `for i in range(3): pass`, $k$ `k`"

    assert not check_without_mutants(("Add up each row of `x` with `np.sum`.", f"'{text}'")).notes
    text = "Row `i` goes to column `labels_of[j]`; `j` may be any, `k` too. Count `y[pred, i]` by `pred`."
    assert [
        one.message for one in check_without_mutants(("Add up each row of `x` with `np.sum`.", f"'{text}'")).notes
    ] == ["the text names `labels_of`, which is neither a parameter nor a function, here or in numpy"]


def test_keys_that_are_like_a_pattern_are_names_that_exist(check_without_mutants: Check):
    returns = ("returns: float (m,)", 'returns: {dict: {"W*": "float (m,)"}}')
    asked = ("Add up each row of `x` with `np.sum`.", "Give `W1`, and no `b1`.")
    found = check_without_mutants(
        returns, asked, solution=("return np.sum(x, axis=1)", 'return {"W1": np.sum(x, axis=1)}')
    )

    told = [one.message for one in found.notes if one.rule == "unknown-name"]
    assert told == ["the text names `b1`, which is neither a parameter nor a function, here or in numpy"]


def test_a_product_in_a_shape_is_no_pattern_of_names(check_without_mutants: Check):
    shape = ('args: {x: "float (m, n)"}', 'args: {x: "float (m * n, n)"}')
    asked = ("Add up each row of `x` with `np.sum`.", "Add up `labels_of`.")

    told = [one.message for one in check_without_mutants(shape, asked).notes if one.rule == "unknown-name"]
    assert told == ["the text names `labels_of`, which is neither a parameter nor a function, here or in numpy"]


def test_what_an_argument_may_be_is_a_name_that_exists(check_without_mutants: Check):
    known = (
        'args: {x: "float (m, n)"}',
        'args: {x: "float (m, n)", how: {type: str, choices: [relu, tanh], default: relu}}',
    )
    asked = ("Add up each row of `x` with `np.sum`.", "Say `relu`, or `tanh`.")
    found = check_without_mutants(known, asked, solution=("def rows(x):", 'def rows(x, how="relu"):'))

    assert [one.message for one in found.notes if one.rule == "unknown-name"] == []


@pytest.mark.parametrize(("misconceptions", "told"), [(1, True), (10, False)])
def test_few_mutants_are_told_where_no_misconceptions_make_up_for_them(
    check_without_mutants: Check, misconceptions: int, told: bool
):
    # What has no result has few mutants: none of those that change what is given back.
    more = "".join(
        f"  - {{id: add{number}, edit: {{'x.sort(axis=1)': 'x[:] = x + {number}'}}, says: Too much?}}\n"
        for number in range(1, misconceptions)
    )
    changes = ("returns: float (m,)", "returns: none\nchanges: [x]")
    found = check_without_mutants(
        changes, ("hints:\n", f"{more}hints:\n"), solution=("return np.sum(x, axis=1)", "x.sort(axis=1)")
    )

    assert any("write misconceptions" in remark for remark in found.remarks) is told


def test_a_course_without_a_seed_is_told_once_and_is_no_fault(write: Write, observer: Observer):
    found = check_course(write(course="title: Mine\n"), ("rows",), observer)

    assert found.is_sound
    assert len(found.remarks) == 1
    assert "`seed:`" in found.remarks[0]


def test_doubts_of_the_loader_are_remarks(check_without_mutants: Check):
    found = check_without_mutants(("Add up each row of `x` with `np.sum`.", "'The sum $\\undefinedmacro{x$.'"))

    assert any("formula" in remark for remark in found.remarks)
    assert dataclasses.replace(found, lint=()).is_sound


def blocks(kind: str) -> list[str]:
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```", GUIDE.read_text(encoding="utf-8"))


def test_the_guide_ends_where_it_says(tmp_path: Path, observer: Observer):
    (solution,), (arguments, tests) = blocks("python"), blocks("yaml")
    for folder in ("exercises", "solutions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "course.yaml").write_text("seed: planted, but long\n")
    (tmp_path / "solutions/center.py").write_text(solution)
    (tmp_path / "exercises/center.yaml").write_text(f"title: Columns around zero\n{arguments}{tests}")

    (found,) = check_course(Course(tmp_path), ("center",), observer).exercises

    assert found.is_sound, found
    told = f"{found.mutants.total}: {found.mutants.killed} killed, {len(found.mutants.equivalent)} equivalent"
    assert told in GUIDE.read_text(encoding="utf-8")


def test_every_rule_is_in_the_guide_and_no_other():
    package = Path(grader.__file__).parent / "authoring"
    source = "".join((package / name).read_text(encoding="utf-8") for name in ("lint.py", "check.py"))
    given = set(re.findall(r'(?:yield |Lint\(|found\(\s*)"([a-z-]+)"', source))
    told = set(
        re.findall(r"^\| `([a-z-]+)` \|", GUIDE.read_text(encoding="utf-8").partition("## What is to be")[2], re.M)
    )

    assert given == told


REFUSES = (
    "return np.sum(x, axis=1)",
    "if x[0, 0] < 0:\n        raise ValueError('negative')\n    return np.sum(x, axis=1)",
)
WITHOUT_TESTS = (SPEC[SPEC.index("tests:") : SPEC.index("misconceptions:")], "")


def test_a_branch_that_raises_is_drawn_and_has_to_be_told(check: Check):
    found = check(WITHOUT_TESTS, solution=REFUSES)

    (note,) = [one for one in found.notes if one.rule == "raise-untold"]
    assert "ValueError (solutions/rows.py:8)" in note.message
    assert "say in the task" in note.message
    assert not [one for one in found.mutants.equivalent if "raise ValueError" in one.before]
    told = check(
        WITHOUT_TESTS, ("Add up", "Raise a ValueError where the first number is negative. Add up"), solution=REFUSES
    )
    assert not [one for one in told.notes if one.rule.startswith("raise")]


def test_a_branch_that_raises_and_that_no_test_reaches_is_told_with_a_test_to_write(check: Check):
    positive = (
        "{name: any matrix, repeat: 4}",
        "{name: any matrix, args: {x: '=rng.uniform(1, 2, (m, n))'}, repeat: 4}",
    )
    row = ("{name: one row, sizes: {m: 1}}", "{name: one row, args: {x: '=rng.uniform(1, 2, (1, n))'}}")
    unsaid = check(positive, row, solution=REFUSES)

    (note,) = [one for one in unsaid.notes if one.rule == "raise-untested"]
    assert "`raise ValueError('negative')` (solutions/rows.py:8)" in note.message
    assert "write a test" in note.message


def test_inputs_that_the_reference_takes_for_granted_are_told(check: Check):
    granted = ("return np.sum(x, axis=1)", "assert x[0, 0] > 0\n    return np.sum(x, axis=1)")
    found = check(WITHOUT_TESTS, solution=granted)

    (note,) = [one for one in found.notes if one.rule == "input-left-out"]
    assert "AssertionError (solutions/rows.py:7)" in note.message


def test_a_misconception_is_run_again_only_where_its_answers_do_not_say_that_it_loses(
    check_without_mutants: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded: list[str] = []
    own = Checkup._graded
    monkeypatch.setattr(Checkup, "_graded", lambda self, text: graded.append(text) or own(self, text))

    assert check_without_mutants().misconceptions[0].caught
    assert len(graded) == 2  # the reference and the stub

    graded.clear()
    raising = ('edit: {"axis=1": "axis=0"}', 'edit: {"np.sum(x, axis=1)": "x.nothing"}')
    assert check_without_mutants(raising).misconceptions[0].caught
    assert len(graded) == 3
