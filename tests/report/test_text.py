"""What students see, compared letter by letter with golden/NAME-WIDTH.txt.

After a change that is meant: `NUMGRADE_GOLDEN=write pytest tests/report/test_text.py`, and read the difference.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from rich.console import Console

from grader.judge.result import Outcome, Result, TestResult
from grader.message import verbatim
from grader.report.page import plain_console, terminal
from grader.report.text import render, render_exercise

GOLDEN = Path(__file__).parent / "golden"
Gallery = dict[str, Callable[[], Result]]


def plain(result: Result, width: int = 80) -> str:
    stream = io.StringIO()
    render(result, plain_console(stream, width=width))
    return stream.getvalue()


@pytest.mark.parametrize("width", [80, 40])
def test_golden(named_result: tuple[str, Result], width: int) -> None:
    name, result = named_result
    file = GOLDEN / f"{name}-{width}.txt"
    text = plain(result, width)
    if os.environ.get("NUMGRADE_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_no_golden_text_without_a_result(gallery: Gallery) -> None:
    assert {file.name.rpartition("-")[0] for file in GOLDEN.iterdir()} == set(gallery)


@pytest.mark.parametrize("width", [120, 80, 40, 24])
def test_no_line_is_longer_than_the_page(named_result: tuple[str, Result], width: int) -> None:
    for line in plain(named_result[1], width).splitlines():
        assert len(line) <= width or "[" in line
        assert line == line.rstrip()


def test_plain_text_has_no_escapes(named_result: tuple[str, Result]) -> None:
    text = plain(named_result[1])
    assert not [character for character in text if unicodedata.category(character) == "Cc" and character != "\n"]


def test_no_line_can_be_taken_for_a_workflow_command(gallery: Gallery) -> None:
    text = plain(gallery["hostile"]())
    assert "::error::all right" in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


def test_markup_of_a_submission_is_shown_as_it_is(gallery: Gallery) -> None:
    assert "[bold red]passed[/]" in plain(gallery["hostile"]())


def test_never_all_right_while_something_is_undecided(gallery: Gallery) -> None:
    text = plain(gallery["undecided"]())
    assert "2 of 2 exercises right so far; hidden tests decide the 20 points" in text
    assert "Everything is right" not in text
    assert "6 of 6 practice cases right; hidden tests decide the 10 points" in text or "decide 10 points" in text


def on_terminal(result: Result, **environment: str) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=80,
        force_terminal=True,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={"TERM": "xterm-256color", **environment},
    )
    render(result, console)
    return stream.getvalue()


def test_colours_are_the_sixteen_by_name(named_result: tuple[str, Result]) -> None:
    codes = set()
    for sequence in re.findall(r"\x1b\[([\d;]*)m", on_terminal(named_result[1])):
        codes |= set(sequence.split(";"))
    assert codes <= {"0", "1", "2", "31", "32", "35"}  # yellow, cyan and white are lost on a light ground


def test_colour_says_nothing_that_the_text_does_not(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    assert re.sub(r"\x1b\[[\d;]*m", "", on_terminal(result)) == plain(result)


def test_no_color_is_honoured(gallery: Gallery) -> None:
    text = on_terminal(gallery["whole_assignment"](), NO_COLOR="1")
    assert not re.search(r"\x1b\[(\d+;)*3[0-7]", text)


def test_an_encoding_that_cannot_carry_the_marks_gets_plainer_ones(named_result: tuple[str, Result]) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="strict", newline="\n")
    render(named_result[1], plain_console(stream))
    stream.flush()
    lines = raw.getvalue().decode("ascii").splitlines()
    assert any(line.startswith(("+ ", "x ", "! ", "- ")) for line in lines)
    assert max(map(len, lines)) <= 80


def test_what_a_pipe_gets_is_plain(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    stream = io.StringIO()
    render(gallery["wrong_value"](), terminal(stream))
    assert "\x1b" not in stream.getvalue()


def test_one_exercise_by_itself(gallery: Gallery) -> None:
    stream = io.StringIO()
    render_exercise(gallery["advice_only"]().exercises[1], plain_console(stream))
    assert stream.getvalue().startswith("✓ softmax  10 of 10 points\n\nWorth knowing, no points lost:\n")


def test_a_fault_that_exercises_share_is_told_once(gallery: Gallery) -> None:
    text = plain(gallery["syntax_error"]())
    assert text.count("np.exp(x - np.max(x, axis=1") == 1
    assert "The same fault as in softmax.\n" in text


def test_a_remark_on_a_file_is_made_once(gallery: Gallery) -> None:
    assert plain(gallery["notebook_with_remarks"]()).count("matplotlib") == 1


def test_the_brackets_are_where_the_numbers_differ(gallery: Gallery) -> None:
    result = gallery["wrong_value"]()
    test = result.exercises[0].tests[0]
    assert test.actual is not None
    assert test.expected is not None
    wrong = ~np.isclose(test.actual.value, test.expected.value)
    shown = plain(result).partition("returned")[2].partition("expected")[0]
    rows = [re.findall(r"\[?[\d.]+\]?", line) for line in shown.splitlines()][:4]
    assert [[number.startswith("[") for number in row] for row in rows] == wrong.tolist()


def test_a_call_of_several_lines_can_be_pasted(gallery: Gallery) -> None:
    text = plain(gallery["timed_out"]())
    assert "  call      yhat = np.array([0.9, 0.2, 0.1, 0.4, 0.9])\n            y = np.array(" in text


def test_at_most_one_hint_an_exercise(named_result: tuple[str, Result]) -> None:
    _, result = named_result
    for exercise in result.exercises:
        stream = io.StringIO()
        render_exercise(exercise, plain_console(stream))
        assert stream.getvalue().count("\n  hint ") <= 1


def test_what_only_hidden_tests_find(gallery: Gallery) -> None:
    assert "The examples are right; hidden tests find something that they do not show." in plain(
        gallery["hidden_only"]()
    )
    assert "Hidden tests find something that is not right yet." in plain(gallery["kept_back"]())


def test_an_exercise_that_is_wrong_gets_no_advice(gallery: Gallery) -> None:
    result = gallery["advice_only"]()
    wrong = msgspec.structs.replace(result.exercises[1], outcome=Outcome.FAILED)
    assert "Worth knowing" in plain(result)
    assert "Worth knowing" not in plain(msgspec.structs.replace(result, exercises=(wrong,)))


def test_the_same_hint_is_given_once(gallery: Gallery) -> None:
    result = gallery["advice_only"]()
    twice = msgspec.structs.replace(result, exercises=(result.exercises[1], result.exercises[1]))
    assert plain(twice).count("e^1000") == 1


def test_what_could_not_be_judged_is_named_beside_what_could(gallery: Gallery) -> None:
    exercise = gallery["wrong_value"]().exercises[0]
    unjudged = msgspec.structs.replace(exercise.tests[-1], outcome=Outcome.NOT_JUDGED, finding=None)
    some = msgspec.structs.replace(exercise, tests=(*exercise.tests[:-1], unjudged), outcome=Outcome.NOT_JUDGED)
    assert "\n  Not judged: one row.\n" in plain(msgspec.structs.replace(gallery["wrong_value"](), exercises=(some,)))
    assert "Not judged:" not in plain(gallery["not_judged"]())


def test_a_value_with_nothing_to_hold_it_against_is_shown(gallery: Gallery) -> None:
    result = gallery["long_call"]()
    test = msgspec.structs.replace(result.exercises[0].tests[0], expected=None, mismatch=None, compare=None)
    exercise = msgspec.structs.replace(result.exercises[0], tests=(with_message(test, "It is no rotation."),))
    assert "\n  returned  1.5\n" in plain(msgspec.structs.replace(result, exercises=(exercise,)))


def with_message(test: TestResult, message: str) -> TestResult:
    assert test.finding is not None
    return msgspec.structs.replace(test, finding=msgspec.structs.replace(test.finding, messages=(verbatim(message),)))
