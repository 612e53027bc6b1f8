from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from grader.cli.entry_point import run
from grader.cli.main import grader_group
from grader.course.key import AnswerKey
from grader.grading import keys


class Keys:
    """Keys of one exercise."""

    names = ("softmax",)

    def __init__(self, key: AnswerKey) -> None:
        self._key = key

    def key(self, name: str) -> AnswerKey:
        assert name == self._key.name
        return self._key


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, make_key: Callable[..., AnswerKey]) -> list[Path | None]:
    """The courses that were asked for."""
    asked: list[Path | None] = []

    def open_keys(places: Iterable[Path], course: Path | None = None, *, advice: str) -> Keys:
        asked.append(course)
        return Keys(make_key("softmax", "Subtract first."))

    monkeypatch.setattr(keys, "open_keys", open_keys)
    return asked


def show(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        run(grader_group, "grader", ["show", *arguments])
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_a_key_is_shown(opened: list[Path | None], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = show(capsys, "softmax", "--course", "elsewhere")
    assert (status, err) == (0, "")
    assert out.startswith("softmax  softmax, 10 points\n")
    assert "1. Subtract first." in out
    assert opened == [Path("elsewhere")]


def test_a_name_that_is_nearly_right(opened: list[Path | None], capsys: pytest.CaptureFixture[str]) -> None:
    assert show(capsys, "softmx") == (2, "", "error: no exercise 'softmx'; did you mean 'softmax'?\n")
