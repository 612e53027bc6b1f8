from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.judge.result import Result
from grader.judge.reveal import Reveal
from grader.report import pages
from grader.report.folder import Written
from grader.report.pages import Folder, write_class, write_student
from grader.report.student import Heading, Student

Gallery = dict[str, Callable[[], Result]]
OfResult = Callable[..., Student]


@pytest.fixture
def students(gallery: Gallery, of_result: OfResult) -> list[Student]:
    names = sorted(gallery)[:7]
    return [of_result(gallery[name](), id=str(number), name=f"N {number}") for number, name in enumerate(names)]


def test_a_page_each_and_one_for_all(tmp_path: Path, students: list[Student], heading: Heading) -> None:
    folder = Folder(tmp_path / "out", heading)
    write_class(folder, students, (), Reveal.HINT)
    files = sorted(each.name for each in (tmp_path / "out").glob("*.html"))
    assert len(files) == 8
    text = (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
    assert all(f'href="{name}"' in text for name in files if name != "class.html")


def test_the_same_again_changes_nothing(tmp_path: Path, students: list[Student], heading: Heading) -> None:
    for expected in (Written.WRITTEN, Written.UNCHANGED):
        folder = Folder(tmp_path, heading)
        write_class(folder, students, (), Reveal.HINT)
        assert folder.counts == {expected: 8}


def test_a_page_that_somebody_edited_is_left_and_named(
    tmp_path: Path, students: list[Student], heading: Heading
) -> None:
    first = write_student(Folder(tmp_path, heading), students[0], Reveal.HINT)
    (tmp_path / first).write_text("mine")
    folder = Folder(tmp_path, heading)
    write_class(folder, students, (), Reveal.HINT)
    assert folder.kept == [first]
    assert (tmp_path / first).read_text() == "mine"


def test_a_long_list_of_students_has_pages_of_its_own(
    tmp_path: Path, students: list[Student], heading: Heading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_MOST_ROWS", 3)
    write_class(Folder(tmp_path, heading), students, (), Reveal.HINT)
    listed = [(tmp_path / f"students-{number}.html").read_text(encoding="utf-8") for number in (1, 2, 3)]
    assert [text.count('<th scope="row">') for text in listed] == [3, 3, 1]
    text = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert '<a href="students-2.html">N 3 to N 5</a>' in text
    assert '<table class="class-table"' not in text


def test_students_are_taken_one_by_one(tmp_path: Path, students: list[Student], heading: Heading) -> None:
    folder = Folder(tmp_path, heading)

    def stream() -> Iterator[Student]:
        for number, student in enumerate(students):
            assert folder.counts.total() == number
            yield student

    write_class(folder, stream(), (), Reveal.HINT)


def test_a_course_may_have_templates_of_its_own(tmp_path: Path, students: list[Student], heading: Heading) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "student.html.j2").write_text("<p>{{ student }}: {{ points }}")
    folder = Folder(tmp_path / "out", heading, course=tmp_path)
    name = write_student(folder, students[0], Reveal.HINT)
    assert (tmp_path / "out" / name).read_text().startswith("<p>N 0 (0): 20\n<!-- numgrade ")


def test_the_one_script_is_that_which_the_page_allows(
    tmp_path: Path, students: list[Student], heading: Heading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_MOST_ROWS", 4)
    write_class(Folder(tmp_path, heading), students, (), Reveal.HINT)
    for name in ("class.html", "students-1.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}'" in text
