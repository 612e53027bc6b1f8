"""`grade --help` in each language."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from grader.cli.grade_command import grade
from grader.words.english.help import HELP


def helped(*arguments: str) -> str:
    return CliRunner().invoke(grade, [*arguments], prog_name="grade", terminal_width=80).stdout


@pytest.mark.parametrize(
    ("arguments", "begin", "option"),
    [
        (("--help",), "Usage: grade", HELP["help.form"]),
        (("--help", "--language", "zh"), "用法：grade", "报告的形式。"),
        (("--language=de", "-h"), "Aufruf: grade", "Form des Berichts."),
    ],
)
def test_help_is_in_the_language_that_is_asked_for(arguments: tuple[str, ...], begin: str, option: str) -> None:
    told = helped(*arguments)
    assert told.startswith(begin)
    assert option in told
    assert "[help." not in told
    assert all(option in told for option in ("--exercise", "--language", "--help", "--version"))


def test_the_machine_chooses_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "de_AT.UTF-8")
    assert helped("--help").startswith("Aufruf: grade")
    assert helped("--help", "--language", "en").startswith("Usage: grade")


def test_chinese_fits_a_screen() -> None:
    assert all(cell_len(line) <= 80 for line in helped("--help", "--language", "zh").splitlines())


def test_a_language_that_there_is_not_is_refused() -> None:
    done = CliRunner().invoke(grade, ["--language", "xx"])
    assert (done.exit_code, "'xx' is not one of" in done.output) == (2, True)
