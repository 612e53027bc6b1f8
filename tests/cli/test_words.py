"""What a translator is told."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from grader.cli.words import command
from grader.words import text
from grader.words.catalogue import Plural


@pytest.mark.parametrize("language", ["zh", "de"])
def test_nothing_is_missing(language: str) -> None:
    done = CliRunner().invoke(command, ["--missing", language])
    assert (done.exit_code, done.output) == (0, "")


def test_what_is_missing_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "ENGLISH", {"new.one": "A new text", "new.two": Plural("n", "{n} day", "{n} days")})
    done = CliRunner().invoke(command, ["--missing", "de"])
    assert (done.exit_code, done.output) == (1, "new.one: A new text\nnew.two: {n} day | {n} days\n")
