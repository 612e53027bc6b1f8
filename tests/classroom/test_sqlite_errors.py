"""What is said of a gradebook that cannot be used, and what is left of one that could not be made."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.classroom import schema
from grader.classroom.gradebook import Gradebook
from grader.classroom.sqlite_errors import unusable
from grader.errors import GraderError

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of POSIX")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that has no room but for a few blocks; a real one, where this user may mount."""
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], capture_output=True)
    except OSError:
        pytest.skip("there is no `mount` here")
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_said_and_no_new_gradebook_is_left(full: Path) -> None:
    with pytest.raises(
        GraderError, match=r"gradebook\.db: no new .*there is no room left\. None was begun; .*or name another place"
    ):
        Gradebook(full / "gradebook.db", create=True)
    assert not list(full.iterdir())


@posix
def test_a_limit_on_files_is_said_and_no_new_gradebook_is_left(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(
            GraderError, match=r"gradebook\.db: no new gradebook can be made .*ulimit -f.* None was begun"
        ):
            Gradebook(tmp_path / "gradebook.db", create=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"gradebook\.db: cannot be written: No such file .*make its folder first"):
        Gradebook(tmp_path / "none" / "gradebook.db", create=True)


def test_what_was_there_is_left_where_it_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "gradebook.db"
    Gradebook(file, create=True).close()
    before = file.read_bytes()
    monkeypatch.setattr(schema, "_settle", refusing(sqlite3.SQLITE_FULL))

    with pytest.raises(GraderError, match=r"cannot be used .*no room left\. What it holds is whole"):
        Gradebook(file, create=True)
    assert file.read_bytes() == before


def test_a_gradebook_that_another_began_at_the_same_time_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_settle", refusing(sqlite3.SQLITE_BUSY))

    with pytest.raises(GraderError, match="somebody else is writing"):
        Gradebook(tmp_path / "gradebook.db", create=True)
    assert (tmp_path / "gradebook.db").exists()


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_gradebook_is_its_owners_with_all_that_is_beside_it(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        with Gradebook(tmp_path / "gradebook.db", create=True) as book, book.writing():
            found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)

    assert found == dict.fromkeys(("gradebook.db", "gradebook.db-wal", "gradebook.db-shm"), 0o600)


@posix
def test_a_gradebook_that_was_opened_to_others_stays_so(tmp_path: Path) -> None:
    file = tmp_path / "gradebook.db"
    Gradebook(file, create=True).close()
    file.chmod(0o660)
    Gradebook(file, create=True).close()

    assert stat.S_IMODE(file.stat().st_mode) == 0o660


def test_what_fails_while_it_is_read_is_said(tmp_path: Path) -> None:
    def read() -> None:
        with Gradebook(tmp_path / "gradebook.db", create=True):
            raise fault(sqlite3.SQLITE_IOERR)

    Gradebook(tmp_path / "gradebook.db", create=True).close()
    with pytest.raises(GraderError, match="the disk or its connection fails"):
        read()
    assert (tmp_path / "gradebook.db").exists()


@pytest.mark.parametrize("error", [sqlite3.OperationalError, KeyboardInterrupt])
def test_of_a_new_gradebook_nothing_is_left_where_the_class_is_not_taken_in(
    tmp_path: Path, error: type[BaseException]
) -> None:
    def take_in() -> None:
        with Gradebook(tmp_path / "gradebook.db", create=True) as book:
            with book.writing():
                pass
            with book.writing():
                raise fault(sqlite3.SQLITE_FULL) if error is sqlite3.OperationalError else error

    with pytest.raises((GraderError, KeyboardInterrupt)) as raised:
        take_in()
    assert not list(tmp_path.iterdir())
    if error is sqlite3.OperationalError:
        assert "no room left. None was begun" in str(raised.value)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "make room"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "keep a copy"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "may not be written"),
        (sqlite3.SQLITE_CANTOPEN, "may not be written"),
        (sqlite3.SQLITE_NOMEM, "too little memory"),
        (sqlite3.SQLITE_NOTADB, "no gradebook of numgrade"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_ERROR, "try again"),
    ],
)
def test_every_kind_says_what_to_do(code: int, words: str, tmp_path: Path) -> None:
    assert words in str(unusable(tmp_path / "gradebook.db", fault(code)))


def fault(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


def refusing(code: int) -> object:
    def refuse(*given: object, **options: object) -> None:
        raise fault(code)

    return refuse
