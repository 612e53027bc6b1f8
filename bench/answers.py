"""What one submission can cost: the largest answers and the slowest, put to the numgrade of an interpreter.

python -m bench.answers                     this one
python -m bench.answers --python EXE        another, to compare with

For each answer: the most memory that the process had which judges, the seconds until there was a record, its seconds on
the processor, how the exercises ended, and whether an honest submission that it judged right after got full marks.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["ANSWERS", "Cost", "measured"]

_SCRIPT: Final = Path(__file__).with_name("answered.py")
_LINE: Final = "{:30} {:>8} {:>8} {:>9}   {:34} {}"
_PATIENCE: Final = 900.0  # seconds for one of them

# What every function of the submission does.
ANSWERS: Final = {
    "a dict of 60,000 keys": "return {f'key {n}': float(n) for n in range(60_000)}",
    "60 texts of 1 MiB": "return ['x' * (1 << 20)] * 60",
    "ten lists of 150,000 floats": "return [[0.5] * 150_000] * 10",
    "50,000 small arrays": "return [np.zeros(1)] * 50_000",
    "an array of 512 MiB": "return np.zeros(1 << 26)",
    "sleep(1.85)": "time.sleep(1.85)",
    "printing without end": "while True: print('x' * 10_000)",
}


class Cost(NamedTuple):
    """Of one submission."""

    peak: int  # bytes
    seconds: float
    processor: float
    outcomes: str
    is_honest_whole: bool


def measured(python: str, body: str) -> Cost | str:
    """What a submission costs whose functions do this; or how the process ended that judged it."""
    with tempfile.TemporaryDirectory(prefix="numgrade-answers-") as folder:
        command = [python, "-P", str(_SCRIPT), body]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return f"no result after {_PATIENCE:.0f} s"
    if done.returncode:
        return f"ended with {done.returncode}: {done.stderr.strip().rpartition(chr(10))[2][:80]}"
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.answers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default=sys.executable, metavar="EXE", help="an interpreter that has a numgrade")
    parser.add_argument("--only", default="", metavar="TEXT", help="answers with this in their names")
    options = parser.parse_args()
    print(_LINE.format("every function answers", "MiB", "seconds", "processor", "exercises", "an honest one after it"))
    for line in _lines(options.python, options.only):
        print(line, flush=True)


def _lines(python: str, only: str) -> Iterator[str]:
    for name, body in ANSWERS.items():
        if only in name:
            cost = measured(python, body)
            yield _LINE.format(name, *_columns(cost)) if isinstance(cost, Cost) else f"{name:30} {cost}"


def _columns(cost: Cost) -> tuple[str, ...]:
    honest = "full marks" if cost.is_honest_whole else "NOT full marks"
    return f"{cost.peak / (1 << 20):,.0f}", f"{cost.seconds:.1f}", f"{cost.processor:.1f}", cost.outcomes, honest


if __name__ == "__main__":
    main()
