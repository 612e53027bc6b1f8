from __future__ import annotations

import csv
import io
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.exchange.canvas import fill
from grader.exchange.rows import ClassRow
from grader.exchange.scale import Scale
from grader.exchange.spreadsheet import Filled

MakeRow: TypeAlias = Callable[..., ClassRow]

GRADEBOOK = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Week 1 (101),Week 2 (102),Week 2 (103),Final Score\r\n"
    ",,,,,Manual Posting,,,\r\n"
    "    Points Possible,,,,,60.0,10,10,(read only)\r\n"
    '"Doe, Jane",12,S0012,jane@example.org,"A, 2026",,7.5,,88.2\r\n'
    '="Иванова",13,S0013,olga,A,EX,"3",,\r\n'
    '"O""Neill\nZoë",14,,zoe,A,N/A,,,\r\n'
    "Bo,15,16,bo,A,1.00,,,\r\n"
    "Cy,16,17,cy,A,,,,"
).encode()


def filled(
    *rows: ClassRow,
    column: str | None = None,
    title: str = "week 1",
    data: bytes = GRADEBOOK,
    scale: Scale = Scale.OURS,
) -> Filled:
    return fill(data, rows, title=title, column=column, name="grades.csv", scale=scale)


def column_of(filled: Filled, at: int = 5) -> list[str]:
    lines = list(csv.reader(io.StringIO(filled.content.decode("utf-8-sig"), newline="")))
    return [line[at] for line in lines[3:]]


def test_one_column_is_filled_and_no_other_byte_changed(make_row: MakeRow) -> None:
    done = filled(make_row("12", Fraction(157, 3)), make_row("15", 0))

    expected = GRADEBOOK.replace(b'"A, 2026",,7.5', b'"A, 2026",52.33,7.5').replace(b"A,1.00,", b"A,0.00,")
    assert done.content == expected
    assert (done.column, done.count) == ("Week 1 (101)", 2)
    assert done.without == ('="Иванова"', 'O"Neill\nZoë', "Cy")
    assert not done.strangers
    assert not done.remarks


@pytest.mark.parametrize(
    "who",
    [
        {"student": "12"},
        {"student": "s0012"},
        {"student": "jane@example.org"},
        {"student": "folder", "email": "Jane@example.org"},
    ],
)
def test_students_are_found_by_each_of_their_ids(who: dict[str, str], make_row: MakeRow) -> None:
    assert column_of(filled(make_row(**who)))[0] == "52.00"


def test_a_number_that_is_one_students_id_and_anothers_sis_id_is_reported(make_row: MakeRow) -> None:
    done = filled(make_row("16", name="Cy"))

    assert done.content == GRADEBOOK
    assert done.remarks == ("Cy (16): several lines may be meant, so none was changed",)
    assert "Cy" not in done.without
    assert "Bo" not in done.without


def test_two_students_for_one_line_are_reported(make_row: MakeRow) -> None:
    done = filled(make_row("12"), make_row("S0012"))

    assert done.content == GRADEBOOK
    assert done.remarks == ("12 and S0012: line 4 may be either, so it was not changed",)


def test_strangers_and_a_name_alone_are_reported(make_row: MakeRow) -> None:
    done = filled(make_row("anon_x1", name="Doe, Jane"))

    assert done.content == GRADEBOOK
    assert done.strangers == ("Doe, Jane (anon_x1)",)
    assert len(done.without) == 5


def test_cells_that_say_more_than_points_stay(make_row: MakeRow) -> None:
    done = filled(make_row("13"), make_row("14"), make_row("15", None))

    assert done.content == GRADEBOOK
    assert done.remarks == (
        "13: is excused in Canvas, so the cell was not changed",
        "14: was not assigned it in Canvas, so the cell was not changed",
        "15: not judged wholly, so no points were written",
    )


def test_another_scale_is_told(make_row: MakeRow) -> None:
    (remark,) = filled(make_row("12"), column="102").remarks

    assert remark == (
        "'Week 2 (102)' is out of 10.00 points in Canvas and out of 60.00 here: written as they are here; "
        "--rescale writes parts of them"
    )


@pytest.mark.parametrize("text", [b'"1,000.00"', b"1000.0", b'"1.000,00"'])
def test_a_maximum_may_have_signs_in_it(text: bytes, make_row: MakeRow) -> None:
    data = GRADEBOOK.replace(b"60.0,10,10,", b"60.0," + text + b",10,")

    (remark,) = filled(make_row("12"), column="102", data=data).remarks
    done = filled(make_row("12"), column="102", data=data, scale=Scale.THEIRS)

    assert "is out of 1000.00 points in Canvas" in remark
    assert done.remarks == (
        "'Week 2 (102)' is out of 1000.00 points in Canvas and out of 60.00 here: written as parts of 1000.00",
    )
    assert b"866.67" in done.content


def test_without_points_in_canvas_there_are_no_parts_of_them(make_row: MakeRow) -> None:
    data = b"Student,ID,Section,Week 2 (102)\nA,12,S,\n"

    with pytest.raises(GraderError, match="no `Points Possible` for 'Week 2"):
        filled(make_row("12"), column="102", data=data, scale=Scale.THEIRS)


def test_of_a_maximum_of_0_there_are_no_parts(make_row: MakeRow) -> None:
    data = GRADEBOOK.replace(b"60.0,10,10,", b"60.0,0,10,")

    done = filled(make_row("12"), column="102", data=data)
    assert done.remarks == (
        "'Week 2 (102)' is out of 0.00 points in Canvas and out of 60.00 here: written as they are here",
    )
    assert b"52.00" in done.content
    with pytest.raises(GraderError, match="the maximum there is 0, which has no parts"):
        filled(make_row("12"), column="102", data=data, scale=Scale.THEIRS)


@pytest.mark.parametrize("column", ["Week 2 (103)", "103", "week 2 (103)"])
def test_a_column_is_chosen_by_header_or_number(column: str, make_row: MakeRow) -> None:
    assert column_of(filled(make_row("12"), column=column), 7)[0] == "52.00"


@pytest.mark.parametrize(
    ("column", "title", "why"),
    [
        (None, "Week 3", "no column is called 'Week 3'; choose with --column. There are: 'Week 1 .101.', 'Week 2 "),
        (None, "Week 2", "several columns are called 'Week 2'; choose with --column"),
        ("Final Score", "Week 1", "the column 'Final Score' is no assignment's; choose with --column. There are"),
        ("Section", "Week 1", "the column 'Section' is no assignment's"),
        ("Sektion", "Week 1", "no column is called 'Sektion'"),
    ],
)
def test_no_column_or_several_is_an_error(column: str | None, title: str, why: str, make_row: MakeRow) -> None:
    with pytest.raises(GraderError, match=why):
        filled(make_row("12"), column=column, title=title)


def test_semicolons_and_last_names_of_their_own(make_row: MakeRow) -> None:
    data = b"LastName;FirstName;ID;SIS Login ID;Section;Week 1 (1)\n;;;;;\nDoe;Jane;12;jane;A;3,5\n"

    assert filled(make_row("12", Fraction(7, 2)), data=data).content == data.replace(b"3,5", b"3.50")


def test_another_file_is_refused(make_row: MakeRow) -> None:
    with pytest.raises(GraderError, match=r"grades\.csv: it has no columns `Student`, `ID` and `Section`"):
        filled(make_row("12"), data=b"Name,Grade\nA,\n")


def test_moodle_s_worksheet_is_known_for_what_it_is(make_row: MakeRow) -> None:
    with pytest.raises(GraderError, match="looks like Moodle's worksheet; `grader export moodle`"):
        filled(make_row("12"), data=b"Identifier,Full name,Grade\nParticipant 1,A,\n")


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(max_examples=50)
@given(
    people=st.lists(st.tuples(NAMES, NAMES, st.fractions(0, 60, max_denominator=12)), min_size=1, max_size=25),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_any_class_is_filled_and_reads_back(
    people: list[tuple[str, str, Fraction]], quoting: int, make_row: MakeRow
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=quoting)  # type: ignore[arg-type]
    table = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Week 1 (1)", "Total"]]
    table += [[name, str(number), "", "", section, "", "9"] for number, (name, section, _) in enumerate(people, 100)]
    writer.writerows(table)
    rows = [make_row(str(number), points, name=name) for number, (name, _, points) in enumerate(people, 100)]

    done = filled(*rows, data=stream.getvalue().encode())

    (_, *lines) = csv.reader(io.StringIO(done.content.decode(), newline=""))
    for line, was, (_, _, points) in zip(lines, table[1:], people, strict=True):
        assert [*line[:5], line[6]] == [*was[:5], was[6]]
        assert Fraction(line[5]) == round(points, 2)
    assert done.count == len(people)
