"""One student's files against a class: too many, too large, too deep, too slow, or not what they say.

Each time the others are all there, with their work and nothing else, and the one is named for a person.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

from grader.classroom import budget, contents
from grader.classroom.budget import Caps
from grader.classroom.collect import collect
from grader.classroom.hand_in import Cause, Collection

pytestmark = pytest.mark.slow

WORK: Final = b"def f(x):\n    return x\n"
MOODLE: Final = "{}_assignsubmission_file_/"
ONE: Final = MOODLE.format("Eve Eager_4711")
OTHERS: Final = tuple(f"{number}" for number in (4700, 4705, 4720, 4730))
# As large as they are, but for what would take a test long to make.
CAPS: Final = Caps(files=50, names=300, archive=2 << 20, read=8 << 20, passed=32 << 20, kept=2 << 20)

Entries = Iterable[tuple[str, bytes]]


def zipped(entries: Entries) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(entries: Entries) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


def deep(levels: int) -> bytes:
    data = zipped([("work.py", WORK)])
    for _ in range(levels):
        data = zipped([("more.zip", data)])
    return data


def overlapping(count: int) -> bytes:
    """Files that share their bytes: one entry of the directory, and as many copies of it under other names."""
    data = zipped([("0000.py", b"#" * 100_000)])
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    entries = b"".join(entry.replace(b"0000.py", f"{number:04}.py".encode()) for number in range(count))
    return data[:start] + entries + bytes(tail)


def lying() -> bytes:
    """A directory that says of a file of 3 MiB that it has 10 bytes, and of one of 10 bytes that it has 3 GiB."""
    data = bytearray(zipped([("a.py", b"#" * (3 << 20)), ("b.py", b"x = 1     ")]))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    entry = data.index(b"PK\x01\x02", entry + 4)
    data[entry + 24 : entry + 28] = (3 << 30).to_bytes(4, "little")
    return bytes(data)


def notebook(output: int, cells: int = 1, source: str = "def f(x):\n    return x\n") -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source, "outputs": []}
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * output}}
    return json.dumps(
        {
            "cells": [cell] * (cells - 1) + [cell | {"outputs": [picture]}],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    ).encode()


LIMITS: Final[dict[str, Callable[[], list[tuple[str, bytes]]]]] = {
    "large code": lambda: [("work.py", b"#" * ((1 << 20) + 1))],
    "many small files of code": lambda: [(f"{number}.py", WORK) for number in range(60)],
    "many small files in an archive": lambda: [("work.zip", zipped((f"{n}.py", WORK) for n in range(60)))],
    "many empty files in one folder": lambda: [(f"in/{number}", b"") for number in range(400)],
    "many empty files in an archive": lambda: [("work.zip", zipped((f"in/{n}", b"") for n in range(400)))],
    "many archives": lambda: [
        (f"{number}.zip", zipped((f"{n}.py", b"#" * (1 << 20)) for n in range(2))) for number in range(10)
    ],
    "archives in archives": lambda: [("work.zip", deep(6))],
    "archives beside archives": lambda: [("work.zip", zipped((f"{n}.zip", deep(0)) for n in range(60)))],
    "a bomb of code": lambda: [("work.zip", zipped((f"{n}.py", bytes(1 << 20)) for n in range(40)))],
    "a bomb of one file": lambda: [("work.zip", zipped([("work.py", bytes(20 << 20))]))],
    "a bomb of an archive": lambda: [("work.zip", zipped([("more.zip", bytes(20 << 20))]))],
    "a bomb to pass by": lambda: [("work.tgz", gzip.compress(tarred([("data.csv", bytes(40 << 20)), ("f.py", WORK)])))],
    "a bomb to pass by, of xz": lambda: [
        ("work.tar.xz", lzma.compress(tarred([("data.csv", bytes(40 << 20)), ("f.py", WORK)]), preset=0))
    ],
    "a tar in a zip": lambda: [
        ("work.zip", zipped([("in.tar", tarred((f"{n}.py", b"#" * 100_000) for n in range(20)))])),
        ("more.zip", zipped([("in.tgz", gzip.compress(tarred((f"{n}.py", bytes(1 << 20)) for n in range(20))))])),
    ],
    "a large archive": lambda: [("work.tar", tarred([("data.csv", bytes(3 << 20))]))],
    "files that share their bytes": lambda: [("work.zip", overlapping(400))],
    "a notebook with too much code": lambda: [("work.ipynb", notebook(0, 2, "#" * (1 << 20)))],
    "a notebook with too many cells": lambda: [("work.ipynb", notebook(0, 10_001, "x"))],
    "a notebook that is too large": lambda: [("work.ipynb", notebook(20 << 20))],
    "folders in folders": lambda: [(f"{'in/' * 30}work.zip", deep(9))],
    "headers without end": lambda: [("work.tgz", gzip.compress(tarred((f"{n}.txt", b"") for n in range(2_000))))],
}
HARMLESS: Final[dict[str, Callable[[], list[tuple[str, bytes]]]]] = {
    "a table of data": lambda: [("data.csv", bytes(48 << 20))],
    "a table of data in an archive": lambda: [("work.zip", zipped([("data.csv", bytes(48 << 20)), ("f.py", WORK)]))],
    "a large notebook": lambda: [("work.ipynb", notebook(18 << 20))],
    "a directory that lies": lambda: [("work.zip", lying())],
    "damage": lambda: [("work.zip", b"PK\x03\x04" + bytes(1000)), ("work.tgz", b"\x1f\x8b" + bytes(1000))],
    "data in an archive in an archive": lambda: [("work.zip", zipped([("f.py", WORK), ("data.zip", deep(0))]))],
}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "Caps", lambda: CAPS)


def collected(folder: Path, files: Entries) -> Collection:
    """The class: two before the one and two after, by name; each has a file and an archive."""
    inner = zipped([("g.py", WORK)])
    honest = [
        (MOODLE.format(f"A B_{number}") + name, data)
        for number in OTHERS
        for name, data in (("f.py", WORK), ("hw.zip", inner))
    ]
    place = folder / "class.zip"
    place.write_bytes(zipped([*honest[:4], *((ONE + name, data) for name, data in files), *honest[4:]]))
    return collect(place)


def check_others(collection: Collection) -> None:
    found = {hand_in.student: hand_in for hand_in in collection.hand_ins}
    for number in OTHERS:
        assert sorted(file.name for file in found[number].files) == ["f.py", "g.py"]
        assert {file.content for file in found[number].files} == {WORK}
    assert {each.student for each in collection.left_out} <= {"4711"}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("files", LIMITS.values(), ids=LIMITS.keys())
def test_whoever_has_too_much_loses_it_alone_and_is_named(
    files: Callable[[], list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    entries = files()

    tracemalloc.start()
    try:
        with collected(tmp_path, entries) as collection:
            check_others(collection)
            assert any(each.cause is Cause.LIMIT and each.student == "4711" for each in collection.left_out)
            kept = [file for hand_in in collection.hand_ins if hand_in.student == "4711" for file in hand_in.files]
            assert sum(file.kept.size for file in kept) <= CAPS.kept
            assert len(kept) <= CAPS.files
            assert len(collection.left_out) <= CAPS.names + 60
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 200 << 20


@pytest.mark.parametrize("files", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_merely_odd_is_nothing_for_a_person(
    files: Callable[[], list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    with collected(tmp_path, files()) as collection:
        check_others(collection)
        assert all(each.cause is Cause.OTHER for each in collection.left_out)


def test_time_is_a_budget_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a clock that stands still but for the one's work."""
    now = 0.0

    class Slow(budget.HandInBudget):
        def __init__(self, caps: Caps) -> None:
            super().__init__(caps, lambda: now)

        def keep(self, size: int) -> None:
            nonlocal now
            now += 1.0
            super().keep(size)

    monkeypatch.setattr(contents, "HandInBudget", Slow)
    with collected(tmp_path, [(f"{number}.py", WORK) for number in range(40)]) as collection:
        check_others(collection)
        lost = [each for each in collection.left_out if each.cause is Cause.LIMIT]
        assert 10 < len(lost) < 40
        assert all("takes more than 20 s to unpack this hand-in" in each.why for each in lost)


def test_as_it_is_thousands_of_empty_files_are_told_in_short(tmp_path: Path) -> None:
    with collected(tmp_path, ((f"in/{number}.txt", b"") for number in range(12_000))) as collection:
        check_others(collection)
        (lost,) = (each for each in collection.left_out if each.cause is Cause.LIMIT)
        assert (lost.path, lost.student) == ("(2,000 more files)", "4711")


def test_a_class_in_a_packed_tar_passes_by_what_is_no_work(tmp_path: Path) -> None:
    place = tmp_path / "class.tgz"
    entries = [("1/f.py", WORK), ("2/data.csv", bytes(48 << 20)), ("2/f.py", WORK), ("3/f.py", WORK)]
    place.write_bytes(gzip.compress(tarred(entries), 1))

    tracemalloc.start()
    try:
        with collect(place) as collection:
            assert [hand_in.student for hand_in in collection.hand_ins] == ["1", "2", "3"]
            assert collection.spool.size == 3 * len(WORK)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20


def test_many_large_notebooks_of_honest_students_are_small_when_they_are_kept(tmp_path: Path) -> None:
    work = notebook(6 << 20)
    place = tmp_path / "class.zip"
    place.write_bytes(zipped((f"{number}/work.ipynb", work) for number in range(4)))

    with collect(place) as collection:
        assert len(collection.hand_ins) == 4
        assert not collection.left_out
        assert collection.spool.size < 4 * 1000
