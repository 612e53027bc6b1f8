"""The grades as `grader export` writes them: files to download, and the teacher's own files with grades in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.authoring.archive import archive
from grader.classroom import queries
from grader.classroom.gradebook import Gradebook
from grader.classroom.late_policy import final_class_grades
from grader.classroom.links import Role, Visitor
from grader.errors import CourseError, GraderError
from grader.exchange import canvas, document, feedback_zip, gradescope, junit, moodle, prairielearn, table
from grader.exchange.beside import filled_words, named_words, open_words
from grader.exchange.feedback_zip import NameOf, NoNames
from grader.exchange.rows import ClassRow, class_row
from grader.exchange.scale import Scale
from grader.exchange.spreadsheet import Filled
from grader.exchange.student_files import Written, classroom50_text, result_text, texts_of
from grader.exchange.taken_out import taken_out_words
from grader.judge.reveal import Reveal
from grader.report.safe_text import one_line
from grader.web.classes import assignment_of, note, taken_out_of, title_of
from grader.web.database import database_of
from grader.web.pages import page
from grader.web.settings import Settings
from grader.web.uploads import last_part
from grader.web.visits import check_form, there
from grader.words.language import Language, speaking
from grader.words.text import capital, said, text

__all__ = ["TABLES", "export", "exports", "fill"]

TABLES: Final = ("csv", "tests", "json", "junit")
_OF_EACH: Final = ("gradescope", "prairielearn", "classroom50")
_NAMES: Final[dict[str, NameOf]] = {
    "canvas-feedback": feedback_zip.canvas_name,
    "moodle-feedback": feedback_zip.moodle_name,
}
_ZIP: Final = "application/zip"
_OF_ONE: Final = 0o600  # the rights of files in a zip: grades are their owner's
_MOST_NAME: Final = 100


@final
@dataclass(frozen=True, slots=True)
class _File:
    """What is downloaded."""

    ending: str
    kind: str
    content: bytes


_Made: TypeAlias = Callable[[Gradebook, str, Settings], _File]


async def exports(request: Request) -> Response:
    """What there is for other systems."""
    visitor = await there(request, Role.TEACHER)
    return await _page(request, visitor, await assignment_of(request))


async def export(request: Request) -> Response:
    """The grades as a file, or several in a zip."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    form = request.path_params["form"]
    if form not in _MADE:
        raise HTTPException(404)

    def written(book: Gradebook) -> _File:
        made = _MADE[form](book, name, request.app.state.settings)
        note(book, visitor.who, f"exported {name} as {form}")
        return made

    try:
        return _download(name, await database_of(request).call(written))
    except NoNames as error:
        return await _page(request, visitor, name, error=capital(str(error)), status=409)
    except CourseError as error:  # a template of the course's own that fails
        return await _page(request, visitor, name, error=str(error), status=409)


async def fill(request: Request) -> Response:
    """The teacher's own file with grades in it, beside what a command would say of it."""
    visitor = await there(request, Role.TEACHER)
    name = await assignment_of(request)
    form = request.path_params["form"]
    if form not in _FILL:
        raise HTTPException(404)
    async with request.form(max_files=1, max_fields=10, max_part_size=1 << 16) as fields:
        check_form(request, fields)
        upload = fields.get("file")
        file = one_line(last_part(upload.filename or ""), _MOST_NAME) if isinstance(upload, UploadFile) else ""
        content = await upload.read() if isinstance(upload, UploadFile) else b""
        given = _Given(file, content, _columns(fields), Scale.THEIRS if fields.get("rescale") else Scale.OURS)
    if not file:
        return await _page(request, visitor, name, error=said("web.exports.no_file"), status=400)
    database, settings = database_of(request), request.app.state.settings
    the_class = await database.call(_class_of, name, settings, records=form == "moodle")  # Canvas takes points alone
    try:
        filled = await run_in_threadpool(_FILL[form], given, the_class, settings)
    except GraderError as error:
        return await _page(request, visitor, name, error=str(error), status=400)
    told = [*the_class.told, *filled_words(filled, file)]
    await database.call(note, visitor.who, f"exported {name} as {form}")
    files = {f"{name}-{form}.csv": filled.content, "remarks.txt": _lines(told)}
    return _download(name, _File(f"{form}.zip", _ZIP, archive(files, rights=_OF_ONE)))


def _download(name: str, file: _File) -> Response:
    attached = f'attachment; filename="{name}.{file.ending}"'
    return Response(file.content, media_type=file.kind, headers={"content-disposition": attached})


async def _page(request: Request, visitor: Visitor, name: str, *, error: str = "", status: int = 200) -> Response:
    return page(
        request,
        "web-exports.html.j2",
        visitor,
        status=status,
        name=name,
        title=await title_of(request, name),
        taken_out=await taken_out_of(request, name),
        of_each=_OF_EACH,
        pages=await database_of(request).call(_pages, name),
        error=error,
    )


def _pages(book: Gradebook, name: str) -> dict[str, tuple[bool, str]]:
    """Of each zip of pages, whether somebody's page is in it, and who cannot be in it; nothing where all are."""
    told = {}
    for form, name_of in _NAMES.items():
        every = list(feedback_zip.named(book, name, name_of, records=False))
        without = [student.shown for student, known in every if known is None]
        is_any = len(without) < len(every)
        told[form] = (is_any, "".join(named_words("nameless", without)) if is_any else capital(said("export.no_names")))
    return told


# Tables, for whoever reads the page.


def _table(ending: str, kind: str, dumps: Callable[[list[ClassRow]], str]) -> _Made:
    def made(book: Gradebook, name: str, settings: Settings) -> _File:
        rows = [class_row(each, Reveal.HINT) for each in final_class_grades(book, name)]
        return _File(ending, kind, dumps(rows).encode())

    return made


# Files that students are given, or that another system reads: in the language of the course, whoever downloads them.


def _each(form: str, written: Callable[[str, str], Written]) -> _Made:
    def made(book: Gradebook, name: str, settings: Settings) -> _File:
        with _speaking_to_students(settings):
            students = [(each, class_row(each, Reveal.HINT)) for each in final_class_grades(book, name)]
            texts = texts_of(students, written(text(queries.course_title(book, name)), name))
        files = {file: content.encode() for file, content in texts.items()}
        left_out = [*taken_out_words(book, name), *open_words([row for _, row in students])]
        if left_out:
            files["left-out.txt"] = _lines(left_out)
        return _File(f"{form}.zip", _ZIP, archive(files, rights=_OF_ONE))

    return made


def _feedback(form: str) -> _Made:
    def made(book: Gradebook, name: str, settings: Settings) -> _File:
        try:
            with _speaking_to_students(settings):
                content, _ = feedback_zip.feedback(book, name, _NAMES[form], Reveal.HINT, course=_templates(settings))
        except NoNames:
            raise NoNames from None  # said anew, to whoever reads the page
        return _File(f"{form}.zip", _ZIP, content)

    return made


_MADE: Final[Mapping[str, _Made]] = {
    "csv": _table("csv", "text/csv", table.students),
    "tests": _table("tests.csv", "text/csv", table.tests),
    "json": _table("json", "application/json", document.dumps),
    "junit": _table("xml", "application/xml", junit.dumps),
    "gradescope": _each("gradescope", lambda course, name: result_text(gradescope.dumps)),
    "prairielearn": _each("prairielearn", lambda course, name: result_text(prairielearn.dumps)),
    "classroom50": _each("classroom50", lambda course, name: classroom50_text(course, name, {})),
    **{form: _feedback(form) for form in _NAMES},
}


# The teacher's own files.


@final
@dataclass(frozen=True, slots=True)
class _Given:
    """What the form has. `columns` are those that it names."""

    file: str
    content: bytes
    columns: Mapping[str, str]
    scale: Scale


@final
@dataclass(frozen=True, slots=True)
class _Class:
    """The title of the assignment, every student's grade, and what is said of them."""

    title: str
    rows: list[ClassRow]
    told: list[str]


def _columns(fields: FormData) -> dict[str, str]:
    """The columns that are named; a field that is left empty names none."""
    given = ((key, str(fields.get(key, "")).strip()) for key in ("column", "grade_column", "feedback_column"))
    return {key: value for key, value in given if value}


def _class_of(book: Gradebook, name: str, settings: Settings, *, records: bool) -> _Class:
    with _speaking_to_students(settings):
        rows = [class_row(each, Reveal.HINT) for each in final_class_grades(book, name, records=records)]
        title = text(queries.assignment(book, name).title)
    return _Class(title, rows, [*taken_out_words(book, name), *open_words(rows)])


def _fill_canvas(given: _Given, the_class: _Class, settings: Settings) -> Filled:
    return canvas.fill(
        given.content,
        the_class.rows,
        title=the_class.title,
        column=given.columns.get("column"),
        name=given.file,
        scale=given.scale,
    )


def _fill_moodle(given: _Given, the_class: _Class, settings: Settings) -> Filled:
    def words(row: ClassRow) -> str:
        with _speaking_to_students(settings):
            return moodle.feedback(row)

    return moodle.fill(
        given.content,
        the_class.rows,
        name=given.file,
        grade_column=given.columns.get("grade_column"),
        feedback_column=given.columns.get("feedback_column"),
        scale=given.scale,
        words=words,
    )


_FILL: Final = {"canvas": _fill_canvas, "moodle": _fill_moodle}


def _speaking_to_students(settings: Settings) -> AbstractContextManager[None]:
    return speaking(Language(settings.files_language))


def _templates(settings: Settings) -> Path | None:
    return Path(settings.templates) if settings.templates else None


def _lines(words: list[str]) -> bytes:
    return "".join(f"{each}\n" for each in words).encode()
