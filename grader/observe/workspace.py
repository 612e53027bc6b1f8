"""The namespaces of a submission's files, and running their statements, each by itself."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import PurePath
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np

from grader.observation import Raised
from grader.observe.program import Program, Statement
from grader.observe.source_map import SourceLines, clean, raised
from grader.observe.wire import MAX_DEFINITIONS, MAX_FAULTS, Loaded, Running

__all__ = ["Workspace"]

Announce = Callable[[Running], None]


class Workspace:
    """One module for each file. A file's statements run once, on `load` or when another file imports it.

    `given`: names that are in every namespace, whatever a file makes of them.
    """

    def __init__(self, programs: Sequence[Program], given: Mapping[str, object] = MappingProxyType({})) -> None:
        self._given = given
        self.source_map: dict[str, SourceLines] = {}
        self._programs = programs
        self._modules: dict[int, ModuleType] = {}
        self._faults: dict[int, list[Raised]] = {}
        self._importable = _importable(programs)
        sys.modules["builtins"] = _BUILTINS
        for program in programs:
            self.source_map.update(program.source_map)
        sys.meta_path.insert(0, _Finder(self))

    def namespace(self, index: int) -> dict[str, Any]:
        return vars(self._module(index))

    def load(self, index: int, announce: Announce, *, skip: Collection[int] = (), sure_only: bool = False) -> Loaded:
        """Run the statements of a file. One that raises costs only itself."""
        if index not in self._faults:
            self._run(index, announce, skip, sure_only)
        names = [clean(name) for name, value in list(self.namespace(index).items()) if _is_offered(name, value)]
        return Loaded(faults=tuple(self._faults[index][:MAX_FAULTS]), names=tuple(names[:MAX_DEFINITIONS]))

    def find(self, name: str) -> int | None:
        return self._importable.get(name)

    def import_module(self, index: int) -> ModuleType:
        """For an `import` in another file: that statement has been announced, so nothing else needs to be."""
        if index not in self._faults:
            self._run(index, _keep_quiet, (), False)
        return self._module(index)

    def _run(self, index: int, announce: Announce, skip: Collection[int], sure_only: bool) -> None:
        faults = self._faults[index] = []
        namespace = self.namespace(index)
        for number, statement in enumerate(self._programs[index].statements):
            sure = statement.is_sure and all(name in sys.modules for name in statement.imports)
            if number in skip or (sure_only and not sure):
                continue
            if not sure:
                announce(Running(number, statement.line, statement.cell))
            fault = _executed(statement, namespace, self.source_map)
            self._give(namespace)
            if fault is not None:
                faults.append(fault)

    def _module(self, index: int) -> ModuleType:
        if index not in self._modules:
            self._modules[index] = self._new_module(self._programs[index].name, index)
        return self._modules[index]

    def _new_module(self, file: str, index: int) -> ModuleType:
        # Never __main__: what is meant only for running the file as a script is not for here. Nor the file's own name,
        # which may be that of a module that Python has.
        module = ModuleType(f"submission_{index + 1}")
        vars(module).update(__builtins__=_BUILTINS, __file__=file, np=np)
        sys.modules[module.__name__] = module
        self._give(vars(module))
        return module

    def _give(self, namespace: dict[str, Any]) -> None:
        """After each statement: what later ones keep of a name (in a table, as a default) is then what is given.

        A module of that name stays, for the name is in it.
        """
        for name, value in self._given.items():
            if type(namespace.get(name)) is not ModuleType:
                namespace[name] = value


class _Finder(MetaPathFinder):
    """Finds the submission's other files, where no module has the name: nothing that Python has is shadowed.

    A folder without an `__init__.py`, which Python takes for a package, is no module: to Python too any module of that
    name comes before. Where packages are installed in place, their checkouts have such folders.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        index = self._workspace.find(name)
        if index is None:
            return None
        others = (finder.find_spec(name, None, None) for finder in sys.meta_path if finder is not self)
        found = next((spec for spec in others if spec is not None and not _is_mere_folder(spec)), None)
        return found or ModuleSpec(name, _Loader(self._workspace, index))


def _is_mere_folder(spec: ModuleSpec) -> bool:
    return spec.origin is None and spec.submodule_search_locations is not None


class _Loader(Loader):
    def __init__(self, workspace: Workspace, index: int) -> None:
        self._workspace = workspace
        self._index = index

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._workspace.import_module(self._index)

    def exec_module(self, module: ModuleType) -> None:
        """It ran when it was made."""


def _executed(statement: Statement, namespace: dict[str, Any], source_map: dict[str, SourceLines]) -> Raised | None:
    try:
        exec(statement.code, namespace)  # noqa: S102 — this is the process for it
    except BaseException as error:  # noqa: BLE001 — a boundary: whatever the submission raises is noted
        return raised(error, source_map)
    return None


def _is_offered(name: object, value: object) -> bool:
    return type(name) is str and not name.startswith("__") and callable(value)


def _keep_quiet(running: Running) -> None:
    pass


def _importable(programs: Sequence[Program]) -> dict[str, int]:
    """The files by the name that Python would import them by, the first of each name."""
    found: dict[str, int] = {}
    for index, program in enumerate(programs):
        path = PurePath(program.name)
        if path.suffix == ".py":
            found.setdefault(path.stem, index)
    return found


class _Shell:
    """What `get_ipython()` gives: any of its methods does nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return _do_nothing


def _do_nothing(*arguments: object, **options: object) -> None:
    pass


def _own_builtins() -> ModuleType:
    """A copy for the submission, so that what it deletes or replaces there is missing nowhere else.

    It also has the names that Jupyter gives to every cell.
    """
    own = ModuleType("builtins", builtins.__doc__)
    vars(own).update(vars(builtins), display=print, get_ipython=_Shell)
    return own


_BUILTINS = _own_builtins()  # made once, before any child is forked: copying it touches half of the interpreter
