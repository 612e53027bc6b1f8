from __future__ import annotations

import os
from pathlib import Path

import grader
from grader.observe.walls import readable as module
from grader.observe.walls.readable import PACKAGE, first_shut, readable


def covered(path: Path) -> bool:
    return any(path.resolve().is_relative_to(Path(tree).resolve()) for tree in readable().trees)


def test_python_and_numpy_can_be_read_and_nothing_of_ours() -> None:
    import numpy

    assert covered(Path(os.__file__))
    assert covered(Path(numpy.__file__))
    assert Path(grader.__file__).resolve().parent == PACKAGE
    assert not covered(PACKAGE / "observe" / "worker.py")
    assert not covered(Path.home() / ".ssh")
    assert not covered(Path.cwd())
    assert not covered(Path("/etc/passwd"))
    assert not covered(Path("/proc/self/environ"))


def test_what_is_hidden_is_left_out_wherever_it_is(tmp_path: Path) -> None:
    for name in ("site/grader/_course/solutions", "site/numpy", "site/deep/er"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "site" / "six.py").touch()

    def around(hidden: str) -> dict[str, bool]:
        found = module._around(tmp_path / "site", tmp_path / hidden)
        return {path.relative_to(tmp_path).as_posix(): is_whole for path, is_whole in found}

    assert around("site/grader") == {"site": False, "site/deep": True, "site/numpy": True, "site/six.py": True}
    assert around("site/deep/er") == {
        "site": False,
        "site/deep": False,
        "site/grader": True,
        "site/numpy": True,
        "site/six.py": True,
    }
    assert around("elsewhere") == {"site": True}
    assert around("site") == {}


def test_folders_in_others_are_not_named_twice(tmp_path: Path) -> None:
    (tmp_path / "lib" / "site").mkdir(parents=True)
    outer, inner = str(tmp_path / "lib"), str(tmp_path / "lib" / "site")
    assert module._outermost([inner, outer, outer, str(tmp_path / "none")]) == [outer]


def test_a_folder_for_its_owner_alone_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "shut" / "inner"
    inner.mkdir(parents=True)
    assert first_shut(["/usr/lib"]) is None
    inner.parent.chmod(0o700)
    tmp_path.chmod(0o755)
    found = first_shut([str(inner)])
    assert found is not None
    assert inner.parent.is_relative_to(found)  # the temporary folder itself may be for its owner alone
