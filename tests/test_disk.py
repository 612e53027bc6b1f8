"""Files of ours on the disk."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.disk import Readers, is_of_the_machine, make_file, make_folder, remedy, write_whole
from grader.errors import GraderError

posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no rights of this kind")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@posix
def test_what_is_its_owners_is_so_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b", Readers.OWNER)
    write_whole(tmp_path / "a" / "page", [b"1"], Readers.OWNER)
    make_file(tmp_path / "a" / "book", Readers.OWNER)

    assert [rights(tmp_path / name) for name in ("a", "a/b", "a/page", "a/book")] == [0o700, 0o700, 0o600, 0o600]


@posix
def test_what_is_for_everybody_is_as_the_umask_says(umask: int, tmp_path: Path) -> None:
    make_folder(tmp_path / "a", Readers.EVERYBODY)
    write_whole(tmp_path / "a" / "stub", [b"1"], Readers.EVERYBODY)

    assert (rights(tmp_path / "a"), rights(tmp_path / "a" / "stub")) == (0o777 & ~umask, 0o666 & ~umask)


@posix
def test_nobody_else_can_read_it_while_it_is_written(tmp_path: Path) -> None:
    seen: list[int] = []

    def pieces() -> Iterator[bytes]:
        yield b"1"
        seen.extend(rights(file) for file in tmp_path.iterdir())

    before = os.umask(0)
    try:
        write_whole(tmp_path / "page", pieces(), Readers.OWNER)
    finally:
        os.umask(before)

    assert seen == [0o600]


@posix
@pytest.mark.parametrize("given", [0o640, 0o644, 0o400])
def test_rights_that_somebody_has_given_stay(given: int, tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_bytes(b"old")
    file.chmod(given)

    write_whole(file, [b"new"], Readers.OWNER)

    assert (file.read_bytes(), rights(file)) == (b"new", given)


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "book").write_bytes(b"old")

    assert not make_file(tmp_path / "book", Readers.OWNER)
    assert make_file(tmp_path / "other", Readers.OWNER)
    assert (tmp_path / "book").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "another place"),
        (errno.EACCES, "check whose"),
        (errno.EIO, "keep a copy"),
        (errno.EFBIG, "ulimit -f"),
        (errno.EMFILE, "ulimit -n"),
        (errno.ENAMETOOLONG, "another place"),
    ],
)
def test_what_the_system_refuses_is_said_and_nothing_is_left(number: int, words: str, tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"1"
        raise OSError(number, os.strerror(number))

    (tmp_path / "page").write_bytes(b"old")
    with pytest.raises(GraderError, match=r"page: cannot be written: .*; ") as caught:
        write_whole(tmp_path / "page", pieces(), Readers.OWNER)

    assert os.strerror(number) in str(caught.value)
    assert words in str(caught.value)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"1"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "page", pieces(), Readers.OWNER)
    assert not list(tmp_path.iterdir())


def test_a_folder_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(GraderError, match="cannot be written: Not a directory"):
            make_folder(path, Readers.OWNER)


def test_a_names_fault_is_not_the_machines() -> None:
    assert is_of_the_machine(OSError(errno.ENOSPC, "full"))
    assert not is_of_the_machine(FileNotFoundError(errno.ENOENT, "none"))
    assert "another place" in remedy(OSError("of no number"))
