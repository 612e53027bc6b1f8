"""What a student waits for: `grade` of a file with all six exercises, cold, beside `python -c 'import numpy'`.

All are run in turns, each in a new process, on a compiled key; the first run of each is left out. Measured is the time
to the first thing that is printed, and to the end.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.basics import basics
from grader.course.folder import example_course

__all__ = ["ROUNDS", "measured"]

ROUNDS: Final = 15

Times = tuple[float, float]


def measured(rounds: int) -> list[tuple[str, float, float]]:
    """For each command the medians: seconds to its first output and to its end. The first command is numpy's import."""
    commands = _commands(basics())
    with tempfile.TemporaryDirectory() as empty:
        for command in commands.values():
            _seconds(command, empty)
        times = [{name: _seconds(command, empty) for name, command in commands.items()} for _ in range(rounds)]
    return [
        (name, statistics.median(each[name][0] for each in times), statistics.median(each[name][1] for each in times))
        for name in commands
    ]


def _commands(course: Path) -> dict[str, list[str]]:
    return {
        "python -c 'import numpy'": [sys.executable, "-c", "import numpy"],
        "python -c 'import click, numpy, msgspec'": [sys.executable, "-c", "import click, numpy, msgspec"],
        "grade FILE --format json": _grade(course, "--format", "json"),
        "grade FILE": _grade(course, "--language", "en"),
        "grade FILE --language zh": _grade(course, "--language", "zh"),
    }


def _grade(course: Path, *options: str) -> list[str]:
    file = example_course() / "samples" / "amina.py"
    code = "from grader.cli.grade import main; main()"
    return [sys.executable, "-c", code, str(file), "--course", str(course), *options]


def _seconds(command: list[str], folder: str) -> Times:
    """To the first output, or to the end where there is none, and to the end."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0) as process:
        assert process.stdout is not None
        begun = process.stdout.read(1)
        first = time.perf_counter() - start
        process.stdout.read()
    end = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return (first, end) if begun else (end, end)
