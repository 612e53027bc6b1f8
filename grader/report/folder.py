"""A folder of pages: their names, and how they are written without losing what others have put there.

A page ends in a seal, the digest of all that is above it. A page whose seal is right is ours, and may be replaced by a
newer one; any other file stays as it is. So nothing has to be remembered about a class of any size, and a run that was
broken off leaves nothing that the next one would not know.
"""

from __future__ import annotations

import enum
import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Final

from grader.disk import Readers, make_folder, write_whole
from grader.errors import GraderError

__all__ = ["Written", "page_name", "plain_name", "salt_of", "sealed", "write_page"]

_SALT: Final = ".numgrade-report.json"
_SEAL: Final = re.compile(rb"<!-- numgrade ([0-9a-f]{64}) -->\n\Z")
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9]+")
_MOST_NAME: Final = 40
_DEVICES: Final = frozenset(["con", "prn", "aux", "nul"]) | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
_DIGITS: Final = 16


class Written(enum.Enum):
    """What became of a page."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a file that is not ours, or that somebody has edited, stands in its place


def plain_name(text: str) -> str:
    """What is left of `text` in letters and digits that every file system takes; never empty."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = _NO_NAME.sub("-", bare).strip("-").lower()[:_MOST_NAME].strip("-") or "page"
    return f"{plain}-page" if plain in _DEVICES else plain


def page_name(student: str, salt: str) -> str:
    """The file of a student's page: no two are alike, and without the salt the name cannot be guessed."""
    key = hashlib.sha256(salt.encode()).digest()
    digest = hashlib.blake2b(student.encode("utf-8", "surrogatepass"), key=key, digest_size=_DIGITS // 2).hexdigest()
    return f"student-{plain_name(student)}-{digest}.html"


def salt_of(folder: Path, new: Callable[[], str] = lambda: secrets.token_hex(16)) -> str:
    """What makes the names of the folder's pages; drawn once, so that a page keeps its name."""
    file = folder / _SALT
    try:
        return str(json.loads(file.read_bytes())["salt"])
    except FileNotFoundError:
        salt = new()
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise GraderError(f"{file}: this is not as we wrote it ({error}); delete it, or use another folder") from None
    make_folder(folder, Readers.OWNER)
    write_whole(file, [(json.dumps({"schema": 1, "salt": salt}) + "\n").encode()], Readers.OWNER)
    return salt


def sealed(text: str) -> bytes:
    """The bytes of a page, with its seal."""
    data = text.rstrip("\n").encode() + b"\n"
    return data + f"<!-- numgrade {hashlib.sha256(data).hexdigest()} -->\n".encode()


def write_page(path: Path, text: str) -> Written:
    """Write a page, whole or not at all, unless something that is not ours stands there."""
    data = sealed(text)
    try:
        if path.exists():
            present = path.read_bytes()
            if present == data:
                return Written.UNCHANGED
            if not _is_ours(present):
                return Written.KEPT
    except OSError as error:
        raise GraderError(f"{path}: this is in the way: {error.strerror or error}") from None
    write_whole(path, [data], Readers.OWNER)
    return Written.WRITTEN


def _is_ours(data: bytes) -> bool:
    seal = _SEAL.search(data)
    return seal is not None and hashlib.sha256(data[: seal.start()]).hexdigest().encode() == seal[1]
