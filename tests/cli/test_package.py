from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
NAMES = {"Dockerfile", "README.txt", "numgrade-constraints.txt", "grade-class.cmd", "grade-class.sh"}


@pytest.mark.slow
def test_docker_into_the_course(in_process: Command, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: A course\n")
    done = in_process("grader", "package", "docker", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "packages" / "docker").iterdir()}
    assert made > NAMES
    assert [name for name in made if name.endswith(".whl")]
    assert "grade-class.sh COURSE SUBMISSIONS" in done.stdout


@pytest.mark.slow
def test_docker_elsewhere_and_again(in_process: Command, tmp_path: Path) -> None:
    for word in ("wrote      Dockerfile", "unchanged  Dockerfile"):
        done = in_process("grader", "package", "docker", "--to", tmp_path / "there", cwd=tmp_path)
        assert word in done.stdout
    (tmp_path / "there" / "Dockerfile").write_text("FROM scratch\n")
    done = in_process("grader", "package", "docker", "--to", tmp_path / "there", cwd=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "there" / "Dockerfile").read_text() == "FROM scratch\n"


def test_docker_holds_nothing_of_the_course_so_its_seed_is_no_matter(in_process: Command, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text('title: A course\nseed: "autumn"\n')
    done = in_process("grader", "package", "docker", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    made = (tmp_path / "packages" / "docker").iterdir()
    assert not [path.name for path in made if b"autumn" in path.read_bytes()]


@pytest.mark.parametrize("system", ["Darwin", "Windows"])
def test_where_there_are_no_walls_the_refusal_names_it(system: str) -> None:
    from grader.classroom import batch

    assert "`grader package docker`" in batch._how_else(system)
