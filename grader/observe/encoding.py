"""The encoding of a Python file: UTF-8, or what a comment at its top says (PEP 263), if that is an encoding of text.

Python also has codecs that turn comments into code, or bytes into other bytes. Of those none is believed: a person who
reads the file, and whoever looks for something in its text, must see what runs.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from grader.observe import refusals
from grader.observe.refusals import FileRefused

__all__ = ["encoding_of"]

_UTF_8: Final = "utf-8"
_LINE: Final = re.compile(rb"\r\n|\r|\n")
_DECLARED: Final = re.compile(rb"[ \t\f]*#.{0,200}?coding[:=][ \t]*([-\w.]{1,40})")
_NOTHING: Final = re.compile(rb"[ \t\f]*(?:#.*)?")
_LONGEST: Final = 1_000  # bytes of those two lines
# In each, a byte below 128 is the character that it is in ASCII.
_NAMES: Final = """
    ascii big5 big5hkscs cp1006 cp1125 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp720 cp737
    cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp865 cp866 cp869 cp874 cp932 cp949 cp950 euc_jis_2004
    euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hp-roman8 iso8859-1 iso8859-10 iso8859-11 iso8859-13 iso8859-14
    iso8859-15 iso8859-16 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 johab koi8-r
    koi8-t koi8-u kz1048 mac-cyrillic mac-greek mac-iceland mac-latin2 mac-roman mac-turkish ptcp154 shift_jis
    tis-620
    """
_KNOWN: Final = frozenset(_NAMES.split())


def encoding_of(data: bytes) -> str:
    """The encoding of a script without a byte order mark. Raises `FileRefused` where it names none that is known."""
    for number, line in enumerate(_LINE.split(data[:_LONGEST], 2)[:2], 1):
        if declared := _DECLARED.match(line):
            return _known(declared[1].decode("ascii", "replace"), number)
        if not _NOTHING.fullmatch(line):
            break
    return _UTF_8


def _known(name: str, line: int) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    if found in (_UTF_8, "utf-8-sig"):
        return _UTF_8
    if found not in _KNOWN:
        raise FileRefused(refusals.UNKNOWN_ENCODING(line=line, name=name))
    return found
