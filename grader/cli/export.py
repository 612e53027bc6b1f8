"""`grader export`: the grades in the form of another system."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exporting import (
    Class,
    Target,
    read_input,
    say_filled,
    say_open,
    with_class,
    with_target,
)
from grader.cli.notes import tell_aside
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.exchange.feedback_zip import NameOf
    from grader.exchange.rows import ClassRow
    from grader.exchange.scale import Scale
    from grader.exchange.student_files import Written

__all__ = ["command"]

_INPUT = click.Path(path_type=Path)
_to_file = with_target("FILE", "Write to FILE; else to standard output.")
_to_folder = with_target("DIR|FILE", "A folder for a file of each student; with --student, a file.")
_rescale = click.option(
    "--rescale", is_flag=True, help="Write points as parts of the maximum there: 10 of 10 are 5 where that is 5."
)
_student = click.option("--student", metavar="ID", help="This student alone.")


@click.group("export", short_help="The grades for another system: CSV, JSON, Canvas, Moodle, Gradescope, …")
def command() -> None:
    """Write the grades that stand in the form of another system.

    Points are those that count, after late rules and with points given by hand; they are rounded once, to two decimals.
    A student of whom something is not judged yet has no points in any of the formats, which is no zero. What could not
    be written is said beside it.

    \b
    Examples:
      grader export csv -o grades.csv                        a row for each student
      grader export canvas gradebook.csv -o upload.csv       Canvas's own export, with one column filled
      grader export moodle worksheet.csv -o upload.csv       Moodle's worksheet, with grade and feedback
      grader export json --gradebook old.db -a week2         another gradebook, one of its assignments
      grader export moodle-feedback -o feedback.zip          each student's page, for Moodle to give back

    \b
    Exit status:
      0  written
      2  the request cannot be carried out
    """  # noqa: D301 — click reads a backspace as: do not wrap this


@command.command("csv", short_help="A table: a row for each student.")
@with_class
@_to_file
def csv(chosen: Class, target: Target) -> None:
    """A table with a row for each student: points, lateness, and the points of each exercise before late rules.

    \b
    Example:
      grader export csv -o grades.csv
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange import table

    _write_class(chosen, target, table.students, records=False)


@command.command("tests", short_help="A table: a row for each test of each student.")
@with_class
@_to_file
def tests(chosen: Class, target: Target) -> None:
    """A table with a row for each test of each student: outcome, points, and what was wrong.

    \b
    Example:
      grader export tests --reveal all -o tests.csv
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange import table

    _write_class(chosen, target, table.tests)


@command.command("json", short_help="Everything, for programs of your own.")
@with_class
@_to_file
def json(chosen: Class, target: Target) -> None:
    """The class as JSON: every student with grade, exercises and tests. docs/results.md has each field.

    \b
    Example:
      grader export json | jq '.students[] | [.student, .points]'
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange import document

    _write_class(chosen, target, document.dumps)


@command.command("junit", short_help="JUnit XML, for a build server.")
@with_class
@_to_file
def junit(chosen: Class, target: Target) -> None:
    """The class as JUnit XML: a suite for each exercise of each student.

    \b
    Example:
      grader export junit -o class.xml
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange import junit as form

    _write_class(chosen, target, form.dumps)


@command.command("canvas", short_help="Canvas's gradebook, with one column filled.")
@click.argument("gradebook_csv", metavar="GRADEBOOK.csv", type=_INPUT)
@click.option("--column", metavar="NAME", help="The column: `Week 1 (101)`, its title or its number.")
@_rescale
@with_class
@_to_file
def canvas(gradebook_csv: Path, column: str | None, rescale: bool, chosen: Class, target: Target) -> None:
    """Fill one column of GRADEBOOK.csv, as Canvas exports it (Grades → Export), and leave every other byte as it is.

    The column is the one with the assignment's title; --column names another. Students are found by `ID`, `SIS User ID`
    and `SIS Login ID`. Import what is written with Grades → Import. Your own file is not changed.

    \b
    Examples:
      grader export canvas gradebook.csv -o upload.csv
      grader export canvas gradebook.csv --column "Week 1 (101)" -o upload.csv
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.canvas import fill

    _, _, title = chosen.titles()
    name = gradebook_csv.name
    rows = chosen.rows(records=False)
    filled = fill(read_input(gradebook_csv), rows, title=title, column=column, name=name, scale=_scale(rescale))
    target.write(filled.content.decode())
    say_open(rows)
    say_filled(filled, name)


@command.command("moodle", short_help="Moodle's grading worksheet, with grade and feedback filled.")
@click.argument("worksheet_csv", metavar="WORKSHEET.csv", type=_INPUT)
@click.option("--grade-column", metavar="NAME|N", help="The column for grades, where it is not called `Grade`.")
@click.option("--feedback-column", metavar="NAME|N", help="And for feedback, where not `Feedback comments`.")
@_rescale
@with_class
@_to_file
def moodle(
    worksheet_csv: Path,
    grade_column: str | None,
    feedback_column: str | None,
    rescale: bool,
    chosen: Class,
    target: Target,
) -> None:
    """Fill grade and feedback into WORKSHEET.csv, and leave every other byte as it is.

    It is what Moodle gives you with Submissions → Download grading worksheet, and takes with Upload grading worksheet.
    Your own file is not changed.

    Moodle leaves out, and says nothing of it, grades above its maximum, those that are locked, and all where grades are
    words of a scale. So the first are refused where its maximum is another than the course's, unless --rescale is
    given; of the second each is named; the last are refused.

    \b
    Examples:
      grader export moodle worksheet.csv -o upload.csv
      grader export moodle worksheet.csv --rescale -o upload.csv
      grader export moodle bewertung.csv --grade-column Bewertung -o upload.csv
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.moodle import fill

    rows = chosen.rows()
    filled = fill(
        read_input(worksheet_csv),
        rows,
        name=worksheet_csv.name,
        grade_column=grade_column,
        feedback_column=feedback_column,
        scale=_scale(rescale),
    )
    target.write(filled.content.decode())
    say_open(rows)
    say_filled(filled, worksheet_csv.name)


@command.command("canvas-feedback", short_help="A zip of students' pages that Canvas takes back.")
@with_class
@_to_file
@click.pass_context
def canvas_feedback(context: click.Context, chosen: Class, target: Target) -> None:
    """A zip with a page of each student, as `grader report` makes them, named so that Canvas finds whose it is.

    Upload it where you downloaded the submissions (Assignment → Upload submissions). Each student gets the page as a
    comment. Canvas calls it by the name of the student's own file, so tell them that it is a web page.

    \b
    Example:
      grader export canvas-feedback -o feedback.zip

    \b
    Exit status:
      0  a page of every student is in it
      1  some are left out, and named: those of whom nothing says how Canvas calls them
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.feedback_zip import canvas_name

    context.exit(_write_feedback(chosen, target, canvas_name))


@command.command("moodle-feedback", short_help="A zip of students' pages that Moodle takes back.")
@with_class
@_to_file
@click.pass_context
def moodle_feedback(context: click.Context, chosen: Class, target: Target) -> None:
    """A zip with a page of each student, as `grader report` makes them, named so that Moodle finds whose it is.

    Upload it with Submissions → Upload multiple feedback files in a zip; the assignment needs `Feedback files` among
    its feedback types. A page that was uploaded before is replaced.

    \b
    Example:
      grader export moodle-feedback -o feedback.zip

    \b
    Exit status:
      0  a page of every student is in it
      1  some are left out, and named: those of whom nothing says how Moodle calls them
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.feedback_zip import moodle_name

    context.exit(_write_feedback(chosen, target, moodle_name))


@command.command("gradescope", short_help="Gradescope's results.json of each student.")
@_student
@with_class
@_to_folder
def gradescope(student: str | None, chosen: Class, target: Target) -> None:
    """Gradescope's results.json: of each student a file in the folder -o, or of one student.

    To have Gradescope grade by itself, see `grader package gradescope`.

    \b
    Examples:
      grader export gradescope -o results/
      grader export gradescope --student 10042
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.gradescope import dumps
    from grader.exchange.student_files import result_text

    _write_each(chosen, target, student, result_text(dumps))


@command.command("prairielearn", short_help="PrairieLearn's results.json of each student.")
@_student
@with_class
@_to_folder
def prairielearn(student: str | None, chosen: Class, target: Target) -> None:
    """PrairieLearn's results.json: of each student a file in the folder -o, or of one student.

    \b
    Examples:
      grader export prairielearn -o results/
      grader export prairielearn --student 10042 -o results.json
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.prairielearn import dumps
    from grader.exchange.student_files import result_text

    _write_each(chosen, target, student, result_text(dumps))


@command.command("classroom50", short_help="Classroom 50's result.json of each student.")
@_student
@with_class
@_to_folder
def classroom50(student: str | None, chosen: Class, target: Target) -> None:
    """Classroom 50's result.json: of each student a file in the folder -o, or of one student.

    Owner is the student's id. What a runner of Classroom 50 knows and a gradebook does not (tag and addresses of a
    submission) is taken with --student from the runner's variables (SUBMISSION_TAG, COMMIT_URL, …), else it says
    `unknown`. To have a runner grade by itself, see `grader package classroom50`.

    \b
    Examples:
      grader export classroom50 -o results/
      USERNAME=mira SUBMISSION_TAG=submit/7 grader export classroom50 --student 10042 -o result.json
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.exchange.student_files import classroom50_text

    course, name, _ = chosen.titles()
    _write_each(chosen, target, student, classroom50_text(course, name, {} if student is None else os.environ))


def _scale(rescale: bool) -> Scale:
    from grader.exchange.scale import Scale

    return Scale.THEIRS if rescale else Scale.OURS


def _write_class(chosen: Class, target: Target, text: Callable[[list[ClassRow]], str], *, records: bool = True) -> None:
    rows = chosen.rows(records=records)
    target.write(text(rows))
    say_open(rows)


def _write_each(chosen: Class, target: Target, student: str | None, written: Written) -> None:
    """A file of each student who has points, or what `student` has."""
    from grader.exchange.student_files import texts_of
    from grader.words.text import said

    if student is None and target.file is None:
        raise click.UsageError(said("export.which"))
    students = [(final_grades, row) for final_grades, row in chosen.students() if student in (None, row.student)]
    if student is not None and not students:
        raise GraderError(said("export.no_student", student=repr(student), book=chosen.place))
    texts = texts_of(students, written)
    if target.file is not None and student is None:
        if texts:
            target.write_folder(target.file, texts)
    else:
        for each in texts.values():
            target.write(each)
    say_open([row for _, row in students])


def _write_feedback(chosen: Class, target: Target, name_of: NameOf) -> int:
    """A zip with a page of each student who has a name there; the exit status."""
    from grader.exchange.beside import named_words

    target.named("zip")
    content, nameless = chosen.feedback(name_of)
    target.write_bytes(content)
    for words in named_words("nameless", nameless):
        tell_aside(words)
    return 1 if nameless else 0
