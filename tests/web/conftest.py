"""A page for handing in over a gradebook of its own; nothing judges there, so tests write down what would be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import File, HandIn
from grader.classroom.inbox import Sheet
from grader.classroom.jobs import Environment, Graded, Judged
from grader.classroom.links import Role, make_link
from grader.classroom.location import Location, location_of, spelled
from grader.classroom.record import packed
from grader.classroom.spool import Spool
from grader.course.key import AnswerKey, Assignment, Budget
from grader.course.signature import Kind, Leaf
from grader.judge.result import ExerciseResult, Outcome, Result
from grader.message import Message
from grader.web.app import create_app
from grader.web.settings import Settings
from grader.words.language import Language

EXERCISES = ("softmax", "L1")


def make_key(name: str) -> AnswerKey:
    return AnswerKey(
        schema=1,
        id=f"sha256:{name}",
        name=name,
        title=name,
        needs=(name,),
        function=name,
        parameters=(),
        returns=Leaf(Kind.FLOAT),
        returns_text="float",
        points=Fraction(10),
        undecided=Fraction(0),
        public=False,
        cases=(),
        misconceptions=(),
        hints=(),
        changes=(),
        budget=Budget(2.0, 10.0, 1 << 30),
        stub_digest="",
        versions={},
    )


@dataclass
class Site:
    """A page, and the gradebook behind it."""

    place: Location
    settings: dict[str, Any]

    def __post_init__(self) -> None:
        self.app = create_app(Settings(spelled(self.place), "NumPy", **self.settings))

    def secret(self, role: Role, who: str, **options: bool) -> str:
        with Gradebook(self.place) as book:
            return make_link(book, role, who, **options)

    def visit(self, role: Role, who: str) -> TestClient:
        """A browser in which somebody has opened their link."""
        client = TestClient(self.app, follow_redirects=False)
        assert client.get(f"/s/{self.secret(role, who)}").status_code == 303
        return client

    def stranger(self) -> TestClient:
        return TestClient(self.app, follow_redirects=False)

    def token(self, client: TestClient, address: str = "/a/week") -> str:
        """What a form of the page brings along."""
        text: str = client.get(address).text
        return text.split('name="token" value="')[1].split('"')[0]

    def hand_in(self, client: TestClient, *files: tuple[str, bytes], **fields: str) -> Any:
        """The answer to the form of the assignment."""
        sent = [("files", file) for file in files] or [("files", ("", b""))]
        return client.post("/a/week", data={"token": self.token(client), **fields}, files=sent)

    def judged(
        self,
        number: int,
        *,
        title: str | Message = "Softmax",
        document: str = '{\n "schema": 1\n}\n',
    ) -> None:
        result = result_of("softmax", Fraction(3), title=title)
        with Gradebook(self.place) as book, book.writing():
            inbox.finish(book, number, results=[result], document=document)


def result_of(
    name: str, points: Fraction, outcome: Outcome = Outcome.FAILED, *, title: str | Message | None = None
) -> Result:
    """What judging one exercise says."""
    exercise = ExerciseResult(
        name, title or name, f"sha256:{name}", "softmax.py", outcome, points, Fraction(10), Fraction(), ()
    )
    return Result((exercise,), "standard", {})


def judge(
    site: Any,
    student: str,
    points: dict[str, int],
    outcome: Outcome = Outcome.FAILED,
    *,
    remarks: tuple[Message, ...] = (),
    path: str = "softmax.py",
) -> None:
    """Let a student have handed in, and have these points; `remarks` are said of the files, `path` is in a download."""
    with Gradebook(site.place) as book, Spool() as spool:
        text = f"def softmax(x):\n    return '<b>{student}</b>'\n".encode()
        file = File("softmax.py", path, spool.put(text))
        with book.writing():
            book.take_in("week", HandIn(student, student.capitalize(), (file,)))
        (job,) = book.due("week")
        exercises = []
        for name, number in points.items():
            record = packed(msgspec.structs.replace(result_of(name, Fraction(number), outcome), remarks=remarks))
            exercises.append(
                Judged(name, f"sha256:{name}", outcome, Fraction(number), Fraction(10), Fraction(), (), record)
            )
        graded = Graded(job.digest, Environment("1", "3", "2", "standard"), tuple(exercises))
        with book.writing():
            for judged, number in book.keep(graded):
                book.settle(graded.digest, judged.exercise, number)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.exhaustive)])
def mostly_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """An empty place for a gradebook, as `location` is: the pages ask both databases by the same statements.

    The statements are tried in both by tests/classroom, and the pages of a teacher by `test_teacher.py`.
    """
    if request.param == "sqlite":
        return tmp_path / "gradebook.db"
    return location_of(request.getfixturevalue("postgresql").url())


@pytest.fixture
def place(tmp_path: Path) -> Location:
    """Where the gradebook is. Modules that try both databases say so of this fixture."""
    return tmp_path / "book.db"


@pytest.fixture
def site(place: Location) -> Callable[..., Site]:
    def make(**settings: Any) -> Site:
        with Gradebook(place, create=True) as book:
            with book.writing():
                book.enrol(
                    Assignment("week", "Week 1", EXERCISES), "NumPy", {name: make_key(name) for name in EXERCISES}
                )
            hints = {"softmax": ("First.", "Second."), "L1": ()}
            inbox.put_sheets(
                book, [Sheet("week", each.value, "Week 1", "", "<h2>Tasks</h2>", hints) for each in Language]
            )
        return Site(place, {"per_minute": 6000.0, **settings})

    return make
