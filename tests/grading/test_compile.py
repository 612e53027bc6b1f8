"""From specification and reference to answer key."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from grader import codec
from grader.course.key import AnswerKey, Role
from grader.errors import AuthorError
from grader.grading.public import public_part
from grader.observation import Status
from grader.observe.observer import Observer
from grader.values import fingerprint

Compile = Callable[..., AnswerKey]

SPECIFICATION = """
title: Twice
args: {{x: "float (n,)"}}
returns: float (n,)
task: Twice $x$.
{more}
"""
IMPORT = "import numpy as np\n"


def test_a_key_has_examples_hidden_tests_and_practice(compiled: Compile) -> None:
    key = compiled(course="title: A course\n")

    assert [case.test for case in key.cases if case.role is Role.EXAMPLE] == ["example 1"]
    assert [(case.test, case.index) for case in key.cases if case.role is Role.HIDDEN] == [
        *(("any", index) for index in range(1, 5)),
        ("large", 1),
    ]
    assert sum(case.role is Role.PRACTICE for case in key.cases) == 20
    assert all(case.expected.status is Status.RETURNED for case in key.cases)


def test_expected_values_are_the_references(compiled: Compile) -> None:
    for case in compiled().cases:
        assert np.array_equal(case.expected.value.value, 2 * case.arguments.value["x"])


def test_points_are_exact_and_shared_by_the_cases(compiled: Compile) -> None:
    key = compiled()

    assert key.points == 10
    assert {case.points for case in key.cases if case.test == "any" and case.role is Role.HIDDEN} == {Fraction(5, 2)}
    assert {case.points for case in key.cases if case.role is not Role.HIDDEN} == {0}
    assert all(case.points == 0 for case in key.cases if case.advice)


def test_explicit_points_are_split_and_the_rest_is_shared(compiled: Compile) -> None:
    key = compiled(
        SPECIFICATION.format(more="points: 7\ntests: [{name: a, repeat: 3, points: 2}, {name: b, repeat: 2}]"),
        IMPORT + "def double(x):\n    return 2 * x\n",
    )

    hidden = {case.test: case.points for case in key.cases if case.role is Role.HIDDEN}
    assert hidden == {"a": Fraction(2, 3), "b": Fraction(5, 2)}
    assert key.points == 7


def test_the_same_course_gives_the_same_key(compiled: Compile) -> None:
    assert codec.to_bytes(compiled()) == codec.to_bytes(compiled())


def test_another_seed_gives_other_inputs_and_another_identity(compiled: Compile) -> None:
    one, other = compiled(), compiled(course="title: A course\nseed: another\n")

    assert one.id != other.id
    assert one.cases[1].arguments != other.cases[1].arguments


def test_a_comment_changes_no_identity(compiled: Compile, make_course: Callable[..., object]) -> None:
    text = SPECIFICATION.format(more="")
    solution = IMPORT + "def double(x):\n    return 2 * x\n"

    assert compiled(text, solution).id == compiled(text + "\n# a remark\n", solution).id


def test_practice_is_never_a_hidden_case_and_grows(compiled: Compile) -> None:
    key = compiled()
    hidden = {fingerprint(case.arguments.value) for case in key.cases if case.role is not Role.PRACTICE}
    practice = [fingerprint(case.arguments.value) for case in key.cases if case.role is Role.PRACTICE]

    assert not hidden & set(practice)
    assert len(set(practice)) == len(practice)
    assert [len(each) for each in practice] == sorted(len(each) for each in practice)


def test_practice_can_be_left_out(compiled: Compile) -> None:
    key = compiled(SPECIFICATION.format(more="practice: 0"), IMPORT + "def double(x):\n    return 2 * x\n")

    assert not [case for case in key.cases if case.role is Role.PRACTICE]


def test_without_tests_the_signature_draws_them(compiled: Compile) -> None:
    key = compiled(SPECIFICATION.format(more=""), IMPORT + "def double(x):\n    return 2 * x\n")
    hidden = [case for case in key.cases if case.role is Role.HIDDEN]

    assert key.points == 10
    assert {case.arguments.value["x"].size for case in hidden} > {1}
    assert any(case.arguments.value["x"].dtype.kind == "i" for case in hidden)
    assert any((case.arguments.value["x"] < 0).any() for case in hidden)
    assert any(case.advice for case in hidden)


def test_drawn_inputs_that_the_reference_objects_to_are_left_out(compiled: Compile) -> None:
    key = compiled(
        SPECIFICATION.format(more="").replace("returns: float (n,)", "returns: float"),
        IMPORT + "def double(x):\n    return float(np.max(x))\n",
    )

    assert key.points == 10
    assert all(case.arguments.value["x"].size for case in key.cases)


def test_expressions_see_sizes_rng_arguments_and_the_solution(compiled: Compile) -> None:
    key = compiled(
        """
        title: Twice
        args: {x: "float (n,)", y: "float (n,)"}
        returns: float (n,)
        task: Twice.
        tests:
          - args: {x: "=SCALE * rng.normal(size=n)", y: "=x + n"}
            sizes: {n: 3}
        """,
        IMPORT + "SCALE = 1000\ndef double(x, y):\n    return x + y\n",
    )
    case = next(case for case in key.cases if case.role is Role.HIDDEN)

    assert case.arguments.value["x"].shape == (3,)
    assert np.abs(case.arguments.value["x"]).max() > 50
    assert np.array_equal(case.arguments.value["y"], case.arguments.value["x"] + 3)


def test_misconceptions_are_observed_on_every_case(compiled: Compile) -> None:
    key = compiled()
    (squared,) = key.misconceptions

    assert squared.id == "squared"
    assert len(squared.answers) == len(key.cases)
    for case, answer in zip(key.cases, squared.answers, strict=True):
        assert np.array_equal(answer.value.value, case.arguments.value["x"] ** 2)


def test_a_reference_that_raises_on_purpose_is_expected_to(compiled: Compile) -> None:
    key = compiled(
        SPECIFICATION.format(more="tests: [{args: {x: []}}, {sizes: {n: 2}}]"),
        IMPORT + "def double(x):\n    if x.size == 0:\n        raise ValueError('empty')\n    return 2 * x\n",
    )
    empty = next(case for case in key.cases if case.role is Role.HIDDEN)

    assert empty.expected.status is Status.RAISED
    assert empty.expected.error is not None
    assert empty.expected.error.type == "ValueError"


REFUSING = """
title: Root
args: {n: int, x: "float (m,)"}
returns: float (m,)
task: "`x` to the power of `n`; a negative `n` raises a ValueError."
practice: 20
"""
ONE_LINE = "    if n < 0: raise ValueError('negative')\n"
TWO_LINES = "    if n < 0:\n        raise ValueError(\n            f'negative: {n}'\n        )\n"
HELPER = "    refuse(n)\n"
OTHERWISE = "    if n >= 0:\n        pass\n    else:\n        raise ValueError('negative')\n"


@pytest.mark.parametrize("guard", [ONE_LINE, TWO_LINES, HELPER, OTHERWISE])
def test_a_branch_that_raises_is_a_test_where_tests_are_drawn(compiled: Compile, guard: str) -> None:
    helper = f"def refuse(n):\n{ONE_LINE}\n"
    key = compiled(REFUSING, f"{IMPORT}{helper}def root(n, x):\n{guard}    return x ** n\n", name="root")
    for role in (Role.HIDDEN, Role.PRACTICE):
        cases = [case for case in key.cases if case.role is role and not case.advice]
        raising = [case for case in cases if case.expected.status is Status.RAISED]

        assert len(raising) == 1
        assert raising[0].arguments.value["n"] < 0
        assert len(cases) > 3
    assert key.points == 10


def test_never_most_of_what_is_drawn_raises(compiled: Compile) -> None:
    guards = "".join(
        f"    if n % 7 == {left}:\n        raise ValueError('not these')\n" for left in range(7) if left != 3
    )
    key = compiled(REFUSING, f"{IMPORT}def root(n, x):\n{guards}    return x * n\n", name="root")
    hidden = [case for case in key.cases if case.role is Role.HIDDEN and not case.advice]
    raising = [case for case in hidden if case.expected.status is Status.RAISED]

    assert 0 < len(raising) <= len(hidden) - len(raising)


@pytest.mark.parametrize("guard", ["    assert n >= 0\n", "    x = x[: np.arange(1)[min(n, 0)] + len(x)]\n"])
def test_what_the_reference_takes_for_granted_is_asked_of_nobody(compiled: Compile, guard: str) -> None:
    key = compiled(REFUSING, f"{IMPORT}def root(n, x):\n{guard}    return x * n\n", name="root")

    assert all(case.expected.status is Status.RETURNED for case in key.cases)


def test_the_public_part_has_nothing_hidden(compiled: Compile) -> None:
    key = compiled()
    public = public_part(key)

    assert public.public
    assert public.points == 0
    assert public.undecided == 10
    assert {case.role for case in public.cases} == {Role.EXAMPLE, Role.PRACTICE}
    assert all(len(known.answers) == len(public.cases) for known in public.misconceptions)
    text = codec.to_bytes(public)
    assert b"planted-secret" not in text
    for case in key.cases:
        if case.role is Role.HIDDEN:
            assert case.arguments.value["x"].tobytes() not in text


@pytest.mark.parametrize(
    ("more", "solution", "said"),
    [
        (
            "",
            "def double(x):\n    return 2 * y\n",
            "solutions/double.py:3: the reference solution never returns: NameError: ",
        ),
        ("", "def dubble(x):\n    return 2 * x\n", "does not define double"),
        ("", "def double(x):\n    return 2 * x[:1]\n", "`returns` says float (n,)"),
        ("", "def double(x):\n    x *= 2\n    return x\n", "changes its argument x"),
        ("", "def double(x:\n", "solutions/double.py:2:"),
        ("", "def double(x):\n    raise ValueError\n", "never returns"),
        ("tests: [{args: {x: '=nothing'}}]", "def double(x):\n    return 2 * x\n", "`nothing` raises NameError"),
        ("tests: [{args: {x: '=np.eye(2)'}}]", "def double(x):\n    return 2 * x\n", "where float (n,) is due"),
        ("", "def double(x):\n    assert x.size > 999\n    return x\n", "never returns"),
        (
            "misconceptions: [{id: a, says: b, code: 'double = lambda x: 1 / 0; 1 / 0'}]",
            "def double(x):\n    return 2 * x\n",
            "misconception 'a': its code:1: ZeroDivisionError",
        ),
        ("tests: [{holds: 'result > 0'}]", "def double(x):\n    return 2 * x\n", "is not True of the reference"),
        (
            "tests: [{name: odd, holds: 'np.allcose(result, x)'}]",
            "def double(x):\n    return 2 * x\n",
            "own result (test 'odd'), `holds: np.allcose(result, x)` raises AttributeError: module",
        ),
    ],
)
def test_the_authors_mistakes_are_told_as_such(compiled: Compile, more: str, solution: str, said: str) -> None:
    with pytest.raises(AuthorError) as caught:
        compiled(SPECIFICATION.format(more=more), IMPORT + solution)

    assert said in str(caught.value)


def test_practice_that_nobody_wrote_keeps_to_the_condition_or_is_dropped(compiled: Compile) -> None:
    more = "holds: 'result.sum() > 0'\ntests: [{args: {x: [1, 2]}}]"
    key = compiled(SPECIFICATION.format(more=more), IMPORT + "def double(x):\n    return 2 * x\n")

    practice = [case.expected.value.value.sum() for case in key.cases if case.role is Role.PRACTICE]
    assert practice
    assert min(practice) > 0


def test_whole_numbers_that_are_drawn_without_bounds_may_be_why_a_reference_fails(compiled) -> None:
    specification = 'title: T\nargs: {labels: "int (m,)"}\nreturns: int (m,)\ntask: T\ntests: [{name: any}]\n'
    solution = "import numpy as np\n\n\ndef double(labels):\n    return np.arange(3)[labels]\n"

    with pytest.raises(AuthorError) as error:
        compiled(specification, solution)
    told = str(error.value)
    assert told.startswith("solutions/double.py:5: the reference solution fails on test 'any': IndexError")
    assert "\n    labels = np.array([" in told
    assert 'in exercises/double.yaml:2:8: `labels: {type: "int (m,)", minimum: 0, maximum: 9}`.' in told


def test_misconceptions_that_are_edits_share_a_process_and_others_have_their_own(
    compiled: Compile, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions: list[int] = []
    opened = Observer.session
    monkeypatch.setattr(
        Observer,
        "session",
        lambda self, sources, **more: sessions.append(len(sources)) or opened(self, sources, **more),
    )

    key = compiled(
        SPECIFICATION.format(
            more="tests: [{sizes: {n: 2}}, {sizes: {n: 3}}]\n"
            "misconceptions:\n"
            "  - {id: tripled, says: a, edit: {'2 *': '3 *'}}\n"
            "  - {id: written, says: b, code: 'double = lambda x: x'}\n"
            "  - {id: halved, says: c, edit: {'2 *': '0.5 *'}}\n"
        ),
        IMPORT + "def double(x):\n    return 2 * x\n",
    )

    assert [one.id for one in key.misconceptions] == ["tripled", "written", "halved"]
    for factor, known in zip((3, 1, 0.5), key.misconceptions, strict=True):
        for case, answer in zip(key.cases, known.answers, strict=True):
            assert np.array_equal(answer.value.value, factor * case.arguments.value["x"])
    assert sessions.count(2) == 1
