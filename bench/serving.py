"""The page for handing in under load: `grader serve` on this machine, and whoever hands in on it as well.

200 students have the page of the assignment open and load it again twice a minute. Work of six functions, no two alike,
comes in at a steady rate through the interface for programs, which answers with the result. A time runs from the moment
at which work was due to be sent, whatever there was to wait for. Then every piece of work that was taken in is asked
for: it has to be judged, and each student's in the order in which it was sent.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final, final

from bench.basics import basics
from bench.classes import no_two_alike

__all__ = ["RATE", "SECONDS", "STUDENTS", "Load", "Outcome", "loads", "measured"]

STUDENTS: Final = 200
RATE: Final = 20.0  # hand-ins a second
SECONDS: Final = 60.0
_PAGES: Final = 30.0  # seconds until a student loads the page again
_TOGETHER: Final = 300  # requests that may be under way
_PATIENCE: Final = 600.0  # seconds until all that was taken in has to be judged
_BOUNDARY: Final = "work"
_SETTINGS: Final = "serve: {attempts: 1000000, per_minute: 60000}\n"


@final
@dataclass(frozen=True, slots=True)
class Load:
    """What comes in: how often, for how long, and what happens in the middle of it."""

    name: str
    rate: float
    seconds: float
    meanwhile: Callable[[int], None] | None = None  # given the number of the server's process


@final
@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `judged`: of what was taken in, at the end; `seconds`: of what was answered with a result."""

    load: Load
    taken: int
    refused: int
    unanswered: int
    judged: int
    out_of_order: int
    seconds: Sequence[float]

    def percentile(self, share: int) -> float:
        """Seconds within which so many percent of what was answered with a result were."""
        return statistics.quantiles(self.seconds, n=100)[share - 1]


@final
@dataclass(frozen=True, slots=True)
class _Sent:
    student: int
    at: float
    status: int  # 0 where there was no answer
    number: int | None
    seconds: float


def loads(gradebook: str | None = None, seconds: float = SECONDS) -> tuple[Load, ...]:
    """What is asked of it: what it is made for, twice that, and what it must get over in the middle of it.

    That is a killed process and, where the gradebook is a database, connections to that which are ended.
    """
    every = (
        Load("steady", RATE, seconds),
        Load("twice as much", 2 * RATE, seconds),
        Load("the answering process killed", RATE, seconds, _kill_what_answers),
    )
    if gradebook is None:
        return every
    return (*every, Load("the database's connections ended", RATE, seconds, partial(_end_connections, gradebook)))


def measured(chosen: Sequence[Load], gradebook: str | None, say: Callable[[str], None]) -> Iterator[Outcome]:
    """What became of each load, on a server of its own. `gradebook` is a database's URL; None is a file."""
    for load in chosen:
        with tempfile.TemporaryDirectory() as folder:
            course = Path(folder, "course")
            shutil.copytree(basics(), course)
            with (course / "course.yaml").open("a", encoding="utf-8") as file:
                file.write(_SETTINGS)
            place = gradebook or str(Path(folder, "gradebook.db"))
            students = [f"s{number:03}" for number in range(STUDENTS)]
            with _serving(course, place) as (process, port):
                secrets = _links(course, place, students, "--api")
                visits = [_Visit(port, link) for link in _links(course, place, students)]
                say(f"{load.name}: {load.rate:g} a second for {load.seconds:g} s")
                yield _outcome(load, _sent(load, port, process, secrets, visits), port, secrets)


@contextmanager
def _serving(course: Path, place: str) -> Iterator[tuple[int, int]]:
    """The number of the server's process, and its port."""
    words = ["serve", "--course", str(course), "--gradebook", place, "--port", "0"]
    with subprocess.Popen(_grader(words), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            port = int(said.partition("Listening at ")[2].partition(". ")[0].rpartition(":")[2])
            threading.Thread(target=process.stdout.read, daemon=True).start()  # so that its pipe is never full
            yield process.pid, port
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _grader(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-P", "-m", "grader", *words]


def _links(course: Path, place: str, students: Sequence[str], *more: str) -> list[str]:
    words = ["link", *students, "--course", str(course), "--gradebook", place, *more]
    said = subprocess.run(_grader(words), check=True, capture_output=True, text=True).stdout
    return [line.split("\t")[1] for line in said.splitlines()]


class _Visit:
    """A student's page, open in a browser."""

    def __init__(self, port: int, link: str) -> None:
        self._port = port
        status, headers, _ = _ask(port, "GET", "/s/" + link.rpartition("/")[2])
        if status != http.client.SEE_OTHER:
            raise RuntimeError(f"a personal link was answered with {status}")
        self._cookie = (headers["set-cookie"] or "").partition(";")[0]

    def load(self) -> int:
        return _ask(self._port, "GET", "/a/numpy-basics", {"Cookie": self._cookie})[0]


def _ask(
    port: int, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def _sent(load: Load, port: int, process: int, secrets: Sequence[str], visits: Sequence[_Visit]) -> list[_Sent]:
    """All of a load, each piece at its time."""
    count = round(load.rate * load.seconds)
    texts = [text for _, text in no_two_alike(count)]
    start = time.monotonic() + 1
    end = threading.Event()
    readers = threading.Thread(target=_read_pages, args=(visits, end))
    readers.start()
    if load.meanwhile is not None:
        threading.Timer(1 + load.seconds / 2, load.meanwhile, (process,)).start()
    with ThreadPoolExecutor(_TOGETHER) as pool:
        try:
            under_way = []
            for number, text in enumerate(texts):
                at = start + number / load.rate
                time.sleep(max(0.0, at - time.monotonic()))
                under_way.append(pool.submit(_hand_in, port, number % STUDENTS, secrets[number % STUDENTS], text, at))
            return [each.result() for each in under_way]
        finally:
            end.set()
            readers.join()


def _read_pages(visits: Sequence[_Visit], end: threading.Event) -> None:
    """Each page in its turn, all of them twice a minute; what cannot be had is loaded at the next turn."""
    with ThreadPoolExecutor(8) as pool:
        while True:
            for visit in visits:
                if end.wait(_PAGES / len(visits)):
                    return
                pool.submit(visit.load)


def _hand_in(port: int, student: int, secret: str, text: str, at: float) -> _Sent:
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="work.py"\r\n\r\n'
    body = f"{head}{text}\r\n--{_BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}", **_bearer(secret)}
    try:
        status, told, answer = _ask(port, "POST", "/api/v1/submissions", headers, body)
    except (OSError, http.client.HTTPException):
        return _Sent(student, at, 0, None, time.monotonic() - at)
    seconds = time.monotonic() - at
    if status == http.client.SERVICE_UNAVAILABLE and "retry-after" not in told:
        raise RuntimeError("it was refused without a word on when to come back")
    number = json.loads(answer).get("id") if status in (http.client.OK, http.client.ACCEPTED) else None
    return _Sent(student, at, status, number, seconds)


def _bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def _outcome(load: Load, sent: Sequence[_Sent], port: int, secrets: Sequence[str]) -> Outcome:
    strange = {each.status for each in sent} - {0, 200, 202, 503}
    if strange:
        raise RuntimeError(f"work was answered with {strange}")
    taken = [(each.student, each.number) for each in sent if each.number is not None]
    end = time.monotonic() + _PATIENCE
    return Outcome(
        load,
        taken=len(taken),
        refused=sum(each.status == http.client.SERVICE_UNAVAILABLE for each in sent),
        unanswered=sum(each.status == 0 for each in sent),
        judged=sum(_is_judged(port, secrets[student], number, end) for student, number in taken),
        out_of_order=sum(
            later < earlier
            for student in range(STUDENTS)
            for earlier, later in pairwise(number for who, number in taken if who == student)
        ),
        seconds=[each.seconds for each in sent if each.status == http.client.OK],
    )


def _is_judged(port: int, secret: str, number: int, end: float) -> bool:
    while time.monotonic() < end:
        if _ask(port, "GET", f"/api/v1/submissions/{number}", _bearer(secret))[0] == http.client.OK:
            return True
        time.sleep(0.2)
    return False


def _kill_what_answers(server: int) -> None:
    """The process that answers visitors, as if the machine had run out of memory."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    for child in map(int, children):
        if b"web.server" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(child, signal.SIGKILL)


def _end_connections(gradebook: str, server: int) -> None:
    """All that the database has, as when it is started anew."""
    import psycopg

    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with psycopg.connect(gradebook) as connection:
        connection.execute(f"{others} AND pid <> pg_backend_pid()")
