from __future__ import annotations

from pathlib import Path

import pytest

from bench.basics import basics
from grader import codec
from grader.course.folder import Course
from grader.errors import CourseError
from grader.grading.keys import CourseKeys
from grader.grading.pack import pack, unpack

pytestmark = pytest.mark.slow

ROOT = basics()


def test_there_and_back(cache: Path) -> None:
    keys = CourseKeys(Course(ROOT), cache=cache)
    (assignment,) = keys.assignments
    found = unpack(pack(keys, assignment, "category"))

    assert found.assignment == assignment
    assert found.reveal == "category"
    assert found.names == assignment.exercises
    assert found.keys(found.names) == keys.keys(assignment.exercises)
    key = found.key("softmax")
    assert found.mutants(key) == keys.mutants(key).all()
    assert found.mutants(key).kinds


def test_keys_are_no_part_of_what_a_message_says(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So all together may be as large as keys can be: what a message says of itself has to be much less."""
    keys = CourseKeys(Course(ROOT), cache=cache)
    (assignment,) = keys.assignments
    found = keys.keys(assignment.exercises)
    parts = [codec.to_bytes(part) for key in found.values() for part in (key, keys.mutants(key).all())]
    largest = max(file.stat().st_size for file in cache.iterdir())
    monkeypatch.setattr(codec, "_MAX_HEADER_BYTES", largest)
    assert largest < sum(map(len, parts)) / 2

    assert unpack(pack(keys, assignment, "all")).keys(found) == found


@pytest.mark.parametrize("data", [b"", b"not a key", b"\x00" * 64])
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(CourseError, match="package them again"):
        unpack(data)
