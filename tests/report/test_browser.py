"""The pages in a browser (chromium, without a window), as wide as a screen and as narrow as a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.judge.result import Result
from grader.judge.reveal import Reveal
from grader.report.pages import Folder, write_class
from grader.report.student import Heading, Student

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = (1280, 390)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")]

# It frames each page at each width and writes down how wide the page turns out, and what sticks out of it.
HARNESS = """<!DOCTYPE html><title>harness</title><body><script>
const pages = PAGES, found = [];
function sticking(page) {
  const wide = page.documentElement.clientWidth + 1;
  const inside = (each) => !each.closest(".scroll, pre, .sr, .skip");
  const sticks = (each) => inside(each) && each.getBoundingClientRect().right > wide;
  return [...page.body.querySelectorAll("*")].filter(sticks).map((each) => each.outerHTML.slice(0, 120));
}
async function look() {
  for (const [name, width] of pages) {
    const frame = document.createElement("iframe");
    frame.style = `width:${width}px;height:800px;border:0`;
    const loaded = new Promise((done) => (frame.onload = done));
    frame.src = name;
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument;
    page.querySelectorAll("details").forEach((each) => (each.open = true));
    found.push({name, width, page: page.documentElement.scrollWidth, sticking: sticking(page), title: page.title});
    frame.remove();
  }
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(found);
}
look();
</script>"""

# It sorts the table of a class by each of its columns, and writes down what comes of it.
SORTING = """<!DOCTYPE html><title>harness</title><body><iframe src="class.html"></iframe><script>
addEventListener("load", () => {
  const found = [];
  const table = document.querySelector("iframe").contentDocument.querySelector(".class-table");
  const sorted = (head) => {
    head.querySelector("button").click();
    const names = [...table.tBodies[0].rows].map((row) => row.querySelector("bdi").textContent);
    return [head.getAttribute("aria-sort"), names, table.querySelectorAll("[aria-sort]").length];
  };
  for (const head of table.tHead.rows[0].cells) found.push([sorted(head), sorted(head)]);
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(found);
});
</script>"""


def seen(folder: Path, names: list[str]) -> tuple[list[dict[str, object]], str]:
    """What the harness found of these pages, and what the browser complained of."""
    pages = json.dumps([[name, width] for name in names for width in WIDTHS])
    found, said = run(folder, HARNESS.replace("PAGES", pages))
    return list(found), said


def chromium(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    return subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={folder / 'profile'}", "--window-size=1400,900", *arguments),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def run(folder: Path, harness: str) -> tuple[Any, str]:
    """What a page of ours beside the others finds, and what the browser complained of."""
    (folder / "harness.html").write_text(harness, encoding="utf-8")
    options = ("--allow-file-access-from-files", "--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom")
    done = chromium(folder, *options, (folder / "harness.html").as_uri())
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    said = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    unescaped = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return json.loads(unescaped), said


@pytest.fixture
def report(
    tmp_path: Path,
    gallery: dict[str, Callable[[], Result]],
    of_result: Callable[..., Student],
    heading: Heading,
) -> Path:
    """A class with one of everything, long names and long words among them."""
    students = [
        of_result(make(), id=str(number), name=name.replace("_", " ").title())
        for number, (name, make) in enumerate(gallery.items())
    ]
    students.append(of_result(gallery["wrong_value"](), id="W" * 150, name="Llanfairpwllgwyngyll" * 6))
    write_class(Folder(tmp_path, heading), students, (), Reveal.ALL)
    return tmp_path


def test_no_page_is_wider_than_its_screen_and_the_browser_has_no_complaint(report: Path) -> None:
    names = sorted(each.name for each in report.glob("*.html"))
    found, said = seen(report, names)
    assert len(found) == len(names) * len(WIDTHS)
    assert all(each["title"] for each in found)
    assert not [each for each in found if each["sticking"] or int(str(each["page"])) > int(str(each["width"]))]
    assert not said


def test_the_table_is_sorted_by_each_of_its_columns(
    tmp_path: Path, gallery: dict[str, Callable[[], Result]], of_result: Callable[..., Student], heading: Heading
) -> None:
    names = ("right", "raised", "wrong_value")
    students = [of_result(gallery[name](), id=name, name=who) for name, who in zip(names, "baC", strict=True)]
    points = [float(each.works[0].points or 0) for each in students]
    assert points == [10, 0, 2]
    write_class(Folder(tmp_path, heading), students, (), Reveal.HINT)

    (by_name, by_points, *_), said = run(tmp_path, SORTING)

    assert by_name == [["ascending", ["a", "b", "C"], 1], ["descending", ["C", "b", "a"], 1]]
    assert by_points == [["descending", ["b", "C", "a"], 1], ["ascending", ["a", "C", "b"], 1]]
    assert not said


def test_on_paper_a_class_is_one_sheet(report: Path) -> None:
    chromium(
        report,
        "--no-pdf-header-footer",
        "--print-to-pdf=" + str(report / "class.pdf"),
        (report / "class.html").as_uri(),
    )
    assert len(re.findall(rb"/Type\s*/Page\b", (report / "class.pdf").read_bytes())) == 1


def test_the_test_would_see_it(tmp_path: Path) -> None:
    (tmp_path / "wide.html").write_text(
        '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>w</title>'
        "<body><table><tr><td>" + "W" * 300 + "</table><script>1</script>"
    )
    found, said = seen(tmp_path, ["wide.html"])
    assert all(each["sticking"] and int(str(each["page"])) > int(str(each["width"])) for each in found)
    assert "Content Security Policy" in said
