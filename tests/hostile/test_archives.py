"""Group F, the archives: what a naive reader does with them, and what ours does."""

from __future__ import annotations

import io
import stat
import tarfile
import tracemalloc
import zipfile
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.observe.archive import Refusal, read_archive
from grader.observe.compressed import ArchiveError, Unread

pytestmark = pytest.mark.slow


def zipped(*files: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class Found(NamedTuple):
    """All that came out of an archive: what files hold, or the first mebibyte of it, by name."""

    members: dict[str, bytes]
    refusals: tuple[Refusal, ...]


def read(data: bytes) -> Found:
    members: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    for each in read_archive(io.BytesIO(data)):
        if isinstance(each, Refusal):
            refusals.append(each)
            continue
        try:
            members[each.name] = b"".join(islice(each.chunks(), 16))
        except Unread as error:
            refusals.append(Refusal(each.name, str(error)))
    return Found(members, tuple(refusals))


def unpack_naively(data: bytes, folder: Path) -> None:
    """As many graders do: each member to the place that it names; links as links."""
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            place = folder / entry.filename
            place.parent.mkdir(parents=True, exist_ok=True)
            if stat.S_ISLNK(entry.external_attr >> 16):
                place.symlink_to(archive.read(entry).decode())
            else:
                place.write_bytes(archive.read(entry))


def nothing_written(data: bytes, around: Path) -> Found:
    before = sorted(around.rglob("*"))
    archive = read(data)
    assert sorted(around.rglob("*")) == before
    return archive


def test_89_members_that_climb_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    data = zipped(("../outside.py", b"x"), (str(outside.with_name("absolute.py")), b"x"), ("in/../../up.py", b"x"))

    archive = nothing_written(data, tmp_path)

    assert not archive.members
    assert len(archive.refusals) == 3
    unpack_naively(data, tmp_path / "work")
    assert {path.name for path in tmp_path.iterdir()} > {"outside.py", "absolute.py", "up.py"}


def test_90_links_to_secrets_and_through_links(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.py").write_text("secret")
    link, file = zipfile.ZipInfo("link"), ("link/planted.py", b"x")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = zipped((link, str(tmp_path / "secret").encode()), file)

    archive = nothing_written(data, tmp_path)

    assert list(archive.members) == ["link/planted.py"]  # bytes under a name, and no link
    assert ["link" in refusal.reason for refusal in archive.refusals] == [True]
    unpack_naively(data, tmp_path / "work")
    assert (tmp_path / "secret" / "planted.py").exists()
    assert (tmp_path / "work" / "link" / "key.py").read_text() == "secret"


def test_90_hard_links_of_a_tar() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("passwd.py", tarfile.SYMTYPE), ("shadow.py", tarfile.LNKTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)

    assert not read(stream.getvalue()).members


def test_91_a_bomb_costs_what_is_asked_of_it_and_no_more() -> None:
    data = zipped(*((f"{number}.py", bytes(32 << 20)) for number in range(6)))
    assert len(data) < 1 << 18

    tracemalloc.start()
    archive = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(archive.members) + len(archive.refusals) == 6
    assert peak < 64 << 20
    with zipfile.ZipFile(io.BytesIO(data)) as naive:
        assert sum(len(naive.read(name)) for name in naive.namelist()) == 192 << 20


def test_91_entries_that_share_their_bytes() -> None:
    """One stream of bytes, listed a thousand times in the directory."""
    data = zipped(("a.py", bytes(1 << 20)))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    count = 1000
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    entries = b"".join(entry.replace(b"a.py", f"{number:04}".encode()) for number in range(count))

    archive = read(data[:start] + entries + bytes(tail))

    assert len(archive.members) + len(archive.refusals) == count
    assert sum(map(len, archive.members.values())) <= count << 20


def test_91_a_million_members() -> None:
    entry = zipped(("a", b""))
    start, end = entry.index(b"PK\x01\x02"), entry.index(b"PK\x05\x06")
    tail = bytearray(entry[end:])
    tail[12:16] = ((end - start) * 600_000).to_bytes(4, "little")
    data = entry[:start] + entry[start:end] * 600_000 + bytes(tail)

    tracemalloc.start()
    with pytest.raises(ArchiveError, match="more files than can be listed"):
        read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 64 << 20


def test_91_headers_without_end() -> None:
    """A tar of headers that each announce the next one, or claim a size that leads back."""
    block = bytearray(512)
    block[0:4] = b"a.py"
    block[124:136] = b"\xff" * 12  # a size of -1
    block[148:156] = b"        "
    block[156:157] = b"x"
    block[257:263] = b"ustar\0"
    block[148:156] = b"%06o\0 " % sum(block)

    try:
        archive = read(bytes(block) * 2000)
    except ArchiveError:
        return
    assert not archive.members


def test_91_a_header_that_claims_more_than_there_is(tmp_path: Path) -> None:
    """From a file, where to ask for a terabyte is to make room for it first."""
    entry = tarfile.TarInfo("a.py")
    entry.type, entry.size = tarfile.XHDTYPE, 1 << 40
    place = tmp_path / "class.tar"
    place.write_bytes(entry.tobuf(tarfile.GNU_FORMAT) + bytes(5000))

    with place.open("rb") as file, pytest.raises(ArchiveError):
        list(read_archive(file))


@pytest.mark.parametrize("name", ["../10042", "x/../../10042", "..\\10042", "C:\\x", "c:/x", "/x", "\\\\host\\x"])
def test_100_names_of_students_as_paths(name: str, tmp_path: Path) -> None:
    archive = nothing_written(zipped((f"{name}/work.py", b"x")), tmp_path)

    assert not archive.members
    assert all(refusal.name.isprintable() for refusal in archive.refusals)


@pytest.mark.parametrize(
    "name", ["CON", "nul.py", "a\u202eyp.exe", "x. ", "=cmd|'!A0", "a\x1b[2Jb", "a\nb", "-rf", "~"]
)
def test_100_names_that_are_odd_are_data(name: str, tmp_path: Path) -> None:
    archive = nothing_written(zipped((f"{name}/work.py", b"x")), tmp_path)

    assert archive.members == {f"{name}/work.py": b"x"}
