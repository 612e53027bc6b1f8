from __future__ import annotations

from fractions import Fraction

from grader import codec
from grader.judge import result
from grader.judge.messages.known import TYPES
from grader.judge.result import ExerciseResult, Outcome, Result, Rule
from grader.message import verbatim


def exercise(name: str, points: Fraction, undecided: Fraction = Fraction()) -> ExerciseResult:
    return ExerciseResult(name, name, "sha256:0", None, Outcome.FAILED, points, Fraction(2), undecided, ())


def test_points_add_up_exactly() -> None:
    parts = (exercise("a", Fraction(1, 3)), exercise("b", Fraction(2, 3), Fraction(1, 2)))
    whole = Result(parts, "none", {})

    assert (whole.points, whole.max_points, whole.undecided_points) == (1, 4, Fraction(1, 2))
    assert Result((), "none", {}).points == Fraction()


def test_a_result_survives_being_kept() -> None:
    kept = Result((exercise("a", Fraction(1, 3)),), "strict", {"numpy": "2"}, remarks=(verbatim("left out"),))

    assert codec.decode(codec.to_bytes(kept), Result) == kept


def test_what_an_outcome_means() -> None:
    right, ours = {Outcome.PASSED, Outcome.UNDECIDED}, {Outcome.NOT_JUDGED}
    absent = {Outcome.MISSING, Outcome.NOT_ATTEMPTED}
    assert {one for one in Outcome if one.is_right} == right
    assert {one for one in Outcome if one.is_lost} == set(Outcome) - right - ours
    assert {one for one in Outcome if one.is_absent} == absent
    assert {one for one in Outcome if one.is_judged} == set(Outcome) - absent - ours
    assert {one for one in Outcome if one.was_ended} == {Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.CRASHED}


def test_what_a_rule_means() -> None:
    about_file = {Rule.MISSING, Rule.SYNTAX, Rule.IMPORT}
    about_source = about_file | {Rule.SIGNATURE, Rule.NOT_ATTEMPTED}
    assert {rule for rule in Rule if rule.is_about_source} == about_source
    assert {rule for rule in Rule if rule.is_about_file} == about_file
    assert {rule for rule in Rule if rule.is_about_kind} == {Rule.TYPE, Rule.STRUCTURE, Rule.SHAPE, Rule.DTYPE}
    assert {rule for rule in Rule if rule.is_about_numbers} == {Rule.NAN, Rule.VALUE}
    assert {rule.outcome for rule in about_source} == {Outcome.MISSING, Outcome.ERRORED, Outcome.NOT_ATTEMPTED}


def test_what_a_finding_is_about_is_known_by_ids_that_there_are() -> None:
    assert TYPES.keys() >= result._UNTRIED | result._SHOULD_CHANGE
