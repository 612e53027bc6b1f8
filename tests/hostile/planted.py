"""What is there to be stolen, spoilt or ended: a small course with secrets in it, and a process beside it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course.folder import Course
from grader.course.key import AnswerKey, Role
from grader.grading.author_code import authors_observer
from grader.grading.compile import compile_key
from grader.grading.protocol import Helper
from grader.values import Value

__all__ = ["EXPECTED", "HONEST", "SHM_KEY", "Planted", "Witness", "planted", "surroundings"]

EXPECTED = "40517.8125"  # in every expected value, and in nothing that a submission is sent
_INPUT = "6151.59375"  # in a hidden test's input: a submission sees it, a student must not
_HIDDEN = ("6151.59", "7283.4", "44513.9", "35786.4")  # numbers of hidden tests, in and out, as far as they are shown
_EXERCISES = ("convert", "total", "after")
SHM_KEY = 0x6E670000 | secrets.randbelow(0xFFFF)

_CONVERT = f"""
title: "@TITLE@"
args: {{x: "float (n,)"}}
returns: float (n,)
task: Convert $x$.
points: 10
limits: {{call: 0.5, load: 1, memory: 256 MiB}}
examples:
  - args: {{x: [1, 2]}}
tests:
  - name: "@TEST@"
    args: {{x: [{_INPUT}, 3]}}
  - name: other
    args: {{x: [-7283.46875, 5, 8]}}
"""
_TOTAL = """
title: Total
args: {x: "float (n,)"}
returns: float
task: Add up $x$.
points: 10
limits: {call: 0.5, load: 1, memory: 256 MiB}
examples:
  - args: {x: [1, 2]}
tests:
  - name: any
    args: {x: [6151.59375, 3]}
  - name: other
    args: {x: [-7283.46875, 5, 8]}
"""
_AFTER = """
title: After
args: {x: "float (n,)"}
returns: float (n,)
task: Convert $x$ and add one.
points: 10
uses: [convert]
limits: {call: 0.5, load: 1, memory: 256 MiB}
tests:
  - name: any
    args: {x: [6151.59375, 3]}
  - name: other
    args: {x: [-7283.46875, 5, 8]}
"""
HONEST = f"""
import numpy as np

def convert(x):
    return x * 0.649609375 + {EXPECTED}

def total(x):
    return float(np.sum(x)) + {EXPECTED}
"""
_WITNESS = """
import ctypes, os, sys, time, socket
marker = os.environ["WITNESS_TOKEN"].replace("environ", "memory").encode()
buffer = ctypes.create_string_buffer(marker)
ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # let anybody trace it, whatever Yama says
file = os.open(sys.argv[2], os.O_RDWR | os.O_CREAT, 0o600)
os.write(file, marker.replace(b"memory", b"descriptor"))
os.dup2(file, 77)
listener = socket.socket(socket.AF_UNIX)
listener.bind("\\0" + sys.argv[3])
listener.listen(50)
print(ctypes.addressof(buffer), flush=True)
while True:
    connection, _ = listener.accept()
    connection.sendall(marker.replace(b"memory", b"abstract"))
    connection.close()
"""


class Witness:
    """Another process of the same user, as the grader beside ours would be: with secrets, and easily ended."""

    def __init__(self, folder: Path, token: str) -> None:
        self._folder, self._token = folder, token
        self.socket = f"witness-{token}"
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WITNESS, f"marker-argv-{self._token}", str(self._folder / "witness"), self.socket],
            env={"WITNESS_TOKEN": f"marker-environ-{self._token}"},
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self.address = int(self._process.stdout.readline())

    @property
    def number(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def restart(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@dataclass(frozen=True)
class Planted:
    """Where everything is. `token` is new for every session, and part of every marker."""

    token: str
    folder: Path
    course: Course
    keys: dict[str, AnswerKey]
    witness: Witness
    port: int

    @property
    def outside(self) -> Path:
        """A folder that anybody may write to."""
        return self.folder / "outside"

    @property
    def homes(self) -> Path:
        """Where the folders of children are made."""
        return self.folder / "homes"

    @property
    def hidden(self) -> tuple[str, ...]:
        """What no student may be shown: the numbers of hidden tests, in and out."""
        return _HIDDEN

    @property
    def answers(self) -> dict[str, list[tuple[Value, Value]]]:
        """Inputs and the reference's answers, by exercise, for the control."""
        return {
            name: [
                (case.arguments.value["x"], case.expected.value.value)
                for case in key.cases
                if case.role is not Role.PRACTICE
            ]
            for name, key in self.keys.items()
        }

    def helper(self, name: str) -> Helper:
        """An exercise whose function another uses."""
        return Helper(self.keys[name], (self.course.path / "solutions" / f"{name}.py").read_text(encoding="utf-8"))

    @property
    def inherited(self) -> dict[str, str]:
        """What is in the environment of whoever grades."""
        return {"HOSTILE_TOKEN": f"marker-inherited-{self.token}"}

    def filled(self, text: str | bytes, **more: object) -> str | bytes:
        """An attack's text with what was planted in the places that are left for it."""
        if isinstance(text, bytes):
            return text
        places = {
            "COURSE": self.course.path,
            "OUTSIDE": self.outside,
            "OTHERS": self.folder / "others",
            "HOME": self.folder / "home",
            "TOKEN": self.token,
            "WITNESS": self.witness.number,
            "ADDRESS": self.witness.address,
            "SOCKET": self.witness.socket,
            "PORT": self.port,
            "SHM_KEY": SHM_KEY,
            **more,
        }
        for name, value in places.items():
            text = text.replace(f"@{name}@", str(value))
        return text


@contextlib.contextmanager
def planted() -> Iterator[Planted]:
    """Make everything, in a folder that every user can get at; unmake it afterwards."""
    token = secrets.token_hex(8)
    folder = Path(tempfile.mkdtemp(prefix="hostile-", dir="/tmp" if os.name == "posix" else None))
    try:
        course = _course(folder, token)
        (folder / "outside").chmod(0o777)
        with authors_observer() as observer:
            keys = {name: compile_key(course.spec(), course.exercise(name), observer) for name in _EXERCISES}
        witness = Witness(folder, token)
        with _metadata_service(token) as port, _segment(token):
            yield Planted(token, folder, course, keys, witness, port)
        witness.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _course(folder: Path, token: str) -> Course:
    folder.chmod(0o755)
    texts = {
        "course/course.yaml": f"title: A course\nseed: marker-seed-{token}\n",
        "course/exercises/convert.yaml": _CONVERT.replace("@TITLE@", f"marker-title-{token}").replace(
            "@TEST@", f"marker-test-{token}"
        ),
        "course/exercises/total.yaml": _TOTAL,
        "course/exercises/after.yaml": _AFTER,
        "course/solutions/after.py": f"{HONEST}\ndef after(x):\n    return convert(x) + 1\n",
        "course/solutions/convert.py": f"# marker-reference-{token}\n{HONEST.partition('def total')[0]}",
        "course/solutions/total.py": f"import numpy as np\n\ndef total{HONEST.partition('def total')[2]}",
        "course/.git/config": f"marker-git-{token}\n",
        "others/friend.py": f"# marker-friend-{token}\n",
        "home/.netrc": f"machine example.org password marker-netrc-{token}\n",
        "outside/.keep": "",
        "homes/.keep": "",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return Course(folder / "course")


@contextlib.contextmanager
def surroundings(planted: Planted) -> Iterator[None]:
    """Our own environment, and the place for the folders of children. For a test at a time: others run between them."""
    before = tempfile.tempdir
    os.environ |= planted.inherited
    tempfile.tempdir = str(planted.homes)
    try:
        yield
    finally:
        tempfile.tempdir = before
        del os.environ["HOSTILE_TOKEN"]


@contextlib.contextmanager
def _metadata_service(token: str) -> Iterator[int]:
    """What clouds have at 169.254.169.254, on the loopback: it gives a secret to whoever connects."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        thread = threading.Thread(target=_serve, args=(server, f"marker-metadata-{token}".encode()), daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def _serve(server: socket.socket, secret: bytes) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection, contextlib.suppress(OSError):
            connection.sendall(secret)


@contextlib.contextmanager
def _segment(token: str) -> Iterator[None]:
    """A System V segment with a secret in it, open to all (Linux)."""
    if sys.platform != "linux":
        yield
        return
    library = ctypes.CDLL(None, use_errno=True)
    library.shmat.restype = ctypes.c_void_p
    number = library.shmget(SHM_KEY, 4096, 0o1666)  # IPC_CREAT
    if number >= 0:
        address = library.shmat(number, None, 0)
        secret = f"marker-segment-{token}".encode()
        ctypes.memmove(address, secret, len(secret))
        library.shmdt(ctypes.c_void_p(address))
    try:
        yield
    finally:
        if number >= 0:
            library.shmctl(number, 0, None)  # IPC_RMID
