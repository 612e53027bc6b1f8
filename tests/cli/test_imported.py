from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from grader.cli.imported import with_imported
from grader.grading.answers import File


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_py", ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "work.py"


def beside(path: Path) -> list[str]:
    read = with_imported([path])
    assert read[-1].name == path.name
    return sorted(file.name for file in read if isinstance(file, File) and file.beside)


@pytest.mark.parametrize(
    "text",
    [
        "import helper",
        "import os, helper as h",
        "from helper import two, three as t",
        "from .helper import two",
        "from . import helper",
        "from . import (helper, other)",
        "from . import (\n    helper,  # with (few) words\n    other,\n)",
        "import importlib\nm = importlib.import_module('helper')",
        '__import__("helper").two',
        "if True:\n    import helper",
        "%run -i helper.py",
        "%run helper",
    ],
)
def test_what_a_file_imports_is_read_with_it(text: str, tmp_path: Path) -> None:
    assert beside(written(tmp_path, work_py=text, helper_py="", more_py="")) == ["helper.py"]


@pytest.mark.parametrize("text", ["# no helper", "x = helper.two", "important = 'helper'", "from ..helper import x"])
def test_what_it_does_not_import_is_not(text: str, tmp_path: Path) -> None:
    written(tmp_path, helper_py="")
    assert beside(written(tmp_path / "inner", work_py=text, helper_py="")) == []


def test_brackets_that_never_close_are_given_up_at_once(tmp_path: Path) -> None:
    text = "from . import (\n" + "    # of some words\n" * 500
    assert beside(written(tmp_path, work_py=f"{text}import helper\n", helper_py="")) == ["helper.py"]


def test_packages_and_what_they_import(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        work_py="from src.utils import two",
        src__utils_py="from . import more\nimport deep",
        src__more_py="import work",
        src__deep_py="",
    )
    (tmp_path / "src" / "__init__.py").touch()
    assert beside(path) == ["src/__init__.py", "src/deep.py", "src/more.py", "src/utils.py"]


def test_a_notebook_imports_too(tmp_path: Path) -> None:
    written(tmp_path, helper_py="", other_py="")
    path = tmp_path / "work.ipynb"
    cell = {"cell_type": "code", "source": ["import helper\n", "from other import x"]}
    path.write_text(json.dumps({"cells": [cell]}))
    assert beside(path) == ["helper.py", "other.py"]


def test_no_more_than_are_a_students(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.imported._MOST", 2)
    assert len(beside(written(tmp_path, work_py="import a, b, c", a_py="", b_py="", c_py=""))) == 2


def test_links_lead_nowhere_else(tmp_path: Path) -> None:
    path = written(tmp_path / "inner", work_py="import helper, other", other_py="")
    written(tmp_path, secret_py="x = 1")
    (tmp_path / "inner" / "helper.py").symlink_to(tmp_path / "secret.py")
    assert beside(path) == ["other.py"]


def test_two_dots_lead_to_the_package_above(tmp_path: Path) -> None:
    path = written(tmp_path, work_py="import p.q.low", p__q__low_py="from ..high import two", p__high_py="", high_py="")
    assert beside(path) == ["p/high.py", "p/q/low.py"]


@pytest.mark.parametrize(
    "line",
    [
        'sys.path.append("lib")',
        "sys.path.insert(0, './lib')  # ours",
        'sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))',
        'sys.path += ["lib"]',
    ],
)
def test_a_folder_that_is_put_on_the_path(line: str, tmp_path: Path) -> None:
    assert beside(written(tmp_path, work_py=f"{line}\nimport helper", lib__helper_py="")) == ["lib/helper.py"]


def test_no_folder_above_is_searched(tmp_path: Path) -> None:
    written(tmp_path, lib__helper_py="")
    assert beside(written(tmp_path / "inner", work_py='sys.path.append("../lib")\nimport helper')) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_are_found_however_the_disk_has_them(form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    path = written(tmp_path, work_py="from aufgäbe import two")
    (tmp_path / unicodedata.normalize(form, "aufgäbe.py")).touch()
    assert [unicodedata.normalize("NFC", name) for name in beside(path)] == ["aufgäbe.py"]


def test_lines_of_a_notebooks_cell(tmp_path: Path) -> None:
    source = ["from . import (\n", "    helper,\n", ")\n", 'sys.path.append("lib")\n', "import deep"]
    written(tmp_path, helper_py="", lib__deep_py="")
    path = tmp_path / "work.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]}, indent=1))
    assert beside(path) == ["helper.py", "lib/deep.py"]
