from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from said import remarks_of
from spread import only

from bench.basics import basics
from bench.diagnosis import table
from grader.course.expression_mutations import REPLACEMENT_FUNCTIONS
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.course.mutants import mutants, on_other_arguments
from grader.errors import NotJudged
from grader.grading.diagnose import AskedMutants, kind_of
from grader.grading.keys import CourseKeys
from grader.judge.judge_case import judge_case
from grader.judge.messages.mutants import KINDS
from grader.judge.mutants import UNKNOWN, MutantAnswers, said
from grader.judge.result import Outcome
from grader.judge.trial import Trial
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.values import Plain
from grader.words.text import text

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="a warm observer needs Linux")]

ROOT = basics()


@pytest.fixture(scope="module")
def keys() -> dict[str, CourseKeys]:
    return table.opened()


def test_the_collection_is_large_enough() -> None:
    wrong, right = table.read("wrong.toml"), table.read("right.toml")
    assert len(wrong) >= 60
    assert len(right) >= 20
    assert {solution.exercise for solution in wrong} == {solution.exercise for solution in right} == set(table.opened())
    assert set(table.opened()) > set(Course(ROOT).names())
    assert sum(solution.expect == ("none",) for solution in wrong) >= 10


# The solutions are dealt out in turns; the shares that are always tried have some of every exercise.
SHARES = 5


@pytest.mark.parametrize("share", only(range(SHARES), lambda share: share == 1))
@pytest.mark.parametrize("public", [False, True], ids=["course", "handout"])
def test_no_diagnosis_is_false_and_few_are_missing(keys: dict[str, CourseKeys], public: bool, share: int) -> None:
    wrong = table.read("wrong.toml")[(share + public) % SHARES :: SHARES]  # a handout gets others
    said = list(table.every(wrong, keys, public=public))
    assert [(one.solution.mistake, one.diagnosis) for one in said if not one.is_true] == []
    assert all(one.outcome is not Outcome.PASSED for one in said)
    silent = [one for one in said if one.is_silent]
    assert [one.solution.mistake for one in silent[1:]] == []
    assert not [one.words for one in said if "could not be looked into" in one.words]


@pytest.mark.parametrize("public", [False, True], ids=["course", "handout"])
def test_of_right_solutions_nothing_is_said(keys: dict[str, CourseKeys], public: bool) -> None:
    for one in table.every(table.read("right.toml"), keys, public=public):
        assert one.outcome in (Outcome.PASSED, Outcome.UNDECIDED), one.solution.code
        assert one.diagnosis is None


def asked(key: AnswerKey, solution: str, observer: Observer) -> AskedMutants:
    return AskedMutants(key, solution, lambda: nullcontext(observer))


def trials_of(key: AnswerKey, answer: Callable[[float], float]) -> list[Trial]:
    """What a submission of `double` did on the cases that count."""
    made = []
    for number, case in enumerate(key.cases):
        if not case.advice:
            given = Observation(Status.RETURNED, Plain(answer(case.arguments.value["x"])))
            made.append(Trial(number, case, given, judge_case(case, key, given)))
    return made


def test_mutants_are_observed_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = CourseKeys(Course(ROOT), cache=tmp_path)
    key = own.key("L1")
    first = own.mutants(key).all()
    assert first.kinds
    assert len(first.columns) == len(key.cases)

    def never(*given: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(CourseKeys, "authors", never)
    assert own.mutants(key).all() == first


def test_mutants_of_a_slow_reference_are_asked_for_what_tells_them_from_a_submission(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, solution = compiled(), "def double(x):\n    return 2 * x + 0 * (x - 1)\n"
    right_away = asked(key, solution, observer)
    trials = trials_of(key, lambda x: -2 * x)
    assert {one.edit for one in right_away.fitting(key, trials)} == {"sign"}

    monkeypatch.setattr("grader.grading.diagnose._AT_ONCE", -1.0)
    kept: list[MutantAnswers] = []
    slowly = AskedMutants(key, solution, lambda: nullcontext(observer), keep=kept.append)
    assert slowly.fitting(key, trials) == right_away.fitting(key, trials)
    some = [place for number in range(len(key.cases)) for place in kept[-1].column(number).places]
    assert 0 < sum(place != UNKNOWN for place in some) < len(some) / 2
    assert slowly.all() == right_away.all()

    def never() -> AbstractContextManager[Observer]:
        raise AssertionError("asked again")

    again = AskedMutants(key, solution, never, known=kept[0])
    assert again.fitting(key, trials) == right_away.fitting(key, trials)


def test_what_takes_too_long_to_find_out_is_not_said(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.grading.diagnose._AT_ONCE", -1.0)
    monkeypatch.setattr("grader.grading.diagnose._FOR_ONE", -1.0)
    key = compiled()
    one = asked(key, "def double(x):\n    return 2 * x\n", observer)
    assert one.fitting(key, trials_of(key, lambda x: -2 * x)) == []


def test_what_mutants_answer_has_a_bound(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, solution = compiled(), "def double(x):\n    return 2 * x\n"
    every = asked(key, solution, observer).all()
    monkeypatch.setattr("grader.grading.diagnose._MOST_BYTES", 40 * len(key.cases) * 100)
    some = asked(key, solution, observer).all()
    monkeypatch.setattr("grader.grading.diagnose._MOST_BYTES", 1)

    assert set(some.kinds) <= set(every.kinds)
    assert asked(key, solution, observer).all().kinds == ()
    assert sum(map(len, some.columns)) <= sum(map(len, every.columns))


def test_a_mutant_without_an_end_is_left_behind(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.grading.diagnose._SECONDS", 0.1)
    lines = ("total, n = 0 * x, 2", "while n > 0:", "    total = total + x", "    n = n - 1", "return total")
    solution = "\n    ".join(["def double(x):", *lines])
    answers = asked(compiled(), solution, observer).all()
    assert {kind.edit for kind in answers.kinds} & {"operator", "constant", "operands", "term"}


def test_where_the_process_is_lost_a_place_without_a_reference_gets_no_mutants(
    compiled: Callable[..., AnswerKey],
) -> None:
    """Not answers of one to a case that another was asked for."""

    def lost() -> AbstractContextManager[Observer]:
        raise NotJudged("it is gone")

    assert AskedMutants(compiled(), "def double(x):\n    return 2 * x\n", lost).all() == MutantAnswers()


def test_what_does_not_parse_has_no_mutants(compiled: Callable[..., AnswerKey], observer: Observer) -> None:
    assert asked(compiled(), "def double(x", observer).all().kinds == ()
    assert asked(compiled(), "x = 1", observer).all().kinds == ()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("grader.judge.diagnosis.diagnosed", fail)


@pytest.mark.usefixtures("failing")
def test_a_fault_in_diagnosis_costs_the_result_nothing(
    compiled: Callable[..., AnswerKey], graded: Callable[..., object]
) -> None:
    result = graded(compiled(), "def double(x):\n    return 3.25 * x\n")  # no other test's: what is known is not asked
    assert result.outcome is Outcome.FAILED  # type: ignore[attr-defined]
    (remark,) = remarks_of(result)  # type: ignore[arg-type]
    assert remark.startswith(
        "Why this is wrong could not be looked into (ZeroDivisionError in grader.grading.remembered, line "
    )
    assert remark.endswith("That fault is the grader's.")


CHAINS = (
    "np.abs(x - np.sort(x)[0]).max()",
    "(secret := x - x.mean(axis=0)).std(axis=0).sum()",
    "np.linalg.norm(x, axis=1).max() / x.T.copy().reshape(-1).min()",
    "helper.linalg.max(x) + secret.np.mean(x)[::-1].cumsum()",
    "np.where(x > 0, x, -x).astype(float).round(3).any() + np.linalg.det(x).sum()",
    "(lambda secret: secret.sum())(x).max().item() + {'secret': x}['secret'].argmax()",
)


def references() -> list[tuple[str, str]]:
    """The example course's, and some that call methods of what they compute."""
    own = [(name, Course(ROOT).exercise(name).solution) for name in Course(ROOT).names()]
    chains = [("f", f"def f(x, secret, helper):\n    y = {one}\n    y += {one}\n    return {one}\n") for one in CHAINS]
    return own + chains


@pytest.mark.parametrize(("name", "solution"), references())
def test_what_is_told_of_a_mutant_has_nothing_of_the_reference(name: str, solution: str) -> None:
    """But for the name of a function that is taken by mistake, which is ours, it is the same for every reference."""
    made = [*mutants(solution, name), *on_other_arguments(solution, name, ())]
    kinds = {kind_of(mutant) for mutant in made}

    assert len(kinds) > 5
    for kind in kinds:
        assert kind.edit in {*KINDS, "function", "printed"}
        assert kind.detail.removeprefix("np.") in {*REPLACEMENT_FUNCTIONS, ""}
        told, in_general = said(kind.edit, kind.detail), said(kind.edit)
        words = "" if told is None else text(told).replace(f"`{kind.detail}`", "another function")
        assert words == ("" if in_general is None else text(in_general))


def test_a_method_taken_by_mistake_is_told_by_its_name_alone() -> None:
    kinds = {kind_of(mutant).detail for mutant in mutants(references()[-len(CHAINS)][1], "f")}

    assert {"min", "sum", "np.abs"} <= kinds
