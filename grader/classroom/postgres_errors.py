"""PostgreSQL's errors about a gradebook as texts for people: what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg import errors

from grader.classroom.dialect import ConnectionLost
from grader.classroom.location import DatabaseUrl
from grader.errors import GraderError

__all__ = ["is_of_the_place", "not_begun", "unusable"]

_MOST: Final = 400  # characters of what the server says
_WHOLE: Final = "What it holds is whole"
_NONE_BEGUN: Final = "None was begun"
_RIGHTS: Final = (
    "this user may not do that there. {state}; let its owner grant it (`GRANT CREATE, USAGE ON SCHEMA public TO USER`, "
    "and rights on tables that are there), or name another user"
)
# With `state`: what there is now. What is not among these is no fault of the place's.
_REMEDIES: Final[dict[type[psycopg.Error], str]] = {
    errors.LockNotAvailable: "somebody else is writing. {state}; try again",
    errors.DiskFull: "there is no room left at the server. {state}; make room there",
    errors.OutOfMemory: "the server has too little memory. {state}; give it more, or try again",
    errors.TooManyConnections: "too many others are connected. {state}; try again, or raise max_connections there",
    errors.QueryCanceled: "the server ended it, for it took too long (statement_timeout). {state}; let it take longer",
    errors.InsufficientPrivilege: _RIGHTS,
    errors.ReadOnlySqlTransaction: "this server, or this user, may only read. {state}; name the server that writes",
    errors.IdleInTransactionSessionTimeout: "it was not written to for too long. {state}; try again",
}
_LOST: Final = (
    "check that the server runs, that the URL has its host, port, user and database (`createdb NAME` makes one), and "
    "that it lets this user in (pg_hba.conf; a password in ~/.pgpass), then try again"
)


def is_of_the_place(error: Exception) -> bool:
    """Whether an error is the server's, or of rights there."""
    return isinstance(error, (psycopg.OperationalError, *_REMEDIES))


def unusable(location: DatabaseUrl, error: Exception) -> GraderError:
    """Why the gradebook there cannot be read or written."""
    return _told(location, error, "the gradebook cannot be used", _WHOLE)


def not_begun(location: DatabaseUrl, error: Exception) -> GraderError:
    """Why there is no new gradebook there: what had been made of it is gone."""
    return _told(location, error, "no new gradebook can be made", _NONE_BEGUN)


def _told(location: DatabaseUrl, error: Exception, what: str, state: str) -> GraderError:
    said = " ".join(str(error).split())[:_MOST]
    remedies = (words.format(state=state) for known, words in _REMEDIES.items() if isinstance(error, known))
    if _is_of_connection(error):
        return ConnectionLost(f"{location}: the database cannot be reached ({said}): {next(remedies, _LOST)}.")
    return GraderError(f"{location}: {what} ({said}): {next(remedies, f'{state}; try again')}.")


def _is_of_connection(error: Exception) -> bool:
    """Whether there is none, or it is gone: then the server says no more than a text, or that it ends it."""
    if not isinstance(error, psycopg.Error):
        return False
    code = error.sqlstate
    is_told = isinstance(error, errors.TooManyConnections | errors.IdleInTransactionSessionTimeout)
    return is_told or (isinstance(error, psycopg.OperationalError) and (code is None or code[:2] in ("08", "57")))
