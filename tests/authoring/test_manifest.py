from __future__ import annotations

import hashlib
import json
import os
import stat
import sys

import pytest

from grader.authoring.manifest import MANIFEST, write_files
from grader.disk import Readers
from grader.errors import CourseError


def test_files_are_written_once(tmp_path):
    to = tmp_path / "new" / "folder"
    first = write_files({"a.py": b"a", "b.py": b"b"}, to, part_of="a handout")
    assert (first.written, first.unchanged) == (("a.py", "b.py"), ())
    assert (to / "a.py").read_bytes() == b"a"
    again = write_files({"a.py": b"a", "b.py": b"b"}, to, part_of="a handout")
    assert (again.written, again.unchanged) == ((), ("a.py", "b.py"))
    assert sorted(path.name for path in to.iterdir()) == [MANIFEST, "a.py", "b.py"]


def test_what_an_earlier_build_wrote_is_replaced(tmp_path):
    write_files({"a.py": b"old", "b.py": b"b"}, tmp_path, part_of="a handout")
    assert write_files({"a.py": b"new", "b.py": b"b"}, tmp_path, part_of="a handout").written == ("a.py",)
    assert (tmp_path / "a.py").read_bytes() == b"new"


def test_what_somebody_edited_stops_everything(tmp_path):
    write_files({"a.py": b"a", "b.py": b"b"}, tmp_path, part_of="a handout")
    (tmp_path / "a.py").write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(CourseError, match=r"a\.py is not as we wrote it.*--overwrite"):
        write_files({"a.py": b"a", "b.py": b"new"}, tmp_path, part_of="a handout")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_edit_is_still_known_after_a_refusal_and_a_build_of_something_else(tmp_path):
    write_files({"a.py": b"a"}, tmp_path, part_of="a handout")
    (tmp_path / "a.py").write_bytes(b"mine")
    write_files({"b.py": b"b"}, tmp_path, part_of="a handout")
    with pytest.raises(CourseError, match=r"a\.py"):
        write_files({"a.py": b"a"}, tmp_path, part_of="a handout")


def test_overwriting_is_possible_when_asked_for(tmp_path):
    (tmp_path / "a.py").write_bytes(b"mine")
    assert write_files({"a.py": b"a"}, tmp_path, part_of="a handout", overwrite=True).written == ("a.py",)
    assert (tmp_path / "a.py").read_bytes() == b"a"


def test_a_strangers_file_of_the_same_content_is_left(tmp_path):
    (tmp_path / "a.py").write_bytes(b"a")
    assert write_files({"a.py": b"a"}, tmp_path, part_of="a handout").unchanged == ("a.py",)


def test_what_is_no_longer_written_is_left_and_told(tmp_path):
    write_files({"a.py": b"a", "b.py": b"b"}, tmp_path, part_of="a handout")
    assert write_files({"b.py": b"b"}, tmp_path, part_of="a handout").left_over == ("a.py",)
    assert write_files({"b.py": b"b"}, tmp_path, part_of="a handout").left_over == ("a.py",)
    assert write_files({"a.py": b"new", "b.py": b"b"}, tmp_path, part_of="a handout").written == ("a.py",)


BROKEN = [
    "",
    "[]",
    "\x00",
    '{"files": 3}',
    '{"files": {"a.py": 1}}',
    '{"schema": 2, "parts": 3}',
    '{"schema": 2, "parts": {"a handout": 3}}',
]


@pytest.mark.parametrize("manifest", BROKEN)
def test_a_broken_manifest_makes_us_careful(tmp_path, manifest):
    write_files({"a.py": b"a"}, tmp_path, part_of="a handout")
    (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(CourseError, match="--overwrite"):
        write_files({"a.py": b"new"}, tmp_path, part_of="a handout")


def test_a_manifest_names_no_file_outside(tmp_path):
    (tmp_path / "out").write_text("")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / MANIFEST).write_text(json.dumps({"schema": 2, "parts": {"a handout": {"../out": "sha256:0"}}}))
    assert write_files({"a": b"a"}, tmp_path / "in", part_of="a handout").left_over == ()


def test_a_folder_in_the_way(tmp_path):
    (tmp_path / "a.py").mkdir()
    with pytest.raises(CourseError, match="in the way"):
        write_files({"a.py": b"a"}, tmp_path, part_of="a handout")


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "to").write_text("")
    with pytest.raises(CourseError, match="in the way"):
        write_files({"a.py": b"a"}, tmp_path / "to", part_of="a handout")


def test_two_things_in_one_folder_leave_each_other_alone(tmp_path):
    write_files({"week1.zip": b"1"}, tmp_path, part_of="week1.zip")
    assert write_files({"week2.zip": b"2"}, tmp_path, part_of="week2.zip").left_over == ()
    write_files({"a.py": b"a", "b.py": b"b"}, tmp_path, part_of="a handout")
    assert write_files({"week1.zip": b"new"}, tmp_path, part_of="week1.zip").left_over == ()
    assert write_files({"b.py": b"b"}, tmp_path, part_of="a handout").left_over == ("a.py",)


def test_what_is_part_of_something_else_is_in_the_way(tmp_path):
    write_files({"README.txt": b"of the handout"}, tmp_path, part_of="a handout")
    with pytest.raises(CourseError, match=r"README\.txt is part of a handout there.*--overwrite"):
        write_files({"README.txt": b"of the container"}, tmp_path, part_of="the container")
    write_files({"README.txt": b"of the container"}, tmp_path, part_of="the container", overwrite=True)
    with pytest.raises(CourseError, match="is part of the container there"):
        write_files({"README.txt": b"of the handout"}, tmp_path, part_of="a handout")


def test_a_manifest_of_before_is_that_of_what_is_written_there_now(tmp_path):
    (tmp_path / "a.py").write_bytes(b"a")
    digest = "sha256:" + hashlib.sha256(b"a").hexdigest()
    (tmp_path / MANIFEST).write_text(json.dumps({"schema": 1, "files": {"a.py": digest}}))
    assert write_files({"a.py": b"new"}, tmp_path, part_of="a handout").written == ("a.py",)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no rights of this kind")
@pytest.mark.parametrize(("readers", "rights"), [(Readers.OWNER, 0o600), (Readers.EVERYBODY, 0o666)])
def test_who_may_read_the_files_may_read_the_manifest(tmp_path, readers, rights):
    before = os.umask(0)
    try:
        write_files({"a.zip": b"a"}, tmp_path, part_of="a.zip", readers=readers)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {rights}
