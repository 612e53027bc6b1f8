"""What is said of other systems' tables of grades: which is meant, and what could not be written into them."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Texts

__all__ = ["SHEETS"]

SHEETS: Final[Texts] = {
    "sheet.too_large": "{file}: it is larger than {limit} MiB, no sheet of a class; check the file",
    "sheet.packed": ("{file}: it is an archive or a workbook, not a CSV file; unpack it, or save it as `CSV UTF-8`"),
    "sheet.not_utf_8": (
        "{file}: it is not UTF-8 (byte {byte}); take it as it was downloaded, or save it as `CSV UTF-8`"
    ),
    "sheet.no_csv": "{file}: it is no CSV file; take it as it was downloaded, or save it as `CSV UTF-8`",
    "sheet.open_quote": (
        "{file}:{line}: a quotation mark opens a cell and none closes it; take it as it was downloaded, or "
        "save it as `CSV UTF-8`"
    ),
    "sheet.no_columns": "none",
    "sheet.column.several": (
        "{file}: several columns are called '{column}'; choose with --column. There are: {columns}"
    ),
    "sheet.column.none": "{file}: no column is called '{column}'; choose with --column. There are: {columns}",
    "sheet.column.other": (
        "{file}: the column '{column}' is no assignment's; choose with --column. There are: {columns}"
    ),
    "sheet.no_column": "{file}: no column is '{column}'; choose with {option}. There are: {columns}",
    "sheet.row.short": "{who}: line {line} has too few cells, so it was not changed",
    "sheet.row.open": "{who}: not judged wholly, so no points were written",
    "sheet.row.excused": "{who}: is excused in Canvas, so the cell was not changed",
    "sheet.row.unassigned": "{who}: was not assigned it in Canvas, so the cell was not changed",
    "sheet.row.locked": ("{who}: the grade is locked in Moodle, which would leave it out, so the line was not changed"),
    "sheet.row.above": (
        "{who}: Moodle leaves out grades above its maximum, which is {most}, so {points} was not written"
    ),
    "sheet.row.several": "{who}: several lines may be meant, so none was changed",
    "sheet.row.either": "{who}: line {line} may be either, so it was not changed",
    "sheet.canvas.is_moodle": (
        "{file}: it looks like Moodle's worksheet; `grader export moodle` fills that, or export it anew "
        "(Grades → Export)"
    ),
    "sheet.canvas.none": (
        "{file}: it has no columns `Student`, `ID` and `Section`, so it is no gradebook; export it anew "
        "(Grades → Export)"
    ),
    "sheet.canvas.no_points": (
        "{file}: it has no `{what}` for '{column}', so points cannot be written as parts of them; export it "
        "anew (Grades → Export), or leave --rescale out"
    ),
    "sheet.canvas.scale.nothing": (
        "'{column}' is out of {theirs} points in Canvas and out of {ours} here: written as they are here"
    ),
    "sheet.no_parts": (
        "{file}: the maximum there is 0, which has no parts; give it another there and download it again, or leave "
        "--rescale out"
    ),
    "sheet.canvas.scale.ours": (
        "'{column}' is out of {theirs} points in Canvas and out of {ours} here: written as they are here; "
        "--rescale writes parts of them"
    ),
    "sheet.canvas.scale.theirs": (
        "'{column}' is out of {theirs} points in Canvas and out of {ours} here: written as parts of {theirs}"
    ),
    "sheet.moodle.is_canvas": (
        "{file}: it looks like Canvas's gradebook; `grader export canvas` fills that. Download it from the "
        "assignment (Submissions → Download grading worksheet)"
    ),
    "sheet.moodle.none": (
        "{file}: no line begins with a participant, so it is no grading worksheet. Download it from the "
        "assignment (Submissions → Download grading worksheet)"
    ),
    "sheet.moodle.no_maximum": "{file}: no column has the maximum, so points cannot be written as parts of it",
    "sheet.moodle.no_grade": ("{file}: no column is called `Grade`; choose with --grade-column. There are: {columns}"),
    "sheet.moodle.no_feedback": (
        "no column for feedback was found, so none was written; name it with --feedback-column"
    ),
    "sheet.moodle.words": (
        "{file}: grades are words of a scale here ({words}), and Moodle would take no points; set the "
        "assignment's grade to points in Moodle (Settings → Grade → Type: Point) and download it anew"
    ),
    "sheet.moodle.above": (
        "{file}: Moodle leaves out grades above its maximum, which is {there} (here it is {here}): {names}; "
        "write points as parts of it with --rescale, or make its maximum {here} in Moodle and download it "
        "anew"
    ),
    "sheet.moodle.above.who": "{who} has {points}",
    "sheet.moodle.scale.ours": (
        "the grade is out of {theirs} in Moodle and out of {ours} here: written as it is here; --rescale "
        "writes parts of it"
    ),
    "sheet.moodle.scale.theirs": (
        "the grade is out of {theirs} in Moodle and out of {ours} here: written as parts of {theirs}"
    ),
}
