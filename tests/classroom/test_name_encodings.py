"""Zip archives whose names are in the encoding of the computer that packed them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import click
import pytest

from grader.classroom.collect import collect
from grader.classroom.name_encodings import ENCODINGS, readings
from grader.cli.run import command
from grader.errors import GraderError

WORK = b"def f(x): return x\n"


def packed_on_windows(encoding: str, *names: str) -> bytes:
    """As the shell of Windows packs: names in the encoding of the system, without a mark."""
    stream = io.BytesIO()
    packed = {str(number) * len(name.encode(encoding)): name.encode(encoding) for number, name in enumerate(names)}
    with zipfile.ZipFile(stream, "w") as archive:
        for stand_in in packed:
            archive.writestr(zipfile.ZipInfo(stand_in), WORK)
    data = stream.getvalue()
    for stand_in, name in packed.items():
        data = data.replace(stand_in.encode(), name)
    return data


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ("李小红", "张伟")),
        ("big5", ("陳怡君", "張家豪")),
        ("cp932", ("佐藤さくら", "鈴木健太")),
        ("cp949", ("김민준", "이서연")),
        ("cp852", ("Żółkiewski", "Łukasz")),
        ("cp866", ("Иванов", "Анна")),
        ("cp850", ("Ángel", "Søren")),
    ],
)
def test_who_can_read_them_is_asked_and_believed(tmp_path: Path, encoding: str, names: tuple[str, ...]) -> None:
    place = tmp_path / "class.zip"
    place.write_bytes(packed_on_windows(encoding, *(f"{name}/softmax.py" for name in names)))

    with pytest.raises(GraderError) as refused:
        collect(place)

    first = next(name for name in names if f"  {name}" in str(refused.value))
    assert f"--zip-names {encoding:<5}  {first}\n" in str(refused.value)
    with collect(place, zip_names=encoding) as collection:
        assert sorted(hand_in.student for hand_in in collection.hand_ins) == sorted(names)
        assert [file.content for hand_in in collection.hand_ins for file in hand_in.files] == [WORK] * len(names)


def test_whoever_wants_them_as_they_are_has_them_so(tmp_path: Path) -> None:
    place = tmp_path / "class.zip"
    place.write_bytes(packed_on_windows("gbk", "李小红/softmax.py"))

    with collect(place, zip_names="cp437") as collection:
        (hand_in,) = collection.hand_ins
    assert hand_in.student.encode("cp437").decode("gbk") == "李小红"


@pytest.mark.parametrize("name", ["Müller", "Zoë", "François", "Đặng Ánh", "╔═╗"])
def test_nobody_is_asked_where_names_can_be_read(tmp_path: Path, name: str) -> None:
    place = tmp_path / "class.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(f"{name}/softmax.py", WORK)

    for zip_names in (None, "gbk"):  # what is in UTF-8 is read so all the same
        with collect(place, zip_names=zip_names) as collection:
            assert [hand_in.student for hand_in in collection.hand_ins] == [name]


def test_names_of_western_europe_are_as_the_format_has_them(tmp_path: Path) -> None:
    place = tmp_path / "class.zip"
    place.write_bytes(packed_on_windows("cp850", "Jörg Müller/softmax.py", "Zoë/softmax.py"))

    with collect(place) as collection:
        assert [hand_in.student for hand_in in collection.hand_ins] == ["Jörg Müller", "Zoë"]


def test_only_readings_of_letters_are_offered() -> None:
    offered = dict(readings("李小红".encode("gbk").decode("cp437")))
    assert offered["gbk"] == "李小红"
    assert "cp866" not in offered
    assert list(offered)[-1] == "cp437"


def test_the_command_takes_what_is_offered() -> None:
    (option,) = (each for each in command.params if each.name == "zip_names")
    kind: Any = option.type
    assert isinstance(kind, click.Choice)
    assert tuple(kind.choices) == ENCODINGS
