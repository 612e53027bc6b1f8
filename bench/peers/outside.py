"""What the graders that are not ours have in common: an environment, a kit of checks, commands, two at once."""

from __future__ import annotations

import json
import shutil
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.peers import venvs
from bench.peers.candidate import KIT, Command, two_at_once
from bench.peers.cases import measured_keys, shared_cases
from bench.peers.submissions import Work

__all__ = ["Outside", "as_notebook", "code_cell"]


class Outside(ABC):
    """A grader with a virtual environment of its own."""

    name: str
    about: str
    packages: tuple[str, ...]

    def __init__(self) -> None:
        self.cases = [asdict(case) for case in shared_cases(measured_keys())]
        self.programs = Path()

    def install(self) -> str:
        """Make its environment, if need be."""
        self.programs = venvs.made(self.name, self.packages)
        return venvs.versions(self.programs, self.packages)

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        """The kit, and a folder for each submission."""
        kit = folder / "kit"
        shutil.copytree(KIT, kit, ignore=shutil.ignore_patterns("__pycache__"))
        (kit / "cases.json").write_text(json.dumps(self.cases))
        for work in works:
            (folder / work.name).mkdir()
            self.hand_in(folder / work.name, work)

    def seconds(self, folder: Path, works: Sequence[Work]) -> float:
        """Run its commands."""
        return two_at_once(self.commands(folder, works), folder / "kit")

    def full(self, folder: Path, works: Sequence[Work]) -> list[bool]:
        """Whether each got a point for every case."""
        return [self.points(folder, work) == len(self.cases) for work in works]

    def hand_in(self, folder: Path, work: Work) -> None:
        """Write one submission."""
        (folder / "work.py").write_text(work.text)

    def commands(self, folder: Path, works: Sequence[Work]) -> list[Command]:
        """One for each submission."""
        return [Command(tuple(map(str, self.arguments(folder))), folder / work.name) for work in works]

    @abstractmethod
    def arguments(self, folder: Path) -> Sequence[str | Path]:
        """How one submission is graded, in its folder."""

    @abstractmethod
    def points(self, folder: Path, work: Work) -> float:
        """What a submission got; any error where it was not graded."""


def as_notebook(cells: Sequence[dict[str, Any]]) -> str:
    """A notebook with these cells."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def code_cell(name: str, source: str, **metadata: Any) -> dict[str, Any]:
    """A cell that has not been run."""
    return {
        "cell_type": "code",
        "id": name,
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }
