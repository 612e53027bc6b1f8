"""What a course and its exercises lack of the languages that they are in."""

from __future__ import annotations

import pytest

from grader.authoring.untranslated import untranslated, untranslated_in_course
from grader.course.document import read
from grader.course.specification import course_spec, exercise_spec

BOTH = "{en: Text, zh: 文字}"
EXERCISE = """
title: TITLE
args: {x: "float (m, n)"}
returns: float (m,)
task: TASK
tests:
  - hint: HINT
"""


def found(title: str, task: str, hint: str, course: str = "") -> list[tuple[object, ...]]:
    written = EXERCISE.replace("TITLE", title).replace("TASK", task).replace("HINT", hint)
    spec = exercise_spec(read(written.encode(), "f.yaml"), name="f")
    return list(untranslated("f", spec, course_spec(read(course.encode(), "course.yaml"), title="C")))


def test_where_all_is_in_one_language_nothing_is_lacking() -> None:
    assert found("T", "Do it.", "Think.") == []
    assert found("T", "Do it.", "Think.", "language: de") == []
    assert found(BOTH, BOTH, BOTH) == []
    assert found(BOTH, BOTH, BOTH, "language: zh") == []


def test_what_others_have_is_named_with_its_place() -> None:
    lacking = "these texts are not there in the language 'zh': task, tests[1].hint"
    assert found(BOTH, "Do it.", "Think.") == [(("task",), lacking)]
    assert found("{en: T, de: T}", BOTH, BOTH) == [
        (("task",), "these texts are not there in the language 'de': task, tests[1].hint"),
        (("title",), "these texts are not there in the language 'zh': title"),
    ]


@pytest.mark.parametrize(
    "course",
    [
        f"title: {BOTH}",
        "assignments: [{name: a, title: {en: T, zh: 文字}, exercises: [f]}]",
        "hand_in: {en: T, zh: 文字}",
    ],
)
def test_an_exercise_is_to_be_in_the_languages_of_its_course(course: str) -> None:
    assert found("T", "Do it.", "Think.", course) == [
        ((), "nothing is in the language 'zh', which the course has texts in")
    ]


def test_it_need_not_be_in_those_of_other_assignments() -> None:
    course = "assignments: [{name: a, title: {en: T, zh: 文字}, exercises: [g]}]"
    assert found("T", "Do it.", "Think.", course) == []


def test_the_same_of_the_course_itself() -> None:
    course = f"title: {BOTH}\nhand_in: By mail.\nassignments: [{{name: a, exercises: [f]}}]"
    spec = course_spec(read(course.encode(), "course.yaml"), title="C")
    assert list(untranslated_in_course(spec)) == [
        (("hand_in",), "these texts are not there in the language 'zh': hand_in")
    ]
