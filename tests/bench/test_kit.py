"""What the other graders are given: the checks, the folders, the notebooks."""

from __future__ import annotations

import json
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import numpy as np
import pytest

from bench.peers.candidate import KIT, Command, two_at_once
from bench.peers.notebooks import Nbgrader, Otter
from bench.peers.scripts import Pytest
from bench.peers.submissions import works
from bench.peers.venvs import cache

pytestmark = pytest.mark.slow

CASE = {"function": "double", "arguments": [[1.0, 2.0]], "expected": [2.0, 4.0]}


@pytest.fixture
def check(tmp_path: Path) -> Any:
    shutil.copy(KIT / "checks.py", tmp_path)
    (tmp_path / "cases.json").write_text(json.dumps([CASE]))
    return runpy.run_path(str(tmp_path / "checks.py"))["check"]


def test_a_right_answer_passes_from_a_module_or_a_dictionary(check: Any) -> None:
    check({"double": lambda x: 2 * x}, 0)
    check(SimpleNamespace(double=lambda x: x + x), 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: 2 * x * (1 + 1e-5),
        lambda x: (2 * x).reshape(2, 1),
        lambda x: None,
        lambda x: np.array([2.0, np.nan]),
    ],
)
def test_a_wrong_answer_does_not(check: Any, wrong: Any) -> None:
    with pytest.raises((AssertionError, TypeError)):
        check({"double": wrong}, 0)


def test_a_number_does_not_pass_for_an_array(check: Any, tmp_path: Path) -> None:
    """`assert_allclose` alone would stretch it."""
    check.__globals__["CASES"][0]["expected"] = [2.0, 2.0]
    with pytest.raises(AssertionError, match="shape"):
        check({"double": lambda x: 2.0}, 0)


def test_each_submission_has_a_folder_with_its_text(tmp_path: Path) -> None:
    Pytest().prepare(tmp_path, works(3))
    for work in works(3):
        assert (tmp_path / work.name / "work.py").read_text() == work.text
    assert len(json.loads((tmp_path / "kit" / "cases.json").read_text())) == 30


def test_points_are_read_from_the_report(tmp_path: Path) -> None:
    (work,) = works(1)
    (tmp_path / work.name).mkdir()
    report = '<testsuites><testsuite tests="30" errors="1" failures="2" skipped="0"/></testsuites>'
    (tmp_path / work.name / "report.xml").write_text(report)
    assert Pytest().points(tmp_path, work) == 27


def test_notebooks_are_valid(tmp_path: Path) -> None:
    (work,) = works(1)
    Otter().hand_in(tmp_path, work)
    notebook = nbformat.read(tmp_path / "work.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source == work.text


def test_nbgrader_has_a_point_for_each_case(tmp_path: Path) -> None:
    Nbgrader()._place(tmp_path / "measured", "x = 1\n")
    notebook = nbformat.read(tmp_path / "measured" / "work.ipynb", as_version=4)
    nbformat.validate(notebook)
    marks = [cell.metadata.nbgrader for cell in notebook.cells]
    assert sum(mark.get("points", 0) for mark in marks) == 30
    assert [mark.solution for mark in marks] == [True] + [False] * 30


def test_what_commands_print_is_kept_and_their_status_does_not_stop_the_others(tmp_path: Path) -> None:
    commands = []
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        commands.append(Command(("/bin/sh", "-c", f"echo {number}; exit {number}"), tmp_path / str(number)))
    assert two_at_once(commands, tmp_path) > 0
    assert [(command.folder / "printed.txt").read_text() for command in commands] == ["0\n", "1\n", "2\n"]


def test_the_cache_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMGRADE_BENCH", str(tmp_path))
    assert cache() == tmp_path
    monkeypatch.delenv("NUMGRADE_BENCH")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache() == tmp_path / "numgrade-bench"
