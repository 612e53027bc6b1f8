from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.cli.files import alike, line_of, snapshot, submission_files
from grader.errors import GraderError


def touch(path: Path, *, age: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n", encoding="utf-8")
    os.utime(path, ns=(10**18 - age * 10**9,) * 2)
    return path


def test_a_folder_is_its_own_python_files_and_notebooks(tmp_path: Path) -> None:
    wanted = {touch(tmp_path / name) for name in ("a.py", "b.ipynb", "C.PY")}
    for name in (".hidden.py", "b-checkpoint.ipynb", "notes.txt", "venv/lib/c.py", ".ipynb_checkpoints/b.ipynb"):
        touch(tmp_path / name)
    (tmp_path / "folder.py").mkdir()
    assert set(submission_files([tmp_path])) == wanted


def test_of_a_name_only_what_is_seen_counts(tmp_path: Path) -> None:
    wanted = {touch(tmp_path / name) for name in ("a.py", "b.py.txt", "c.ipynb ", "d.py\u200b")}
    touch(tmp_path / "a.py.txt")
    assert set(submission_files([tmp_path])) == wanted


def test_the_newest_comes_last(tmp_path: Path) -> None:
    old, new = touch(tmp_path / "z.py", age=60), touch(tmp_path / "a.py", age=5)
    assert submission_files([tmp_path]) == (old, new)


def test_the_same_file_twice_is_one(tmp_path: Path) -> None:
    file = touch(tmp_path / "a.py")
    assert len(submission_files([tmp_path, file])) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [("none.py", "no such file or folder"), ("notes.txt", "neither a .py file nor"), ("empty", "no .py file and no")],
)
def test_what_cannot_be_graded(tmp_path: Path, name: str, words: str) -> None:
    touch(tmp_path / "notes.txt")
    (tmp_path / "empty").mkdir()
    with pytest.raises(GraderError, match=words):
        submission_files([tmp_path / name])


def test_a_name_that_comes_near_is_told(tmp_path: Path) -> None:
    touch(tmp_path / "softmax.py")
    with pytest.raises(GraderError) as raised:
        submission_files([tmp_path / "softmx.py"])
    assert str(raised.value) == (
        f"{tmp_path / 'softmx.py'}: no such file or folder; did you mean {tmp_path / 'softmax.py'}?"
    )


def test_a_snapshot_changes_with_the_files(tmp_path: Path) -> None:
    file = touch(tmp_path / "a.py", age=60)
    first = snapshot([tmp_path])
    assert snapshot([tmp_path]) == first
    touch(file, age=30)
    second = snapshot([tmp_path])
    assert second != first
    touch(tmp_path / "b.py")
    assert snapshot([tmp_path]) != second


def test_a_snapshot_of_what_is_not_there_is_empty(tmp_path: Path) -> None:
    assert snapshot([tmp_path / "none.py", tmp_path / "nowhere"]) == ()


def test_folders_of_a_class_are_told_of(tmp_path: Path) -> None:
    for name in ("amina/work.py", "bruno/work.py", "notes/text.txt"):
        touch(tmp_path / name)
    with pytest.raises(GraderError) as caught:
        submission_files([tmp_path])
    assert "but in folders below it (amina, bruno)." in str(caught.value)
    assert f"`grader run {tmp_path}`" in str(caught.value)


def test_folders_that_hold_files_of_the_same_names_are_alike(tmp_path: Path) -> None:
    for name in ("work.py", "amina/work.py", "bruno/work.py", "old/other.py", "a/__init__.py", "b/__init__.py"):
        touch(tmp_path / name)
    assert alike(tmp_path) == ("amina", "bruno")
    assert alike(tmp_path / "work.py") == ()


def test_the_line_on_which_to_begin(tmp_path: Path) -> None:
    file = tmp_path / "work.py"
    file.write_text(
        "import numpy as np\n\ndef f(x):\n    return x\n\nW = 2\nW == 3\ndef f(x):\n    pass\n", encoding="utf-8"
    )
    assert [line_of(file, name) for name in ("f", "W", "x", "g")] == [8, 6, None, None]
    assert line_of(tmp_path / "work.ipynb", "f") is None
    assert line_of(tmp_path / "none.py", "f") is None
