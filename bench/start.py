"""What a student waits for: `grade` of a file with all six exercises, cold, beside `python -c 'import numpy'`.

Both are run in turns, each in a new process, on a compiled key; the first run of each is left out.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.machine import described
from grader.course.folder import example_course

ROUNDS = 15


def main() -> None:
    course = example_course()
    commands = {
        "python -c 'import numpy'": [sys.executable, "-c", "import numpy"],
        "python -c 'import click, numpy, msgspec'": [sys.executable, "-c", "import click, numpy, msgspec"],
        "grade FILE --format json": _grade(course, "--format", "json"),
        "grade FILE (text)": _grade(course),
    }
    with tempfile.TemporaryDirectory() as empty:
        for command in commands.values():
            _seconds(command, empty)
        rounds = [{name: _seconds(command, empty) for name, command in commands.items()} for _ in range(ROUNDS)]
    print(f"{described()}; median of {ROUNDS} rounds, in turns\n")
    floor = statistics.median(each["python -c 'import numpy'"] for each in rounds)
    for name in commands:
        times = sorted(each[name] for each in rounds)
        median = statistics.median(times)
        print(
            f"{name:42} {median * 1e3:7.0f} ms   {median / floor:4.1f}x   ({times[0] * 1e3:.0f}-{times[-1] * 1e3:.0f})"
        )


def _grade(course: Path, *options: str) -> list[str]:
    file = course / "samples" / "amina.py"
    code = "from grader.cli.grade import main; main()"
    return [sys.executable, "-c", code, str(file), "--course", str(course), *options]


def _seconds(command: list[str], folder: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
