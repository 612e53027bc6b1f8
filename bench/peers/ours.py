"""Ours, and the floor below it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

import numpy as np

import grader
from bench.peers.candidate import AT_ONCE, LIMIT
from bench.peers.cases import COURSE
from bench.peers.submissions import Work

__all__ = ["Command", "Warm", "full_marks", "run_class", "told"]

_WORDS = 1000  # of what a program says when it fails
_ROOT = Path(__file__).resolve().parents[2]
_LONGEST: Final = 7200.0  # seconds for a class of a hundred thousand
_GRADER: Final = ("-P", "-m", "grader")


@final
@dataclass
class Warm:
    """Processes that stand ready (`bench.peers.warm`)."""

    name: str
    kind: str
    about: str

    def install(self) -> str:
        """It is here."""
        return f"numpy {np.__version__}" if self.kind == "floor" else f"numgrade {grader.__version__}"

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        """A file for each submission."""
        _write(folder, works)

    def seconds(self, folder: Path, works: Sequence[Work]) -> float:
        """As the program itself measured it; its verdicts are kept beside the files."""
        answer = told("-m", "bench.peers.warm", self.kind, str(folder))
        (folder / "told.json").write_text(answer)
        return float(json.loads(answer)["seconds"])

    def full(self, folder: Path, works: Sequence[Work]) -> list[bool] | None:
        """What it said."""
        full: list[bool] | None = json.loads((folder / "told.json").read_text())["full"]
        return full


@final
@dataclass
class Command:
    """`grader run` as an instructor types it, from its start to its end, into a new gradebook."""

    name: str
    isolation: str
    about: str

    def install(self) -> str:
        """It is here."""
        return f"numgrade {grader.__version__}"

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        """A class in a folder."""
        (folder / "class").mkdir()
        _write(folder / "class", works)

    def seconds(self, folder: Path, works: Sequence[Work]) -> float:
        """The whole command."""
        return run_class(COURSE, folder, self.isolation)

    def full(self, folder: Path, works: Sequence[Work]) -> list[bool]:
        """As its gradebook says."""
        known = full_marks(folder)
        return [known[work.name] for work in works]


def run_class(course: Path, folder: Path, isolation: str) -> float:
    """Seconds of `grader run` on the submissions in `folder/class`, two at once, into `folder/book.db`."""
    where = ["--course", str(course), "--gradebook", str(folder / "book.db")]
    start = time.perf_counter()
    told(*_GRADER, "run", str(folder / "class"), *where, "--isolation", isolation, "-j", str(AT_ONCE), limit=_LONGEST)
    return time.perf_counter() - start


def full_marks(folder: Path) -> dict[str, bool]:
    """Which students got them, as `folder/book.db` says."""
    rows = csv.DictReader(told(*_GRADER, "export", "csv", "--gradebook", str(folder / "book.db")).splitlines())
    return {row["student"]: row["points"] == row["max_points"] for row in rows}


def _write(folder: Path, works: Sequence[Work]) -> None:
    for work in works:
        (folder / f"{work.name}.py").write_text(work.text)


def told(*arguments: str, limit: float = LIMIT) -> str:
    """What a program of ours prints. Where it fails, its last words are the error."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=_ROOT, capture_output=True, text=True, timeout=limit, check=False
    )
    if done.returncode:
        words = f"{done.stdout}\n{done.stderr}".strip()[-_WORDS:]
        raise RuntimeError(f"{' '.join(arguments[:3])} ended with {done.returncode}: {words}")
    return done.stdout
