"""Several exercises at a time: each observer has one, the report keeps their order, and what is interrupted ends."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, ClassVar

import pytest

from grader.authoring.course_check import check_course
from grader.authoring.kept_property import kept_property
from grader.course.folder import Course
from grader.grading.checked import Checked, Score

NAMES = ("first", "second", "third", "fourth")


class Pretended:
    """In place of the check of an exercise: it waits until as many are under way as there are observers."""

    both = threading.Barrier(2)
    under_way: ClassVar[set[object]] = set()

    def __init__(self, course: Course, name: str, observer: Any, *, on_progress: Any) -> None:
        self._name, self._observer, self._on_progress = name, observer, on_progress

    def checked(self, *, fix: bool) -> Checked:
        assert self._observer not in self.under_way
        self.under_way.add(self._observer)
        self.both.wait(60)
        self._on_progress(self._name, 1, 1)
        self.under_way.remove(self._observer)
        return Checked(self._name, "", Score(), Score())


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "course.yaml").write_text("title: A course\n")
    return Course(tmp_path)


def observers() -> Any:
    return "one", ["other"]


def test_as_many_are_checked_at_a_time_as_there_are_observers(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.authoring.course_check.Checkup", Pretended)
    observer, others = observers()

    found = check_course(course, NAMES, observer, others=others)

    assert tuple(one.name for one in found.exercises) == NAMES


def test_what_is_interrupted_ends(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.authoring.course_check.Checkup", Pretended)
    monkeypatch.setattr(Pretended, "both", threading.Barrier(2))
    monkeypatch.setattr(Pretended, "under_way", set())
    observer, others = observers()

    def interrupt(name: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_course(course, NAMES[:2], observer, others=others, on_progress=interrupt)


def test_a_kept_property_is_computed_once_an_object() -> None:
    class Thing:
        times = 0

        @kept_property
        def value(self) -> int:
            """What it is."""
            self.times += 1
            return self.times

    one, other = Thing(), Thing()

    assert (one.value, one.value, other.value) == (1, 1, 1)
    assert Thing.value.__doc__ == "What it is."
