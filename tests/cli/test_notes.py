"""What is said on a screen, and where a program reads it."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from grader.cli import notes
from grader.cli.notes import wrapped


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


def test_a_line_without_spaces_ends_where_its_script_lets_it() -> None:
    lines = wrapped(
        "“watch” 文件夹里有新提交的作业时就会评判，所有已评判的结果都会保留下来，不会丢失。", 40
    ).splitlines()
    assert len(lines) > 1
    assert all(cell_len(line) < 40 for line in lines)


@pytest.mark.parametrize(("say", "stream"), [(notes.tell, "out"), (notes.tell_aside, "err"), (notes.tell_error, "err")])
def test_a_screen_has_lines_between_words_and_a_pipe_one(
    say: Callable[[str], None], stream: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "a sentence that is longer than a narrow screen is wide, with a long word: undistinguishableness"
    say(words)
    assert getattr(capsys.readouterr(), stream).endswith(f"{words}\n")

    monkeypatch.setattr(f"sys.std{stream}.isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((40, 24)))
    say(words)
    lines = getattr(capsys.readouterr(), stream).splitlines()
    assert all(len(line) < 40 for line in lines)
    assert " ".join(lines).endswith(words)
