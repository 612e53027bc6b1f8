"""Courses of other people: found in a folder, in a zip archive and in a package, and nothing of them is run."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from grader.authoring import sources
from grader.authoring.sources import installed_courses, open_source
from grader.course.folder import example_course
from grader.errors import CourseError

EXERCISE = "title: T\nargs: {x: float}\nreturns: float\ntask: Twice.\n"
COURSE = {
    "course.yaml": b"title: Theirs\n",
    "exercises/twice.yaml": EXERCISE.encode(),
    "solutions/twice.py": b"def twice(x):\n    return 2 * x\n",
    "LICENSE": b"Do as you please.\n",
}


def packed(to: Path, files: dict[str, bytes], above: str = "") -> Path:
    with zipfile.ZipFile(to, "w") as archive:
        for name, data in files.items():
            archive.writestr(above + name, data)
    return to


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in COURSE.items():
        file = tmp_path / "theirs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "theirs"


def test_without_a_name_it_is_the_library() -> None:
    with open_source(None) as course:
        assert course.path == example_course()


def test_a_folder_is_looked_at_where_it_is(folder: Path) -> None:
    with open_source(str(folder)) as course:
        assert course.path == folder
        assert course.names() == ("twice",)


@pytest.mark.parametrize("above", ["", "theirs/", "theirs-main/"])
def test_an_archive_has_a_course_at_its_top_or_in_a_folder(tmp_path: Path, above: str) -> None:
    extra = {
        "gradebook.db": b"x",
        "exercises/../../evil.py": b"x",
        "exercises/sub/deep.yaml": b"x",
        "__MACOSX/._a": b"x",
    }
    with open_source(str(packed(tmp_path / "c.zip", COURSE | extra, above))) as course:
        found = {file.relative_to(course.path).as_posix() for file in course.path.rglob("*") if file.is_file()}
        place = course.path
        assert course.exercise("twice").spec.title == "T"
    assert found == set(COURSE)
    assert not place.exists()
    assert not (tmp_path / "evil.py").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"notes.txt": b"x"}, "no course.yaml at its top"),
        ({"a/course.yaml": b"", "b/course.yaml": b""}, "there are several courses in it"),
    ],
)
def test_an_archive_without_one_course_is_refused(tmp_path: Path, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(CourseError, match=said), open_source(str(packed(tmp_path / "c.zip", files))):
        pass


def test_an_archive_that_would_unpack_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_MAX_BYTES", 1000)
    large = COURSE | {"exercises/large.yaml": b"#" * 2000}
    with pytest.raises(CourseError, match="would be unpacked"), open_source(str(packed(tmp_path / "c.zip", large))):
        pass


def test_what_is_neither_is_told_with_what_there_is() -> None:
    with (
        pytest.raises(CourseError, match="no such folder or zip archive, and no installed course"),
        open_source("none"),
    ):
        pass


@pytest.fixture
def package(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package whose module must not be imported, and whose entry point says where a course is."""
    home = tmp_path / "site" / "their_lessons"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text("raise SystemExit('imported')\n")
    folder.rename(home / "linear")
    (home / "linear" / "__init__.py").write_text("raise SystemExit('imported')\n")
    info = tmp_path / "site" / "their_lessons-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-lessons\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[numgrade.courses]\nlinear = their_lessons.linear\nlost = their_lessons.no\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return home / "linear"


def test_a_package_has_a_course_and_is_not_imported(package: Path) -> None:
    assert set(installed_courses()) >= {"linear", "lost"}
    with open_source("linear") as course:
        assert course.path == package
        assert course.names() == ("twice",)
    assert "their_lessons" not in sys.modules


@pytest.mark.parametrize(("name", "said"), [("lost", "has no course.yaml"), ("liner", "did you mean 'linear'")])
def test_a_package_without_one_and_a_slip_are_told(package: Path, name: str, said: str) -> None:
    with pytest.raises(CourseError, match=said), open_source(name):
        pass
