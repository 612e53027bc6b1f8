"""What is imported when: a command that is quick to start stays so, and what runs submissions knows little."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from spread import spread

import grader
from bench.basics import basics
from grader.grading.keys import compiling_code

pytestmark = pytest.mark.slow

COURSE = basics()
HEAVY = {"numpy", "pydantic", "yaml", "jinja2", "rich", "msgspec", "markdown_it", "latex2mathml"}
AUTHORS = HEAVY - {"numpy", "rich", "msgspec"}
WORK = "import numpy as np\n\n\ndef softmax(x):\n    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)\n"

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


def modules_of(code: str, *arguments: str | Path, cwd: Path | None = None) -> set[str]:
    """All modules that a new interpreter has after `code`, however that ends."""
    script = (
        "import json, os, sys\n"
        f"try:\n    {code}\n"
        "finally:\n    os.write(2, ('\\n' + json.dumps(sorted(sys.modules))).encode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.rpartition("\n")[2]))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("argument", ["--help", "--version"])
@pytest.mark.parametrize("module", ["grade", "main"])
def test_help_imports_nothing_heavy(module: str, argument: str) -> None:
    assert not packages(modules_of(f"from grader.cli.{module} import main; main()", argument)) & HEAVY


@pytest.mark.parametrize(
    "command", spread(["demo", "new", "show", "check", "build", "run", "regrade", "report", "mark", "schema"], every=3)
)
def test_nor_does_the_help_of_a_command(command: str) -> None:
    assert not packages(modules_of("from grader.cli.main import main; main()", command, "--help")) & HEAVY


def test_keys_are_compiled_anew_when_any_module_changes_that_compiles_them() -> None:
    package = Path(grader.__file__).parent
    loaded = modules_of("import grader.grading.compile, grader.grading.diagnose, grader.observe.worker")
    own = {name for name in loaded if name.partition(".")[0] == "grader"}
    counted = {
        ".".join(("grader", *file.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
        for file in compiling_code(package)
    }
    assert own <= counted
    assert {"grader.values", "grader.codec", "grader.observation", "grader.observe.walls.limits"} <= counted


def test_a_gradebook_is_read_without_grading() -> None:
    own = {name for name in modules_of("import grader.classroom.gradebook") if packages({name}) == {"grader"}}

    assert not {name for name in own if name.split(".")[1:2] in (["grading"], ["observe"], ["report"], ["cli"])}
    assert len(own) < 45


def test_a_class_is_taken_in_and_written_down_without_what_judges() -> None:
    own = modules_of("import grader.classroom.collect, grader.classroom.local, grader.classroom.run")

    assert not {"grader.grading.grade", "grader.judge.diagnosis", "grader.judge.judge_case"} & own
    assert "grader.judge.diagnosis" in modules_of("import grader.classroom.batch")


def test_the_package_imports_nothing_but_itself() -> None:
    assert {name for name in modules_of("import grader") if packages({name}) == {"grader"}} == {"grader"}
    assert not packages(modules_of("import grader")) & HEAVY


def test_a_kernel_gets_little_more_than_the_package() -> None:
    loaded = modules_of("from grader import check")
    own = {name for name in loaded if packages({name}) == {"grader"}}

    assert not packages(loaded) & HEAVY
    assert {room for name in own for room in name.split(".")[1:2]} == {"errors", "notebook", "observe"}
    assert "grader.observe.worker" not in own


@pytest.fixture(scope="module")
def handout(in_process: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout") / "week1"
    done = in_process("grader", "build", "--to", folder, cwd=COURSE)  # and so every key is compiled
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("place", "form"),
    [
        ("course", "json"),
        ("handout", "text"),
        *(pytest.param("course", form, marks=pytest.mark.exhaustive) for form in ("text", "junit", "github")),
    ],
)
def test_grading_by_a_compiled_key_needs_no_authors_tools(place: str, form: str, handout: Path, tmp_path: Path) -> None:
    file = tmp_path / "softmax.py"
    file.write_text(WORK, encoding="utf-8")
    course = COURSE if place == "course" else handout

    modules = modules_of(
        "from grader.cli.grade_command import main; main()", file, "--course", course, "--format", form, cwd=tmp_path
    )

    assert "grader.grading.grade" in modules
    assert not packages(modules) & AUTHORS
    assert not {"grader.grading.compile", "grader.course.model", "grader.course.document"} & modules
    assert ("rich" in packages(modules)) is (form == "text")


def test_the_worker_knows_only_how_to_observe() -> None:
    own = {name for name in modules_of("import grader.observe.worker") if packages({name}) == {"grader"}}
    rooms = {name for name in own if name.startswith("grader.observe")}

    assert own - rooms == {
        "grader",
        "grader.codec",
        "grader.dtypes",
        "grader.errors",
        "grader.named_tuple",
        "grader.near",
        "grader.observation",
        "grader.size_limit",
        "grader.type_names",
        "grader.unpacker",
        "grader.values",
    }
    modules = modules_of("import grader.observe.worker")
    assert not packages(modules) & (HEAVY - {"numpy", "msgspec"})
    assert (
        not {"importlib.resources", "tempfile", "asyncio", "multiprocessing"} & modules
    )  # each start would pay for them


@pytest.mark.parametrize("role", ["zygote", "ancestor"])
def test_the_zygotes_process_knows_no_more(role: str) -> None:
    own = {name for name in modules_of(f"import grader.observe.{role}_main") if packages({name}) == {"grader"}}

    assert not {name for name in own if name.split(".")[1:2] in (["judge"], ["course"], ["grading"], ["cli"])}


def test_a_submission_finds_neither_keys_nor_judges_in_its_process(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "softmax.py"
    probe = 'import sys\nprint([name for name in sys.modules if name.startswith("grader.")])\n'
    file.write_text(
        probe + WORK.replace("    return", f"    {probe.splitlines()[1]}\n    return 0 *"), encoding="utf-8"
    )

    done = command("grade", file, "--course", COURSE, "--format", "json", cwd=tmp_path)

    (exercise,) = json.loads(done.stdout)["exercises"]
    printed = "".join(test["stdout"] or "" for test in exercise["tests"])
    assert "grader.observe.worker" in printed
    assert not [room for room in ("course", "judge", "grading", "report", "cli") if f"'grader.{room}" in printed]
