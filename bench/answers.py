"""What one submission can cost: the largest answers and the slowest, put to the numgrade of an interpreter.

python -m bench.answers                     this one
python -m bench.answers --python EXE        another, to compare with

For each answer: the most memory that the process had which judges, the seconds until there was a record, its seconds
on the processor, how the exercises ended, and whether an honest submission that it judged right after got full marks.
One that has no result in time, or takes more memory than --most, is ended, and told as that (Linux). `python -m
bench.doors` does the same for exercises with large data, through every command that judges.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from bench.tree import highest

__all__ = ["ANSWERS", "Cost", "measured", "watched"]

_SCRIPT: Final = Path(__file__).with_name("answered.py")
_LINE: Final = "{:30} {:>8} {:>8} {:>9}   {:34} {}"
_PATIENCE: Final = 900.0  # seconds for one of them
_MOST: Final = 6.0  # GiB
_PAUSE: Final = 0.05  # seconds between two looks

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


def measured(python: str, body: str, *, patience: float = _PATIENCE, most: float = _MOST) -> Cost | str:
    """What a submission costs whose functions do this; or how the process ended that judged it."""
    with tempfile.TemporaryDirectory(prefix="numgrade-answers-") as folder, tempfile.TemporaryFile("w+") as told:
        command = [python, "-P", str(_SCRIPT), body]
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=subprocess.STDOUT, text=True)
        why = watched(process, patience, most)
        told.seek(0)
        last = told.read().strip().rpartition("\n")[2]
    if why or process.returncode:
        return why or f"ended with {process.returncode}: {last[:80]}"
    return Cost(*json.loads(last))


def watched(process: subprocess.Popen[str], patience: float, most: float) -> str:
    """Wait for its end, or make one of it and say why."""
    begun, peak = time.monotonic(), 0
    try:
        while process.poll() is None:
            peak = max(peak, highest(process.pid))
            spent = time.monotonic() - begun
            if peak > most * (1 << 30):
                return f"ended at {most:g} GiB, after {spent:.0f} s"
            if spent > patience:
                return f"no result after {patience:.0f} s, and {peak >> 20:,} MiB by then"
            time.sleep(_PAUSE)
        return ""
    finally:
        process.kill()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.answers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default=sys.executable, metavar="EXE", help="an interpreter that has a numgrade")
    parser.add_argument("--only", default="", metavar="TEXT", help="answers with this in their names")
    parser.add_argument("--patience", type=float, default=_PATIENCE, metavar="SECONDS", help="for one of them")
    parser.add_argument("--most", type=float, default=_MOST, metavar="GIB", help="what one of them may take")
    options = parser.parse_args()
    print(_LINE.format("every function answers", "MiB", "seconds", "processor", "exercises", "an honest one after it"))
    for line in _lines(options):
        print(line, flush=True)


def _lines(options: argparse.Namespace) -> Iterator[str]:
    for name, body in ANSWERS.items():
        if options.only in name:
            cost = measured(options.python, body, patience=options.patience, most=options.most)
            yield _LINE.format(name, *_columns(cost)) if isinstance(cost, Cost) else f"{name:30} {cost}"


def _columns(cost: Cost) -> tuple[str, ...]:
    honest = "full marks" if cost.is_honest_whole else "NOT full marks"
    return f"{cost.peak / (1 << 20):,.0f}", f"{cost.seconds:.1f}", f"{cost.processor:.1f}", cost.outcomes, honest


if __name__ == "__main__":
    main()
