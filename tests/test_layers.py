"""The house rules that a machine can check: where imports may point, what a module offers, how long things may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "grader"
ARCHITECTURE = PACKAGE.parent / "docs" / "architecture.md"
MODULES = tuple(sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")))
TREES = {name: ast.parse((PACKAGE / name).read_text(encoding="utf-8")) for name in MODULES}

# As in docs/architecture.md. A room may use itself and what is below it, and no other room of its own floor.
FLOORS = {
    "__main__": 8,
    "cli": 7,
    "exchange": 6,
    "authoring": 5,
    "classroom": 5,
    "report": 5,
    "grading": 4,
    "judge": 3,
    "observe": 2,
    "course": 1,
    "codec": 0,
    "disk": 0,
    "errors": 0,
    "figures": 0,
    "literals": 0,
    "near": 0,
    "recent": 0,
    "room": 0,
    "weight": 0,
    "observation": 0,
    "values": 0,
    "": 0,  # grader/__init__.py: the version
}
# These are single modules, not rooms: one of them may use another.
GROUND = {room for room, floor in FLOORS.items() if floor == 0}

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60

every_module = pytest.mark.parametrize("module", MODULES)


def room_of(dotted: str) -> str:
    """`judge` of `grader.judge.compare`, `values` of `grader.values`, nothing of `grader` itself."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else ""


def dotted(module: str) -> str:
    return ".".join(("grader", *Path(module).with_suffix("").parts)).removesuffix(".__init__")


def imported(tree: ast.AST) -> Iterator[tuple[str, str | None, int]]:
    """Each import from the package: module, name (None for a whole module), line. Those under TYPE_CHECKING count."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None, node.lineno) for alias in node.names if alias.name.split(".")[0] == "grader")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            if (node.module or "").split(".")[0] == "grader":
                yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def offered(module: str) -> list[str] | None:
    """What `__all__` says."""
    for node in TREES[module].body:
        if isinstance(node, ast.Assign) and any(isinstance(at, ast.Name) and at.id == "__all__" for at in node.targets):
            names = ast.literal_eval(node.value)
            assert isinstance(names, list)
            return names
    return None


def defined(module: str) -> Iterator[str]:
    """The names that a module binds at its top; it may offer what it has from elsewhere."""
    for node in TREES[module].body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


def test_the_floors_are_those_of_the_documentation() -> None:
    rows = re.findall(r"^\| (\d) \| (.+?) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: int(floor) for floor, rooms in rows for name in re.findall(r"`(\w+)(?:/|\.py)`", rooms)}

    assert told == {room: floor for room, floor in FLOORS.items() if room}


def test_every_module_is_on_a_floor() -> None:
    found = {Path(module).parts[0].removesuffix(".py") for module in MODULES}

    assert found - {"__init__"} == {room for room in FLOORS if room}


@every_module
def test_imports_point_down(module: str) -> None:
    room = room_of(dotted(module))
    up = [
        f"line {line}: {target}"
        for target, name, line in imported(TREES[module])
        for other in [room_of(f"{target}.{name}" if is_module(f"{target}.{name}") else target)]
        if other != room and FLOORS[other] >= FLOORS[room] and not {room, other} <= GROUND
    ]

    assert not up


@every_module
def test_what_a_module_offers_is_there(module: str) -> None:
    names = offered(module)
    if module.endswith("__init__.py"):
        assert not names or set(names) <= set(defined(module))
        return

    assert names is not None, "no __all__"
    assert len(names) == len(set(names))
    assert set(names) <= set(defined(module))
    assert not [name for name in names if name.startswith("_")]


@every_module
def test_what_others_take_from_a_module_is_offered(module: str) -> None:
    taken = [
        f"line {line}: {target}.{name}"
        for target, name, line in imported(TREES[module])
        if name is not None and not is_module(f"{target}.{name}")
        for source in [f"{'/'.join(target.split('.')[1:])}.py"]
        if source in TREES and name not in (offered(source) or ())
    ]

    assert not taken


@every_module
def test_nothing_is_too_long(module: str) -> None:
    lines = (PACKAGE / module).read_text(encoding="utf-8").count("\n")
    functions = [node for node in ast.walk(TREES[module]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {
        node.name: length
        for node in functions
        if (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }

    assert lines <= MOST_LINES
    assert not long
