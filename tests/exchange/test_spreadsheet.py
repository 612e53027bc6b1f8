from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.exchange.spreadsheet import read_spreadsheet

CELLS = st.text(st.sampled_from("a\",;\t\r\nü'= 1")) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6)


def as_csv(table: list[list[str]], **options: str | int) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, **options).writerows(table)  # type: ignore[arg-type]
    return stream.getvalue().encode()


@given(
    TABLES,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_the_csv_module_wrote_reads_back(table: list[list[str]], delimiter: str, end: str, quoting: int) -> None:
    table = [["first", "second", "third", "fourth", "fifth", "sixth"], *table]
    data = as_csv(table, delimiter=delimiter, lineterminator=end, quoting=quoting)

    sheet = read_spreadsheet(data, "x.csv")

    expected = [row or [""] for row in csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)]
    assert [[sheet.text(line, at) for at in range(len(cells))] for line, cells in enumerate(sheet.lines)] == expected
    assert sheet.with_cells({}) == data
    if end == "\r\n" or quoting == csv.QUOTE_ALL:  # else the csv module itself loses a carriage return
        assert expected == table


@settings(max_examples=300)
@given(st.text(st.sampled_from('ab",;\r\nü '), max_size=30))
def test_any_text_that_can_be_read_is_read_as_the_csv_module_does(text: str) -> None:
    data = f"h1,h2,h3,h4,h5,h6,h7,h8,h9,h10,h11,h12,h13,h14,h15,h16,h17\r\n{text}".encode()
    try:
        sheet = read_spreadsheet(data, "x.csv")
    except GraderError:
        assert '"' in text
        return

    expected = [row or [""] for row in csv.reader(io.StringIO(data.decode(), newline=""))]
    assert [[sheet.text(line, at) for at in range(len(cells))] for line, cells in enumerate(sheet.lines)] == expected
    assert sheet.with_cells({}) == data


@given(TABLES, st.data())
def test_a_changed_cell_changes_nothing_else(table: list[list[str]], data: st.DataObject) -> None:
    table = [["first", "second", "third", "fourth", "fifth", "sixth"], *table]
    before = b"\xef\xbb\xbf" + as_csv(table)
    line = data.draw(st.integers(1, len(table) - 1))
    column = data.draw(st.integers(0, len(table[line]) - 1))
    text = data.draw(CELLS)

    after = read_spreadsheet(before, "x.csv").with_cells({(line, column): text})

    again = read_spreadsheet(after, "x.csv")
    changed = [list(row) for row in table]
    changed[line][column] = text
    assert [[again.text(at, place) for place in range(len(row))] for at, row in enumerate(table)] == changed
    assert list(csv.reader(io.StringIO(after.decode("utf-8-sig"), newline=""))) == changed
    sheet = read_spreadsheet(before, "x.csv")
    same = [(at, place) for at, row in enumerate(table) for place in range(len(row)) if (at, place) != (line, column)]
    assert all(again.lines[at][place] == sheet.lines[at][place] for at, place in same)
    assert again.ends == sheet.ends


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no CSV file"),
        (b"\n \n", "no CSV file"),
        (b"a,b\0\0", "no CSV file"),
        ("Jürgen,1".encode("latin-1"), "not UTF-8"),
        ("a,b".encode("utf-16"), "not UTF-8"),
        (b"PK\x03\x04\xff", "an archive or a workbook, not a CSV file; unpack it"),
        (b'a,b\n1,"2\n', "x.csv:2: a quotation mark"),
    ],
)
def test_what_is_no_sheet_is_said(data: bytes, why: str) -> None:
    with pytest.raises(GraderError, match=why):
        read_spreadsheet(data, "x.csv")
