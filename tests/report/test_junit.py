from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from xml.etree import ElementTree

import msgspec

from grader.course.key import Role
from grader.judge.remarks import nothing_can_be_judged
from grader.judge.result import Outcome, Result
from grader.report.junit import dumps
from grader.words.text import text

Gallery = dict[str, Callable[[], Result]]


def parsed(result: Result) -> ElementTree.Element:
    return ElementTree.fromstring(dumps(result))


def test_every_result_parses_and_its_counts_are_true(named_result: tuple[str, Result]) -> None:
    root = parsed(named_result[1])
    assert [suite.get("name") for suite in root] == [exercise.name for exercise in named_result[1].exercises]
    for suite in root.iter("testsuite"):
        counted = {tag: len(suite.findall(f"testcase/{tag}")) for tag in ("failure", "error", "skipped")}
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(counted["failure"])
        assert suite.get("errors") == str(counted["error"])
        assert suite.get("skipped") == str(counted["skipped"])


def test_a_wrong_answer_is_a_failure(gallery: Gallery) -> None:
    root = parsed(gallery["wrong_value"]())
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert (
        failure.get("message")
        == "4 of 12 numbers differ; the first is `result[2, 0]`: 0.31 came back, 0.843795 was expected.\n"
        "The largest error is 0.534."
    )
    assert "First difference: result[2, 0]" in (failure.text or "")
    assert not root.findall(".//error")


def test_a_fault_of_ours_is_an_error(gallery: Gallery) -> None:
    root = parsed(gallery["not_judged"]())
    assert len(root.findall(".//error")) == 1
    assert not root.findall(".//failure")


def test_where_there_was_nothing_to_judge_the_reason_is_given(gallery: Gallery) -> None:
    exercise = next(each for each in gallery["not_judged"]().exercises if each.outcome is Outcome.NOT_JUDGED)
    reason = nothing_can_be_judged("essay.pdf: it is neither a .py nor an .ipynb file")
    for remarks, message in (((reason,), text(reason)), ((), "could not be judged, through no fault of yours")):
        told = msgspec.structs.replace(exercise, tests=(), remarks=remarks)
        error = parsed(msgspec.structs.replace(gallery["not_judged"](), exercises=(told,))).find(".//error")
        assert error is not None
        assert error.get("message") == message


def test_hidden_tests_have_no_details(gallery: Gallery) -> None:
    result = gallery["wrong_value"]()
    (exercise,) = result.exercises
    planted = tuple(
        msgspec.structs.replace(
            test, call="SECRET", stdout="SECRET", path="SECRET", expected=exercise.tests[0].expected
        )
        for test in exercise.tests[1:]
    )
    exercise = msgspec.structs.replace(exercise, tests=planted)
    text = dumps(msgspec.structs.replace(result, exercises=(exercise,)))
    assert "SECRET" not in text
    assert "0.8437" not in text


def test_points_are_properties(gallery: Gallery) -> None:
    root = parsed(gallery["wrong_value"]())
    suite = {each.get("name"): each.get("value") for each in root.findall("testsuite/properties/property")}
    assert {"points": "2", "max_points": "10", "undecided_points": "0"}.items() <= suite.items()
    cases = {name: Fraction(value or "") for name, value in suite.items() if name and name.startswith("points: ")}
    assert sum(cases.values()) == 2
    assert [f"points: {case.get('name')}" for case in root.iter("testcase")] == list(cases)


SCHEMA = {  # of Jenkins (junit-10.xsd): what may stand in what, and the attributes that it may have
    "testsuites": ({"testsuite"}, {"name", "time", "tests", "failures", "errors"}),
    "testsuite": (
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
        {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package", "file"},
    ),
    "properties": ({"property"}, set()),
    "property": (set(), {"name", "value"}),
    "testcase": ({"skipped", "error", "failure", "system-out", "system-err"}, {"name", "time", "classname", "group"}),
    **dict.fromkeys(("skipped", "error", "failure"), (set(), {"type", "message"})),
    "system-out": (set(), set()),
}


def test_jenkins_takes_it(named_result: tuple[str, Result]) -> None:
    for element in parsed(named_result[1]).iter():
        within, attributes = SCHEMA[element.tag]
        assert {child.tag for child in element} <= within
        assert element.attrib.keys() <= attributes


def test_a_practice_case_has_no_hidden_tests_name(gallery: Gallery) -> None:
    result = gallery["wrong_value"]()
    (exercise,) = result.exercises
    hidden = exercise.tests[-1]
    practice = tuple(msgspec.structs.replace(hidden, role=Role.PRACTICE, index=number) for number in (1, 2))
    exercise = msgspec.structs.replace(exercise, tests=(*exercise.tests, *practice))

    names = [
        case.get("name") for case in parsed(msgspec.structs.replace(result, exercises=(exercise,))).iter("testcase")
    ]

    assert names[-3:] == [hidden.name, "practice case 1", "practice case 2"]


def test_advice_fails_nothing(gallery: Gallery) -> None:
    root = parsed(gallery["advice_only"]())
    assert not root.findall(".//failure")
    assert next(text for each in root.iter("system-out") if (text := each.text)).startswith("Worth knowing")


def test_an_exercise_without_tests_has_a_case_of_its_own(gallery: Gallery) -> None:
    result = gallery["not_judged"]()
    exercise = msgspec.structs.replace(result.exercises[1], tests=())
    root = parsed(msgspec.structs.replace(result, exercises=(exercise,)))
    assert root.find("testsuite/testcase/error") is not None


def test_a_name_is_numbered_only_where_there_are_several(gallery: Gallery) -> None:
    names = [case.get("name") for case in parsed(gallery["wrong_value"]()).iter("testcase")]
    assert {"example", "any matrix 1", "one row"} <= set(names)
    assert len(set(names)) == len(names)
