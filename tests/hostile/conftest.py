"""One course, one witness, one control and one observer of each level, for each process that tests.

`pytest tests/hostile` runs every attack at every level that the machine reaches, and ends with a table: a minute and a
half on two processors. Among all other tests (`pytest`, unless it is `--exhaustive`) one form of each attack of the
catalogue is tried for each thing that it is after, behind one of the two sorts of walls, in turns, and the control is left
out. Up to `standard`, what runs the attacks is forked from one process, as a class's is; for `strict` it is an interpreter
of its own. What can be reached is another thing for root and for everybody else, so run it as both; as an ordinary user in
a checkout and a virtual environment of that user's own, or, as root, in a copy that is given away:

    cp -r . /tmp/copy && chown -R nobody /tmp/copy && cd /tmp/copy
    HOME=/tmp/copy setpriv --reuid nobody --regid nogroup --clear-groups PYTHON -m pytest tests/hostile

where PYTHON is one that every user may run, with the packages that the suite needs.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# So that what is here can be imported as `hostile.…`, and what measures as `bench.…`.
sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from hostile.attack import Attack
from hostile.catalogue import ATTACKS
from hostile.leftovers import adopting_orphans
from hostile.levels import observer_at
from hostile.naive import Control
from hostile.planted import Planted, planted, surroundings

from grader.observe.observer import Observer

ROOM = "hostile/"
_LEVELS = ("none", "standard", "strict")
_AMONG_ALL = "NUMGRADE_TEST_ROOMS"
# The first of those that have a number of the catalogue and are after the same.
_FORMS = tuple({(attack.number, attack.aims): attack for attack in reversed(ATTACKS)}.values())[::-1]


@pytest.fixture(scope="session")
def target() -> Iterator[Planted]:
    if sys.platform != "linux":
        pytest.skip("the attacks are made for Linux")
    with planted() as made:
        yield made


@pytest.fixture(autouse=True)
def around(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is so only while an attack is tried: tests of other rooms may run in this process before and after."""
    made = request.getfixturevalue("target") if "target" in request.fixturenames else None
    with contextlib.ExitStack() as kept:
        if isinstance(made, Planted):
            kept.enter_context(adopting_orphans())
            kept.enter_context(surroundings(made))
        yield


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


def pytest_configure(config: pytest.Config) -> None:
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        os.environ[_AMONG_ALL] = "yes"  # for the workers of this run too, which are told each folder by name


def _among_all() -> bool:
    return _AMONG_ALL in os.environ


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a run of everything, one form and one level for each attack; the others wait for `--exhaustive`."""
    if not _among_all():
        return
    for item in items:
        if ROOM in item.nodeid and _can_wait(item):
            item.add_marker(pytest.mark.exhaustive)


def _can_wait(item: pytest.Item) -> bool:
    parameters = getattr(item, "callspec", None)
    attack = parameters.params.get("attack") if parameters is not None else None
    if not isinstance(attack, Attack):
        return False
    levels = ("standard", "strict")
    if attack not in _FORMS:
        return True
    return parameters.params.get("level") != levels[_FORMS.index(attack) % len(levels)]


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
    if _among_all():
        terminalreporter.write_line(
            "One form of each at one level here; `pytest tests/hostile` tries every one, and the control."
        )
    _tell_table(terminalreporter, tallies)
    for level in (*_LEVELS, "control"):
        for note, attacks in sorted(notes[level].items()):
            terminalreporter.write_line(f"{level}: {note}:")
            terminalreporter.write_line(f"    {', '.join(sorted(attacks))}")


def _tell_table(terminal: pytest.TerminalReporter, tallies: dict[str, Counter[str]]) -> None:
    """Honest submissions are those that came after an attack, each with full marks."""
    user = "root" if os.geteuid() == 0 else f"user {os.geteuid()}"
    terminal.write_line(f"{'as ' + user:12}   tried   stopped   not meant to be   failed   not run   honest after")
    for level in _LEVELS:
        tally = tallies[level]
        if tally["unreached"]:
            terminal.write_line(f"{level:12}   not reached on this machine; {tally['unreached']} attacks not tried")
        elif tally:
            terminal.write_line(
                f"{level:12}{_tried(tally):8}{tally['stopped']:10}{tally['open']:18}{tally['failed']:9}"
                f"{tally['spared']:10}{tally['honest']:15}"
            )
    tally = tallies["control"]
    terminal.write_line(f"{'the control':12}{_tried(tally):8}   lost to {tally['lost']}; {tally['spared']} not run")


def _tried(tally: Counter[str]) -> int:
    return sum(tally[end] for end in ("stopped", "open", "failed", "lost"))
