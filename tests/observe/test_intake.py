from __future__ import annotations

import json
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from grader.observe.intake import MAX_CODE_BYTES, Content, Unreadable, condensed, content_of, read_bytes, read_cells
from grader.observe.refusals import TooMuch
from grader.observe.wire import Block, Source
from grader.words.text import text

CODE = "def f(x):\n    return 'é'\n"


def notebook(*cells: dict[str, object], **more: object) -> bytes:
    return json.dumps({"cells": cells, "metadata": {"kernelspec": {"name": "x"}}, "nbformat": 4, **more}).encode()


def cell(source: object, kind: str = "code") -> dict[str, object]:
    return {"cell_type": kind, "source": source, "outputs": [{"data": {"image/png": "AAAA"}}], "execution_count": None}


def message(name: str, data: bytes) -> str:
    file = read_bytes(name, data)
    assert isinstance(file, Unreadable), file
    assert file.name == name
    said = text(file.reason)
    assert said.startswith("it ")
    return said


@pytest.mark.parametrize("data", [CODE.encode(), b"\xef\xbb\xbf" + CODE.encode()])
def test_text_with_and_without_a_byte_order_mark(data: bytes) -> None:
    assert read_bytes("f.py", data) == Source("f.py", (Block(CODE),))


def test_line_ends_are_left_to_the_parser() -> None:
    assert read_bytes("F.PY", b"x = 1\r\ny = 2\r") == Source("F.PY", (Block("x = 1\r\ny = 2\r"),))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty; save"),
        (b"\xef\xbb\xbf \n\t\r\n", "empty; save"),
        (CODE.encode("utf-16"), "UTF-16; save it as UTF-8"),
        (CODE.encode("utf-16-be"), "UTF-16; save it as UTF-8"),
        (CODE.encode("utf-16-le"), "UTF-16; save it as UTF-8"),
        (CODE.encode("utf-32"), "UTF-32; save it as UTF-8"),
        (CODE.encode("utf-32-be").join([b"\0\0\xfe\xff", b""]), "UTF-32; save it as UTF-8"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "only says where Git LFS keeps"),
        (b"x = 1\n" + CODE.encode("latin-1"), "line 3 has the byte 0xe9; save it as UTF-8"),
        (b"x = 1\ny = '\0'\n", "NUL character in line 2"),
        (b"PK\x03\x04" + bytes(99), "a zip archive or an Office document"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><title>Sign in</title>", "a web page, not the file that was meant"),
        (b"<HTML lang=en>", "download the file itself"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"x" * (MAX_CODE_BYTES + 1), "larger than 1 MiB; keep data out"),
        (notebook(cell(CODE)), "holds a notebook, not Python text; rename it to f.ipynb"),
    ],
)
def test_scripts_that_cannot_be_read(data: bytes, says: str) -> None:
    assert says in message("f.py", data)


def test_cells_that_lack_something_cost_nothing_but_themselves() -> None:
    cells = ({"cell_type": "code"}, cell(None), {"source": "words"}, {"source": "x = 1", "outputs": []}, cell(CODE))
    source = read_bytes("f.ipynb", notebook(*cells))
    assert isinstance(source, Source)
    assert [(block.text, block.cell) for block in source.blocks] == [("x = 1", 3), (CODE, 4)]


def test_code_cells_of_a_notebook_are_taken_and_counted() -> None:
    data = notebook(
        cell("# words", "markdown"), cell("x = 1\ny = 2"), cell(["a = 1\n", "b = 2\n"]), cell("  \n"), cell("z = é")
    )
    assert read_bytes("f.ipynb", data) == Source(
        "f.ipynb", (Block("x = 1\ny = 2", 1), Block("a = 1\nb = 2\n", 2), Block("z = é", 4))
    )


def test_a_notebook_of_version_3() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}]}], "nbformat": 3}
    assert read_bytes("f.ipynb", json.dumps(old).encode()) == Source("f.ipynb", (Block("x = 1\ny = 2", 1),))


def test_outputs_do_not_count_as_code() -> None:
    large = {**cell("x = 1"), "outputs": [{"text": "x" * (2 * MAX_CODE_BYTES)}]}
    assert isinstance(read_bytes("f.ipynb", notebook(large)), Source)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (notebook(cell(CODE))[:-40], "ends too early"),
        (b'{\n "cells": [\n  }\n]}', "does not parse (line 3)"),
        (b'{"cells": [],\n<<<<<<< HEAD\n}', "merge conflict"),
        (b'<<<<<<< HEAD\n{"cells": []}\n=======\n{}\n>>>>>>> other\n', "merge conflict"),
        (b'{"cells": {}}', "not in the form of a notebook"),
        (b'{"cells": [{"source": "x"}]}', "no code cells with anything in them"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}]}', "not in the form of a notebook"),
        (b'{"name": "not a notebook"}', "no notebook: it has no cells"),
        (b'{"cells": ' + b"[" * 100_000, "not in the form of a notebook"),
        (notebook(), "no code cells with anything in them"),
        (notebook(cell("words", "markdown"), cell("  ")), "no code cells with anything in them"),
        (notebook(*[cell("x" * 1000)] * 1100), "more than 1 MiB of code"),
        (notebook(*[cell("x")] * 10_001), "more than 10,000 code cells"),
        (CODE.encode(), "holds no notebook; if it is Python text, rename it to f.py"),
        (b"", "empty"),
        (b" " * (21 << 20), "larger than 20 MiB; clear the outputs"),
    ],
)
def test_notebooks_that_cannot_be_read(data: bytes, says: str) -> None:
    assert says in message("f.ipynb", data)


def test_surrogates_in_a_notebook_never_get_further() -> None:
    read = read_bytes("f.ipynb", b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}')
    assert read == Source("f.ipynb", (Block("x = '\ufffd'", 1),))


@pytest.mark.parametrize("odd", [b"NaN", b"[NaN, -Infinity]", rb'"half \ud83d of a face"', rb'{"\ud83d": Infinity}'])
def test_what_nobody_needs_of_a_notebook_may_be_odd(odd: bytes) -> None:
    data = notebook(cell(CODE), metadata={"odd": "here"}).replace(b'"here"', odd)
    assert read_bytes("f.ipynb", data) == Source("f.ipynb", (Block(CODE, 1),))
    assert condensed("f.ipynb", data) == condensed("f.ipynb", notebook(cell(CODE)))


def test_where_an_odd_notebook_breaks_is_told_all_the_same() -> None:
    assert "does not parse (line 3)" in message("f.ipynb", b'{"a": NaN,\n "cells": [\n  }\n]}')


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n"])
def test_what_makes_a_folder_a_package_is_often_empty(data: bytes) -> None:
    assert read_bytes("src/__init__.py", data) == Source("src/__init__.py", (Block(data.decode("utf-8-sig")),))


def test_files_are_read_by_path(tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text(CODE, encoding="utf-8")
    assert content_of(path) == Content(CODE.encode(), path.stat().st_mtime)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    cases = {
        "missing.py": "does not exist",
        "folder.py": "a folder; name a file in it",
        "essay.docx": "neither a .py nor an .ipynb file",
        "f.py~": "neither",
        "f": "neither",
        "nul\0.py": "cannot be opened",
    }
    for name, says in cases.items():
        file = content_of(tmp_path / name)
        assert isinstance(file, Unreadable)
        assert says in text(file.reason)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_links_are_followed_and_pipes_and_devices_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "f.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "link.py").symlink_to(tmp_path / "f.py")
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    os.mkfifo(tmp_path / "pipe.py")
    assert content_of(tmp_path / "link.py") == content_of(tmp_path / "f.py")
    for name, says in {"zero.py": "plain file", "pipe.py": "plain file", "loop.py": "cannot be opened"}.items():
        file = content_of(tmp_path / name)
        assert isinstance(file, Unreadable)
        assert says in text(file.reason)


# As much of a file as decides how it is judged


def picture(size: int) -> dict[str, object]:
    return {**cell("x = 1"), "outputs": [{"data": {"image/png": "A" * size}}], "attachments": {"a.png": "A" * size}}


@pytest.mark.parametrize(
    "data",
    [
        notebook(cell("# words", "markdown"), cell(""), cell(["a = 1\n", "b = 'é'\n"]), cell("raw", "raw"), cell("z")),
        notebook(picture(1 << 20), cell("%matplotlib inline\nplt.plot()"), picture(1 << 20)),
        b"\xef\xbb\xbf" + notebook(cell("x = 1")),
        json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}], "nbformat": 3}).encode(),
        notebook(cell("x"), cell("a heading", "heading"), cell("y")),
    ],
)
def test_a_condensed_notebook_is_judged_as_the_whole_one(data: bytes) -> None:
    small = condensed("f.ipynb", data)

    assert read_bytes("f.ipynb", small) == read_bytes("f.ipynb", data)
    assert len(small) < 1000
    assert condensed("f.ipynb", small) == small


def test_outputs_are_no_part_of_what_a_notebook_is() -> None:
    before, after = notebook(cell("x = 1"), title="a"), notebook(picture(9), title="b")

    assert condensed("f.ipynb", before) == condensed("f.ipynb", after)
    assert condensed("f.ipynb", before) != condensed("f.ipynb", notebook(cell("x = 2")))


def test_a_condensed_notebook_is_one_that_jupyter_opens() -> None:
    data = notebook(cell("# words", "markdown"), cell("x = 1"), cell("raw", "raw"))

    found = json.loads(condensed("f.ipynb", data))

    assert [(each["cell_type"], each["source"]) for each in found["cells"]] == [
        ("markdown", "# words"),
        ("code", "x = 1"),
        ("raw", "raw"),
    ]
    assert found["cells"][1] == {
        "cell_type": "code",
        "source": "x = 1",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    assert (found["nbformat"], found["metadata"]) == (4, {})


def test_pictures_in_markdown_are_not_kept_with_the_words() -> None:
    data = notebook(cell("before", "markdown"), cell("A" * (2 << 20), "markdown"), cell("x"), cell("after", "markdown"))

    found = json.loads(condensed("f.ipynb", data))

    assert [each["source"] for each in found["cells"]] == ["before", "", "x", "after"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("f.py", CODE.encode("utf-16")),
        ("f.py", notebook(cell("x"))),
        ("f.py", CODE.encode()),
        ("f.ipynb", b"{" + b" " * 100),
        ("f.ipynb", b""),
        ("f.ipynb", CODE.encode()),
        ("f.ipynb", notebook(cell("", "code"), picture(9) | {"source": ""})),
        ("f.ipynb", b"%PDF"),
    ],
)
def test_what_is_no_notebook_stays_as_it_is(name: str, data: bytes) -> None:
    assert condensed(name, data) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("f.ipynb", notebook(*[cell("x" * 1000)] * 1100)),
        ("f.ipynb", notebook(*[cell("x")] * 10_001)),
        ("f.py", b"#" * (MAX_CODE_BYTES + 1)),
    ],
)
def test_more_code_than_is_judged_is_over_a_limit(name: str, data: bytes) -> None:
    with pytest.raises(TooMuch):
        condensed(name, data)


@pytest.mark.parametrize("part", [b'"\\x"', b'["a", 1]', b"1", b"{}"])
def test_a_cell_whose_text_is_none_is_told(part: bytes) -> None:
    found = message("f.ipynb", b'{"cells": [{"cell_type": "code", "source": ' + part + b"}]}")

    assert "damaged" in found or "not in the form of a notebook" in found


@pytest.mark.slow
def test_a_cell_of_millions_of_texts_is_not_unpacked() -> None:
    data = b'{"cells":[{"cell_type":"code","source":[' + b",".join([b'"a"'] * (4 << 20)) + b"]}]}"

    tracemalloc.start()
    try:
        assert "more than 1 MiB of code" in message("f.ipynb", data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(data)


# The cells of a notebook that is open


def test_cells_are_numbered_as_they_ran() -> None:
    assert read_cells("work.ipynb", ["x = 1", "  ", CODE]) == Source("work.ipynb", (Block("x = 1", 1), Block(CODE, 3)))


def test_cells_that_hold_nothing_or_too_much() -> None:
    for cells, says in (
        ([], "no cell of it has run"),
        ([" ", "\n"], "no cell"),
        (["x" * MAX_CODE_BYTES, "y"], "more than 1 MiB"),
    ):
        file = read_cells("work.ipynb", cells)
        assert isinstance(file, Unreadable)
        assert says in text(file.reason)


R = "double <- function(x) {\n  2 * x\n}"


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir"}}, "R"),
        ({"kernelspec": {"name": "julia-1.9", "language": "julia"}}, "julia"),
        ({"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}}, "R"),
    ],
)
def test_a_notebook_for_another_language_is_told_as_that(metadata: dict[str, object], language: str) -> None:
    data = notebook(cell(R), metadata=metadata)
    says = message("f.ipynb", data)

    assert f"it is a notebook for {language}, and nothing in it is Python" in says
    assert message("f.ipynb", condensed("f.ipynb", data)) == says


@pytest.mark.parametrize("metadata", [{"language_info": {"name": "R"}}, {"language_info": 3}, [], {"kernelspec": None}])
def test_python_is_read_whatever_the_notebook_says_of_itself(metadata: object) -> None:
    assert isinstance(read_bytes("f.ipynb", notebook(cell(CODE), metadata=metadata)), Source)
