from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.cli.hints import hint_text, next_hint
from grader.cli.judging import Judged


def test_each_asks_for_the_next(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    state = tmp_path / "deep" / "hints.json"
    now = judged("wrong_value")
    key, exercise = now.keys["softmax"], now.result.exercises[0]
    given = [next_hint(key, exercise, state) for _ in range(4)]
    assert [text.partition(":")[0] for text in given] == [
        "softmax, hint 1 of 3",
        "softmax, hint 2 of 3",
        "softmax, hint 3 of 3 (the last there is)",
        "softmax, hint 3 of 3 (the last there is)",
    ]


def test_another_exercise_begins_at_its_first(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    state = tmp_path / "hints.json"
    now = judged("wrong_value")
    key, exercise = now.keys["softmax"], now.result.exercises[0]
    next_hint(key, exercise, state)
    other = msgspec.structs.replace(key, id="sha256:other")
    assert "hint 1 of 3" in next_hint(other, exercise, state)


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"sha256:softmax": "many"}', "\xff", "[" * 100_000])
def test_a_state_that_makes_no_sense_is_no_state(tmp_path: Path, judged: Callable[[str], Judged], content: str) -> None:
    state = tmp_path / "hints.json"
    state.write_text(content, encoding="latin-1")
    now = judged("wrong_value")
    assert "hint 1 of 3" in next_hint(now.keys["softmax"], now.result.exercises[0], state)


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    now = judged("wrong_value")
    assert "hint 1 of 3" in next_hint(now.keys["softmax"], now.result.exercises[0], tmp_path / "file" / "hints.json")


def test_without_a_ladder_the_findings_hint(judged: Callable[[str], Judged]) -> None:
    now = judged("wrong_value")
    bare = msgspec.structs.replace(now.keys["softmax"], hints=())
    assert hint_text(bare, now.result.exercises[0], 1).startswith("softmax: Each column sums to 1")
