"""`grader serve`, as a process: work comes in, is judged behind walls, and outlives what answers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from database_server import Server as Database

from grader.cli.class_options import course_keys
from grader.cli.serve import _settings, _zone
from grader.course.folder import Course

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="it serves on Linux and macOS")]

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = (
    'title: Twice\nargs: {x: "float (n,)"}\nreturns: float (n,)\ntask: Twice $x$.\ntests: [{name: any, repeat: 3}]\n'
)
RIGHT = "def double(x):\n    return 2 * x\n"
SLOW = "import time\n\n\ndef double(x):\n    time.sleep(0.05)\n    return 2 * x\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for place, text in (
        ("exercises/double.yaml", EXERCISE),
        ("solutions/double.py", RIGHT),
        ("course.yaml", "title: Course\nseed: planted, but long\ndefaults: {practice: 4}\n"),
    ):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(text, encoding="utf-8")
    return tmp_path


class Server:
    """A server that runs."""

    def __init__(self, course: Path, *options: str) -> None:
        command = [sys.executable, "-P", "-m", "grader", "serve", "--course", str(course), "--port", "0", "-j", "1"]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline()
        self.url = self.first.partition("Listening at ")[2].partition(". ")[0]

    def stop(self, how: int = signal.SIGINT) -> str:
        self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=60)
        return out

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def post(self, secret: str, code: str) -> tuple[int, Any]:
        body = (
            f'--x\r\nContent-Disposition: form-data; name="files"; filename="double.py"\r\n\r\n{code}\r\n--x--\r\n'
        ).encode()
        return self.ask("/api/v1/submissions", secret, body)

    def ask(self, path: str, secret: str, body: bytes | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "multipart/form-data; boundary=x"}
        request = urllib.request.Request(self.url + path, body, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)

    def judged(self, number: int, secret: str) -> Any:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            status, answer = self.ask(f"/api/v1/submissions/{number}", secret)
            if status == 200:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"{number} was not judged")

    def web_process(self) -> int:
        """The number of the process that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        (found,) = (int(each) for each in children if b"web.server" in Path(f"/proc/{each}/cmdline").read_bytes())
        return found


@pytest.fixture
def serve(course: Path) -> Iterator[Callable[..., Server]]:
    begun: list[Server] = []

    def begin(*options: str) -> Server:
        begun.append(Server(course, *options))
        return begun[-1]

    yield begin
    for server in begun:
        server.close()


def secret_of(grader: Grader, course: Path, who: str, *more: str) -> str:
    return str(grader("link", who, "--api", "--course", course, *more)[1]).split("\t")[1].strip()


def test_from_a_hand_in_to_the_gradebook(serve: Callable[..., Server], course: Path, grader: Grader) -> None:
    server = serve("--isolation", "none")
    secret = secret_of(grader, course, "amina")

    status, answer = server.post(secret, RIGHT)

    assert status == 200
    assert (answer["id"], answer["points"], answer["exercises"][0]["outcome"]) == (1, 10, "passed")
    assert "Stopped." in server.stop()
    assert grader("export", "csv", "--course", course)[1].splitlines()[1].startswith("amina,")


@pytest.fixture
def shared(postgresql: Database) -> str:
    """The URL of an empty place in a database."""
    return postgresql.url()


def test_two_servers_share_a_database_and_outlive_its_connections(
    serve: Callable[..., Server], course: Path, grader: Grader, postgresql: Database, shared: str
) -> None:
    from grader.classroom import inbox
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.location import location_of

    with (course / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("serve: {attempts: 99, per_minute: 6000}\n")
    servers = [serve("--isolation", "none", "--gradebook", shared, "--workers", workers) for workers in "12"]
    secrets = [secret_of(grader, course, who, "--gradebook", shared) for who in ("amina", "bruno", "chen", "dita")]

    def hand_in(number: int) -> int:
        """Until it is taken; its number."""
        while True:
            with contextlib.suppress(OSError):
                answer = servers[number % 2].post(secrets[number % 4], f"{SLOW}# {number}\n")[1]
                return int(answer["id"])
            time.sleep(0.1)

    with ThreadPoolExecutor(8) as pool, Gradebook(location_of(shared)) as book:
        coming = [pool.submit(hand_in, number) for number in range(8)]
        while not inbox.count_waiting(book):
            time.sleep(0.01)
        postgresql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        taken = [each.result() for each in coming]
        end = time.monotonic() + 200  # what was in the hands of a connection that ended is taken anew after 120 s
        while inbox.count_waiting(book):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert all(inbox.is_judged(book, number) for number in taken)
    assert all("Stopped." in server.stop() for server in servers)
    table = grader("export", "csv", "--gradebook", shared)[1].splitlines()[1:]
    assert [line.split(",")[3] for line in table] == ["10.00"] * 4


def test_students_read_the_language_of_the_course_and_programs_english(
    serve: Callable[..., Server], course: Path, grader: Grader
) -> None:
    with (course / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("language: de\n")
    server = serve("--isolation", "none")
    secret = secret_of(grader, course, "amina")

    _, answer = server.post(secret, "def double(x):\n    return x\n")

    assert answer["exercises"][0]["tests"][0]["finding"]["message"].startswith("What came back")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server.url, timeout=60)
    assert '<html lang="de">' in refused.value.read().decode()
    refused.value.close()
    from grader.classroom import inbox
    from grader.classroom.gradebook import Gradebook
    from grader.report.words import totals
    from grader.words.language import Language, speaking

    with Gradebook(course / "gradebook.db") as book:
        shown = inbox.attempt(book, 1)
        (sheet,) = inbox.open_sheets(book, "en")
    assert shown is not None
    assert shown.result is not None
    with speaking(Language.GERMAN):
        assert totals(shown.result).startswith("0 von 10 Punkten")
    assert sheet.page.startswith('<div lang="de">')


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found in /proc")
def test_what_was_taken_in_outlives_every_process(serve: Callable[..., Server], course: Path, grader: Grader) -> None:
    server = serve("--isolation", "none")
    secret = secret_of(grader, course, "amina")
    server.post(secret, RIGHT)

    os.kill(server.web_process(), signal.SIGKILL)  # the one that answers: another takes its place
    end = time.monotonic() + 60
    while True:
        try:
            assert server.ask("/api/v1/submissions/1", secret)[0] == 200
            break
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)

    # The one that judges, with work in hand: whoever is started next takes that on.
    from grader.classroom import inbox
    from grader.classroom.gradebook import Gradebook

    server.close()
    with Gradebook(course / "gradebook.db") as book:
        for number in range(3):
            inbox.keep(
                book,
                "exercises",
                "amina",
                [("double.py", f"{SLOW}# {number}\n".encode())],
                most=99,
                exercises=("double",),
            )
        inbox.leased(book, 1, clock=lambda: time.time() - 119)  # in hand of one who has died, for another second
    again = serve("--isolation", "none")
    assert [again.judged(number, secret)["points"] for number in (2, 3, 4)] == [10, 10, 10]
    with Gradebook(course / "gradebook.db") as book:
        ((newest,),) = book.rows("SELECT c.submission FROM counts c WHERE c.student = 'amina'")
        assert book.files(newest)[0][1].endswith(b"# 2\n")


def test_a_port_that_is_taken_is_told_at_once(course: Path, grader: Grader) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, out, err = grader("serve", "--course", course, "--port", taken.getsockname()[1])
    assert (status, out) == (2, "")
    assert "cannot listen there" in err
    assert not (course / "gradebook.db").exists()


def test_an_extra_that_is_missing_is_named(course: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.serve.find_spec", lambda name: None)
    status, _, err = grader("serve", "--course", course)
    assert status == 2
    assert "pip install 'numgrade[web]'" in err


@pytest.mark.parametrize(
    ("due", "zone"),
    [
        ("due: 2026-12-01 23:59 Europe/Berlin", "Europe/Berlin"),
        ("due: 2026-12-01T23:59+05:30", "+05:30"),
        ("due: 2026-12-01T23:59Z", "+00:00"),
        ("form: both", ""),
    ],
)
def test_times_are_in_the_zone_of_the_due_dates(course: Path, due: str, zone: str) -> None:
    first, second = "{name: a, exercises: [double]}", f"{{name: b, exercises: [double], {due}}}"
    (course / "course.yaml").write_text(f"title: C\nassignments: [{first}, {second}]\n")
    assert _zone(Course(course).spec()) == zone


@pytest.mark.parametrize(("written", "language"), [("", "en"), ("language: de\n", "de")])
def test_what_students_are_given_is_the_courses_own(
    course: Path, written: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (course / "course.yaml").write_text(f"title: C\n{written}")

    settings = _settings(course / "book.db", course_keys(course), "", SimpleNamespace(environment_number=1))  # type: ignore[arg-type]

    assert (settings.files_language, settings.templates) == (language, str(course))
    assert settings.language == (language if written else "zh")
