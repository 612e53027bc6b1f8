"""Temporary folders of a process, and what becomes of them when it ends."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.observe import scratch

posix = pytest.mark.skipif(sys.platform == "win32", reason="locks and rights of POSIX")

ONE = "from grader.observe.scratch import new_home; print(new_home(), flush=True); input()"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, and a process that has made none yet."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_top", None)
    yield tmp_path
    scratch.remove_all()


@pytest.fixture
def another(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that has made a folder, and that folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", ONE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place), "TEMP": str(place)},
    )
    assert process.stdout is not None
    with process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


@posix
def test_all_are_in_one_that_others_cannot_look_into(place: Path) -> None:
    homes = [Path(scratch.new_home()), Path(scratch.open_home())]
    (top,) = place.iterdir()

    assert {home.parent for home in homes} == {top}
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (top, *homes)] == [0o711, 0o700, 0o755]
    scratch.remove_all()
    assert not list(place.iterdir())


@posix
def test_what_a_killed_process_has_left_is_swept(another: tuple[subprocess.Popen[str], Path], place: Path) -> None:
    process, home = another
    scratch.sweep()
    assert home.is_dir()

    process.kill()
    process.wait()
    assert home.is_dir()
    own = Path(scratch.new_home())
    assert list(place.iterdir()) == [own.parent]


def test_a_process_that_ends_leaves_nothing(another: tuple[subprocess.Popen[str], Path], place: Path) -> None:
    process, _ = another
    process.communicate("\n")

    assert not list(place.iterdir())


@posix
def test_what_is_not_ours_is_never_swept(place: Path) -> None:
    kept = place / "kept"
    kept.mkdir()
    (kept / scratch._OWNER).touch()
    (place / f"{scratch._PREFIX}link").symlink_to(kept)
    own = place / f"{scratch._PREFIX}of-somebody"  # without a lock in it
    own.mkdir()
    (own / "work").touch()
    linked = place / f"{scratch._PREFIX}linked"  # whose lock is elsewhere
    linked.mkdir()
    (linked / scratch._OWNER).symlink_to(kept / scratch._OWNER)
    before = sorted(place.rglob("*"))

    scratch.sweep()
    assert sorted(place.rglob("*")) == before


@posix
def test_the_folder_of_another_user_is_never_swept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = place / f"{scratch._PREFIX}theirs"
    theirs.mkdir()
    (theirs / scratch._OWNER).touch()
    monkeypatch.setattr(os, "geteuid", lambda: theirs.stat().st_uid + 1)

    scratch.sweep()
    assert theirs.exists()


def test_a_folder_that_was_cleaned_away_meanwhile_is_made_anew(place: Path) -> None:
    first = Path(scratch.new_home())
    scratch.leave_home(str(first.parent))

    assert Path(scratch.new_home()).is_dir()


def test_no_place_for_temporary_files_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "none"))
    with pytest.raises(GraderError, match=r"temporary files: .*TMPDIR"):
        scratch.new_home()


def test_no_room_for_temporary_files_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**options: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(GraderError, match=r"temporary files: .*No space left on device; make room"):
        scratch.new_home()
