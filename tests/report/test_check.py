from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction

from grader.grading.checked import (
    Checked,
    CourseChecked,
    Lint,
    Mistake,
    MutantCount,
    Proposal,
    Score,
    Spared,
    Survivor,
)
from grader.report.check import dumps, render_check
from grader.report.page import plain_console

LONG = "- name: small input 1\n  args:\n    x: [" + ", ".join(["1.0"] * 40) + "]\n"
GOOD = Checked(
    "softmax",
    "exercises/softmax.yaml",
    Score(Fraction(10), Fraction(10)),
    Score(Fraction(0), Fraction(10)),
    (Mistake("columns", caught=True, recognised=True, line=9),),
    MutantCount(12, 10, (Spared("sign", 4, "x", "-x"),), (Spared("term", 5, "x - y", "x"),), (), 340),
)
BAD = Checked(
    "L1",
    "exercises/L1.yaml",
    Score(Fraction(10), Fraction(10)),
    Score(Fraction(5, 2), Fraction(10)),
    (Mistake("mean", caught=True, recognised=False, line=30, problem="on every test it does what 'sum' does"),),
    MutantCount(12, 11, (), (), (Survivor("axis", 7, "np.sum(x)", "np.sum(x, axis=0)", LONG),), 340),
    (Lint("one-shape", "all hidden tests have the same shape", 20),),
    ("a remark",),
    Proposal("tests:\n  - name: any input\n", 0, "Leave some points."),
)


def page(found: CourseChecked, width: int = 80) -> str:
    stream = io.StringIO()
    render_check(found, plain_console(stream, width=width))
    return stream.getvalue()


def test_what_is_sound_is_short():
    text = page(CourseChecked((GOOD,)))

    assert text == (
        "✓ softmax\n"
        "  reference 10 of 10 points, each time the same\n"
        "  stub      0 of 10 points, untouched\n"
        "  mistakes  1 misconception, each caught and recognised\n"
        "  mutants   12: 10 killed, 1 told apart by advice alone, 1 equivalent (the same\n"
        "            on all 340 inputs tried)\n"
        "  advice    line 5, term: `x` in place of `x - y`\n"
        "\n"
        "✓ 1 exercise checked, nothing falls short.\n"
    )


def test_what_falls_short_is_told_with_its_place():
    text = page(CourseChecked((GOOD, BAD), ("no seed",)))

    assert "survives  line 7, axis: `np.sum(x, axis=0)` in place of `np.sum(x)`" in text
    assert "exercises/L1.yaml:30: misconception 'mean': on every test" in " ".join(text.split())
    assert "exercises/L1.yaml:20: all hidden tests have the same shape" in text
    assert "this has been tried" in text
    assert "Leave some points." in text
    assert "note      a remark" in text
    assert "note: no seed" in text
    assert text.endswith("✗ 1 of 2 exercises falls short: L1.\n")


def test_a_problem_is_wrapped_and_its_source_line_kept():
    source = "    edit: " + "x" * 90
    message = f"exercises/L1.yaml:3:6: {'many words ' * 12}\n{source}\n         ^\n  {'advice ' * 20}end"
    for width in (30, 80):
        text = page(CourseChecked((replace(BAD, lint=(Lint("specification", message, 3),)),)), width)
        assert "…" not in text
        assert source in text
        assert " ".join(text.split()).count("many words") == 12
        assert " ".join(text.split()).count("advice") == 20


def test_a_problem_of_the_reference_names_its_own_place():
    found = replace(BAD, lint=(Lint("specification", "solutions/L1.py:5: the reference solution fails", 1),))
    assert "mend      solutions/L1.py:5: the reference" in page(CourseChecked((found,)))


def test_notes_and_what_was_not_tried_are_no_faults():
    note = Lint("idle-test", "no mutant needs 'one row'", 20)
    found = CourseChecked((replace(GOOD, notes=(note,), mutants=replace(GOOD.mutants, total=15, untried=3)),))

    text = " ".join(page(found).split())

    assert "note exercises/softmax.yaml:20: no mutant needs 'one row'" in text
    assert "mutants 15: 10 killed" in text
    assert "3 not tried, for want of time" in text
    assert text.endswith("✓ 1 exercise checked, nothing falls short.")
    assert json.loads(dumps(found))["exercises"][0]["notes"] == [
        {"rule": "idle-test", "message": "no mutant needs 'one row'", "line": 20}
    ]


def test_mutants_that_fulfil_all_conditions_are_listed():
    found = CourseChecked((replace(GOOD, mutants=replace(GOOD.mutants, by_conditions=True)),))

    text = " ".join(page(found).split())
    assert "1 fulfil all conditions (on all 340 inputs tried)" in text
    assert "fulfils line 4, sign: `-x` in place of `x`" in text


def test_what_is_to_be_pasted_is_never_cut():
    for width in (30, 80):
        assert LONG.splitlines()[-1].strip() in page(CourseChecked((BAD,)), width)


def test_the_json_has_the_keys_that_are_documented():
    (good, bad) = json.loads(dumps(CourseChecked((GOOD, BAD))))["exercises"]

    assert good == {
        "name": "softmax",
        "reference": {"points": 10, "max_points": 10},
        "stub": {"points": 0, "max_points": 10},
        "misconceptions": [{"id": "columns", "caught": True, "recognised": True}],
        "mutants": {"total": 12, "killed": 10, "equivalent": 1, "advice": 1, "untried": 0, "survivors": []},
        "lint": [],
        "notes": [],
    }
    assert bad["stub"]["points"] == 2.5
    assert bad["mutants"]["survivors"] == [{"edit": "axis", "line": 7, "counterexample": LONG}]
    assert bad["lint"] == [{"rule": "one-shape", "message": "all hidden tests have the same shape", "line": 20}]
