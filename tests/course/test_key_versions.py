"""What each form of the keys changed of the inputs."""

from __future__ import annotations

from grader.course import key_versions
from grader.course.key import SCHEMA


def test_every_form_after_the_first_says_what_it_changed() -> None:
    assert set(key_versions._CHANGES) == set(range(2, SCHEMA + 1))


def test_what_changed_since_is_told() -> None:
    assert "practice cases are drawn without the course's seed" in key_versions.changes_since(1)
    assert key_versions.changes_since(SCHEMA) == ""
