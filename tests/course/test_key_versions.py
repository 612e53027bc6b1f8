"""What each form of the keys changed of the inputs."""

from __future__ import annotations

from grader.course.key import SCHEMA
from grader.course.key_versions import forms_since
from grader.words.text import ENGLISH


def test_every_form_after_the_first_says_what_it_changed() -> None:
    told = {name for name in ENGLISH if name.startswith("drawn_anew.")}
    assert told == {f"drawn_anew.{form}" for form in forms_since(1)}
    assert forms_since(1)[-1] == SCHEMA


def test_nothing_has_changed_since_the_newest() -> None:
    assert forms_since(SCHEMA) == ()
