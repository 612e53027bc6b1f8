from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bench.basics import basics
from grader.cli.entry_point import run
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


@pytest.mark.slow
def test_a_user_who_makes_every_warning_an_error_can_work(tmp_path: Path) -> None:
    """Also that of text whose encoding is left to the machine; walls, canaries and processes that grade included."""
    every = ["-X", "warn_default_encoding", "-W", "error"]
    (tmp_path / "amina.py").write_text("def softmax(x):\n    return x\n")
    options = ["--course", basics(), "--gradebook", tmp_path / "gradebook.db", "--isolation", "none"]
    for arguments in (["doctor"], ["run", tmp_path, *options, "--jobs", "1"]):
        command = [sys.executable, *every, "-P", "-m", "grader", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)
        assert done.returncode in (0, 1), done.stderr
        assert "Warning" not in done.stderr


def test_help_says_where_the_guides_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(grader_group, "grader", ["--help"])
    folder = Path(capsys.readouterr().out.rstrip().rpartition(": ")[2])
    assert (folder / "specification.md").is_file()
