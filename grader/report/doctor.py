"""How well a machine can keep submissions apart, as text: the levels, what each lacks, what they are built from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rich.console import Console

from grader.observe.walls.abilities import Abilities, MissingFeature
from grader.observe.walls.evidence import CanaryCheck
from grader.observe.walls.levels import Level
from grader.report.page import MARKS, STYLES, Page

__all__ = ["DoctorReport", "render"]

_PROMISES: Final = {
    Level.NONE: "a process of its own, with limits of time and memory",
    Level.STANDARD: "no writing, no network, no other process, no file but Python's own",
    Level.STRICT: "also no sight of this machine's files and processes",
}

_SHUT: Final = (
    "{0} is for root alone, and Python is in it. At `standard`, submissions keep the right to read what only root may; "
    "Landlock still shows them nothing but Python. Better: a Python that every user may read."
)


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """What was found. A level is in `proved`, with its trials, or in `missing_features`; `none` needs no proof."""

    abilities: Abilities
    proved: Mapping[Level, tuple[CanaryCheck, ...]]
    missing_features: Mapping[Level, tuple[MissingFeature, ...]]
    versions: Mapping[str, str]
    python: str
    cache: str


def render(checkup: DoctorReport, console: Console) -> None:
    page = Page(console)
    page.paragraph(page.text(_summary(checkup), "bold"))
    page.blank()
    for level in Level:
        _write_level(page, level, checkup)
    for title, entries in (("Built from", _parts(checkup.abilities)), ("This installation", _installation(checkup))):
        page.blank()
        page.paragraph(page.text(title, "bold"))
        for label, words in entries:
            page.entry(label, page.text(words))
    best = max(checkup.proved, key=list(Level).index, default=None)
    if best is not None:
        page.blank()
        _write_trials(page, best, checkup.proved[best])


def _summary(checkup: DoctorReport) -> str:
    if Level.STRICT in checkup.proved:
        return "Submissions can be kept apart here at every level. Classes can be graded."
    if Level.STANDARD in checkup.proved:
        return "Submissions can be kept apart here at `standard`. Classes can be graded."
    return "Submissions cannot be kept apart here. Do not grade a class on this machine."


def _write_level(page: Page, level: Level, checkup: DoctorReport) -> None:
    is_had = level is Level.NONE or level in checkup.proved
    mark = "right" if is_had else "wrong"
    words = [(MARKS[mark], STYLES[mark]), (f" {level.value}: ", "bold"), (_PROMISES[level], "")]
    page.paragraph(page.joined(words), hanging=2)
    for feature in () if is_had else _own(checkup, level):
        page.entry("lacks", page.text(feature.what))
        page.entry("to do", page.text(feature.remedy))


def _own(checkup: DoctorReport, level: Level) -> list[MissingFeature]:
    """What `level` lacks, and not already the one below it."""
    below = checkup.missing_features.get(Level.STANDARD, ()) if level is Level.STRICT else ()
    return [feature for feature in checkup.missing_features[level] if feature not in below]


def _parts(found: Abilities) -> Iterator[tuple[str, str]]:
    yield "system", f"{found.system}, {found.processor}"
    yield "Landlock", f"version {found.landlock} of what the kernel offers" if found.landlock else "not there"
    yield "seccomp", f"libseccomp {found.libseccomp}" if found.libseccomp else found.no_filters
    yield "bwrap", found.bubblewrap or "not there"
    yield "user ns", "users may not make their own" if found.no_namespaces else "users may make their own"
    if found.is_root:
        yield "user", "root; submissions run as a user that nobody is"
    if found.shut_python:
        yield "Python", _SHUT.format(found.shut_python)


def _installation(checkup: DoctorReport) -> Iterator[tuple[str, str]]:
    yield "versions", ", ".join(f"{name} {version}" for name, version in checkup.versions.items())
    yield "Python", checkup.python
    yield "cache", checkup.cache


def _write_trials(page: Page, level: Level, checks: tuple[CanaryCheck, ...]) -> None:
    page.paragraph(page.text(f"Tried just now at `{level.value}`", "bold"))
    for label, forbidden in (
        ("refused", [check.action for check in checks if not check.is_needed and check.refusal]),
        ("possible", [check.action for check in checks if not check.is_needed and not check.refusal]),
        ("works", [check.action for check in checks if check.is_needed]),
    ):
        if forbidden:
            page.entry(label, page.text(", ".join(forbidden)))
