"""Texts for people in one language or in several: what may be written, what stands in, what is wrong and where."""

from __future__ import annotations

import pytest

from grader.course.document import read
from grader.course.model import CourseSpec, ExerciseSpec
from grader.course.specification import course_spec, exercise_spec
from grader.errors import SpecificationError
from grader.message import TEXT, TEXTS, Message, as_written, by_language, verbatim
from grader.words.language import Language, speaking
from grader.words.text import tag_of, text

PLAIN = """
title: Rows
args: {x: {type: "float (m, n)", about: A matrix.}}
returns: {type: "float (m,)", about: The sums.}
task: Add them up.
tests:
  - hint: Which axis?
misconceptions:
  - {id: columns, code: "def f(x): return x.sum(0)", says: Columns.}
hints: [First., Then.]
"""
TITLE = ("title: Rows", "title: {en: Rows, zh: 各行, de: Zeilen}")


def exercise(*edits: tuple[str, str], language: str | None = None) -> ExerciseSpec:
    written = PLAIN
    for old, new in edits:
        assert old in written
        written = written.replace(old, new)
    return exercise_spec(read(written.encode(), "exercises/f.yaml"), name="f", language=language)


def course(written: str) -> CourseSpec:
    return course_spec(read(written.encode(), "course.yaml"), title="Folder")


def shown(wording: str | Message) -> list[str]:
    found = []
    for language in Language:
        with speaking(language):
            found.append(text(wording))
    return found


def test_plain_text_is_the_same_in_every_language() -> None:
    spec = exercise()
    assert spec.title == "Rows"
    assert shown(spec.title) == ["Rows"] * 3
    assert verbatim(spec.title) == TEXT(text="Rows")
    assert tag_of(spec.title) == ""
    assert as_written(spec.title) == "Rows"


def test_of_several_the_one_that_is_spoken_is_said() -> None:
    title = exercise(TITLE).title
    assert title == TEXTS(own="en", languages=("en", "zh", "de"), texts=("Rows", "各行", "Zeilen"))
    assert shown(title) == ["Rows", "各行", "Zeilen"]
    assert verbatim(title) is title
    assert by_language(title) == as_written(title) == {"en": "Rows", "zh": "各行", "de": "Zeilen"}
    with speaking(Language.CHINESE):
        assert tag_of(title) == "zh-Hans"


@pytest.mark.parametrize(
    ("written", "language", "due"),
    [
        ("{zh: 各行, en: Rows, fr: Lignes}", "fr", ["Rows", "各行", "Lignes"]),  # the course's own
        ("{zh: 各行, en: Rows, fr: Lignes}", "de", ["Rows", "各行", "Rows"]),  # that has none: English
        ("{zh: 各行, fr: Lignes}", None, ["各行", "各行", "各行"]),  # the first
        ("{de-CH: Zeilen, zh-Hant: 各列}", None, ["Zeilen", "各列", "Zeilen"]),  # a tag may say more
    ],
)
def test_what_stands_in_for_a_language_that_is_lacking(written: str, language: str | None, due: list[str]) -> None:
    assert shown(exercise(("title: Rows", f"title: {written}"), language=language).title) == due


def test_a_course_speaks_its_own_language_first() -> None:
    spec = course("language: fr\ntitle: {en: Course, fr: Cours}\nassignments: [{name: a, exercises: [f]}]\n")
    assert shown(spec.title) == ["Course", "Cours", "Cours"]
    assert spec.assignments[0].title == "a"


def test_every_text_for_people_may_be_in_several() -> None:
    several = "{en: One., de: Eins.}"
    spec = exercise(
        ("about: A matrix.", f"about: {several}"),
        ("about: The sums.", f"about: {several}"),
        ("task: Add them up.", f"task: {several}"),
        ("hint: Which axis?", f"hint: {several}\n    holds: [{{that: result.all(), says: {several}}}]"),
        ("says: Columns.", f"says: {several}"),
        ("hints: [First., Then.]", f"hints: [{several}, Then.]\nunchanged: {{hint: {several}}}"),
    )
    assert spec.tests is not None
    assert isinstance(spec.tests[0].holds, tuple)
    assert spec.unchanged is not None
    texts = [spec.args["x"].about, spec.returns_about, spec.task, spec.tests[0].hint, spec.tests[0].holds[0].says]
    texts += [spec.misconceptions[0].says, spec.hints[0], spec.unchanged.hint]
    assert [shown(each or "") for each in texts] == [["One.", "One.", "Eins."]] * len(texts)
    assert spec.hints[1] == "Then."


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{en: Rows, german: Zeilen}", "exercises/f.yaml:2:27: 'german' is no language tag"),
        ("{en: Rows, zh: 5}", "exercises/f.yaml:2:23: the text in 'zh' must be text"),
        ("{en: Rows, zh: ' '}", "exercises/f.yaml:2:23: the text in 'zh' is empty"),
        ("{}", "exercises/f.yaml:2:8: there is no text in it"),
        ("{en: Rows, 5: five}", "exercises/f.yaml:2:8: '5' is no language tag"),
        ("[Rows]", "exercises/f.yaml:2:8: 'title' must be text, not a list"),
        ("5", "exercises/f.yaml:2:8: 'title' must be text, not the number 5"),
        ("''", "exercises/f.yaml:2:8: the text is empty"),
        ("{en: Rows, en: Lines}", "exercises/f.yaml:2:19: the key 'en' stands twice, on line 2 and on line 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written: str, message: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        exercise(("title: Rows", f"title: {written}"))
    assert caught.value.problems[0].startswith(message)


def test_a_key_is_known_by_the_text_that_was_written_first() -> None:
    """A translation that is added or mended makes no exercise another: nobody's work is judged anew for it."""
    several = exercise(TITLE, ("hints: [First., Then.]", "hints: [{en: First., de: Zuerst.}, Then.]"))
    assert repr(several) == repr(exercise())
    assert repr(exercise(TITLE, language="de")) == repr(exercise())
    assert repr(exercise(("title: Rows", "title: {de: Zeilen, en: Rows}"))) != repr(exercise())
