"""The grades for other systems, from the desk: what is downloaded is what `grader export` writes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click import Group

from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import HandIn, LeftOut
from grader.classroom.links import Role
from grader.classroom.location import Location, spelled
from grader.cli.export import command

from .conftest import judge

SiteOf = Callable[..., Any]
PAGE = "/class/week/export"
CANVAS = (
    b"Student,ID,SIS Login ID,Section,Week 1 (101),Week 2 (102)\r\n    Points Possible,,,,40,20\r\n"
    b"Amina,amina,,A,,1\r\nNobody,nobody,,A,,\r\n"
)
MOODLE = (
    b"Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\r\n"
    b"Participant 7001,Amina,amina,Submitted,,20.00,\r\nParticipant 7002,Nobody,nobody,Submitted,,20.00,\r\n"
)
GERMAN = MOODLE.replace(b"Grade,", b"Bewertung,", 1).replace(b"Feedback comments", b"Rueckmeldung")


@pytest.fixture
def place(mostly_sqlite: Location) -> Location:
    return mostly_sqlite


@pytest.fixture
def desk(site: SiteOf) -> tuple[Any, Any]:
    """Amina has points; of Bruno nothing can be judged; Chen has handed in a part that is not judged yet."""
    a_site = site()
    judge(a_site, "amina", {"softmax": 10, "L1": 2})
    judge(a_site, "chen", {"softmax": 3})
    with Gradebook(a_site.place) as book, book.writing():
        book.take_in("week", HandIn("bruno", "Bruno", ()))
        book.leave_out("week", "a.zip", [LeftOut("bruno/essay.pdf", "bruno", "it is a PDF")])
    return a_site, a_site.visit(Role.TEACHER, "mira")


@pytest.fixture
def named(site: SiteOf) -> tuple[Any, Any]:
    """Of two of three students it is known how Canvas named their files."""
    a_site = site()
    judge(a_site, "7001", {"softmax": 10, "L1": 2}, path="amina_7001_80001_softmax.py")
    judge(a_site, "7002", {"softmax": 3, "L1": 2}, path="bruno_7002_80002_softmax.py")
    judge(a_site, "chen", {"softmax": 0, "L1": 0})
    return a_site, a_site.visit(Role.TEACHER, "mira")


def unpacked(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert {entry.external_attr >> 16 & 0o777 for entry in archive.infolist()} == {0o600}
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def by_command(in_process: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """What `grader export` does with a desk's gradebook."""
    return lambda site, *arguments: in_process(
        "grader", "export", *arguments, "--gradebook", spelled(site.place), cwd=tmp_path
    )


def logged(site: Any) -> list[str]:
    with Gradebook(site.place) as book:
        return [what for (what,) in book.rows("SELECT what FROM audit WHERE who = 'mira' ORDER BY id")]


def fills(site: Any, client: Any, form: str, content: bytes, name: str = "sheet.csv", **fields: str) -> Any:
    """The answer to the form of the page."""
    data = {"token": site.token(client, PAGE), **fields}
    return client.post(f"{PAGE}/{form}", data=data, files=[("file", (name, content))])


@pytest.mark.parametrize(("form", "begins"), [("csv", "student,"), ("json", "{"), ("junit", "<?xml"), ("tests", "st")])
def test_grades_can_be_had_as_tables(desk: tuple[Any, Any], form: str, begins: str) -> None:
    site, client = desk
    answer = client.get(f"{PAGE}/{form}")
    assert answer.status_code == 200
    assert answer.text.startswith(begins)
    assert "attachment" in answer.headers["content-disposition"]
    assert client.get(f"{PAGE}/exe").status_code == 404
    assert logged(site) == [f"exported week as {form}"]


def test_the_pages_lead_to_all_that_commands_write(named: tuple[Any, Any]) -> None:
    _, client = named
    table = client.get("/class/week").text
    assert f'href="{PAGE}"' in table
    text = table + client.get(PAGE).text
    assert isinstance(command, Group)
    assert [form for form in command.commands if f'"{PAGE}/{form}"' not in text] == ["moodle-feedback"]  # of nobody


@pytest.mark.parametrize("form", ["gradescope", "prairielearn", "classroom50"])
def test_a_file_of_each_student_who_has_points(
    desk: tuple[Any, Any], form: str, tmp_path: Path, by_command: Callable[..., Any]
) -> None:
    site, client = desk
    done = by_command(site, form, "-o", tmp_path / "out")

    answer = client.get(f"{PAGE}/{form}")

    assert answer.headers["content-disposition"] == f'attachment; filename="week.{form}.zip"'
    files = unpacked(answer.content)
    left_out = files.pop("left-out.txt").decode()
    assert files == {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert list(files) == ["amina.json"]
    assert left_out == (
        "1 student handed in nothing that can be judged, so without points: Bruno (bruno)\n"
        "1 student not judged wholly, so without points: Chen (chen)\n"
    )
    assert done.stderr.endswith(left_out)
    assert logged(site) == [f"exported week as {form}"]


def test_who_is_left_out_is_said_in_the_language_of_the_page_and_results_in_that_of_the_course(site: SiteOf) -> None:
    a_site = site(files_language="zh")
    judge(a_site, "amina", {"softmax": 10, "L1": 2})
    judge(a_site, "chen", {"softmax": 3})
    client = a_site.visit(Role.TEACHER, "mira")
    client.cookies.set("language", "de")

    files = unpacked(client.get(f"{PAGE}/gradescope").content)

    assert files["left-out.txt"].decode().startswith("1 Person ist nicht ganz beurteilt")
    assert "分" in files["amina.json"].decode("unicode_escape")


def test_where_all_have_points_nothing_is_said_of_anybody(named: tuple[Any, Any]) -> None:
    _, client = named
    assert list(unpacked(client.get(f"{PAGE}/gradescope").content)) == ["7001.json", "7002.json", "chen.json"]


def test_pages_go_back_as_the_command_packs_them_and_the_page_names_who_is_not_among_them(
    named: tuple[Any, Any], tmp_path: Path, by_command: Callable[..., Any]
) -> None:
    site, client = named
    done = by_command(site, "canvas-feedback", "-o", tmp_path / "back.zip")

    answer = client.get(f"{PAGE}/canvas-feedback")

    assert answer.content == (tmp_path / "back.zip").read_bytes()
    assert answer.headers["content-type"] == "application/zip"
    assert list(unpacked(answer.content)) == ["amina_7001_80001_feedback.html", "bruno_7002_80002_feedback.html"]
    assert done.returncode == 1
    told = done.stderr.splitlines()[-1]
    assert told.startswith("1 student left out")
    assert told + "." in client.get(PAGE).text
    assert logged(site) == ["exported week as canvas-feedback"]


def test_where_nobody_has_a_name_there_the_page_says_so(
    named: tuple[Any, Any], tmp_path: Path, by_command: Callable[..., Any]
) -> None:
    site, client = named
    words = "f no student does the gradebook know how the download named their files, so there is no page"
    assert words in by_command(site, "moodle-feedback", "-o", tmp_path / "back.zip").stderr

    answer = client.get(f"{PAGE}/moodle-feedback")

    assert answer.status_code == 409
    assert f'role="alert">O{words}.</p>' in answer.text
    assert logged(site) == []
    page = client.get(PAGE).text
    assert f'href="{PAGE}/canvas-feedback"' in page
    assert f'href="{PAGE}/moodle-feedback"' not in page
    client.cookies.set("language", "de")
    assert "weiß das Notenbuch" in client.get(f"{PAGE}/moodle-feedback").text


def test_the_templates_of_the_course_come_before_ours(site: SiteOf, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "student.html.j2").write_text("ours: {{ student }}")
    a_site = site(templates=str(tmp_path))
    judge(a_site, "7001", {"softmax": 10, "L1": 2}, path="amina_7001_80001_softmax.py")

    client = a_site.visit(Role.TEACHER, "mira")

    (page,) = unpacked(client.get(f"{PAGE}/canvas-feedback").content).values()

    assert page.startswith(b"ours: ")
    (tmp_path / "templates" / "student.html.j2").write_text("{{ nothing.at.all }}")
    refused = client.get(f"{PAGE}/canvas-feedback")
    assert refused.status_code == 409
    assert "templates/student.html.j2" in refused.text
    assert len(logged(a_site)) == 1


@pytest.mark.parametrize(
    ("form", "sheet", "fields"),
    [
        ("canvas", CANVAS, {}),
        ("canvas", CANVAS, {"column": "Week 2 (102)"}),
        ("canvas", CANVAS, {"rescale": "yes"}),
        ("moodle", MOODLE, {"grade_column": " "}),
        ("moodle", GERMAN, {"grade_column": "Bewertung", "feedback_column": "Rueckmeldung"}),
    ],
)
def test_a_sheet_is_filled_as_the_command_fills_it(
    desk: tuple[Any, Any],
    form: str,
    sheet: bytes,
    fields: dict[str, str],
    tmp_path: Path,
    by_command: Callable[..., Any],
) -> None:
    site, client = desk
    (tmp_path / "sheet.csv").write_bytes(sheet)
    options = [
        word
        for key, value in fields.items()
        if value.strip()
        for word in (["--rescale"] if key == "rescale" else [f"--{key.replace('_', '-')}", value])
    ]
    done = by_command(site, form, tmp_path / "sheet.csv", "-o", tmp_path / "filled.csv", *options)
    assert done.returncode == 0, done.stderr

    answer = fills(site, client, form, sheet, **fields)

    assert answer.headers["content-disposition"] == f'attachment; filename="week.{form}.zip"'
    files = unpacked(answer.content)
    assert files.pop(f"week-{form}.csv") == (tmp_path / "filled.csv").read_bytes() != sheet
    remarks = files.pop("remarks.txt").decode()
    assert files == {}
    assert done.stderr == f"Wrote {tmp_path / 'filled.csv'}\n{remarks}"
    for words in ("without points: Bruno", "1 grade filled in", "not in sheet.csv", "but not in the gradebook: Nobody"):
        assert words in remarks
    assert logged(site) == [f"exported week as {form}"]


def test_feedback_in_a_sheet_is_in_the_language_of_the_course_and_remarks_in_that_of_the_page(site: SiteOf) -> None:
    a_site = site(files_language="zh")
    judge(a_site, "amina", {"softmax": 10, "L1": 2})
    client = a_site.visit(Role.TEACHER, "mira")
    client.cookies.set("language", "de")

    files = unpacked(fills(a_site, client, "moodle", MOODLE).content)

    row = next(csv.DictReader(io.StringIO(files["week-moodle.csv"].decode(), newline="")))
    assert (row["Grade"], "分" in row["Feedback comments"]) == ("12.00", True)
    assert "'Grade': 1 Note eingetragen." in files["remarks.txt"].decode()


@pytest.mark.parametrize(
    ("form", "content", "name", "words"),
    [
        ("canvas", MOODLE, "C:\\mine\\<b>.csv", "&lt;b&gt;.csv: it looks like Moodle&#39;s worksheet"),
        ("canvas", CANVAS.replace(b"Week 1", b"Other"), "a.csv", "choose with --column."),
        ("moodle", b"PK\x03\x04", "a.xlsx", "a.xlsx: it is an archive or a workbook"),
        ("moodle", b"", "a.csv", "a.csv: it is no CSV file"),
        ("moodle", b"", "", "Choose the file into which the grades go."),
    ],
)
def test_what_cannot_be_filled_is_said_and_nothing_is_logged(
    desk: tuple[Any, Any], form: str, content: bytes, name: str, words: str
) -> None:
    site, client = desk
    answer = fills(site, client, form, content, name)
    assert answer.status_code == 400
    assert words in answer.text
    assert "mine" not in answer.text
    assert logged(site) == []


def test_a_form_without_a_file_is_answered(desk: tuple[Any, Any]) -> None:
    site, client = desk
    data = {"token": site.token(client, PAGE)}
    assert "Choose the file" in client.post(f"{PAGE}/canvas", data=data).text
    assert "Choose the file" in client.post(f"{PAGE}/canvas", data={**data, "file": "a text"}).text
    assert client.post(f"{PAGE}/csv", data=data).status_code == 404


def test_what_is_sent_is_of_this_visit_and_within_the_limit(desk: tuple[Any, Any]) -> None:
    site, client = desk
    other = site.token(site.visit(Role.TEACHER, "nadia"), PAGE)
    assert fills(site, client, "canvas", CANVAS, token=other).status_code == 403
    assert fills(site, client, "canvas", b"#" * (9 << 20)).status_code == 413
    assert logged(site) == []
