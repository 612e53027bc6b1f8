"""Errors on a screen."""

from __future__ import annotations

from grader.cli.entry_point import wrapped


def test_lines_are_wrapped_between_words() -> None:
    text = wrapped("error: " + "word " * 30, 40)
    assert all(len(line) < 40 for line in text.splitlines())
    assert text.split() == ["error:", *["word"] * 30]


def test_source_and_its_caret_stay_in_place() -> None:
    source = f"\n    {'x' * 60}\n{' ' * 40}^\n"
    text = f"error: exercises/softmax.yaml:3:1: a comma is missing between 'm' and 'n'{source}"
    assert wrapped(text, 40).endswith(source)


def test_a_path_is_never_broken() -> None:
    path = "/home/somebody/a-course-with-a-long-name/exercises/softmax.yaml"
    assert path in wrapped(f"error: {path}: no such file", 30)
