"""A result as JUnit XML, for anything that shows test results. A hidden test has its finding and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Outcome, Result, TestResult
from grader.report.json import number_of_points
from grader.report.plain_text import describe_advice, describe_test, named_tests
from grader.report.safe_text import cleaned, shortened
from grader.report.words import outcome_words
from grader.words.text import lines

__all__ = ["dumps"]

_MOST_OUTPUT: Final = 4_000


def dumps(result: Result, *, properties: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> str:
    """The XML text: one suite an exercise, one case a test. `properties`: what else a suite of that name has."""
    root = ElementTree.Element("testsuites", name="numgrade")
    for exercise in result.exercises:
        root.append(_suite(exercise, properties.get(exercise.name, {})))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(exercise: ExerciseResult, more: Mapping[str, str]) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=cleaned(exercise.name))
    tests = list(named_tests(exercise))
    points = {name: str(number_of_points(points)) for name, points in _points(exercise, tests)}
    _properties(suite, {**points, **more})
    cases = [_case(exercise, test, name) for name, test in tests] or [_only_case(exercise)]
    suite.extend(cases)
    counts = Counter(child.tag for case in cases for child in case)
    suite.set("tests", str(len(cases)))
    for plural, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(plural, str(counts[tag]))
    return suite


def _points(exercise: ExerciseResult, tests: list[tuple[str, TestResult]]) -> Iterator[tuple[str, Fraction]]:
    """The points of the exercise and of each test. Jenkins' schema has properties in a suite and in no case."""
    yield "points", exercise.points
    yield "max_points", exercise.max_points
    yield "undecided_points", exercise.undecided_points
    for name, test in tests:
        yield f"points: {name}", test.points
        yield f"max_points: {name}", test.max_points


def _properties(parent: ElementTree.Element, properties: dict[str, str]) -> None:
    holder = ElementTree.SubElement(parent, "properties")
    for name, value in properties.items():
        ElementTree.SubElement(holder, "property", name=cleaned(name), value=value)


def _only_case(exercise: ExerciseResult) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname=cleaned(exercise.name), name="exercise")
    remarks = lines(exercise.remarks)
    why = remarks if exercise.outcome is Outcome.NOT_JUDGED else ""  # it may be that there was nothing to judge
    _verdict(case, exercise.outcome, why or outcome_words(exercise.outcome), remarks)
    return case


def _case(exercise: ExerciseResult, test: TestResult, name: str) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname=cleaned(exercise.name), name=cleaned(name))
    if test.advice and test.outcome.is_lost:
        _output(case, describe_advice(test))
        return case
    message = lines(test.finding.messages) if test.finding is not None else outcome_words(test.outcome)
    _verdict(case, test.outcome, message, describe_test(exercise, test))
    if test.stdout and test.role is not Role.HIDDEN:
        _output(case, test.stdout)
    return case


def _verdict(case: ElementTree.Element, outcome: Outcome, message: str, text: str) -> None:
    """Nothing for what is right; a failure for what the submission got wrong, an error for a fault of ours."""
    if outcome is Outcome.PASSED:
        return
    if outcome is Outcome.UNDECIDED:
        ElementTree.SubElement(case, "skipped", message="undecided: the hidden tests are not here")
        return
    tag = "error" if outcome is Outcome.NOT_JUDGED else "failure"
    verdict = ElementTree.SubElement(case, tag, message=cleaned(message), type=outcome.value)
    verdict.text = cleaned(text)


def _output(case: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(case, "system-out").text = cleaned(shortened(text, _MOST_OUTPUT))
