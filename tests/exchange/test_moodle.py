from __future__ import annotations

import csv
import html
import io
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any, Literal, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.exchange.moodle import feedback, fill
from grader.exchange.rows import ClassRow
from grader.exchange.scale import Scale
from grader.exchange.spreadsheet import Filled
from grader.judge.result import Result
from grader.words.language import Language, speaking
from grader.words.text import capital

MakeRow: TypeAlias = Callable[..., ClassRow]
MakeResult: TypeAlias = Callable[..., Result]

HEADER = (
    "Identifier,Full name,ID number,Email address,Status,Group,Grade,Maximum Grade,"
    "Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\r\n"
)
DATE = '"Wednesday, September 23, 2020, 9:00 PM"'
WORKSHEET = (
    HEADER
    + f"Participant 101,Jane Doe,S1,jane@example.org,Submitted,Team 1,,60.00,Yes,{DATE},-,\r\n"
    + 'Participant 102,"=Zoë ""Z"", O\'Neill",S2,zoe@example.org,Submitted,Team 1,3.00,60.00,Yes,'
    + f'{DATE},-,"<p>old</p>"\r\n'
    + f"Participant 103,Jane Doe,S3,jane2@example.org,Submitted,Team 2,,60.00,Yes,{DATE},-,\r\n"
).encode()
GERMAN = (
    "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,"
    "Zuletzt geändert (Bewertung),Feedback als Kommentar\n"
    "Teilnehmer/in101,Jane,j@x,Abgegeben,,60.00,-,\n"
    "Teilnehmer/in102,Zoë,z@x,Abgegeben,,60.00,-,<p>alt</p>\n"
).encode()


def filled(*rows: ClassRow, data: bytes = WORKSHEET, **options: Any) -> Filled:
    return fill(data, rows, name="sheet.csv", words=lambda row: f"<p>{row.student}</p>", **options)


def test_grade_and_feedback_are_filled_and_no_other_byte_changed(make_row: MakeRow) -> None:
    done = filled(make_row("101", Fraction(157, 3)), make_row("102", 60))

    expected = WORKSHEET.replace(b"Team 1,,60.00", b"Team 1,52.33,60.00", 1).replace(b"3.00,60.00", b"60.00,60.00")
    expected = expected.replace(b'9:00 PM",-,\r\n', b'9:00 PM",-,<p>101</p>\r\n', 1)
    assert done.content == expected.replace(b'"<p>old</p>"', b'"<p>102</p>"')
    assert (done.column, done.count, done.strangers, done.remarks) == ("Grade", 2, (), ())
    assert done.without == ("Jane Doe",)


@pytest.mark.parametrize(
    "who",
    [
        {"student": "101"},
        {"student": "S1"},
        {"student": "x", "email": "JANE@example.org"},
        {"student": "jane@example.org"},
        {"student": "101", "name": "Jane Doe"},  # two are called so, and the number decides
    ],
)
def test_students_are_found_by_each_of_their_marks(who: dict[str, str], make_row: MakeRow) -> None:
    done = filled(make_row(**who))

    assert done.count == 1
    assert b"Team 1,52.00,60.00" in done.content


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_that_only_one_has_is_enough(form: Literal["NFC", "NFD"], make_row: MakeRow) -> None:
    name = unicodedata.normalize(form, """=Zoë "Z",  O'NEILL""")

    assert filled(make_row("x", name=name)).count == 1


@pytest.mark.parametrize("who", [{"student": "x", "name": "Jane Doe"}, {"student": "102", "email": "jane@example.org"}])
def test_what_points_two_ways_is_reported(who: dict[str, str], make_row: MakeRow) -> None:
    done = filled(make_row(**who))

    assert done.content == WORKSHEET
    assert "several lines may be meant" in done.remarks[0]


def test_a_groups_grade_goes_to_all_of_it(make_row: MakeRow) -> None:
    done = filled(make_row("900", name="Team 1"))

    assert done.count == 2
    assert done.without == ("Jane Doe",)


def test_who_was_not_judged_gets_no_grade(make_row: MakeRow) -> None:
    done = filled(make_row("101", None), make_row("999"))

    assert done.content == WORKSHEET
    assert done.remarks == ("101: not judged wholly, so no points were written",)
    assert done.strangers == ("999",)


def test_a_worksheet_in_another_language_by_position(make_row: MakeRow) -> None:
    done = filled(make_row("102"), data=GERMAN)

    assert done.column == "Bewertung"
    assert done.content == GERMAN.replace(b"Abgegeben,,60.00,-,<p>alt</p>", b"Abgegeben,52.00,60.00,-,<p>102</p>")
    assert not done.remarks


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WORKSHEET.replace(b"Grade,Maximum", b"Maximum").replace(b",,60", b",60"), id="in English"),
        pytest.param(GERMAN.replace(b"Bewertung,Best", b"Best").replace(b",,60", b",60"), id="in German"),
    ],
)
def test_no_other_column_is_taken_for_that_of_the_grades(make_row: MakeRow, data: bytes) -> None:
    with pytest.raises(GraderError, match="no column is called `Grade`; choose with --grade-column"):
        filled(make_row("102"), data=data.replace(b",3.00", b""))


def test_or_by_columns_that_are_named(make_row: MakeRow) -> None:
    data = GERMAN.replace(b"<p>alt</p>", b"gut").replace(b"60.00", b"60", 1)

    with pytest.raises(GraderError, match=r"no column is called `Grade`; choose with --grade-column.*5 'Bewertung'"):
        filled(make_row("102"), data=data)
    done = filled(make_row("102"), data=data, grade_column="5")
    assert "no column for feedback was found" in done.remarks[0]
    done = filled(make_row("102"), data=data, grade_column="bewertung", feedback_column="Feedback als Kommentar")
    assert b",52.00,60.00,-,<p>102</p>" in done.content
    with pytest.raises(GraderError, match="no column is '99'; choose with --grade-column"):
        filled(make_row("102"), data=data, grade_column="99")


def test_the_date_of_the_grade_is_never_taken_for_feedback(make_row: MakeRow) -> None:
    data = b"ID,Name,Mail,Stand,Note,Max,Zuletzt\nT 1,A,a,x,,60,-\nT 2,B,b,x,,60,-\n"

    done = filled(make_row("1"), data=data)

    assert done.content == data.replace(b"a,x,,60", b"a,x,52.00,60")
    assert "no column for feedback" in done.remarks[0]


def test_another_scale_is_told(make_row: MakeRow) -> None:
    done = filled(make_row("101"), data=WORKSHEET.replace(b"60.00", b"100.00"))

    (remark,) = done.remarks
    assert remark.startswith("the grade is out of 100.00 in Moodle and out of 60.00 here: written as it is here; ")
    assert remark.endswith("; --rescale writes parts of it")


def test_another_scale_is_told_wherever_its_column_is(make_row: MakeRow) -> None:
    data = b"Identifier,Full name,Maximum grade,Status,Grade\nParticipant 101,J,100.00,x,\nParticipant 102,Z,,x,\n"

    remarks = filled(make_row("101"), data=data).remarks

    assert "the grade is out of 100.00 in Moodle and out of 60.00 here: written as it is here" in remarks[1]


def test_points_can_be_written_as_parts_of_moodles_maximum(make_row: MakeRow) -> None:
    rows = make_row("101"), make_row("102", Fraction(1, 3))
    done = filled(*rows, data=WORKSHEET.replace(b"60.00", b"5.00"), scale=Scale.THEIRS)

    assert b"Team 1,4.33,5.00" in done.content  # of 52
    assert b"Team 1,0.03,5.00" in done.content
    assert done.remarks == ("the grade is out of 5.00 in Moodle and out of 60.00 here: written as parts of 5.00",)


@pytest.mark.parametrize("top", [b"5.00", b"5", b'"5,00"'])
def test_grades_that_another_maximum_would_lose_are_refused_by_name(top: bytes, make_row: MakeRow) -> None:
    rows = make_row("101", name="Ann"), make_row("102", 5), make_row("103", 6)

    with pytest.raises(GraderError, match=r"maximum, which is 5\.00 \(here it is 60\.00\): Ann \(101\) has 52"):
        filled(*rows, data=WORKSHEET.replace(b"60.00", top))
    assert filled(make_row("102", 5), data=WORKSHEET.replace(b"60.00", top)).count == 1


def test_a_grade_above_the_maximum_of_both_is_left_out_by_name(make_row: MakeRow) -> None:
    done = filled(make_row("101", 61), make_row("102", 60))

    assert (done.count, done.remarks) == (
        1,
        ("101: Moodle leaves out grades above its maximum, which is 60.00, so 61.00 was not written",),
    )
    assert b"<p>101</p>" in done.content


def test_a_grade_that_is_locked_is_left_alone(make_row: MakeRow) -> None:
    data = WORKSHEET.replace(b"60.00,Yes", b"60.00,No", 1)

    done = filled(make_row("101"), make_row("102"), data=data)

    assert (done.count, len(done.remarks)) == (1, 1)
    assert done.remarks[0].startswith("101: the grade is locked in Moodle")
    assert data.split(b"\r\n")[1] in done.content


def test_so_is_one_in_another_language(make_row: MakeRow) -> None:
    data = GERMAN.replace(b"Bestwertung,", "Bestwertung,Bewertung kann geändert werden,".encode())
    data = data.replace(b"60.00,", b"60.00,Ja,", 1).replace(b"60.00,-,<p>", b"60.00,Nein,-,<p>")

    done = filled(make_row("101"), make_row("102"), data=data)

    assert (done.count, done.remarks[0][:27]) == (1, "102: the grade is locked in")


@pytest.mark.parametrize(("header", "column"), [("Scale", None), ("Skala", "Bewertung")])
@pytest.mark.parametrize("scale", Scale)
def test_words_of_a_scale_are_no_points(header: str, column: str | None, scale: Scale, make_row: MakeRow) -> None:
    grade = column or "Grade"
    data = f'Identifier,Full name,{grade},{header},Yes\nParticipant 101,J,,"Poor, Fair, Good",Yes\n'.encode()

    with pytest.raises(GraderError, match=r"words of a scale here \(Poor, Fair, Good\).*Type: Point"):
        filled(make_row("101"), data=data, grade_column=column, scale=scale)


def test_without_a_maximum_there_are_no_parts_of_it(make_row: MakeRow) -> None:
    data = b"Identifier,Full name,Grade\nParticipant 101,J,\n"

    assert filled(make_row("101"), data=data).count == 1
    with pytest.raises(GraderError, match="no column has the maximum"):
        filled(make_row("101"), data=data, scale=Scale.THEIRS)


def test_of_a_maximum_of_0_there_are_no_parts(make_row: MakeRow) -> None:
    with pytest.raises(GraderError, match="the maximum there is 0, which has no parts"):
        filled(make_row("101"), data=WORKSHEET.replace(b"60.00", b"0.00"), scale=Scale.THEIRS)


def test_canvas_s_gradebook_is_known_for_what_it_is(make_row: MakeRow) -> None:
    data = b"Student,ID,SIS Login ID,Section,Week 1 (101)\nDoe,12,jane,A,\n"

    with pytest.raises(GraderError, match="looks like Canvas's gradebook; `grader export canvas`"):
        filled(make_row("12"), data=data)


def test_lateness_begins_with_a_capital(make_row: MakeRow) -> None:
    assert "</strong> Late, by a day</p>" in feedback(make_row("1", late="late, by a day"))
    assert "points.</strong></p>" in feedback(make_row("1"))


def test_points_are_written_as_in_the_language_of_those_who_read_them(make_row: MakeRow) -> None:
    with speaking(Language.GERMAN):
        assert "<strong>3,33 von 60,00 Punkten.</strong>" in feedback(make_row("1", Fraction(10, 3)))


def test_another_file_is_refused(make_row: MakeRow) -> None:
    with pytest.raises(GraderError, match="no grading worksheet"):
        filled(make_row("101"), data=b"Student,ID,Grade\nJane,x,\n")


def test_feedback_is_html_and_nothing_in_it_is_taken_for_more(make_row: MakeRow, make_result: MakeResult) -> None:
    row = make_row(
        "1", late="Late by <2> days.\n`a<b` and $n$ count.", exercises=make_result("half", "right").exercises
    )

    text = feedback(row)

    assert text.startswith(
        "<p><strong>52.00 of 60.00 points.</strong> Late by &lt;2&gt; days.<br><code>a&lt;b</code> and n count.</p>"
    )
    assert "<strong>Softmax of each row</strong>: not right yet, 3.33 of 10 points." in text
    assert "<li>4 of 12 numbers &lt;differ&gt; &amp; more. Which axis runs along a row?</li>" in text
    assert "<strong>L1</strong>: 10 of 10 points.</p>" in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(max_examples=50)
@given(people=st.lists(st.tuples(NAMES, NAMES, st.fractions(0, 60, max_denominator=12)), min_size=1, max_size=25))
def test_any_class_is_filled_and_reads_back(people: list[tuple[str, str, Fraction]], make_row: MakeRow) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    table = [["Identifier", "Full name", "Grade", "Maximum Grade", "Feedback comments"]]
    table += [[f"Participant {number}", name, "", "60.00", ""] for number, (name, _, _) in enumerate(people, 100)]
    writer.writerows(table)
    rows = [make_row(str(number), points, late=late) for number, (_, late, points) in enumerate(people, 100)]

    done = fill(stream.getvalue().encode(), rows, name="sheet.csv")

    (_, *lines) = csv.reader(io.StringIO(done.content.decode(), newline=""))
    for line, was, (_, late, points) in zip(lines, table[1:], people, strict=True):
        assert line[:2] == was[:2]
        assert Fraction(line[2]) == round(points, 2)
        tags = Tags()
        tags.feed(line[4])
        tags.close()
        assert tags.seen <= {"p", "strong", "ul", "li", "br", "code"}
        assert not tags.open
        if late.isalnum() and late.isascii():
            assert capital(late) in html.unescape(line[4])
    assert done.count == len(people)
