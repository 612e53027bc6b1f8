"""Where answer keys come from, and what is cached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader import codec
from grader.course.folder import Course
from grader.course.key import SCHEMA, Assignment, Handout
from grader.errors import CourseError
from grader.grading.keys import HANDOUT_FILE, CourseKeys, HandoutKeys, cache_folder, open_keys
from grader.grading.public import public_part

MakeCourse = Callable[..., Course]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("NUMGRADE_CACHE", str(folder))
    return folder


def test_a_course_is_found_upward(make_course: MakeCourse) -> None:
    course = make_course()
    below = course.path / "work" / "today"
    below.mkdir(parents=True)

    keys = open_keys([below])

    assert isinstance(keys, CourseKeys)
    assert keys.course == course
    assert (keys.names, keys.title) == (("double",), "A course")


def test_a_second_look_compiles_nothing(make_course: MakeCourse, cache: Path) -> None:
    course, compiled = make_course(), list[str]()
    first = open_keys([course.path], on_compile=compiled.append).key("double")
    again = open_keys([course.path], on_compile=compiled.append).key("double")

    assert compiled == ["double"]
    assert codec.to_bytes(first) == codec.to_bytes(again)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["course.yaml", "exercises/double.yaml", "solutions/double.py"])
def test_a_change_of_any_source_compiles_again(make_course: MakeCourse, file: str) -> None:
    course, compiled = make_course(), list[str]()
    open_keys([course.path]).key("double")
    with (course.path / file).open("a") as source:
        source.write("\n# a remark\n")

    open_keys([course.path], on_compile=compiled.append).key("double")

    assert compiled == ["double"]


def test_a_damaged_cache_is_made_anew(make_course: MakeCourse, cache: Path) -> None:
    course = make_course()
    key = open_keys([course.path]).key("double")
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:-7])

    assert open_keys([course.path]).key("double") == key


def test_a_key_is_compiled_once_where_it_cannot_be_kept(make_course: MakeCourse, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    compiled = list[str]()
    keys = open_keys([make_course().path], on_compile=compiled.append)

    assert keys.keys(["double"]) == keys.keys(["double"])
    assert compiled == ["double"]


def test_a_cache_that_cannot_be_written_is_no_error(make_course: MakeCourse, cache: Path) -> None:
    cache.write_text("a file where the folder should be")

    assert open_keys([make_course().path]).key("double").points == 10


def _handout(course: Course, folder: Path) -> Path:
    key = open_keys([course.path]).key("double")
    folder.mkdir()
    handout = Handout(SCHEMA, "A course", "en", Assignment("all", "All", ("double",)), (public_part(key),))
    (folder / HANDOUT_FILE).write_bytes(codec.to_bytes(handout))
    return folder


def test_the_nearest_of_course_and_handout_wins(make_course: MakeCourse) -> None:
    course = make_course()
    keys = open_keys([_handout(course, course.path / "handout")])

    assert isinstance(keys, HandoutKeys)
    assert keys.names == ("double",)
    assert keys.key("double").public
    with pytest.raises(CourseError, match="no exercise 'triple' here; there are: double"):
        keys.key("triple")


def test_a_course_or_a_handouts_file_can_be_named(make_course: MakeCourse, tmp_path: Path) -> None:
    course = make_course()
    handout = _handout(course, tmp_path / "handout")

    for named in (handout, handout / HANDOUT_FILE):
        assert isinstance(open_keys([Path("/")], named), HandoutKeys)
    assert isinstance(open_keys([Path("/")], course.path), CourseKeys)
    with pytest.raises(CourseError, match=r"judged_by\.nothing_here"):
        open_keys([], tmp_path / "exercises")


def test_without_a_course_the_way_is_shown(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"judged_by\.for_students"):
        open_keys([tmp_path])


@pytest.mark.parametrize("data", [b"", b"not a key", b"\xff" * 100])
def test_a_broken_handout_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / HANDOUT_FILE).write_bytes(data)

    with pytest.raises(CourseError, match=r"judged_by\.unreadable"):
        open_keys([tmp_path])


def test_a_handout_of_another_version_is_refused(tmp_path: Path) -> None:
    handout = Handout(SCHEMA + 1, "A course", "en", Assignment("all", "All", ()), ())
    (tmp_path / HANDOUT_FILE).write_bytes(codec.to_bytes(handout))

    with pytest.raises(CourseError, match=r"judged_by\.other_version"):
        open_keys([tmp_path])


def test_the_cache_is_where_users_expect_it(tmp_path: Path) -> None:
    assert cache_folder({"NUMGRADE_CACHE": str(tmp_path)}) == tmp_path
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}).name == "numgrade"


def test_a_course_is_no_students_file(make_course: MakeCourse) -> None:
    course = make_course()
    with pytest.raises(CourseError, match=r"judged_by\.neither.*double\.py"):
        open_keys([], course.path / "solutions" / "double.py")
