from __future__ import annotations

import pytest

from grader.observe.encoding import script_text
from grader.observe.intake import Unreadable, read_bytes
from grader.observe.refusals import FileRefused
from grader.observe.wire import Block, Source
from grader.words.text import text


def coded(line: str, encoding: str) -> bytes:
    return f"{line}\nx = 'é' if 1 else '中'\n".encode(encoding, "replace")


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("# -*- coding: latin-1 -*-", "latin-1"),
        ("# coding=cp1252", "cp1252"),
        ("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :", "iso-8859-15"),
        ("# coding: gbk", "gbk"),
        ("\n#coding:GB18030", "gb18030"),
        ("# coding: euc_kr", "euc_kr"),
        ("# coding: Shift_JIS", "shift_jis"),
        ("# coding: utf-8", "utf-8"),
        ("# coding: UTF_8-sig", "utf-8"),
        ("# coding: utf-8-unix", "utf-8"),
        ("# coding: Latin_1-unix", "latin-1"),
    ],
)
def test_a_line_that_says_how_a_script_is_saved(line: str, encoding: str) -> None:
    data = coded(line, encoding)
    assert read_bytes("f.py", data) == Source("f.py", (Block(data.decode(encoding)),))


def test_a_byte_order_mark_says_more_than_that_line() -> None:
    code = "# coding: latin-1\nx = 'é'\n"
    assert read_bytes("f.py", b"\xef\xbb\xbf" + code.encode()) == Source("f.py", (Block(code),))


@pytest.mark.parametrize(
    "name",
    ["utf-7", "raw_unicode_escape", "unicode-escape", "idna"],
)
def test_what_that_line_says_is_believed_of_real_encodings_alone(name: str) -> None:
    code = f"# Week 3, coding: {name}\nx = '\\u000a +AAo- é'\n"
    assert script_text(code.encode()) == code

    with pytest.raises(FileRefused) as refused:
        script_text(code.encode("latin-1"))
    assert f"says in line 1 that it is saved as {name}; save it as UTF-8" in text(refused.value.reason)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["klingon", "rot13", "utf-16", "zlib", "punycode", "undefined", "practice", "utf-81"])
def test_what_python_refuses_is_told_as_python_does(name: str, mark: bytes) -> None:
    data = mark + f"#!/usr/bin/python\n# Week 3, {'x' * 300} coding: {name}\nx = 1\n".encode()
    with pytest.raises(SyntaxError):
        compile(data, "f.py", "exec")
    read = read_bytes("f.py", data)
    assert isinstance(read, Unreadable)
    assert "line 2" in text(read.reason)
    assert f"`SyntaxError: encoding problem: {name}`" in text(read.reason)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (coded("# coding: utf-8", "latin-1"), "line 2 has the byte 0xe9; save it as UTF-8"),
        (coded("x = 1\n\n# coding: latin-1", "latin-1"), "not UTF-8: line 4"),
        (coded("x = 1\n# coding: latin-1", "latin-1"), "not UTF-8: line 3"),
        (coded("# coding: ascii", "utf-8"), "says that it is saved as ascii, and line 2 has the byte 0xc3"),
    ],
)
def test_bytes_that_are_not_as_that_line_says(data: bytes, says: str) -> None:
    read = read_bytes("f.py", data)
    assert isinstance(read, Unreadable)
    assert says in text(read.reason)
