"""`grader serve`: a page on which students hand in, and a desk for their teacher."""

from __future__ import annotations

import contextlib
import functools
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.class_options import (
    course_keys,
    crew,
    gradebook_place,
    with_course,
    with_gradebook,
    with_processes,
    with_reveal,
)
from grader.cli.language import of_files, of_people
from grader.cli.notes import tell_aside
from grader.cli.seed import refuse_short_seed, tell_of_seed
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.inbox import Sheet
    from grader.classroom.live import Live, Telling
    from grader.classroom.location import Location
    from grader.course.key import AnswerKey, Assignment
    from grader.course.model import CourseSpec
    from grader.grading.keys import CourseKeys
    from grader.judge.reveal import Reveal
    from grader.web.processes import Answering
    from grader.web.settings import Settings

__all__ = ["command"]

_LOOK: Final = 0.05  # seconds between two looks at what has come in
_COME_BACK: Final = 1.0  # seconds until a database that could not be reached is asked again


@click.command("serve", short_help="A page on which students hand in, and a desk for their teacher.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--url", metavar="BASE", help="How the page is reached from outside, behind a proxy: https://…")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that answer.")
@click.option("--open-as", metavar="NAME", help="Print a teacher's link that opens once.")
@with_reveal()
@with_course
@with_gradebook
@with_processes
def command(
    host: str,
    port: int,
    url: str | None,
    workers: int,
    open_as: str | None,
    reveal: str,
    course: Path | None,
    gradebook: Location | None,
    jobs: int | None,
    isolation: str,
    cluster: str | None,
) -> None:
    """Serve a page on which students hand in, and read their feedback; and the class, as it comes in, for the teacher.

    Students and teachers come by personal links: `grader link`. Everything is in the gradebook, so that `grader
    report`, `export`, `mark` and `regrade` go on as with any class. Stop it with Ctrl-C: what was handed in is kept,
    and judged when it is started again.

    By itself it can be reached from this computer alone. For others put a proxy with TLS before it, and say with --url
    how it is reached (docs/serve.md).

    \b
    Examples:
      grader serve --open-as mira
      grader serve --port 0 --isolation strict
      grader serve --url https://handin.example.org
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.inbox import put_sheets
    from grader.classroom.live import Live
    from grader.cli.judging import assignments_of
    from grader.judge.reveal import Reveal

    _check_installed()
    from grader.web.processes import Answering

    listening = _listening(host, port)
    keys = course_keys(course)
    refuse_short_seed(keys.secrecy)
    tell_of_seed(keys.secrecy)
    assignments = assignments_of(keys)
    known = {name: key for each in assignments for name, key in keys.variants(each)[0].items()}
    place = gradebook_place(gradebook, keys.course.path)
    team = crew(keys, assignments, jobs=jobs, isolation=isolation, cluster=cluster)
    with contextlib.ExitStack() as stack:
        pool = stack.enter_context(team.proved())
        with Gradebook(place, create=True) as new, new.writing():
            for each in assignments:
                new.enrol(each, keys.title, *_of_variants(keys, each))
        book = stack.enter_context(Gradebook(place))  # one that was there before: whatever happens now, it stays
        put_sheets(book, _sheets(keys, assignments, known))
        base = url.rstrip("/") if url else _address(host, listening)
        live = Live(book, pool, known, _telling(Reveal(reveal)), _numbers(keys, assignments))
        with Answering(listening, _settings(place, keys, base, live), workers) as answering:
            click.echo(f"Listening at {base}. Stop with Ctrl-C.")
            _say_link(book, open_as, base)
            _judge(live, answering)


def _check_installed() -> None:
    missing = [name for name in ("starlette", "uvicorn", "python_multipart") if find_spec(name) is None]
    if missing:
        raise GraderError(f"serving needs {missing[0]}, which is not installed: pip install 'numgrade[web]'")
    if sys.platform == "win32":
        raise GraderError("serving needs Linux or macOS; on Windows, use the Windows Subsystem for Linux")


def _say_link(book: Gradebook, teacher: str | None, base: str) -> None:
    """Print a teacher's link that opens once, where one is asked for."""
    from grader.classroom.links import Role, make_link

    if teacher is not None:
        click.echo(f"{teacher}\t{base}/s/{make_link(book, Role.TEACHER, teacher, once=True)}")
    sys.stdout.flush()


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens: bound first, so that a port which is taken is told before anything takes time."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(512)
    except OSError as error:
        bound.close()
        raise GraderError(f"{host}:{port}: cannot listen there: {error.strerror}; choose another with --port") from None
    bound.setblocking(False)
    return bound


def _address(host: str, listening: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"


def _settings(place: Location, keys: CourseKeys, base: str, live: Live) -> Settings:
    from grader.classroom.location import spelled
    from grader.web.settings import Hidden, Settings

    spec = keys.course.spec()
    serving = spec.serve
    language, environment = of_people(None, keys.language).value, live.environment_number
    return Settings(
        spelled(place),
        keys.title,
        base,
        serving.attempts,
        serving.per_minute,
        language,
        environment,
        Hidden(serving.hidden),
        _zone(spec),
        str(keys.course.path),
        of_files(None, keys.language).value,
    )


def _zone(spec: CourseSpec) -> str:
    """The time zone in which course.yaml says when work is due, by its name or offset; nothing where it does not."""
    due = next((each.due for each in spec.assignments if each.due is not None), None)
    return "" if due is None else getattr(due.tzinfo, "key", f"{due:%z}"[:3] + ":" + f"{due:%z}"[3:5])


def _sheets(keys: CourseKeys, assignments: Iterable[Assignment], known: Mapping[str, AnswerKey]) -> list[Sheet]:
    """The assignments as students read them, in every language that they may choose."""
    from grader.grading.public import public_part
    from grader.words.language import Language, speaking

    shown = {name: public_part(key) for name, key in known.items()}
    made = []
    for language in Language:
        with speaking(language):
            made += [_sheet(keys, each, shown) for each in assignments]
    return made


def _sheet(keys: CourseKeys, assignment: Assignment, shown: Mapping[str, AnswerKey]) -> Sheet:
    """One, of keys as students may have them."""
    from grader.authoring.exercise_sheet import sheet_of
    from grader.classroom.inbox import Sheet
    from grader.words.language import Language, spoken
    from grader.words.rendered import rendered
    from grader.words.text import text

    sheets = [sheet_of(keys.course.exercise(name), shown[name]) for name in assignment.exercises]
    own = keys.language or Language.ENGLISH.tag  # what texts are in that are in one language
    sections = rendered("tasks.html.j2", course=keys.course.path, sheets=sheets, scripts=(), language=own)
    tasks = f'<div lang="{own}">{sections}</div>'
    hints = {name: tuple(map(text, shown[name].hints)) for name in assignment.exercises}
    return Sheet(assignment.name, spoken().value, text(assignment.title), assignment.due or "", tasks, hints)


def _judge(live: Live, answering: Answering) -> None:
    """Judge what comes in until somebody stops it."""
    from grader.classroom.dialect import ConnectionLost

    is_told = False
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            try:
                live.step(_LOOK)
                is_told = False
            except ConnectionLost as error:
                if not is_told:
                    tell_aside(f"note: {error} It goes on when it is reached.")
                is_told = True
                time.sleep(_COME_BACK)
            answering.watch()
    click.echo("Stopped. What was handed in is kept; what is not judged yet is judged when it is started again.")


def _of_variants(
    keys: CourseKeys, assignment: Assignment
) -> tuple[Mapping[str, AnswerKey], Sequence[Mapping[str, AnswerKey]]]:
    """The keys of the first variant, and of the others."""
    first, *others = keys.variants(assignment)
    return first, others


def _numbers(keys: CourseKeys, assignments: Iterable[Assignment]) -> Callable[[str, str], int]:
    """Which variant of an assignment a student has."""
    by_name = {each.name: each for each in assignments}
    for each in by_name.values():
        keys.number_of(each, "")  # reads the seed now: course.yaml may be changed while work comes in

    def number_of(assignment: str, student: str) -> int:
        """Of an assignment that the course has no more, the first, where none was kept."""
        return keys.number_of(by_name[assignment], student) if assignment in by_name else 0

    return number_of


def _telling(reveal: Reveal) -> Telling:
    """What students see of a result. Programs read English; people what they choose, when they read it."""
    from grader.classroom.live import Telling
    from grader.judge.reveal import project
    from grader.report import json

    return Telling(functools.partial(project, reveal=reveal), json.dumps)
