"""The encoding of a Python file: UTF-8, or what a comment at its top says (PEP 263), if that is an encoding of text.

What Python refuses to read so is refused as Python does. It also has codecs that turn comments into code: of those
none is believed, and such a file is read as UTF-8, so that what runs is what a person sees who reads it.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from grader.observe import refusals
from grader.observe.refusals import FileRefused

__all__ = ["marked_text", "script_text", "utf_8_text"]

_UTF_8: Final = "utf-8"
_LINE: Final = re.compile(rb"\r\n|\r|\n")
_DECLARED: Final = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,40})")
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
# What Python takes for one of these, with a hyphen and anything behind it too (`latin-1-unix`).
_AS: Final = {_UTF_8: _UTF_8, **dict.fromkeys(("latin-1", "iso-8859-1", "iso-latin-1"), "iso-8859-1")}


def script_text(data: bytes) -> str:
    """The text of a script without a byte order mark. Raises `FileRefused`."""
    line, name = _declared(data)
    _check(line, name)
    encoding = _known(name)
    if encoding is None:
        try:
            return utf_8_text(data)
        except FileRefused:
            raise FileRefused(refusals.UNKNOWN_ENCODING(line=line, name=name)) from None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == _UTF_8:
            return utf_8_text(data)
        line, byte = _place(data, error)
        raise FileRefused(refusals.NOT_AS_DECLARED(name=encoding, line=line, byte=byte)) from None


def marked_text(data: bytes) -> str:
    """The text of a script that begins with the byte order mark of UTF-8, from behind it. Raises `FileRefused`."""
    _check(*_declared(data))
    return utf_8_text(data)


def utf_8_text(data: bytes) -> str:
    """The text of bytes that have to be UTF-8. Raises `FileRefused`."""
    try:
        return data.decode(_UTF_8)
    except UnicodeDecodeError as error:
        line, byte = _place(data, error)
        raise FileRefused(refusals.NOT_UTF_8(line=line, byte=byte)) from None


def _place(data: bytes, error: UnicodeDecodeError) -> tuple[int, str]:
    return data.count(b"\n", 0, error.start) + 1, f"0x{data[error.start]:02x}"


def _declared(data: bytes) -> tuple[int, str]:
    """The line that says how the file is saved, and what it says; UTF-8 where none does."""
    for number, line in enumerate(_LINE.split(data[:_LONGEST], 2)[:2], 1):
        if declared := _DECLARED.match(line):
            return number, declared[1].decode("ascii", "replace")
        if not _NOTHING.fullmatch(line):
            break
    return 0, _UTF_8


def _check(line: int, name: str) -> None:
    """Raise `FileRefused` where Python refuses every script that says so: it is asked of that comment alone."""
    try:
        compile(f"# coding: {name}\n".encode(), "", "exec")
    except (SyntaxError, ValueError):
        raise FileRefused(refusals.ENCODING_PROBLEM(line=line, name=name)) from None


def _known(name: str) -> str | None:
    """The encoding that is meant, if it is one that is believed."""
    normal = name.lower().replace("_", "-")
    meant = next((encoding for known, encoding in _AS.items() if f"{normal}-".startswith(f"{known}-")), name)
    try:
        found = codecs.lookup(meant).name
    except LookupError:
        return None
    if found in (_UTF_8, "utf-8-sig"):
        return _UTF_8
    return found if found in _KNOWN else None
