from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from grader.cli.output import emit, write_text
from grader.disk import Readers
from grader.errors import GraderError
from grader.judge.result import Result
from grader.report.words import TERMINAL


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("old", encoding="utf-8")
    write_text(file, "new – ✓\n", Readers.OWNER)
    assert file.read_bytes() == "new – ✓\n".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.json"
    file.write_text("old", encoding="utf-8")

    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(GraderError, match=r"report\.json: cannot be written: No space left on device"):
        write_text(file, "new", Readers.OWNER)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="cannot be written: No such file"):
        write_text(tmp_path / "none" / "report.json", "new", Readers.OWNER)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes and devices of this kind")
def test_modes_and_links_and_devices_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "report.json", tmp_path / "link.json"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_text(link, "new", Readers.OWNER)
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    write_text(Path(os.devnull), "new", Readers.OWNER)
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["softmax.py", "work.ipynb", "softmax.yaml", "handout.key"])
def test_a_report_never_replaces_somebodys_work(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")

    with pytest.raises(GraderError, match="somebody's work"):
        emit(Result((), "none", {}), "text", tmp_path / name, door=TERMINAL)

    assert (tmp_path / name).read_text() == "mine"


def test_a_written_report_is_said_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.json"
    emit(Result((), "none", {}), "json", file, door=TERMINAL)
    assert capsys.readouterr() == ("", f"Wrote {file}\n")
