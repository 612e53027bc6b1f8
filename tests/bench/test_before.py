"""The course that an earlier build came with."""

from __future__ import annotations

import tarfile
from pathlib import Path

from bench.before import unpacked_course

FILES = ("course.yaml", "exercises/L1.yaml", "solutions/L1.py", "samples/amina.py", "bench/course/course.yaml", "a.py")


def test_an_archive_s_course_alone_is_unpacked(tmp_path: Path) -> None:
    whole = tmp_path / "numgrade"
    for name in FILES:
        (whole / name).parent.mkdir(parents=True, exist_ok=True)
        (whole / name).write_text(name)
    with tarfile.open(tmp_path / "all.tar.gz", "w:gz") as archive:
        archive.add(whole, "numgrade")
    course = unpacked_course(tmp_path / "all.tar.gz", tmp_path / "course")
    assert sorted(str(path.relative_to(course)) for path in course.rglob("*") if path.is_file()) == sorted(FILES[:4])
