"""The build at hand beside an earlier one: the same work by both, in turns, each time as a command of its own.

The earlier build is taken out of the repository's own history and installed into a virtual environment. Both judge
by the course that came with it, of six exercises: of later ones it knows not every key. Measured is
the processor's time of all processes of a command, which other work on the machine changes least. What a class costs is
told without what a few submissions cost: starting, proving walls, reading keys.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import classes
from bench.floor import calls_of, started
from bench.measure import Say
from bench.peers import venvs
from bench.peers.scripts import Gradescope
from bench.peers.submissions import works
from bench.tree import children_seconds, peak_below
from grader.course.folder import Course
from grader.course.key import Role
from grader.grading.keys import CourseKeys, cache_folder

__all__ = ["EARLIER", "LARGER", "LARGEST", "WARM", "Beside", "Row", "measured", "unpacked_course"]

LARGEST: Final = 1_000  # submissions of the class whose memory is looked at
EARLIER: Final = "b8b984a796db65d5f263fc129b63e78a8c7411b9"
_ROOT: Final = Path(__file__).resolve().parents[1]
_PREFIX: Final = "numgrade"  # the folder that an archive's files are in
_COURSE: Final = frozenset({"course.yaml", "exercises", "solutions", "samples"})
_GRADE: Final = "from grader.cli.grade import main; main()"
_LIMIT: Final = 3600.0  # seconds for one command
LARGER: Final = 4  # times as many submissions are in the class as in life, where answers have to come again
WARM: Final = 8  # submissions that a class of which nothing is counted has


@dataclass(frozen=True, slots=True)
class Build:
    """An interpreter that has a numgrade, the folder of what it keeps between runs, and the course it judges by."""

    name: str
    python: str
    cache: Path
    course: Path


@dataclass(frozen=True, slots=True)
class Beside:
    """What something else cost, by name."""

    cost: float
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """What something cost: medians of both builds, and of what else is compared with them."""

    what: str
    unit: str
    earlier: float
    now: float
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class _Class:
    """A class, and what one of its submissions is called in the table."""

    what: str
    submissions: classes.Class


def measured(rounds: int, size: int, largest: int, say: Say) -> list[Row]:
    """All rows. `size` submissions are in a class, `largest` in that whose memory is looked at."""
    with tempfile.TemporaryDirectory(prefix="bench-before-") as name:
        folder = Path(name)
        archive = _archive()
        course = unpacked_course(archive, folder / "course")
        earlier = str(venvs.made("earlier", (str(archive),)) / "python")
        builds = [
            Build("earlier", earlier, folder / "earlier", course),
            Build("now", sys.executable, folder / "now", course),
        ]
        for build in builds:
            _seconds(_grade(build), build, folder)  # compiles its keys
        return [
            *_of_classes(builds, folder, rounds, size, say),
            _of_check(builds, folder, rounds, say),
            _of_start(builds, folder, rounds, say),
            _of_memory(builds, folder, largest, say),
        ]


def _archive() -> Path:
    """All files of that commit."""
    archive = venvs.cache() / f"numgrade-{EARLIER}.tar.gz"
    archive.parent.mkdir(parents=True, exist_ok=True)
    where = ["git", "-C", str(_ROOT), "archive", f"--prefix={_PREFIX}/", "--format=tar.gz", "-o", str(archive), EARLIER]
    if not archive.is_file():
        subprocess.run(where, check=True, timeout=_LIMIT)
    return archive


def unpacked_course(archive: Path, folder: Path) -> Path:
    """The course that such an archive has, with its samples, in `folder`."""
    with tarfile.open(archive) as files:
        its = [file for file in files if file.name.partition("/")[2].partition("/")[0] in _COURSE]
        files.extractall(folder, members=its, filter="data")
    return folder / _PREFIX


def _of_classes(builds: Sequence[Build], folder: Path, rounds: int, size: int, say: Say) -> Iterator[Row]:
    """A right submission beside fork and calls; two kinds of classes; and the first of them through another grader."""
    kinds = {
        "right": _Class("a right submission", classes.right_ones(size)),
        "mixed": _Class("a submission, two in five wrong, no two alike", classes.no_two_alike(size)),
        "life": _Class("a submission of a class as in life", classes.as_in_life(LARGER * size)),
        "few": _Class("", classes.right_ones(WARM)),
    }
    for name, kind in kinds.items():
        classes.written(kind.submissions, folder / name)
    taken: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds):
        for build in builds:
            for name in kinds:
                taken.setdefault((name, build.name), []).append(_class_seconds(build, folder / name))
        taken.setdefault(("floor", ""), []).append(
            _floor_seconds(builds[-1].course, [text for _, text in kinds["right"].submissions])
        )
        taken.setdefault(("gradescope", ""), []).append(_gradescope_seconds())
        say(f"classes: round {number + 1} of {rounds}")

    def each(name: str, build: Build) -> float:
        count = len(kinds[name].submissions)
        differences = zip(taken[name, build.name], taken["few", build.name], strict=True)
        return statistics.median(whole - few for whole, few in differences) / (count - WARM) * 1e3

    floor = statistics.median(taken["floor", ""]) / size * 1e3
    for name in ("right", "mixed", "life"):
        earlier, now = (each(name, build) for build in builds)
        beside = Beside(floor, "fork and calls") if name == "right" else None
        yield Row(kinds[name].what, "ms", earlier, now, beside)
    earlier, now = (statistics.median(taken["mixed", build.name]) / size * 1e3 for build in builds)
    other = statistics.median(taken["gradescope", ""]) / len(works(_FEW)) * 1e3
    beside = Beside(other, "gradescope-utils")
    yield Row("two in five wrong, with all that starting takes", "ms", earlier, now, beside)


_FEW: Final = 20  # through the other grader


def _class_seconds(build: Build, folder: Path) -> float:
    """`grader run` into a new gradebook."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        where = ["--course", str(build.course), "--gradebook", str(Path(place) / "book.db")]
        return _seconds([*_run(build), str(folder), *where, "--isolation", "standard", "-j", "2"], build, folder.parent)


def _run(build: Build) -> list[str]:
    return [build.python, "-P", "-m", "grader", "run"]


def _grade(build: Build) -> list[str]:
    sample = build.course / "samples" / "amina.py"
    return [build.python, "-P", "-c", _GRADE, str(sample), "--course", str(build.course), "--format", "json"]


def _seconds(command: Sequence[str], build: Build, folder: Path) -> float:
    """Of the processor, of the command and all that it starts and waits for."""
    environment = {**os.environ, "NUMGRADE_CACHE": str(build.cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else what is not compiled yet is compiled at each start
    return _used(
        lambda: subprocess.run(
            command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=_LIMIT
        )
    )


def _used(work: Callable[[], object]) -> float:
    before = children_seconds()
    work()
    return children_seconds() - before


def _floor_seconds(course: Path, texts: Sequence[str]) -> float:
    command = [sys.executable, "-m", __name__, str(course)]
    said = subprocess.run(
        command, cwd=_ROOT, input=json.dumps(texts), check=True, capture_output=True, text=True, timeout=_LIMIT
    )
    return float(said.stdout)


def _floor(folder: Path) -> None:
    """Of the texts on standard input: forks of a process that has numpy, and the calls of the course in `folder`."""
    course = Course(folder)
    calls = calls_of(CourseKeys(course, cache=cache_folder()).keys(course.names()), set(Role) - {Role.PRACTICE})
    texts = json.load(sys.stdin)
    before = os.times()
    for text in texts:
        os.waitpid(started(text, calls), 0)
    after = os.times()
    print(sum(after[:4]) - sum(before[:4]))


def _gradescope_seconds() -> float:
    """Its thirty cases on the first submissions of the class."""
    peer = Gradescope()
    peer.install()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        peer.prepare(Path(name), works(_FEW))
        return _used(lambda: peer.seconds(Path(name), works(_FEW)))


def _of_check(builds: Sequence[Build], folder: Path, rounds: int, say: Say) -> Row:
    commands = {
        build.name: [build.python, "-P", "-m", "grader", "check", "--course", str(build.course)] for build in builds
    }
    earlier, now = _medians(builds, commands, folder, rounds, say)
    return Row("`grader check` of six exercises", "s", earlier, now)


def _of_start(builds: Sequence[Build], folder: Path, rounds: int, say: Say) -> Row:
    commands = {build.name: _grade(build) for build in builds}
    earlier, now = _medians(builds, commands, folder, 5 * rounds, say)
    plain = {build.name: [build.python, "-P", "-c", "import numpy"] for build in builds}
    numpy = statistics.mean(_medians(builds, plain, folder, 5 * rounds, say))
    beside = Beside(numpy * 1e3, "`import numpy`")
    return Row("`grade FILE --format json`, cold", "ms", earlier * 1e3, now * 1e3, beside)


def _medians(
    builds: Sequence[Build], commands: Mapping[str, Sequence[str]], folder: Path, rounds: int, say: Say
) -> list[float]:
    taken: dict[str, list[float]] = {build.name: [] for build in builds}
    for _ in range(rounds):
        for build in builds:
            taken[build.name].append(_seconds(commands[build.name], build, folder))
    say(f"{' '.join(commands['now'][3:5])}: {taken}")
    return [statistics.median(taken[build.name]) for build in builds]


def _of_memory(builds: Sequence[Build], folder: Path, largest: int, say: Say) -> Row:
    """The most that all processes took together, in MiB."""
    classes.written(classes.no_two_alike(largest), folder / "large")
    peaks = []
    for build in builds:
        with peak_below(os.getpid()) as peak:
            _class_seconds(build, folder / "large")
        peaks.append(peak.bytes / 2**20)
        say(f"memory: {build.name} {peaks[-1]:.0f} MiB")
    earlier, now = peaks
    return Row(f"the whole tree of processes, a class of {largest:,}", "MiB", earlier, now)


if __name__ == "__main__":
    _floor(Path(sys.argv[1]))
