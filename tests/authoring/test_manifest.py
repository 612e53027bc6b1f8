from __future__ import annotations

import json

import pytest

from grader.authoring.manifest import MANIFEST, write_files
from grader.errors import CourseError


def test_files_are_written_once(tmp_path):
    to = tmp_path / "new" / "folder"
    first = write_files({"a.py": b"a", "b.py": b"b"}, to)
    assert (first.written, first.unchanged) == (("a.py", "b.py"), ())
    assert (to / "a.py").read_bytes() == b"a"
    again = write_files({"a.py": b"a", "b.py": b"b"}, to)
    assert (again.written, again.unchanged) == ((), ("a.py", "b.py"))
    assert sorted(path.name for path in to.iterdir()) == [MANIFEST, "a.py", "b.py"]


def test_what_an_earlier_build_wrote_is_replaced(tmp_path):
    write_files({"a.py": b"old", "b.py": b"b"}, tmp_path)
    assert write_files({"a.py": b"new", "b.py": b"b"}, tmp_path).written == ("a.py",)
    assert (tmp_path / "a.py").read_bytes() == b"new"


def test_what_somebody_edited_stops_everything(tmp_path):
    write_files({"a.py": b"a", "b.py": b"b"}, tmp_path)
    (tmp_path / "a.py").write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(CourseError, match=r"a\.py is not as we wrote it.*--overwrite"):
        write_files({"a.py": b"a", "b.py": b"new"}, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_edit_is_still_known_after_a_refusal_and_a_build_of_something_else(tmp_path):
    write_files({"a.py": b"a"}, tmp_path)
    (tmp_path / "a.py").write_bytes(b"mine")
    write_files({"b.py": b"b"}, tmp_path)
    with pytest.raises(CourseError, match=r"a\.py"):
        write_files({"a.py": b"a"}, tmp_path)


def test_overwriting_is_possible_when_asked_for(tmp_path):
    (tmp_path / "a.py").write_bytes(b"mine")
    assert write_files({"a.py": b"a"}, tmp_path, overwrite=True).written == ("a.py",)
    assert (tmp_path / "a.py").read_bytes() == b"a"


def test_a_strangers_file_of_the_same_content_is_left(tmp_path):
    (tmp_path / "a.py").write_bytes(b"a")
    assert write_files({"a.py": b"a"}, tmp_path).unchanged == ("a.py",)


def test_what_is_no_longer_written_is_left_and_told(tmp_path):
    write_files({"a.py": b"a", "b.py": b"b"}, tmp_path)
    assert write_files({"b.py": b"b"}, tmp_path).left_over == ("a.py",)
    assert write_files({"b.py": b"b"}, tmp_path).left_over == ("a.py",)
    assert write_files({"a.py": b"new", "b.py": b"b"}, tmp_path).written == ("a.py",)


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 3}', '{"files": {"a.py": 1}}', "\x00"])
def test_a_broken_manifest_makes_us_careful(tmp_path, manifest):
    write_files({"a.py": b"a"}, tmp_path)
    (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(CourseError, match="--overwrite"):
        write_files({"a.py": b"new"}, tmp_path)


def test_a_manifest_names_no_file_outside(tmp_path):
    (tmp_path / "out").write_text("")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / MANIFEST).write_text(json.dumps({"files": {"../out": "sha256:0"}}))
    assert write_files({"a": b"a"}, tmp_path / "in").left_over == ()


def test_a_folder_in_the_way(tmp_path):
    (tmp_path / "a.py").mkdir()
    with pytest.raises(CourseError, match="in the way"):
        write_files({"a.py": b"a"}, tmp_path)


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "to").write_text("")
    with pytest.raises(CourseError, match="in the way"):
        write_files({"a.py": b"a"}, tmp_path / "to")
