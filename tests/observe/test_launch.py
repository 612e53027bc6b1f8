"""Every Python of ours is started by one function, isolated, and not in the folder at hand."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shape import PACKAGE, read

from grader.observe.launch import Streams, command, environment, inherited, start, trusted

TEMPLATES = PACKAGE.parent / "templates"

# What starts a program, whoever calls it: where these are named, a process may be started.
STARTERS = {
    "subprocess": {"Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput", "run"},
    "os": {"popen", "posix_spawn", "posix_spawnp", "startfile", "system"}
    | {f"{kind}{suffix}" for kind in ("exec", "spawn") for suffix in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")},
    "pty": {"spawn"},
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "concurrent.futures": {"ProcessPoolExecutor"},
    "code": {"interact"},
    "runpy": {"run_module", "run_path"},
}
# Of these, anything but what is named here.
SUSPECTS = {"multiprocessing": {"multiprocessing.util"}, "_posixsubprocess": set(), "concurrent.futures.process": set()}
ALLOWED = {
    "observe/launch.py": {"subprocess.Popen"},
    "observe/interpreter.py": {"os.execve"},
    "observe/walls/canary_actions.py": {"os.execv"},  # the trial submission, which must not succeed
}


def started(tree: ast.Module) -> Iterator[str]:
    """The starters that a module names anywhere but in annotations."""
    names = dict(_imported(tree))
    yield from (name for name in names.values() if _is_suspect(name) or _is_starter(name))
    modules = {module.partition(".")[0] for module in STARTERS}
    if modules.isdisjoint(name.partition(".")[0] for name in names.values()):
        return  # no attribute of what it imports can be one
    for node in _without_annotations(tree):
        if isinstance(node, ast.Attribute) and (name := _dotted(node, names)) and _is_starter(name):
            yield name


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    alias.asname or alias.name.partition(".")[0],
                    alias.name if alias.asname else alias.name.partition(".")[0],
                )
                yield alias.name, alias.name  # a name that no code can have, for what is suspect as a module
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _is_starter(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    return attribute in STARTERS.get(module, ())


def _is_suspect(name: str) -> bool:
    return any(
        (name == module or name.startswith(f"{module}.")) and not any(name.startswith(one) for one in fine)
        for module, fine in SUSPECTS.items()
    )


def _dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        name = names.get(node.id)
        return name if name is None or "." not in name or name in STARTERS else None
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value, names)):
        return f"{before}.{node.attr}"
    return None


def _without_annotations(node: ast.AST) -> Iterator[ast.AST]:
    """Types are named in annotations and before brackets: they start nothing."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        left_out = {"annotation", "returns"} | ({"value"} if isinstance(node, ast.Subscript) else set())
        fields = [value for field, value in ast.iter_fields(node) if field not in left_out]
        below = [child for value in fields for child in (value if isinstance(value, list) else [value])]
        waiting += [child for child in reversed(below) if isinstance(child, ast.AST)]


def test_nothing_else_starts_a_program() -> None:
    found = {module.path.relative_to(PACKAGE).as_posix(): set(started(module.tree)) for module in read().values()}
    assert {name: starts for name, starts in found.items() if starts} == ALLOWED


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import subprocess\nsubprocess.run(['x'])", "subprocess.run"),
        ("import subprocess as s\nf = s.Popen", "subprocess.Popen"),
        ("from subprocess import check_output as c", "subprocess.check_output"),
        ("import os\nos.execvp('x', [])", "os.execvp"),
        ("def f():\n    from os import posix_spawn", "os.posix_spawn"),
        (
            "import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()",
            "concurrent.futures.ProcessPoolExecutor",
        ),
        ("from concurrent.futures import ProcessPoolExecutor", "concurrent.futures.ProcessPoolExecutor"),
        ("import multiprocessing", "multiprocessing"),
        ("from multiprocessing import get_context", "multiprocessing.get_context"),
        ("import asyncio\nasyncio.create_subprocess_exec('x')", "asyncio.create_subprocess_exec"),
    ],
)
def test_that_would_be_seen(code: str, name: str) -> None:
    assert name in set(started(ast.parse(code)))


def commands_of(text: str) -> Iterator[str]:
    """Lines of a script that start a Python; in Python's own, lists that begin with one."""
    yield from (line.strip() for line in text.splitlines() if re.search(r"(?:python|\$name)\"?,? \"?-(?!-)", line))
    yield from (line.strip() for line in text.splitlines() if "sys.executable" in line)


def test_packages_start_it_isolated() -> None:
    found = {
        path.name: list(dict.fromkeys(commands_of(path.read_text(encoding="utf-8"))))
        for path in TEMPLATES.iterdir()
        if path.suffixes[0] in (".sh", ".cmd", ".yml", ".py") or path.name == "Dockerfile.j2"
    }
    assert {name: len(lines) for name, lines in found.items() if lines} == {
        "Dockerfile.j2": 1,
        "classroom50.py.j2": 4,
        "github-workflow.yml.j2": 1,
        "gradescope-run.sh.j2": 1,
        "gradescope-setup.sh.j2": 3,
    }
    loose = [line for lines in found.values() for line in lines if not re.search(r"[\s\"]-I[\s\"]", line)]
    assert loose == []


def test_no_guide_starts_it_otherwise() -> None:
    guides = [*(PACKAGE.parent / "docs").rglob("*.md"), PACKAGE.parent / "README.md", *TEMPLATES.iterdir()]
    told = [
        match
        for file in guides
        for match in re.findall(r"python\S* ((?:-\S+ )*)-m grader", file.read_text(encoding="utf-8"))
    ]
    assert {option.strip() for option in told} <= {"-P", "-I"}


@pytest.mark.parametrize("words", [command("observe.worker"), trusted("classroom.worker")])
def test_an_interpreter_looks_neither_here_nor_at_the_users_own(words: list[str]) -> None:
    options = words[1 : words.index(next(word for word in words if word.endswith("bootstrap.py")))]
    assert {"-s", "-P"} <= set(options)
    assert str(Path.cwd()) not in words


def test_variables_of_python_are_not_handed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONPYCACHEPREFIX", "PYTHONUSERBASE"):
        monkeypatch.setenv(name, ".")
    monkeypatch.setenv("LD_LIBRARY_PATH", f":{tmp_path}:.:lib")
    monkeypatch.setenv("NUMGRADE_CACHE", "cache")
    for variables in (environment("/"), inherited()):
        assert {name for name in variables if name.startswith("PYTHON")} <= {
            "PYTHONSAFEPATH",
            "PYTHONHASHSEED",
            "PYTHONDONTWRITEBYTECODE",
        }
        assert variables["PYTHONSAFEPATH"] == "1"
    assert environment("/")["LD_LIBRARY_PATH"] == str(tmp_path)
    assert inherited()["NUMGRADE_CACHE"] == str(Path.cwd() / "cache")


@pytest.mark.skipif(sys.platform == "win32", reason="/ is POSIX")
def test_a_process_is_in_no_folder_of_anybodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [sys.executable, "-I", "-c", "import os; print(os.getcwd())"]
    streams = Streams(subprocess.DEVNULL, subprocess.PIPE, None)
    with start(words, streams, environment=inherited()) as process:
        out, _ = process.communicate()
    assert out.decode().strip() == "/", shlex.join(words)
