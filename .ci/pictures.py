"""The pictures in docs/serve.md: `grader serve` over a class of invented students, photographed in Chromium.

`python .ci/pictures.py` writes docs/pictures/serve-*.png anew. A student hands in and reads what comes back, a
teacher looks on, and then an exercise changes: all on the pages themselves, over HTTP, with a gradebook of its own.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import httpx2

TOP: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))  # `bench` is not installed

from bench.classroom.layouts import FORMS, pack  # noqa: E402
from bench.classroom.people import make_class  # noqa: E402

PICTURES: Final = TOP / "docs" / "pictures"
GRADER: Final = (sys.executable, "-P", "-m", "grader")
ASSIGNMENT: Final = "numpy-basics"
STUDENTS: Final = 40
CHANGE: Final = ("softmax", "repeat: 5", "repeat: 2")  # of an exercise, once the class has its grades
FRAME: Final = """<!DOCTYPE html><body style="margin:0;overflow:hidden">
<iframe src="{page}" style="border:0;display:block;width:{width}px;height:{height}px"></iframe>"""
SCHEMES: Final = {False: "1", True: "0"}  # light and dark, as Chromium counts them


class Shot(NamedTuple):
    """A picture of a page, from its top."""

    page: str
    width: int
    height: int
    is_dark: bool = False


SHOTS: Final = {
    "serve-assignment-phone": Shot("assignment", 390, 860),
    "serve-attempt": Shot("attempt", 1280, 1000),
    "serve-attempt-phone": Shot("attempt", 390, 860, is_dark=True),
    "serve-class": Shot("class", 1280, 900),
    "serve-mistakes": Shot("mistakes", 1280, 800),
    "serve-student": Shot("student", 1280, 900),
    "serve-regrade": Shot("regrade", 1280, 780),
}


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no chromium is installed")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, text in pages(place):
            (place / f"{name}.html").write_text(text, encoding="utf-8")
        for name, shot in SHOTS.items():
            photograph(chromium, place, shot, PICTURES / f"{name}.png")
            print(f"{name}.png  {(PICTURES / f'{name}.png').stat().st_size // 1024} KB")


def pages(place: Path) -> Iterator[tuple[str, str]]:
    """What a student sees, and what their teacher sees, by the pictures' names of pages."""
    course, book = place / "course", place / "gradebook.db"
    for name in ("exercises", "solutions"):
        shutil.copytree(TOP / name, course / name)
    shutil.copy(TOP / "course.yaml", course)
    graded(course, book)
    made = command("link", "noor", "dita", course=course, book=book).stdout
    links = dict(line.split("\t") for line in made.splitlines())
    with served(course, book) as (base, teacher):
        with visitor(base, links["noor"]) as noor:
            hand_in(noor, TOP / "samples" / "bruno.py")
            attempt = hand_in(noor, TOP / "solutions" / "sigmoid_derivative.py", TOP / "samples" / "bruno.py")
            yield "assignment", noor.get(f"/a/{ASSIGNMENT}").text
            yield "attempt", attempt
        with visitor(base, links["dita"]) as dita:
            hand_in(dita, TOP / "samples" / "dita.py")
        with visitor(base, teacher) as mira:
            yield "class", mira.get(f"/class/{ASSIGNMENT}", params={"show": "needs-person"}).text
            yield "mistakes", mira.get(f"/class/{ASSIGNMENT}/mistakes").text
            yield "student", mira.get(f"/class/{ASSIGNMENT}/student", params={"student": "dita"}).text
    name, before, after = CHANGE
    file = course / "exercises" / f"{name}.yaml"
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")
    with served(course, book) as (base, teacher), visitor(base, teacher) as mira:
        yield "regrade", settled(mira, f"/class/{ASSIGNMENT}/regrade")


def graded(course: Path, book: Path) -> None:
    """A class that has handed in elsewhere before."""
    archive = course.parent / "class.zip"
    archive.write_bytes(pack(make_class(STUDENTS, seed=7), FORMS["gradescope"]))
    command("run", str(archive), "-a", ASSIGNMENT, "--isolation", "none", course=course, book=book)


def command(*arguments: str, course: Path, book: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GRADER, *arguments, "--course", str(course), "--gradebook", str(book)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


@contextlib.contextmanager
def served(course: Path, book: Path) -> Iterator[tuple[str, str]]:
    """`grader serve` while it runs: its address, and a teacher's link."""
    options = ("--port", "0", "--open-as", "mira", "--isolation", "none", "--course", str(course))
    with subprocess.Popen(
        [*GRADER, "serve", *options, "--gradebook", str(book)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            link = next(line for line in process.stdout if line.startswith("mira\t")).split("\t")[1].strip()
            yield link.partition("/s/")[0], link
        finally:
            process.terminate()


@contextlib.contextmanager
def visitor(base: str, link: str) -> Iterator[httpx2.Client]:
    """Somebody who has opened their link."""
    with httpx2.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        client.get("/s/" + link.partition("/s/")[2]).raise_for_status()
        yield client


def hand_in(client: httpx2.Client, *files: Path) -> str:
    """The page of the attempt, once it is judged."""
    form = re.search(r'name="token" value="([^"]+)"', client.get(f"/a/{ASSIGNMENT}").text)
    assert form is not None
    sent = [("files", (file.name, file.read_bytes())) for file in files]
    answer = client.post(f"/a/{ASSIGNMENT}", data={"token": form[1]}, files=sent).raise_for_status()
    return settled(client, str(answer.url))


def settled(client: httpx2.Client, address: str) -> str:
    """The page, when nothing on it is still to be judged."""
    while True:
        text = client.get(address).raise_for_status().text
        if 'http-equiv="refresh"' not in text and "not judged anew yet" not in text:
            return text
        time.sleep(0.2)


def photograph(chromium: str, place: Path, shot: Shot, picture: Path) -> None:
    """In a frame, since a window of Chromium is never as narrow as a phone."""
    frame = place / "frame.html"
    page = f"{(place / shot.page).as_uri()}.html"
    frame.write_text(FRAME.format(page=page, width=shot.width, height=shot.height), encoding="utf-8")
    subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", f"--blink-settings=preferredColorScheme={SCHEMES[shot.is_dark]}"),
            *(f"--user-data-dir={place / 'profile'}", f"--window-size={shot.width},{shot.height}"),
            *(f"--screenshot={picture}", "--virtual-time-budget=5000", frame.as_uri()),
        ],
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    main()
