"""Where modules and programs are looked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader.observe.import_paths import absolute, keep_to_own_folders, module_folders
from grader.observe.walls import bubblewrap
from grader.observe.walls.readable import readable

posix = pytest.mark.skipif(os.name != "posix", reason="lists of folders are written as on POSIX")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder at hand, with a folder in it; the paths of this process are put back afterwards."""
    (tmp_path / "lib").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("PATH", "PYTHONSAFEPATH", "PYTHONPATH"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


@posix
@pytest.mark.parametrize("folders", [":/bin", "/bin:", ".:/bin", "/bin:lib:../x", "/bin"])
def test_relative_folders_are_left_out(folders: str) -> None:
    assert absolute(folders) == "/bin"


def test_the_folder_at_hand_is_left_out_however_it_is_written(here: Path) -> None:
    before = [folder for folder in sys.path if Path(folder).is_absolute()]
    (here / "link").symlink_to(here)
    sys.path[:0] = ["", ".", "lib", str(here), str(here / "link"), str(here / "lib" / "..")]
    assert module_folders() == before


def test_a_folder_in_it_stays_unless_it_was_named_from_here(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virtual environment may well lie in a course's folder."""
    sys.path.insert(0, str(here / "lib"))
    assert str(here / "lib") in module_folders()
    monkeypatch.setenv("PYTHONPATH", "lib")
    assert str(here / "lib") not in module_folders()


def test_people_are_told_what_was_left_out(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keep_to_own_folders() is None
    assert os.environ["PYTHONSAFEPATH"] == "1"
    monkeypatch.setenv("PYTHONPATH", f"{here}{os.pathsep}")
    assert "PYTHONPATH" in (keep_to_own_folders() or "")


@posix
def test_bubblewrap_is_no_program_of_the_folder_at_hand(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "bwrap").write_text("#!/bin/sh\n")
    (here / "bwrap").chmod(0o755)
    for entry in ("", ".", "lib/.."):
        monkeypatch.setenv("PATH", f"{entry}:/nowhere")
        assert bubblewrap.program() is None


@posix
def test_submissions_may_not_read_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", ":.:lib")
    assert all(Path(path).is_absolute() and not Path(path).is_relative_to(here) for path in readable().trees)
