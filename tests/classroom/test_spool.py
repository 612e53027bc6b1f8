from __future__ import annotations

import contextlib
import gc
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.spool import Spool
from grader.errors import GraderError

linux = pytest.mark.skipif(sys.platform != "linux", reason="the system is asked which files are open")


@given(parts=st.lists(st.binary(max_size=40)), in_memory=st.integers(1, 100))
def test_what_was_put_in_comes_out_in_any_order(parts: list[bytes], in_memory: int) -> None:
    with Spool(in_memory) as spool:
        kept = [spool.put(part) for part in parts]
        again = [spool.put(part) for part in parts if spool.put(kept[0].read()).read() == parts[0]]

        assert [each.read() for each in reversed(kept)] == parts[::-1]
        assert [each.read() for each in again] == parts
        assert [each.size for each in kept] == [len(part) for part in parts]


def open_files() -> set[Path]:
    """As the system names them: those that have no name end in (deleted)."""
    places = set()
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # that of the listing itself
            places.add(each.readlink())
    return places


@linux
def test_it_is_gone_when_it_is_closed() -> None:
    before = open_files()
    with Spool(in_memory=10) as spool:
        kept = spool.put(bytes(20))
        assert [place.name.endswith("(deleted)") for place in open_files() - before] == [True]

    assert open_files() == before
    with pytest.raises(ValueError, match="closed"):
        kept.read()


@linux
def test_it_is_gone_when_it_is_forgotten() -> None:
    before = open_files()
    spool = Spool(in_memory=10)
    kept = spool.put(bytes(20))
    del spool
    assert kept.read() == bytes(20)
    assert open_files() != before

    del kept
    gc.collect()

    assert open_files() == before


def test_where_there_is_no_room_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    with Spool(in_memory=10) as spool, pytest.raises(GraderError, match=r"temporary files: .*set TMPDIR"):
        spool.put(bytes(20))


@pytest.mark.skipif(os.name == "nt", reason="limits of files are POSIX")
def test_a_full_disk_is_told_once() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(GraderError, match="limit on the size of files"), Spool(in_memory=10) as spool:
            spool.put(bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
