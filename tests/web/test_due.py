"""When work is due, for whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from grader.classroom.gradebook import Gradebook
from grader.classroom.links import Role
from grader.course.key import Assignment, LateRule

from .conftest import EXERCISES, make_key

DUE = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
LATE = "It is past that: each day begun costs 10 % of the points."


@pytest.mark.parametrize(
    ("student", "later", "told", "is_late"),
    [
        ("amina", timedelta(hours=-1), "Due 2026-12-01 22:59 UTC.", False),
        ("amina", timedelta(minutes=5), "Due 2026-12-01 22:59 UTC.", False),  # within the grace
        ("amina", timedelta(hours=1), "Due 2026-12-01 22:59 UTC.", True),
        ("bruno", timedelta(hours=1), "Due 2026-12-08 22:59 UTC: your extension.", False),
        ("bruno", timedelta(days=8), "Due 2026-12-08 22:59 UTC: your extension.", True),
    ],
)
def test_each_reads_when_their_own_work_is_due_and_what_it_costs_to_be_late(
    site: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    student: str,
    later: timedelta,
    told: str,
    is_late: bool,
) -> None:
    a_site = site(zone="UTC")
    extended = {"bruno": (DUE + timedelta(days=7)).isoformat()}
    rule = LateRule(grace=600.0, per_day=Fraction(1, 10))
    whole = Assignment("week", "Week 1", EXERCISES, due=DUE.isoformat(), late=rule, extensions=extended)
    with Gradebook(a_site.place) as book, book.writing():
        book.enrol(whole, "NumPy", {name: make_key(name) for name in EXERCISES})
    monkeypatch.setattr("grader.web.due.now", lambda: DUE + later)

    text = a_site.visit(Role.STUDENT, student).get("/a/week").text
    text = re.sub("</?time[^>]*>", "", text)

    assert told in text
    assert (LATE in text) is is_late
