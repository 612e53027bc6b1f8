"""The README's commands: those that set up stand in `.ci/run`, all others exist, and an instructor's first ones run."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import click
import pytest

from bench.basics import basics
from grader.cli.grade_command import grade
from grader.cli.main import grader_group

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELLS = ("", "sh", "bash", "console")
PROGRAMS: dict[str, click.Command] = {"grade": grade, "grader": grader_group}

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


def parts(text: str) -> Iterator[tuple[str | None, str]]:
    """Each line, and the language of the fenced block in which it stands ("" for none named); None outside of one."""
    language: str | None = None
    for line in text.splitlines():
        if line.startswith("```"):
            language = line[3:].strip() if language is None else None
        else:
            yield language, line


def blocks(text: str) -> list[str]:
    """The lines of code blocks, indented or fenced, but for fenced ones that show a file or what is printed."""
    return [
        line.strip().removeprefix("$ ")
        for language, line in parts(text)
        if language in SHELLS or (language is None and line.startswith("    "))
    ]


def fenced(text: str, wanted: str) -> str:
    """The first block in that language."""
    found = re.search(rf"(?ms)^```{wanted}\n(.*?)^```$", text)
    return found[1] if found is not None else ""


def commands(text: str) -> Iterator[list[str]]:
    """Every command of the code blocks, and `grade …` and `grader …` in the prose, as words."""
    prose = "\n".join(line for language, line in parts(text) if language is None)
    quoted = re.findall(r"`(grader(?: [^`]*)?|grade(?: [^`]*)?)`", prose)
    for line in [*blocks(text), *quoted]:
        words = shlex.split(line, comments=True)
        while "&&" in words:
            yield words[: words.index("&&")]
            words = words[words.index("&&") + 1 :]
        yield words


def of_ours(text: str) -> list[list[str]]:
    return [words for words in commands(text) if words and words[0] in PROGRAMS]


def parse(words: list[str]) -> None:
    """Raises `click.UsageError` where there is no such command, or it has no such option."""
    program = PROGRAMS[words[0]]
    if words[1:] == ["--help"]:
        return  # every command has it
    if not isinstance(program, click.Group) or len(words) == 1:
        program.make_context(words[0], words[1:], resilient_parsing=len(words) == 1)
        return
    with click.Context(program) as context:
        _, command, rest = program.resolve_command(context, words[1:])
    assert command is not None
    command.make_context(words[1], rest)


def test_what_sets_up_stands_in_the_ci_word_for_word() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    installing = [line.partition("#")[0].strip() for line in blocks(README) if line.startswith("pip install")]

    assert [line for line in installing if line not in ci] == []


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(words)) for words in of_ours(README)])
def test_every_command_exists(words: list[str]) -> None:
    parse(words)


@pytest.mark.parametrize("line", ["grade --no-such-option", "grader no-such-command", "grader build --no-such-option"])
def test_one_that_does_not_exist_is_found_out(line: str) -> None:
    (words,) = of_ours(f"Text.\n\n    {line}   # a remark\n")

    with pytest.raises(click.UsageError):
        parse(words)


def test_an_instructors_first_commands_run_in_their_order(command: Command, tmp_path: Path) -> None:
    steps = [shlex.split(line, comments=True) for line in blocks(README)]
    start = next((number for number, words in enumerate(steps) if words[:2] == ["grader", "new"]), None)
    if start is None:
        pytest.skip("the README starts no exercise")
    new, *rest = [words for words in steps[start:] if words and words[0] in PROGRAMS]
    assert command(*new, cwd=tmp_path).returncode == 0
    for language, file in (("yaml", f"exercises/{new[2]}.yaml"), ("python", f"solutions/{new[2]}.py")):
        if text := fenced(README, language):
            (tmp_path / file).write_text(text, encoding="utf-8")

    for words in rest:
        done = command(*words, cwd=tmp_path)
        assert done.returncode == 0, f"{shlex.join(words)}: {done.stdout}{done.stderr}"


def printed_blocks() -> list[str]:
    return re.findall(r"(?ms)^```text\n(.*?)^```$", README)


SUM_OF_ALL = """
import numpy as np


def softmax(x):
    e = np.exp(x)
    return e / np.sum(e)
"""
THREE_COLUMNS = """import numpy as np


def row_means(x):
    total = 0
    for i in range(3):
        total = total + x[:, i]
    return total / 3
"""


def test_what_a_student_reads_is_what_is_printed(in_process: Command, tmp_path: Path) -> None:
    assert in_process("grader", "build", "--course", basics(), "--to", tmp_path / "out", cwd=tmp_path).returncode == 0
    (tmp_path / "out" / "softmax.py").write_text(SUM_OF_ALL, encoding="utf-8")

    assert in_process("grade", "softmax.py", cwd=tmp_path / "out").stdout == printed_blocks()[0]


def test_what_an_instructor_reads_is_what_is_printed(in_process: Command, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").touch()
    for language, file in (("yaml", "exercises/row_means.yaml"), ("python", "solutions/row_means.py")):
        (tmp_path / file).parent.mkdir()
        (tmp_path / file).write_text(fenced(README, language), encoding="utf-8")
    (tmp_path / "work.py").write_text(THREE_COLUMNS, encoding="utf-8")

    assert in_process("grade", "work.py", cwd=tmp_path).stdout == printed_blocks()[1]
    assert in_process("grader", "check", "row_means", cwd=tmp_path).stdout.startswith(printed_blocks()[2])
