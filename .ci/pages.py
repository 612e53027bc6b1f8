"""Whether the pages are clean: html-validate and axe-core over reports, a handout and the pages of `grader serve`.

`python .ci/pages.py [FOLDER]` makes the pages in FOLDER, which stays, or in a temporary one, and installs both tools
there by npm, at the versions below. It looks at the HTML of every page, and at the page in Chromium, as wide as a
screen and as narrow as a phone, in the light and in the dark. Exit status 1 where something was found; 0, with the
reason, where it cannot be tried.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from starlette.testclient import TestClient

from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook
from grader.classroom.inbox import Sheet
from grader.classroom.links import Role, make_link
from grader.exchange.reported import students
from grader.judge.reveal import Reveal, project
from grader.web.app import create_app
from grader.web.settings import Settings

TOP: Final = Path(__file__).resolve().parents[1]
ASSIGNMENT: Final = "numpy-basics"
TOOLS: Final = ("html-validate@10.9.0", "axe-core@4.14.1")
RULES: Final[dict[str, Any]] = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        "no-inline-style": "off",  # of MathML and of one label
        "no-trailing-whitespace": "off",
        "meta-refresh": "off",  # while work is judged, and the page says so: there is nothing to lose on it
        "long-title": "off",  # names of courses and students are as long as they are
    },
}
WIDTHS: Final = (1280, 390)
COLOURS: Final = {"light": "1", "dark": "0"}  # as Chromium counts them
# Each page is framed at each width; what axe finds there comes back as a message.
HARNESS: Final = """<!DOCTYPE html><title>harness</title><body><script>
const found = [];
async function look() {
  for (const [name, width] of PAGES) {
    const frame = document.createElement("iframe");
    frame.style = `width:${width}px;height:800px;border:0`;
    const told = new Promise((done) => addEventListener("message", (event) => done(event.data), { once: true }));
    frame.src = name;
    document.body.append(frame);
    for (const each of await told) found.push({ page: name, width, ...each });
    frame.remove();
  }
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(found);
}
look();
</script>"""
LOOK: Final = """<script src="AXE"></script><script>
addEventListener("load", async () => {
  document.querySelectorAll("details").forEach((each) => (each.open = true));
  const { violations } = await axe.run();
  const told = (rule, node) => ({ rule, what: node.failureSummary, where: node.html.slice(0, 200) });
  parent.postMessage(violations.flatMap(({ id, nodes }) => nodes.map((node) => told(id, node))), "*");
});
</script>"""


def main(folder: Path) -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name, found in (("npm", shutil.which("npm")), ("chromium", chromium)) if found is None]
    if missing or chromium is None:
        print(f"not tried: {' and '.join(missing)} cannot be found")
        return 0
    pages = dict(sorted(made(folder).items()))
    if not installed(folder):
        print("not tried: npm could not install the tools")
        return 0
    found = [*of_html(folder, pages), *of_axe(folder, pages, chromium)]
    print(*found, f"{len(pages)} pages, {len(found)} findings", sep="\n")
    return 1 if found else 0


def made(folder: Path) -> dict[str, str]:
    """The pages, by name."""
    book = folder / "gradebook.db"
    shutil.rmtree(folder / "report", ignore_errors=True)
    if not book.exists():
        command("run", TOP / "samples", "-a", ASSIGNMENT, "--course", TOP, "--gradebook", book, "--isolation", "none")
    command("report", "--gradebook", book, "--to", folder / "report", "--reveal", "all")
    command("build", ASSIGNMENT, "--course", TOP, "--to", folder / "handout", "--no-wheel", "--overwrite")
    files = [*(folder / "report").glob("*.html"), *(folder / "handout").glob("*.html")]
    pages = {re.sub(r"-[0-9a-f]{16}", "", f"{file.parent.name}-{file.name}"): file.read_text("utf-8") for file in files}
    handout = next(text for name, text in pages.items() if name.startswith("handout"))
    return pages | {f"serve-{name}.html": text for name, text in served(book, handout)}


def command(*arguments: str | Path) -> None:
    subprocess.run(
        [sys.executable, "-P", "-m", "grader", *map(str, arguments)],
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )


def served(file: Path, handout: str) -> Iterator[tuple[str, str]]:
    """What students and their teacher see, of one class."""
    tasks = re.search(r"<main.*?>(.*)</main>", handout, re.DOTALL)
    assert tasks is not None
    with Gradebook(file) as book:
        ((environment,),) = book.rows("SELECT max(id) FROM environments")
    settings = Settings(str(file), "NumPy for deep learning", environment=environment)
    client = TestClient(create_app(settings), follow_redirects=True)
    yield "stranger", client.get("/").text
    with Gradebook(file) as book:
        every = list(students(book, ASSIGNMENT))
        hints = {"softmax": ("First.", "Second."), "L1": ()}
        inbox.put_sheets(book, [Sheet(ASSIGNMENT, "en", "NumPy basics", "", tasks[1], hints)])
        attempts = dict(judged(book, every))
        secrets = {
            who: make_link(book, role, who) for role, who in ((Role.STUDENT, every[1].id), (Role.TEACHER, "mira"))
        }
    client.get(f"/s/{secrets[every[1].id]}")
    yield "assignment", client.get(f"/a/{ASSIGNMENT}").text
    yield "refused", client.post(f"/a/{ASSIGNMENT}", data={"token": "guessed"}).text
    yield "hints", client.get(f"/a/{ASSIGNMENT}/hints/softmax?so_many=2").text
    yield "attempt", client.get(f"/attempts/{attempts[every[1].id]}").text
    yield "judging", client.get(f"/attempts/{attempts['']}").text
    client.cookies.clear()
    client.get(f"/s/{secrets['mira']}")
    yield "teacher", client.get("/").text
    yield "class", client.get(f"/class/{ASSIGNMENT}?sort=points&order=down").text
    yield "nobody", client.get(f"/class/{ASSIGNMENT}?show=late").text
    yield "mistakes", client.get(f"/class/{ASSIGNMENT}/mistakes").text
    exports = f"/class/{ASSIGNMENT}/export"
    yield "exports", client.get(exports).text
    yield "exports-refused", client.get(f"{exports}/moodle-feedback").text
    outdated(file)
    yield "changed", client.get(f"/class/{ASSIGNMENT}").text
    yield "regrade", client.get(f"/class/{ASSIGNMENT}/regrade").text
    for each in every:
        yield f"student-{each.id}", client.get(f"/class/{ASSIGNMENT}/student", params={"student": each.id}).text


def outdated(file: Path) -> None:
    """Let softmax have changed, and give the first of the class no point, the next one, and so on."""
    with Gradebook(file) as book, book.writing():
        rows = list(book.rows("SELECT id FROM results WHERE exercise = 'softmax' AND key <> 'changed' ORDER BY id"))
        book.write("UPDATE exercises SET key = 'changed' WHERE name = 'softmax'", ())
        columns = (
            "digest, exercise, key, environment, judged, outcome, points, max_points, undecided, remarks, record, at"
        )
        values = columns.replace("key", "'changed'").replace(" points", " ?")
        for points, (number,) in enumerate(rows):
            row = (str(points), number)
            book.write(f"INSERT OR IGNORE INTO results ({columns}) SELECT {values} FROM results WHERE id = ?", row)


def judged(book: Gradebook, every: list[Any]) -> Iterator[tuple[str, int]]:
    """An attempt of each student with their feedback, and one of the second that is not judged yet."""
    for each in [*every, None]:
        who = every[1].id if each is None else each.id
        number = inbox.keep(book, ASSIGNMENT, who, [("work.py", b"x = 1\n")], most=99, exercises=("softmax",))
        if each is not None:
            result = project(next(work.result for work in each.works if work.result is not None), Reveal.HINT)
            with book.writing():
                inbox.finish(book, number, results=[result], document="{}")
        yield ("" if each is None else who), number


def installed(folder: Path) -> bool:
    """Whether both tools are there, now or before."""
    if not (folder / "node_modules" / "axe-core").exists():
        options = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        return not subprocess.run(
            ["npm", "install", *options, *TOOLS], cwd=folder, check=False, stdin=subprocess.DEVNULL
        ).returncode
    return True


def of_html(folder: Path, pages: dict[str, str]) -> Iterator[str]:
    """What html-validate finds."""
    place = folder / "html"
    place.mkdir(exist_ok=True)
    for name, text in pages.items():
        (place / name).write_text(text, encoding="utf-8")
    (folder / "rules.json").write_text(json.dumps(RULES))
    tool = folder / "node_modules" / ".bin" / "html-validate"
    told = folder / "told.json"
    with told.open("wb") as output:  # a pipe would be cut off: the tool ends without waiting for its reader
        subprocess.run(
            [tool, "--config", folder / "rules.json", "-f", "json", *(place / name for name in pages)],
            stdout=output,
            check=False,
        )
    for file in json.loads(told.read_bytes()):
        for each in file["messages"]:
            yield f"{Path(file['filePath']).name}:{each['line']}: {each['ruleId']}: {each['message']}"


def of_axe(folder: Path, pages: dict[str, str], chromium: str) -> Iterator[str]:
    """What axe-core finds, the same once."""
    place = folder / "axe"
    place.mkdir(exist_ok=True)
    axe = LOOK.replace("AXE", (folder / "node_modules" / "axe-core" / "axe.min.js").as_uri())
    for name, text in pages.items():
        free = re.sub(r'<meta http-equiv="(?:Content-Security-Policy|refresh)"[^>]*>\n', "", text)
        (place / name).write_text(free.replace("</body>", f"{axe}</body>"), encoding="utf-8")
    wanted = json.dumps([[name, width] for name in pages for width in WIDTHS])
    (place / "harness.html").write_text(HARNESS.replace("PAGES", wanted), encoding="utf-8")
    seen = dict[tuple[str, str, str], str]()
    for colour, scheme in COLOURS.items():
        for each in looked(chromium, folder, scheme):
            what = f"{each['page']} ({each['width']} px, {colour}): {each['rule']}: {each['where']}\n    {each['what']}"
            seen.setdefault((each["page"], each["rule"], each["where"]), what)
    yield from seen.values()


def looked(chromium: str, folder: Path, scheme: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--allow-file-access-from-files", "--virtual-time-budget=600000", "--window-size=1400,900"),
            *(f"--blink-settings=preferredColorScheme={scheme}", f"--user-data-dir={folder / 'profile'}", "--dump-dom"),
            (folder / "axe" / "harness.html").as_uri(),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    every: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
    return every


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1]).resolve()))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary)))
