"""The autograder in a package (`grader package`): the package's scripts start it, not people.

python -I -m grader.cli.autograder gradescope ROOT      ROOT is /autograder; writes results/results.json there
python -I -m grader.cli.autograder classroom50 ANSWERS  in the student's checkout; writes result.json there
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from grader.cli.entry_point import enter
from grader.cli.files import submission_files
from grader.cli.language import of_files
from grader.cli.privileges import run_unprivileged
from grader.disk import Readers
from grader.errors import GraderError, NotJudged
from grader.observe.file_names import code_name
from grader.words.language import speaking

if TYPE_CHECKING:
    from grader.classroom.late_policy import Lateness
    from grader.course.key import Assignment
    from grader.grading.pack import Pack
    from grader.judge.result import Result

__all__ = ["autograder", "main"]

_MOST_FOLDERS: Final = 50
_MOST_METADATA: Final = 16 << 20
_WRITTEN: Final = ("result.json", "release-body.md")


@click.group()
def autograder() -> None:
    """Judge one submission on the platform that a package was made for."""


@autograder.command("gradescope")
@click.argument("root", type=click.Path(path_type=Path))
def gradescope(root: Path) -> None:
    """Judge ROOT/submission by ROOT/source/answers.key, and write ROOT/results/results.json."""
    from grader.cli.output import write_text
    from grader.grading.pack import PACK_FILE, unpack

    known = unpack((root / "source" / PACK_FILE).read_bytes())
    metadata = _metadata(root / "submission_metadata.json")
    text = run_unprivileged(lambda isolation: _results(known, root / "submission", metadata, isolation))
    write_text(root / "results" / "results.json", text, Readers.EVERYBODY)  # the platform reads it, as whatever user
    click.echo(f"Judged; isolation: {json.loads(text)['extra_data']['isolation']}.")


def _results(known: Pack, folder: Path, metadata: Mapping[str, Any], isolation: str) -> str:
    from grader.exchange.gradescope import dumps

    result = _judged(known, folder, isolation)
    late = _lateness(known.assignment, _users(metadata), _moment(metadata.get("created_at")))
    with speaking(of_files(None, known.language)):
        return dumps(result, points=result.points * late.kept, note=_note(known.assignment, late))


@autograder.command("classroom50")
@click.argument("answers", type=click.Path(path_type=Path))
def classroom50(answers: Path) -> None:
    """Judge the current folder by ANSWERS; write result.json, release-body.md and the runner's outputs."""
    from grader.cli.output import write_text
    from grader.grading.pack import unpack

    for name in _WRITTEN:
        _remove(Path(name))
    known = unpack(answers.read_bytes())
    parts = json.loads(run_unprivileged(lambda isolation: _checkout(known, isolation)))
    for name in _WRITTEN:
        _remove(Path(name))  # without isolation, the submission may have put a link there
        write_text(Path(name), parts[name], Readers.EVERYBODY)
    if outputs := os.environ.get("GITHUB_OUTPUT"):
        with Path(outputs).open("a", encoding="utf-8") as file:
            file.write(parts["outputs"])
    click.echo(f"Judged; isolation: {parts['isolation']}.", err=True)


def _remove(place: Path) -> None:
    """Remove what the checkout has there: it is not our result, and a link would redirect our writing."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _checkout(known: Pack, isolation: str) -> str:
    from grader.cli.judging import exit_status
    from grader.cli.output import formatted
    from grader.exchange.classroom50 import dumps
    from grader.report.words import PAGE, totals

    result = _judged(known, Path(), isolation)
    moment = datetime.now(UTC)
    late = _lateness(known.assignment, [os.environ.get("USERNAME", "")], moment)
    if exit_status(result) == NotJudged.exit_code:
        raise NotJudged("something could not be judged, so no result.json was written; start the autograder again")
    status = "failure" if exit_status(result) else "success"
    with speaking(of_files(None, known.language)):
        note, text, summary = _note(known.assignment, late), formatted(result, "text", door=PAGE), totals(result)
    body = f"~~~~text\n{text}~~~~\n"
    return json.dumps(
        {
            "result.json": dumps(result, os.environ, moment=moment, points=result.points * late.kept),
            "release-body.md": f"{note}\n\n{body}" if note else body,
            "outputs": f"status={status}\nsummary={summary}\n",
            "isolation": result.isolation,
        }
    )


def _judged(known: Pack, folder: Path, isolation: str) -> Result:
    """The result, as far as it may be told."""
    from grader.cli.imported import with_imported
    from grader.grading.answers import judge_files
    from grader.judge.reveal import Reveal, project
    from grader.observe.opening import open_observer

    files = with_imported(_files(folder))
    with open_observer(isolation) as observer:
        result = judge_files(known, files, observer, exercises=known.assignment.exercises)
    return project(result, Reveal(known.reveal))


def _files(folder: Path) -> tuple[Path, ...]:
    """The files in the folder; where it has none, those in folders below, as archives are unpacked; or none at all."""
    try:
        return submission_files((folder,))
    except GraderError:
        pass
    parents = {path.parent for path in folder.rglob("*") if code_name(path.name) is not None and path.is_file()}
    seen = sorted(place for place in parents if not any(part[:1] in "._" for part in place.relative_to(folder).parts))
    try:
        return submission_files(seen[:_MOST_FOLDERS]) if seen else ()
    except GraderError:
        return ()


def _metadata(file: Path) -> Mapping[str, Any]:
    """What Gradescope says of the submission; nothing where it says nothing of use."""
    try:
        with file.open("rb") as stream:
            found = json.loads(stream.read(_MOST_METADATA))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _users(metadata: Mapping[str, Any]) -> list[str]:
    """Whatever an extension may know the students by."""
    users = metadata.get("users")
    known = [user for user in users if isinstance(user, dict)] if isinstance(users, list) else []
    return [str(user[name]) for user in known for name in ("sid", "email", "id", "name") if user.get(name)]


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _lateness(assignment: Assignment, students: list[str], received: datetime | None) -> Lateness:
    """What lateness costs one assignment. Days to spend are for the gradebook to count: it knows the others."""
    from grader.classroom.late_policy import Lateness, apply_late_rule, days_late, due_for

    dues = [due for due in (due_for(assignment, student) for student in students or [""]) if due is not None]
    days = days_late(received, max(dues, default=None), assignment.late)
    if assignment.late.days:
        return Lateness(days, 0, Fraction(1))
    return apply_late_rule([days], assignment.late)[0]


def _note(assignment: Assignment, late: Lateness) -> str:
    from grader.words.text import ended, said, sentences

    if not late.days:
        return ""
    if assignment.late.days:
        return sentences([ended(said("late.days", days=late.days)), said("late.to_be_settled")])
    return str(late)


def main() -> NoReturn:
    """`python -I -m grader.cli.autograder`."""
    enter(autograder, "numgrade")


if __name__ == "__main__":
    main()
