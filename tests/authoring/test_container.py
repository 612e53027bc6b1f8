"""The container's folder: no engine runs here, so its files are read, and its steps are done one by one."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import grader
from grader.authoring.container import container_files
from grader.authoring.platforms import classroom50_script, gradescope_archive

pytestmark = pytest.mark.slow

INSTRUCTIONS = frozenset(
    ("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "LABEL", "RUN", "SHELL", "USER", "WORKDIR")
)
WHEEL = f"numgrade-{grader.__version__}-py3-none-any.whl"
posix = pytest.mark.skipif(os.name != "posix", reason="a shell's")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("container")
    for name, data in container_files().items():
        (made / name).write_bytes(data)
    return made


def steps(folder: Path) -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each with what stands behind it."""
    text = re.sub(r"^#.*\n", "", (folder / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def test_every_instruction_is_one(folder: Path) -> None:
    found = steps(folder)
    assert {name for name, _ in found} <= INSTRUCTIONS
    assert found[0] == ("FROM", f"python:{sys.version_info.major}.{sys.version_info.minor}-slim")
    for name, rest in found:
        if name == "COPY":
            *sources, target = rest.split()
            assert [source for source in sources if not (folder / source).is_file()] == []
            assert target.endswith("/")
        if name in ("ENTRYPOINT", "CMD"):
            assert all(isinstance(word, str) for word in json.loads(rest))


def test_submissions_are_not_run_by_root(folder: Path) -> None:
    names = [name for name, _ in steps(folder)]
    assert "USER" in names[names.index("RUN") :]
    assert dict(steps(folder))["USER"] != "root"


def test_nothing_is_left_to_fill_in(folder: Path) -> None:
    for file in folder.iterdir():
        if file.suffix != ".whl":
            assert not re.search(r"\{[{%]", file.read_text(encoding="utf-8")), file.name


def test_the_versions_are_those_that_are_here(folder: Path) -> None:
    pins = dict(line.split("==") for line in (folder / "numgrade-constraints.txt").read_text().splitlines())
    assert pins == {name: metadata.version(name) for name in pins}
    assert {"numpy", "msgspec", "click"} <= set(pins)
    assert "pytest" not in pins


def test_no_solution_is_in_it(folder: Path) -> None:
    names = zipfile.ZipFile(folder / WHEEL).namelist()
    assert "grader/observe/walls/canary_actions.py" in names
    assert [name for name in names if "/_course" in name or "solutions" in name or "__pycache__" in name] == []


def test_the_same_package_makes_the_same_bytes(folder: Path) -> None:
    assert {name: (folder / name).read_bytes() for name in container_files()} == container_files()


def test_the_wheel_is_whole() -> None:
    archive = zipfile.ZipFile(io.BytesIO(container_files()[WHEEL]))
    assert archive.testzip() is None
    record = archive.read(f"numgrade-{grader.__version__}.dist-info/RECORD").decode()
    assert {line.split(",")[0] for line in record.splitlines()} == set(archive.namelist())


@posix
def test_every_step_is_a_shells(folder: Path) -> None:
    for text in [rest for name, rest in steps(folder) if name == "RUN"] + [(folder / "grade-class.sh").read_text()]:
        subprocess.run(["sh", "-n"], input=text, text=True, check=True)


def test_the_windows_script_has_the_lines_of_windows(folder: Path) -> None:
    data = (folder / "grade-class.cmd").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert f"numgrade:{grader.__version__}".encode() in data


# In place of the engine: `build` does what the Dockerfile says, but for the system's packages; `run` runs it here.
ENGINE = """
import json, os, re, subprocess, sys
root, command, *rest = sys.argv[1:]
target = os.path.join(root, "site")
if command == "build":
    folder = rest[-1]
    text = re.sub(r"^#.*\\n", "", open(os.path.join(folder, "Dockerfile")).read(), flags=re.M).replace("\\\\\\n", " ")
    for line in text.splitlines():
        name, _, what = line.partition(" ")
        if name == "COPY":
            *sources, place = what.split()
            os.makedirs(root + place, exist_ok=True)
            for source in sources:
                with open(os.path.join(folder, source), "rb") as one, open(root + place + source, "wb") as two:
                    two.write(one.read())
        elif name == "RUN" and " pip " in what:
            pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_TARGET": target, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
            pip["PIP_COMPILE"] = "0"
            line = what.replace("python", sys.executable, 1).replace("/opt/", root + "/opt/")
            subprocess.run(["sh", "-ec", line], env={**os.environ, **pip}, check=True, stdout=sys.stderr)
        elif name == "ENTRYPOINT":
            json.dump(json.loads(what), open(os.path.join(root, "entry"), "w"))
    sys.exit()
binds = [part for part in rest if part.startswith("type=bind")]
places = dict(re.search("source=(.*),target=([^,]*)", part).group(2, 1) for part in binds)
at = next(number for number, part in enumerate(rest) if part.startswith("numgrade:"))
words = [next((part.replace(t, s, 1) for t, s in places.items() if part.startswith(t)), part) for part in rest[at + 1:]]
entry = json.load(open(os.path.join(root, "entry")))
done = subprocess.run([sys.executable, os.path.join(target, "bin", entry[0]), *words], cwd=root,
                      env={**os.environ, "PYTHONPATH": target})
sys.exit(done.returncode)
"""


@posix
@pytest.mark.exhaustive
def test_the_steps_grade_a_class(folder: Path, tmp_path: Path) -> None:
    engine = tmp_path / "engine"
    (tmp_path / "root").mkdir()
    (tmp_path / "engine.py").write_text(ENGINE)
    engine.write_text(f'#!/bin/sh\nexec {sys.executable} {tmp_path}/engine.py {tmp_path}/root "$@"\n')
    engine.chmod(0o755)
    course = tmp_path / "a course"
    for name, text in {
        "course.yaml": "title: A course\n",
        "exercises/double.yaml": "title: Twice\nargs: {x: float}\nreturns: float\ntask: Twice $x$.\npoints: 10\n",
        "solutions/double.py": "def double(x):\n    return 2.0 * x\n",
        "handed in/10042/work.py": "def double(x):\n    return x + x\n",
        "handed in/10043/work.py": "def double(x):\n    return x\n",
    }.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(folder / "grade-class.sh"), *arguments],
            cwd=tmp_path,
            env={**os.environ, "DOCKER": str(engine)},
            capture_output=True,
            text=True,
            check=False,
        )

    looked = run()
    assert "This installation" in looked.stdout, looked.stderr
    assert run("a course").returncode == 2
    if looked.returncode:
        pytest.skip("submissions cannot be walled in on this machine")
    done = run("a course", "a course/handed in", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout[done.stdout.index("{") :])
    assert told["exercises"]["passed"] == 1
    assert told["judged_submissions"] == 2
    assert (course / "gradebook.db").is_file()


def test_packages_of_a_course_are_installed_too_in_the_versions_that_are_here() -> None:
    files = container_files(["numpy.linalg", "math", "pytest"])
    (install,) = (line for line in files["Dockerfile"].decode().splitlines() if "pip install" in line)
    assert install.endswith(f"{WHEEL} numpy pytest")
    assert f"pytest=={pytest.__version__}\n" in files["numgrade-constraints.txt"].decode()


def test_packages_of_a_course_are_installed_on_other_hosts_too() -> None:
    archive = zipfile.ZipFile(io.BytesIO(gradescope_archive(b"", ["pytest"])))
    assert archive.read("setup.sh").decode().rstrip().endswith(f'{WHEEL}" pytest')
    assert f'"{WHEEL}", "pytest"]' in classroom50_script(b"", ["pytest"]).decode()
