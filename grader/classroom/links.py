"""Personal links to the page for handing in: secrets that let a student, a teacher or a program in.

Of a secret, and of that of a visit, only the SHA-256 is kept: a copy of the gradebook opens no door.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, final

from grader.classroom.gradebook import Gradebook, now

__all__ = [
    "LIFE_OF_A_VISIT",
    "Role",
    "Visitor",
    "begin_visit",
    "end_visit",
    "make_link",
    "revoke",
    "visitor",
    "who_holds",
]

_BYTES: Final = 32  # 256 bits: nobody finds one by trying
LIFE_OF_A_VISIT: Final = timedelta(days=30)


class Role(enum.Enum):
    """What a link is for."""

    STUDENT = "student"
    TEACHER = "teacher"


@final
@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came by a link: a student's id, or a teacher's name. `link` is what is kept of it."""

    role: Role
    who: str
    link: str


def make_link(book: Gradebook, role: Role, who: str, *, once: bool = False, clock: Callable[[], datetime] = now) -> str:
    """The secret of a new link; those that there were go on working. `once`: it opens one visit."""
    secret = secrets.token_urlsafe(_BYTES)
    row = (_digest(secret), role.value, who, clock().isoformat(timespec="seconds"), once)
    with book.writing():
        book.write("INSERT INTO links (digest, role, who, made, once) VALUES (?, ?, ?, ?, ?)", row)
    return secret


def revoke(book: Gradebook, role: Role, who: str, *, clock: Callable[[], datetime] = now) -> int:
    """End all links of somebody, and the visits that came by them. Returns how many links that were."""
    with book.writing():
        book.write(
            "DELETE FROM visits WHERE link IN (SELECT digest FROM links WHERE role = ? AND who = ?)",
            (role.value, who),
        )
        return book.write(
            "UPDATE links SET revoked = ? WHERE role = ? AND who = ? AND revoked = ''",
            (clock().isoformat(timespec="seconds"), role.value, who),
        )


def who_holds(book: Gradebook, secret: str) -> Visitor | None:
    """Whose link has this secret; None where there is none, or it was revoked or is used up."""
    rows = book.rows("SELECT role, who, digest FROM links WHERE digest = ? AND revoked = ''", (_digest(secret),))
    return next((Visitor(Role(role), who, digest) for role, who, digest in rows), None)


def begin_visit(book: Gradebook, visitor: Visitor, *, clock: Callable[[], datetime] = now) -> str:
    """The secret of a visit, for a cookie. A link that opens one visit is revoked by it."""
    secret, moment = secrets.token_urlsafe(_BYTES), clock()
    with book.writing():
        book.write("DELETE FROM visits WHERE until < ?", (moment.isoformat(timespec="seconds"),))
        until = (moment + LIFE_OF_A_VISIT).isoformat(timespec="seconds")
        book.write("INSERT INTO visits (digest, link, until) VALUES (?, ?, ?)", (_digest(secret), visitor.link, until))
        book.write(
            "UPDATE links SET revoked = ? WHERE digest = ? AND once = 1",
            (moment.isoformat(timespec="seconds"), visitor.link),
        )
    return secret


def visitor(book: Gradebook, secret: str, *, clock: Callable[[], datetime] = now) -> Visitor | None:
    """Who is on the visit with this secret; None where there is none, or it is over, or its link was revoked."""
    rows = book.rows(
        "SELECT l.role, l.who, l.digest FROM visits v JOIN links l ON l.digest = v.link"
        " WHERE v.digest = ? AND v.until >= ? AND (l.revoked = '' OR l.once = 1)",
        (_digest(secret), clock().isoformat(timespec="seconds")),
    )
    return next((Visitor(Role(role), who, digest) for role, who, digest in rows), None)


def end_visit(book: Gradebook, secret: str) -> None:
    """Let a visit be over."""
    with book.writing():
        book.write("DELETE FROM visits WHERE digest = ?", (_digest(secret),))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
