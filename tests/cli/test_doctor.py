from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.basics import basics
from grader.cli.entry_point import run
from grader.cli.grade_command import grade
from grader.cli.main import grader_group
from grader.observe.walls.abilities import MissingFeature
from grader.observe.walls.levels import Level

pytestmark = pytest.mark.slow

COURSE = basics()
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no walls")


def doctor(capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    with pytest.raises(SystemExit) as ended:
        run(grader_group, "grader", ["doctor"])
    return ended.value.code, capsys.readouterr().out


@linux
def test_it_shows_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = doctor(capsys)
    assert status == (0 if "✓ standard" in told else 1)
    assert "Built from" in told
    assert sys.executable in told


@linux
def test_without_bubblewrap(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _, told = doctor(capsys)
    assert "✗ strict" in told
    assert "`apt install bubblewrap`" in told


def test_a_machine_for_no_class(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    feature = MissingFeature(Level.STANDARD, "Darwin 24 has neither Landlock nor seccomp", "grade on Linux")
    monkeypatch.setattr("grader.cli.doctor._attempt", lambda level: ((), (feature,)))
    status, told = doctor(capsys)
    assert status == 1
    assert "Do not grade a class on this machine." in told
    assert "grade on Linux" in told


@linux
def test_a_level_that_cannot_be_had_is_refused_by_grade(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = str(tmp_path / "softmax.py")
    (tmp_path / "softmax.py").write_text("def softmax(x):\n    return x\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        run(grade, "grade", [file, "--course", str(COURSE), "--isolation", "strict"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("error: isolation `strict` cannot be had on this machine\n- bubblewrap is not installed: ")
