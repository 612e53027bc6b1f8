"""The names of a zip archive's files, as `read_archive` gives them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from grader.observe.archive import Member, read_archive
from grader.observe.compressed import Unread


def zipped(*names: str) -> bytes:
    """An archive of files that each hold their name, spelled."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), ascii(name))
    return stream.getvalue()


def read(data: bytes) -> dict[str, str]:
    """What each file holds, or why that cannot be had, by the names that are given; nothing in it is refused."""
    return {each.name: _content(each) for each in read_archive(io.BytesIO(data)) if isinstance(each, Member)}


def _content(member: Member) -> str:
    try:
        return b"".join(member.chunks()).decode()
    except Unread as error:
        return str(error)


def test_names_that_are_utf_8_without_saying_so() -> None:
    data = bytearray(zipped("übung.py"))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset + 1] &= ~0x08

    assert list(read(bytes(data))) == ["übung.py"]


def test_names_in_the_signs_of_another_system_and_in_utf_8_as_well() -> None:
    """As Info-ZIP packs them: the name in the system's signs, and an extra field that has it in UTF-8."""
    packed, meant = "übung.py".encode("cp850"), "übung.py".encode()
    entry = zipfile.ZipInfo(packed.decode("cp437"))
    field = struct.pack("<HHBL", 0x7075, 5 + len(meant), 1, zlib.crc32(packed)) + meant
    other = struct.pack("<HHBL", 0x7075, 5 + len(meant), 1, 7) + meant  # of a name that was changed since
    for extra, name in ((field, "übung.py"), (b"UT\1\0x" + field, "übung.py"), (other, packed.decode("cp437"))):
        entry.extra = extra
        assert list(read(_packed_by_hand(entry, packed))) == [name]


def _packed_by_hand(entry: zipfile.ZipInfo, name: bytes) -> bytes:
    head = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 0x21, zlib.crc32(b"x"), 1, 1, len(name), len(entry.extra))
    local = b"PK\3\4" + head + name + entry.extra + b"x"
    central = b"PK\1\2\x14\0" + head + bytes(14) + name + entry.extra
    return local + central + struct.pack("<4s4HLLH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


@pytest.mark.parametrize("before", [b"", b"before it"])
def test_names_marked_as_utf_8_that_are_not_cost_nobody_anything(before: bytes) -> None:
    data = zipped("à1.py", "plain.py", "ü.py", "á2.py").replace("à".encode(), b"\xe9.").replace("á".encode(), b"\xe8.")

    assert read(before + data) == {
        "\\xe9.1.py": ascii("à1.py"),
        "plain.py": ascii("plain.py"),
        "ü.py": ascii("ü.py"),
        "\\xe8.2.py": ascii("á2.py"),
    }


def test_a_name_that_only_the_directory_has_in_utf_8_costs_its_file_alone() -> None:
    data = zipped("à.py", "plain.py").replace("à.py".encode(), b"\xe9..py", 1)

    assert read(data) == {"à.py": "it is damaged (UnicodeDecodeError); pack it again", "plain.py": ascii("plain.py")}
