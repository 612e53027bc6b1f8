"""Where a gradebook is: in a file, or in a database that a URL names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, final
from urllib.parse import parse_qsl, urlencode

from grader.errors import GraderError

__all__ = ["DatabaseUrl", "Location", "location_of", "spelled", "unreadable"]

_URL: Final = re.compile(r"(?P<scheme>[A-Za-z][\w+.-]*)://(?P<authority>[^?#]*)(?P<query>.*)", re.DOTALL)
_SCHEMES: Final = ("postgresql", "postgres")
_HOST: Final = r"(\[[^]]*\]|[^]:,/@[]*)(:\d*)?"  # of which there may be several
_AUTHORITY: Final = re.compile(rf"([^/@:]*@)?{_HOST}(,{_HOST})*(/.*)?", re.DOTALL)
_SECRET: Final = re.compile("pass(word|wd|phrase)?|pwd|secret|token|key", re.IGNORECASE)
_PLACES: Final = frozenset({"passfile", "sslkey", "sslkeylogfile"})  # names of files, in which secrets are
_SHOWN: Final = ("service", "host", "port", "dbname", "user", "options")  # what of the query says which tables they are
# PostgreSQL's other spellings of a place, which are no names of files: `host=… dbname=…`, and too few slashes
_SPELLED: Final = re.compile(
    r"\s*(postgres(ql)?:|(host|hostaddr|port|dbname|user|password|service)\s*=)", re.IGNORECASE
)


@final
@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """The URL of a PostgreSQL database, as its library reads it. It has no password; `str` is what may be shown."""

    text: str

    def __str__(self) -> str:
        scheme, authority, query = _parts(self.text)
        shown = [(name, value) for name, value in _pairs(query) if name in _SHOWN]
        return f"{scheme}://{authority}{'?' if shown else ''}{urlencode(shown, safe='/')}"


Location: TypeAlias = Path | DatabaseUrl


def location_of(text: str) -> Location:
    """What a person, or another process, means by `text`. Raises `GraderError`, which quotes no secret."""
    found = _URL.fullmatch(text)
    if found is None and _SPELLED.match(text):
        raise unreadable("postgresql")
    if found is None:
        return Path(text)
    scheme, authority, query = _parts(text)
    if scheme not in _SCHEMES:
        raise GraderError(
            f"{scheme}://…: a gradebook is in a file, or in a PostgreSQL database: postgresql://USER@HOST/DATABASE"
        )
    if _has_password(authority, query) or any(_is_secret(name) for name, _ in _pairs(query)):
        raise GraderError(
            f"{scheme}://…: there is a password in this URL, where others on this computer, and logs, can read it; "
            "leave it out, and put it into ~/.pgpass (or the file that PGPASSFILE names), or into a service of "
            f"pg_service.conf: {scheme}:///?service=NAME"
        )
    if not _AUTHORITY.fullmatch(authority):
        raise unreadable(scheme)
    return DatabaseUrl(text)


def unreadable(scheme: str) -> GraderError:
    """Of a URL that is none to PostgreSQL's library; it is not quoted, for there may be a secret in it."""
    return GraderError(
        f"{scheme}://…: PostgreSQL cannot read this URL; write postgresql://USER@HOST:PORT/DATABASE, with %XX for what "
        "is none of a-z, A-Z, 0-9"
    )


def spelled(location: Location) -> str:
    """What `location_of` reads as the same place, in whatever folder."""
    return location.text if isinstance(location, DatabaseUrl) else str(location.absolute())


def _parts(text: str) -> tuple[str, str, str]:
    found = _URL.fullmatch(text)
    assert found is not None
    return found["scheme"], found["authority"], found["query"]


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.lstrip("?"), keep_blank_values=True)


def _has_password(authority: str, query: str) -> bool:
    """As PostgreSQL's library reads it, or where somebody has not written its `/`, `?` or `#` as %XX."""
    first, _, _ = f"{authority}{query}".partition("/")
    return any(":" in user for user, at, _ in (first.rpartition("@"), authority.rpartition("@")) if at)


def _is_secret(name: str) -> bool:
    return name.lower() not in _PLACES and _SECRET.search(name) is not None
