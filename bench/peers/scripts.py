"""Graders of scripts: pytest, gradescope-utils and check50, a process for each submission."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import final
from xml.etree import ElementTree

from bench.peers.candidate import KIT
from bench.peers.outside import Outside
from bench.peers.submissions import Work

__all__ = ["Check50", "Gradescope", "Pytest"]


@final
class Pytest(Outside):
    """Its report is JUnit's XML."""

    name = "pytest"
    about = "`pytest --junitxml`, a process a submission"
    packages = ("pytest",)

    def arguments(self, folder: Path) -> Sequence[str | Path]:
        return self.programs / "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=report.xml", "test_work.py"

    def hand_in(self, folder: Path, work: Work) -> None:
        super().hand_in(folder, work)
        shutil.copy(KIT / "pytest_tests.py", folder / "test_work.py")

    def points(self, folder: Path, work: Work) -> float:
        suite = ElementTree.parse(folder / work.name / "report.xml").getroot()[0]
        lost = sum(int(suite.attrib[kind]) for kind in ("errors", "failures", "skipped"))
        return int(suite.attrib["tests"]) - lost


@final
class Gradescope(Outside):
    """Its report is Gradescope's results.json."""

    name = "gradescope-utils"
    about = "unittest with its JSON runner, a process a submission"
    packages = ("gradescope-utils",)

    def arguments(self, folder: Path) -> Sequence[str | Path]:
        return self.programs / "python", "run_tests.py"

    def hand_in(self, folder: Path, work: Work) -> None:
        super().hand_in(folder, work)
        shutil.copy(KIT / "gradescope_tests.py", folder / "run_tests.py")

    def points(self, folder: Path, work: Work) -> float:
        report = json.loads((folder / work.name / "results.json").read_text())
        return sum(float(test["score"]) for test in report["tests"])


@final
class Check50(Outside):
    """Its checks run in processes of a pool, as many as there are cores."""

    name = "check50"
    about = "`check50 --dev --output json`, a process a submission, which starts a pool of its own"
    packages = ("check50",)

    def prepare(self, folder: Path, works: Sequence[Work]) -> None:
        super().prepare(folder, works)
        checks = folder / "kit" / "course"
        checks.mkdir()
        (folder / "kit" / "check50_checks.py").rename(checks / "__init__.py")
        (checks / ".cs50.yml").write_text('check50:\n  files:\n    - !exclude "*"\n    - !require work.py\n')

    def arguments(self, folder: Path) -> Sequence[str | Path]:
        checks = folder / "kit" / "course"
        return self.programs / "check50", "--dev", checks, "--output", "json", "--output-file", "report.json"

    def points(self, folder: Path, work: Work) -> float:
        report = json.loads((folder / work.name / "report.json").read_text())
        return sum(bool(result["passed"]) for result in report["results"])
