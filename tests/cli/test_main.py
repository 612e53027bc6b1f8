from __future__ import annotations

from pathlib import Path

import click
import pytest

from grader.cli.border import run
from grader.cli.main import COMMANDS, grader_group


def test_every_command_can_be_had_and_has_help() -> None:
    context = click.Context(grader_group)
    for name in grader_group.list_commands(context):
        command = grader_group.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str()


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(grader_group, "grader", ["nothing"])
    assert ended.value.code == 2
    assert "No such command 'nothing'" in capsys.readouterr().err


def test_modules_beside_the_commands_are_no_commands() -> None:
    context = click.Context(grader_group)
    assert grader_group.get_command(context, "watch") is None
    assert "watch" not in COMMANDS


def test_without_arguments_it_helps(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(grader_group, "grader", [])
    captured = capsys.readouterr()
    assert (captured.out + captured.err).startswith("Usage: grader [OPTIONS] COMMAND")


def test_help_says_where_the_guides_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(grader_group, "grader", ["--help"])
    folder = Path(capsys.readouterr().out.rstrip().rpartition(": ")[2])
    assert (folder / "specification.md").is_file()
