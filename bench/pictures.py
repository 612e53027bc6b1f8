"""The pictures in docs/pictures: a class of invented students, graded, reported and photographed in Chromium.

python -m bench.pictures [STUDENTS]
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.classroom.layouts import FORMS, pack
from bench.classroom.people import make_class

TOP = Path(__file__).resolve().parents[1]
PICTURES = TOP / "docs" / "pictures"
FRAME = """<!DOCTYPE html><body style="margin:0;background:#c9ced6;overflow:hidden">
<iframe src="{page}" style="border:0;display:block;width:{width}px;height:{height}px;margin:0 auto"></iframe>"""


def main(students: int = 300) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no chromium is installed")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        book = _graded(place, students)
        report, chinese = _report(book, place, "en"), _report(book, place, "zh")
        mistaken = _most_marked(report)
        PICTURES.mkdir(exist_ok=True)
        shots = {
            "class": ("", report / "class.html", (900, 900, 1180)),
            "class-mistakes": ("#mistakes", _opened(report / "class.html", place), (900, 900, 900)),
            "class-table": ("#students", report / "class.html", (1240, 1240, 700)),
            "student": ("", mistaken, (900, 900, 1100)),
            "student-phone": (_first_marked(mistaken), mistaken, (390, 500, 900)),
            "class-zh": ("", chinese / "class.html", (900, 900, 1180)),
            "student-zh": ("", _most_marked(chinese), (900, 900, 1100)),
        }
        for name, (anchor, page, sizes) in shots.items():
            _photograph(chromium, place, f"{page.as_uri()}{anchor}", PICTURES / f"{name}.png", sizes)
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.relative_to(TOP)}  {picture.stat().st_size // 1024} KB")


def _graded(place: Path, students: int) -> Path:
    """The gradebook of a class."""
    archive, book = place / "class.zip", place / "gradebook.db"
    archive.write_bytes(pack(make_class(students, seed=7), FORMS["gradescope"]))
    grader = [sys.executable, "-P", "-m", "grader"]
    run = [*grader, "run", str(archive), "-a", "numpy-basics", "--course", str(TOP), "--gradebook", str(book)]
    subprocess.run([*run, "--isolation", "none"], check=True, stdout=subprocess.DEVNULL)
    return book


def _report(book: Path, place: Path, language: str) -> Path:
    report = place / f"report-{language}"
    made = [sys.executable, "-P", "-m", "grader", "report", "--gradebook", str(book), "--to", str(report)]
    subprocess.run([*made, "--language", language], check=True)
    return report


def _most_marked(report: Path) -> Path:
    """The student's page on which most is marked; names of pages are others in each folder."""
    return max(report.glob("student-*.html"), key=lambda page: page.read_text(encoding="utf-8").count("<mark>"))


def _opened(page: Path, place: Path) -> Path:
    """The page with its first example unfolded."""
    copy = place / "opened.html"
    example = "<details><summary>An example"
    text = page.read_text(encoding="utf-8")
    copy.write_text(text.replace(example, example.replace("<details>", "<details open>"), 1), encoding="utf-8")
    return copy


def _first_marked(page: Path) -> str:
    """The exercise that has the first grid with marks."""
    before = page.read_text(encoding="utf-8").partition("<mark>")[0]
    return "#" + re.findall(r'id="(exercise-\d+)"', before)[-1]


def _photograph(chromium: str, place: Path, page: str, picture: Path, sizes: tuple[int, int, int]) -> None:
    """`sizes`: of the page, in width; of the picture, in width and height."""
    width, wide, high = sizes
    frame = place / "frame.html"
    frame.write_text(FRAME.format(page=page, width=width, height=high))
    subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={place / 'profile'}", f"--window-size={wide},{high}", f"--screenshot={picture}"),
            frame.as_uri(),
        ],
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
