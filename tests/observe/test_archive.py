from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import stat
import struct
import tarfile
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.observe.archive import ArchiveError, Caps, Member, Refusal, read_archive

Pack = Callable[[Mapping[str, bytes]], bytes]


EMPTY = b"PK\x05\x06" + bytes(18)  # a zip archive of nothing


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


PACKS: dict[str, Pack] = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda files: gzip.compress(tarred(files)),
    "tar.bz2": lambda files: bz2.compress(tarred(files)),
    "tar.xz": lambda files: lzma.compress(tarred(files)),
}
every_kind = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
FILES = {"10042/work.py": b"def f(x):\n    return x\n", "10043/work.ipynb": b"{}", "Zoë/übung.py": b""}


class Archive(NamedTuple):
    """All that came out of one."""

    members: tuple[Member, ...]
    refusals: tuple[Refusal, ...]


def read(data: bytes, caps: Caps | None = None) -> Archive:
    found = list(read_archive(io.BytesIO(data), caps))
    members = tuple(each for each in found if isinstance(each, Member))
    refusals = tuple(each for each in found if isinstance(each, Refusal))
    assert found == [*members, *refusals]
    return Archive(members, refusals)


def as_dict(archive: Archive) -> dict[str, bytes]:
    return {member.name: member.data for member in archive.members}


def reasons(archive: Archive) -> dict[str, str]:
    return {refusal.name: refusal.reason for refusal in archive.refusals}


@every_kind
def test_reads_what_was_packed(pack: Pack) -> None:
    archive = read(pack(FILES))

    assert as_dict(archive) == FILES
    assert not archive.refusals


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_one_file_is_in_memory_at_a_time(kind: str, tmp_path: Path) -> None:
    files = {f"{number}.py": Random(number).randbytes(100_000) * 2 for number in range(80)}
    place = tmp_path / "archive"
    place.write_bytes(PACKS[kind](files))
    file = place.open("rb")

    tracemalloc.start()
    try:
        with file:
            assert all(isinstance(each, Member) and each.data == files[each.name] for each in read_archive(file))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < sum(map(len, files.values())) / 2


def test_where_there_is_no_room_to_unpack_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    data = gzip.compress(tarred({"a.py": bytes(5 << 20)}))

    with pytest.raises(ArchiveError, match="cannot be unpacked: No such file"):
        read(data)


@every_kind
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../work.py", "leads out"),
        ("a/../../work.py", "leads out"),
        ("..\\work.py", "leads out"),
        ("/etc/passwd", "root of a disk"),
        ("\\\\server\\share\\work.py", "root of a disk"),
        ("C:/work.py", "characters"),
        ("work.py:stream", "characters"),
        ("a\u202eyp.py", "characters"),
        ("a\nb.py", "characters"),
        ("a\x1b[2Jb.py", "characters"),
        ("CON", "device"),
        ("a/nul.py", "device"),
        ("COM¹.txt", "device"),
        ("aux .py", "device"),
        ("work.py.", "dot or a space"),
        ("folder /work.py", "dot or a space"),
        (".../work.py", "dot or a space"),
        ("a" * 256, "too long"),
        ("a/" * 600 + "b", "too long"),
    ],
)
def test_refuses_names_that_are_not_for_every_system(pack: Pack, name: str, why: str) -> None:
    archive = read(pack({name: b"x", "good.py": b"y"}))

    assert as_dict(archive) == {"good.py": b"y"}
    assert [why in reason for reason in reasons(archive).values()] == [True]
    assert all(refusal.name.isprintable() for refusal in archive.refusals)


@every_kind
def test_a_name_may_begin_with_this_folder(pack: Pack) -> None:
    assert as_dict(read(pack({"./a//b.py": b"x"}))) == {"a/b.py": b"x"}


@every_kind
@pytest.mark.parametrize("second", ["work.py", "WORK.py", "./work.py", "ｗork.py"])
def test_of_two_files_of_one_name_the_first_is_read(pack: Pack, second: str, recwarn: pytest.WarningsRecorder) -> None:
    if second == "work.py":
        with pytest.warns(UserWarning, match="Duplicate") if pack is zipped else pytest.MonkeyPatch.context():
            data = _twice(pack)
    else:
        data = pack({"work.py": b"first", second: b"second"})

    archive = read(data)

    assert as_dict(archive) == {"work.py": b"first"}
    assert ["same name as work.py" in reason for reason in reasons(archive).values()] == [True]


def _twice(pack: Pack) -> bytes:
    class Doubled(dict[str, bytes]):
        def items(self):  # type: ignore[no-untyped-def]
            return [("work.py", b"first"), ("work.py", b"second")]

    return pack(Doubled())


def test_refuses_links_and_devices_of_a_tar() -> None:
    stream = io.BytesIO()
    kinds = {"soft": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE, "disk": tarfile.BLKTYPE}
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in kinds.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)

    found = read(stream.getvalue())

    assert not found.members
    assert {name: "link" in why for name, why in reasons(found).items()} == {
        "soft": True,
        "hard": True,
        "pipe": False,
        "disk": False,
    }


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_refuses_links_and_devices_of_a_zip(kind: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("work.py")
        entry.external_attr = (kind | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    assert list(reasons(read(stream.getvalue()))) == ["work.py"]


def test_refuses_what_is_encrypted() -> None:
    data = bytearray(zipped({"work.py": b"x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1

    assert "encrypted" in reasons(read(bytes(data)))["work.py"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_refuses_methods_that_swell_in_one_step(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("work.py", b"x" * 1000)

    assert "unusual" in reasons(read(stream.getvalue()))["work.py"]


@every_kind
def test_every_file_past_the_most_is_listed(pack: Pack) -> None:
    archive = read(pack({f"{number}.py": b"x" for number in range(9)}), Caps(files=4))

    assert len(archive.members) == 4
    assert len(archive.refusals) == 5


def test_a_zip_of_far_too_many_files_is_not_even_listed() -> None:
    data = zipped({f"{number}.py": b"" for number in range(100)})

    with pytest.raises(ArchiveError, match="far more than 4 files"):
        read(data, Caps(files=4))


@every_kind
def test_one_that_is_too_large_costs_itself_alone(pack: Pack) -> None:
    archive = read(pack({"a.py": bytes(2000), "b.py": b"x"}), Caps(size=1000))

    assert as_dict(archive) == {"b.py": b"x"}
    assert "larger than" in reasons(archive)["a.py"]


def test_what_comes_out_is_counted_and_not_what_the_archive_says() -> None:
    data = bytearray(zipped({"bomb.py": bytes(3 << 20), "small.py": b"x"}))
    sizes = {b"PK\x03\x04": 22, b"PK\x01\x02": 24}
    for sign, offset in sizes.items():
        struct.pack_into("<I", data, data.index(sign) + offset, 10)

    archive = read(bytes(data), Caps(size=1 << 20))

    assert as_dict(archive) == {"small.py": b"x"}


def test_files_together_may_not_swell() -> None:
    data = zipped({f"{number}.py": bytes(8 << 20) for number in range(8)})

    archive = read(data)

    assert sum(len(member.data) for member in archive.members) <= 16 << 20
    assert len(archive.members) + len(archive.refusals) == 8
    assert all("far more would come out" in reason for reason in reasons(archive).values())


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_tar_may_not_swell(compress: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ArchiveError, match="far more would come out"):
        read(compress(tarred({"bomb.py": bytes(40 << 20)})))


def test_an_archive_within_is_a_file() -> None:
    inner = zipped({"work.py": b"x"})

    assert as_dict(read(zipped({"inner.zip": inner}))) == {"inner.zip": inner}


def test_names_that_are_utf_8_without_saying_so() -> None:
    data = bytearray(zipped({"übung.py": b"x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset + 1] &= ~0x08

    assert list(as_dict(read(bytes(data)))) == ["übung.py"]


def test_a_name_does_not_end_at_a_nul() -> None:
    data = zipped({"work.pyXevil": b"x"}).replace(b"work.pyXevil", b"work.py\0evil")

    assert list(reasons(read(data))) == ["work.py�evil"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"hello" * 500, b"PK\x05\x06" + bytes(18), b"Rar!...", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08junk"],
)
def test_what_is_no_archive(data: bytes) -> None:
    if data.startswith(b"PK\x05"):
        assert read(data) == Archive((), ())
        return
    with pytest.raises(ArchiveError):
        read(data)


def test_a_tar_that_breaks_off_says_so() -> None:
    data = bytearray(tarred({"a.py": b"x", "b.py": b"y"}))
    data[1024:1536] = b"\xff" * 512

    archive = read(bytes(data))

    assert as_dict(archive) == {"a.py": b"x"}
    assert "damaged" in reasons(archive)["the rest of the archive"]


def test_a_member_that_is_damaged_costs_itself_alone() -> None:
    files = {"a.py": b"x" * 100, "b.py": b"y"}
    data = bytearray(zipped(files))
    place = data.index(b"a.py") + 4
    data[place : place + 4] = b"\xff" * 4

    archive = read(bytes(data))

    assert as_dict(archive) == {"b.py": b"y"}
    assert "damaged" in reasons(archive)["a.py"]


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@every_kind
@settings(max_examples=25)
@given(files=st.dictionaries(names, st.binary(max_size=50), max_size=5))
def test_every_file_is_read_or_refused(pack: Pack, files: dict[str, bytes]) -> None:
    files = {name: data for name, data in files.items() if not name.endswith("/") and "\0" not in name}

    archive = read(pack(files))

    assert len(archive.members) + len(archive.refusals) == len(files)
    for member in archive.members:
        assert member.data in files.values()
        assert not {"", ".", ".."} & set(member.name.split("/"))


@every_kind
@settings(max_examples=60)
@given(
    spoilt=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(0, 4000),
)
def test_nothing_else_is_raised(pack: Pack, spoilt: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(pack(FILES))
    for place, byte in spoilt:
        data[place % len(data)] = byte

    with contextlib.suppress(ArchiveError):
        read(bytes(data[: len(data) - cut % 50]))


@pytest.mark.parametrize("compress", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_tar_may_hold_a_zip_and_a_zip_a_tar(compress: Callable[[bytes], bytes]) -> None:
    for pack, inner in ((zipped, tarred({"b.py": b"pass\n"})), (tarred, zipped({"b.py": b"pass\n"})), (tarred, EMPTY)):
        packed = pack({"inner": inner}) if pack is zipped else compress(pack({"inner": inner}))
        assert as_dict(read(packed)) == {"inner": inner}


def test_a_member_without_a_name_is_refused_alone() -> None:
    data = zipped({"x": b"pass\n", "b.py": b"pass\n"})
    for head, length_at in ((b"PK\x03\x04", 26), (b"PK\x01\x02", 28)):
        start = data.index(head)
        name = data.index(b"x", start + length_at)
        nameless = bytearray(data[:name] + data[name + 1 :])
        nameless[start + length_at] = 0
        data = bytes(nameless)
    data = data[:-6] + struct.pack("<I", data.index(b"PK\x01\x02")) + data[-2:]
    end = data.index(b"PK\x05\x06")
    data = data[: end + 12] + struct.pack("<I", end - data.index(b"PK\x01\x02")) + data[end + 16 :]
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    place = data.index(b"PK\x03\x04", 4)
    data = data[: second + 42] + struct.pack("<I", place) + data[second + 46 :]

    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["", "b.py"]

    archive = read(data)

    assert as_dict(archive) == {"b.py": b"pass\n"}
    assert len(archive.refusals) == 1
