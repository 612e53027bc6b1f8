from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.observe.archive import Member, Refusal, read_archive
from grader.observe.compressed import ArchiveError, OverLimit, TooManyFiles, Unread

pytestmark = pytest.mark.slow

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

    members: dict[str, bytes]
    refusals: tuple[Refusal, ...]


def read(data: bytes, **limits: Any) -> Archive:
    """Every file of it, those that turn out to be damaged among the refusals."""
    members: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    for each in read_archive(io.BytesIO(data), **limits):
        if isinstance(each, Refusal):
            refusals.append(each)
            continue
        try:
            members[each.name] = b"".join(each.chunks())
        except Unread as error:
            refusals.append(Refusal(each.name, str(error)))
    return Archive(members, tuple(refusals))


def as_dict(archive: Archive) -> dict[str, bytes]:
    return archive.members


def reasons(archive: Archive) -> dict[str, str]:
    return {refusal.name: refusal.reason for refusal in archive.refusals}


@every_kind
def test_reads_what_was_packed(pack: Pack) -> None:
    archive = read(pack(FILES))

    assert as_dict(archive) == FILES
    assert not archive.refusals


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_one_file_is_in_memory_at_a_time(kind: str, tmp_path: Path) -> None:
    files = {f"{number}.py": Random(number).randbytes(100_000) * 2 for number in range(40)}
    place = tmp_path / "archive"
    place.write_bytes(PACKS[kind](files))
    file = place.open("rb")

    tracemalloc.start()
    try:
        with file:
            for each in read_archive(file):
                assert isinstance(each, Member)
                assert b"".join(each.chunks()) == files[each.name]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < sum(map(len, files.values())) / 2


@every_kind
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../work.py", "leads out"),
        ("a/../../work.py", "leads out"),
        ("a/../work.py", "out of it again"),
        ("a/b/../work.py", "out of it again"),
        ("a/..", "out of it again"),
        ("..\\work.py", "leads out"),
        ("/etc/passwd", "root of a disk"),
        ("\\\\server\\share\\work.py", "root of a disk"),
        ("C:/work.py", "root of a disk"),
        ("c:\\work.py", "root of a disk"),
        ("a/" * 2048 + "b", "too long"),
    ],
)
def test_refuses_names_that_lead_elsewhere(pack: Pack, name: str, why: str) -> None:
    archive = read(pack({name: b"x", "good.py": b"y"}))

    assert as_dict(archive) == {"good.py": b"y"}
    assert [why in reason for reason in reasons(archive).values()] == [True]
    assert all(refusal.name.isprintable() for refusal in archive.refusals)


@every_kind
@pytest.mark.parametrize(
    "name",
    [
        *("work.py:stream", "HW 1: scale.py", "is it right?.py", 'a"b<c>|*.py', "a\u202eyp.py", "a\nb.py"),
        "a\x1b[2Jb.py",
        *("CON", "a/nul.py", "COM¹.txt", "aux .py", "work.py.", "folder /work.py", ".../work.py", "Lee, A./work.py"),
        *("علی\u200cرضا/work.py", "Jean\xa0Luc/work.py", "\u200fדנה/work.py", "Zoe\u0308.py", "Zo\xeb.py"),
        *("a" * 256, "a" * 250 + ".py", "文" * 250, "a/" * 600 + "b"),
    ],
)
def test_any_other_name_is_one_like_any_other(pack: Pack, name: str) -> None:
    assert as_dict(read(pack({name: b"x", "good.py": b"y"}))) == {name: b"x", "good.py": b"y"}


@every_kind
def test_names_that_differ_are_different_files(pack: Pack) -> None:
    files = {"work.py": b"1", "WORK.py": b"2", "ｗork.py": b"3", "Zoe\u0308.py": b"4", "Zo\xeb.py": b"5"}

    assert as_dict(read(pack(files))) == files


def test_names_with_the_backslash_of_windows() -> None:
    assert as_dict(read(zipped({"ann\\src\\work.py": b"x"}))) == {"ann/src/work.py": b"x"}


@every_kind
def test_a_name_may_begin_with_this_folder(pack: Pack) -> None:
    assert as_dict(read(pack({"./a//b.py": b"x"}))) == {"a/b.py": b"x"}


@every_kind
@pytest.mark.parametrize("second", ["work.py", "./work.py"])
def test_of_two_files_of_one_name_the_first_is_read(pack: Pack, second: str, recwarn: pytest.WarningsRecorder) -> None:
    if second == "work.py":
        with pytest.warns(UserWarning, match="Duplicate") if pack is zipped else pytest.MonkeyPatch.context():
            data = _twice(pack)
    else:
        data = pack({"work.py": b"first", second: b"second"})

    archive = read(data)

    assert as_dict(archive) == {"work.py": b"first"}
    assert ["the first counts" in reason for reason in reasons(archive).values()] == [True]


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
def test_past_the_most_files_nothing_is_named(pack: Pack) -> None:
    archive = read(pack({f"{number}.py": b"x" for number in range(9)}), files=4)

    assert list(archive.members) == ["0.py", "1.py", "2.py", "3.py"]
    ((name, why, is_over_limit),) = ((each.name, each.reason, each.is_over_limit) for each in archive.refusals)
    assert (name, why, is_over_limit) == ("the rest of the archive", "the archive has more than 4 files", True)


def test_a_zip_of_far_too_many_files_is_not_even_listed() -> None:
    data = zipped({f"{number}.py": b"" for number in range(100)})

    with pytest.raises(TooManyFiles, match="more files than can be listed"):
        read(data, directory=1000)


def test_links_are_counted_as_well() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for number in range(9):
            entry = tarfile.TarInfo(f"{number}.py")
            entry.type = tarfile.SYMTYPE
            archive.addfile(entry)

    assert len(read(stream.getvalue(), files=4).refusals) == 5


def test_what_comes_out_is_what_counts_and_not_what_the_archive_says() -> None:
    data = bytearray(zipped({"bomb.py": bytes(3 << 20), "small.py": b"x"}))
    sizes = {b"PK\x03\x04": 22, b"PK\x01\x02": 24}
    for sign, offset in sizes.items():
        struct.pack_into("<I", data, data.index(sign) + offset, 10)

    archive = read(bytes(data))

    assert as_dict(archive) == {"small.py": b"x"}
    assert "damaged" in reasons(archive)["bomb.py"]


@every_kind
def test_what_nobody_asks_for_is_not_unpacked(pack: Pack) -> None:
    data = pack({"data.csv": bytes(24 << 20), "work.py": b"x"})

    tracemalloc.start()
    try:
        found = [each for each in read_archive(io.BytesIO(data)) if isinstance(each, Member)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [each.name for each in found] == ["data.csv", "work.py"]
    assert peak < 16 << 20


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_the_way_past_it_in_a_packed_tar_is_told(compress: Callable[[bytes], bytes]) -> None:
    left = 4 << 20

    def passed(size: int) -> None:
        nonlocal left
        left -= size
        if left < 0:
            raise OverLimit("it is too much")

    data = compress(tarred({"a.py": b"x", "bomb.csv": bytes(12 << 20), "b.py": b"y"}))

    found = list(read_archive(io.BytesIO(data), passed=passed))

    assert [each.name for each in found] == ["a.py", "bomb.csv", "the rest of the archive"]
    assert isinstance(found[-1], Refusal)
    assert found[-1].is_over_limit


def test_a_header_of_a_tar_is_not_read_however_long_it_is() -> None:
    entry = tarfile.TarInfo("a.py")
    entry.type, entry.size = tarfile.XHDTYPE, 1 << 20

    with pytest.raises(ArchiveError):
        read(gzip.compress(entry.tobuf(tarfile.GNU_FORMAT) + bytes(2 << 20)))


def test_several_xz_streams_are_one_file() -> None:
    data = tarred(FILES)

    assert as_dict(read(lzma.compress(data[:700]) + bytes(8) + lzma.compress(data[700:]))) == FILES


def test_an_xz_file_may_not_take_any_memory_it_likes() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 512 << 20}]

    with pytest.raises(ArchiveError):
        read(lzma.compress(tarred(FILES), filters=filters))


def test_an_archive_within_is_a_file() -> None:
    inner = zipped({"work.py": b"x"})

    assert as_dict(read(zipped({"inner.zip": inner}))) == {"inner.zip": inner}


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_names_of_a_tar_of_any_length_and_signs(form: int) -> None:
    stream = io.BytesIO()
    names = ["ünï/" * 60 + "work.py", "文" * 250 + ".py", "plain.py"]
    with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.pax_headers = {"comment": "päx"}
            archive.addfile(entry)

    assert list(as_dict(read(stream.getvalue()))) == names


def test_names_of_a_tar_that_are_no_text_are_told_apart() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="latin-1") as archive:
        for name in ("\xe9.py", "\xea.py"):
            archive.addfile(tarfile.TarInfo(name))

    assert list(as_dict(read(stream.getvalue()))) == ["\\xe9.py", "\\xea.py"]


def test_a_name_does_not_end_at_a_nul() -> None:
    data = zipped({"work.pyXevil": b"x"}).replace(b"work.pyXevil", b"work.py\0evil")

    assert list(reasons(read(data))) == ["work.py�evil"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"hello" * 500, b"PK\x05\x06" + bytes(18), b"Rar!...", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08junk"],
)
def test_what_is_no_archive(data: bytes) -> None:
    if data.startswith(b"PK\x05"):
        assert read(data) == Archive({}, ())
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
        assert archive.members[member] in files.values()
        assert not {"", ".", ".."} & set(member.split("/"))


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
