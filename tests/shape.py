"""The shape of the package, read from its source: modules, what each imports, circles among them.

`python tests/shape.py` prints it in figures; `python tests/shape.py FOLDER` does so for the package in another folder.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, final

PACKAGE = Path(__file__).resolve().parents[1] / "grader"

Arrows: TypeAlias = dict[str, set[str]]


@final
@dataclass(frozen=True, slots=True)
class Module:
    """A file of the package; `name` as in `grader.judge.compare`."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def room(self) -> str:
        """`judge` of `grader.judge.compare`; a module of no room is one of its own, and `grader` itself has no name."""
        return room_of(self.name)


@final
@dataclass(frozen=True, slots=True)
class Import:
    """`name` is None where the whole module `source` is imported."""

    source: str
    name: str | None
    line: int


def room_of(module: str) -> str:
    return [*module.split("."), ""][1]


def read(package: Path = PACKAGE) -> dict[str, Module]:
    found = [_module(path, package) for path in sorted(package.rglob("*.py"))]
    return {module.name: module for module in found}


def _module(path: Path, package: Path) -> Module:
    parts = (package.name, *path.relative_to(package).with_suffix("").parts)
    text = path.read_text(encoding="utf-8")
    return Module(".".join(parts).removesuffix(".__init__"), path, text, ast.parse(text))


def imports(module: Module, modules: Mapping[str, Module]) -> Iterator[Import]:
    """What it imports of the package, wherever that is written: in a function, and under TYPE_CHECKING, too."""
    own = module.name.split(".")[0]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(at.name, None, node.lineno) for at in node.names if at.name.split(".")[0] == own)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.path}:{node.lineno}: a relative import"
            source = node.module or ""
            for at in node.names if source.split(".")[0] == own else ():
                whole = f"{source}.{at.name}"
                yield Import(whole, None, node.lineno) if whole in modules else Import(source, at.name, node.lineno)


def arrows(modules: Mapping[str, Module]) -> Arrows:
    """The modules that each module imports."""
    return {name: {at.source for at in imports(module, modules)} - {name} for name, module in modules.items()}


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Modules each of which imports, by way of others, itself: those that do so together, together."""
    reached = {name: _reached(name, graph) for name in graph}
    found = {tuple(sorted(b for b in ends if name in reached[b])) for name, ends in reached.items() if name in ends}
    return [list(circle) for circle in sorted(found)]


def _reached(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Each function's name, and how many lines it has."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def figures(modules: Mapping[str, Module]) -> dict[str, int]:
    """What there is to count. The modules that are in no room count as one."""
    graph = arrows(modules)
    rooms = {room_of(name) for name in modules if name.count(".") > 1}
    of = {name: room_of(name) if room_of(name) in rooms else "" for name in modules}
    across = [(of[a], of[b]) for a, others in graph.items() for b in others if of[a] != of[b]]
    lengths = sorted(length for module in modules.values() for _, length in functions(module))
    return {
        "modules": len(modules),
        "lines": sum(module.lines for module in modules.values()),
        "functions": len(lengths),
        "lines of the median function": lengths[len(lengths) // 2],
        "imports among modules": sum(map(len, graph.values())),
        "of these, from room to room": len(across),
        "arrows between rooms": len(set(across)),
        "circles": len(circles(graph)),
    }


def main(*arguments: str) -> None:
    modules = read(Path(*arguments).resolve() if arguments else PACKAGE)
    for what, count in figures(modules).items():
        print(f"{what:30}{count:>8,}")
    for circle in circles(arrows(modules)):
        print("a circle: " + ", ".join(circle))


if __name__ == "__main__":
    main(*sys.argv[1:])
