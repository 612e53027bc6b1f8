"""What is measured: something that grades a set of submissions, two at once."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bench.peers.submissions import Work

__all__ = ["AT_ONCE", "KIT", "LIMIT", "Candidate", "Command", "two_at_once"]

KIT: Final = Path(__file__).resolve().parent / "kit"
AT_ONCE: Final = 2
LIMIT: Final = 600.0  # seconds for one command


class Candidate(Protocol):
    """A way of grading. `folder` is its own, empty before `prepare`."""

    name: str
    about: str  # how it is run, for the page

    def install(self) -> str:
        """Make it ready to run, once; its versions. Raises `Unavailable`."""

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        """Write down what it reads; not timed."""

    def seconds(self, folder: Path, works: Sequence[Work]) -> float:
        """Grade them all; how long it took."""

    def full(self, folder: Path, works: Sequence[Work]) -> list[bool] | None:
        """Which of them got full marks; nothing where nothing is judged."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program, and the folder it runs in."""

    arguments: tuple[str, ...]
    folder: Path


def two_at_once(commands: Sequence[Command], kit: Path) -> float:
    """Run them, two at a time; seconds. They see the modules in `kit`. What they print is kept beside their work."""
    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as executor:
        for _ in executor.map(lambda command: _run(command, kit), commands):
            pass
    return time.perf_counter() - start


def _run(command: Command, kit: Path) -> None:
    """Many graders exit with 1 where points are lost: what they wrote down is looked at, not their status."""
    path = f"{Path(command.arguments[0]).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls a neighbour by name
    ours = {"PATH": path, "PYTHONPATH": str(kit), "HOME": str(kit), "PYTHONDONTWRITEBYTECODE": "1"}
    with (command.folder / "printed.txt").open("ab") as printed:
        subprocess.run(
            command.arguments,
            cwd=command.folder,
            env={**os.environ, **ours},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            check=False,
        )
