from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from grader.classroom.gradebook import Gradebook
from grader.classroom.links import LIFE_OF_A_VISIT, Role, begin_visit, end_visit, make_link, revoke, visitor, who_holds
from grader.classroom.location import Location

START = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def book(location: Location) -> Iterator[Gradebook]:
    with Gradebook(location, create=True) as made:
        yield made


def test_a_secret_says_who_holds_it_and_is_not_kept(book: Gradebook) -> None:
    secret = make_link(book, Role.STUDENT, "amina")
    found = who_holds(book, secret)
    assert found is not None
    assert (found.role, found.who) == (Role.STUDENT, "amina")
    assert len(secret) >= 43  # 256 bits
    assert secret not in str(list(book.rows("SELECT * FROM links")))
    for other in ("", "x", found.link, secret[:-1]):
        assert who_holds(book, other) is None


def test_a_new_link_ends_none_and_revoking_ends_all(book: Gradebook) -> None:
    first, second, other = (make_link(book, Role.STUDENT, who) for who in ("amina", "amina", "bruno"))
    assert who_holds(book, first) is not None
    assert revoke(book, Role.STUDENT, "amina") == 2
    assert [who_holds(book, each) is None for each in (first, second, other)] == [True, True, False]
    assert revoke(book, Role.TEACHER, "bruno") == 0


def test_a_visit_ends(book: Gradebook) -> None:
    holder = who_holds(book, make_link(book, Role.STUDENT, "amina"))
    assert holder is not None
    visit = begin_visit(book, holder, clock=lambda: START)
    assert visitor(book, visit, clock=lambda: START + LIFE_OF_A_VISIT) == holder
    assert visitor(book, visit, clock=lambda: START + LIFE_OF_A_VISIT + timedelta(seconds=1)) is None
    end_visit(book, visit)
    assert visitor(book, visit, clock=lambda: START) is None


def test_a_link_that_opens_one_visit(book: Gradebook) -> None:
    secret = make_link(book, Role.TEACHER, "mira", once=True)
    holder = who_holds(book, secret)
    assert holder is not None
    visit = begin_visit(book, holder)
    assert who_holds(book, secret) is None
    assert visitor(book, visit) == holder
