"""Names in a zip archive that do not say in which encoding they are, as those from Windows in China or Russia do not.

The format has them in cp437, and many are not. Nobody can tell for sure in which they are from a few names, and by them
students are known from then on, so whoever can read them is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from grader.classroom.download import DownloadEntry
from grader.observe.zip_names import UNMARKED

__all__ = ["ENCODINGS", "OTHER", "names_of", "odd_names", "readings"]

ENCODINGS: Final = ("gbk", "big5", "cp932", "cp949", "cp866", "cp852", "cp850", UNMARKED)
OTHER: Final = "iso8859-1"  # in which no byte above 127 is what it is in cp437: a name that is there too was marked


def odd_names(entries: Iterable[DownloadEntry]) -> tuple[str, ...]:
    """The names with signs that names do not have, such as the lines of frames of which cp437 has many."""
    return tuple(name for name in names_of(entries) if not _is_of_letters(name))


def names_of(entries: Iterable[DownloadEntry]) -> dict[str, None]:
    """The names of files and of folders, each once, in their order."""
    return dict.fromkeys(name for entry in entries for name in entry.path.split("/"))


def readings(name: str) -> Iterator[tuple[str, str]]:
    """What a name that was read as cp437 is in the encodings in which it is made of letters, and last as it is."""
    packed = name.encode(UNMARKED, "replace")
    for encoding in ENCODINGS[:-1]:
        try:
            meant = packed.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_of_letters(meant):
            yield encoding, meant
    yield UNMARKED, name


def _is_of_letters(name: str) -> bool:
    return name.isascii() or all(sign.isascii() or unicodedata.category(sign)[0] in "LMN" for sign in name)
