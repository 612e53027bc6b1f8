"""One course, one witness, one control and one observer of each level, for each process that tests."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# So that what is here can be imported as `hostile.…`, and what measures as `bench.…`.
sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from hostile.leftovers import adopt_orphans
from hostile.levels import observer_at
from hostile.naive import Control
from hostile.planted import Planted, planted

from grader.observe.session import Observer

ROOM = "hostile/"


@pytest.fixture(scope="session")
def target() -> Iterator[Planted]:
    if sys.platform != "linux":
        pytest.skip("the attacks are made for Linux")
    adopt_orphans()
    with planted() as made:
        yield made


@pytest.fixture(scope="session")
def control(target: Planted) -> Iterator[Control]:
    opened = Control(target)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def at_level(target: Planted) -> Iterator[Callable[[str], Observer | str]]:
    """The observer of a level, or why there is none. One for all attacks, so that they meet the same worker."""
    opened: dict[str, Observer | str] = {}

    def get(level: str) -> Observer | str:
        if level not in opened:
            opened[level] = observer_at(level)
        return opened[level]

    yield get
    for observer in opened.values():
        if isinstance(observer, Observer):
            observer.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was tried at each level and what came of it; sent by the tests as properties, so that it gets here."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    notes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind in ("passed", "failed", "xfailed", "xpassed", "skipped"):
        for report in terminalreporter.stats.get(kind, ()):
            properties = dict(getattr(report, "user_properties", ()))
            if ROOM not in report.nodeid or "level" not in properties:
                continue
            level, attack, end = properties["level"], properties["attack"], properties.get("end", "failed")
            tallies[level][end] += 1
            tallies[level]["honest"] += properties.get("honest", 0)
            if note := properties.get("note"):
                notes[level][note].append(attack)
    if not tallies:
        return
    terminalreporter.section("hostile submissions")
    for level in ("none", "standard", "strict", "control"):
        if level in tallies:
            _tell(terminalreporter, level, tallies[level], notes[level])


def _tell(terminal: pytest.TerminalReporter, level: str, tally: Counter[str], notes: dict[str, list[str]]) -> None:
    tried = sum(tally.values()) - tally["honest"] - tally["unreached"] - tally["spared"]
    if level == "control":
        terminal.write_line(
            f"control: {tried} attacks tried, {tally['lost']} lost to; {tally['spared']} not run, since"
        )
    elif tally["unreached"]:
        terminal.write_line(f"{level}: not reached on this machine; {tally['unreached']} attacks not tried")
    else:
        terminal.write_line(
            f"{level}: {tried} attacks tried, {tally['stopped']} stopped, {tally['open']} not meant to be stopped, "
            f"{tally['hole']} holes, {tally['failed']} failed; {tally['honest']} honest submissions after, full marks"
        )
    for note, attacks in sorted(notes.items()):
        terminal.write_line(f"    {note}:")
        terminal.write_line(f"        {', '.join(sorted(attacks))}")
