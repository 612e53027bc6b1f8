"""A submission's own files as modules: for its own imports they come first, as Python has what stands beside a script.

Its code has an `import` of its own, the `__import__` of its builtins. Libraries, numpy and the observer import as ever,
so a student's `random.py` or `ast.py` is in nobody's way. What such a file does not have, the module of that name has
that Python would have found: files of several folders often come together that were never meant to meet.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import PurePosixPath
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, cast, final

from grader.observe.file_names import first_copy

if TYPE_CHECKING:
    from importlib.abc import Loader

__all__ = ["OwnModules", "SoleFile", "is_module"]

_ROOT: Final = PurePosixPath()
_PACKAGE: Final = "__init__"
# Held here so that a submission that patches modules only patches what it sees itself.
_outside_import = builtins.__import__
_modules = sys.modules
_finders = sys.meta_path
_standard = sys.stdlib_module_names


class _OwnModule(ModuleType):
    """`outside`: the name of the module that Python would have found, if there is one."""

    def __init__(self, name: str, outside: str | None) -> None:
        super().__init__(name)
        vars(self)["__outside__"] = outside

    def __getattr__(self, name: str) -> object:
        outside = vars(self).get("__outside__")
        if outside is not None and not name.startswith("__"):
            try:
                _outside_import(outside)
                if type(module := _modules[outside]) is not _OwnModule:
                    return getattr(module, name)
            except (ImportError, AttributeError, KeyError):
                pass
        raise AttributeError(f"module {vars(self).get('__name__')!r} has no attribute {name!r}")


def is_module(value: object) -> bool:
    return issubclass(type(value), ModuleType)


@final
class OwnModules:
    """The modules of some files, each made when it is first asked for; `run` has the statements of one run, once.

    `files`: their names, with the folders they are in. A module's place is its name without the ending; that of a
    package is its folder, whether there is an `__init__.py` in it or not. Where there is no `helper.py`, the last of
    its copies is there: handed in again, Canvas calls it `helper-1.py`. The first of several tasks on numpy may be
    called `numpy-1.py`, so what Python has itself has no copies.
    """

    def __init__(self, files: Sequence[str], run: Callable[[int], None]) -> None:
        self._run = run
        self._files = [PurePosixPath(file) for file in files]
        self._numbers: dict[PurePosixPath, int] = {}
        self._by_name: dict[str, PurePosixPath] = {}
        self._folders: set[PurePosixPath] = set()
        for number, file in enumerate(map(_as_imported, self._files)):
            if file.suffix == ".py":
                place = _place(file)
                self._numbers.setdefault(place, number)
                self._by_name.setdefault(place.name, place)
                self._folders.update(file.parents)
        for place, number in _copies(self._numbers).items():
            if not self._is_there(place) and not _is_outside(place.name):
                self._numbers[place] = number
                self._by_name.setdefault(place.name, place)
        self._made: dict[PurePosixPath | int, ModuleType] = {}
        _finders.insert(0, _Finder(self))

    def module(self, number: int) -> ModuleType:
        """The module of a file, whether or not it has run."""
        if number not in self._made:
            file = self._files[number]
            place = _place(_as_imported(file))
            module = self._new(place, file.name if self._numbers.get(place, number) == number else f"{file} (2)")
            vars(module)["__file__"] = str(file)
            self._made[number] = module
        return self._made[number]

    def is_own(self, name: str) -> bool:
        """Whether an import of that name is, from some file, one of the submission's own."""
        top = name.partition(".")[0]
        return top in self._by_name or any(folder.name == top for folder in self._folders)

    def import_(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 — the names that Python has
        locals: Mapping[str, Any] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """`__import__`, for the submission's code.

        What Python and libraries import in C on behalf of that code (`warnings`, for a warning) comes here too, with a
        list where a statement has a tuple or None: that is no import of the submission's.
        """
        is_statement = type(fromlist) is not list
        place = self._meant(name, _file_of(globals), level) if is_statement else None
        if place is None and level:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if place is None:
            return _outside_import(name, globals, locals, fromlist or (), level)
        count = len(name.split(".")) if name else 0
        chain = [self._imported(each) for each in (place, *place.parents)[: max(count, 1)][::-1]]
        for above, below, part in zip(chain, chain[1:], name.split(".")[1:], strict=False):
            setattr(above, part, below)
        for part in fromlist or ():
            if part not in vars(chain[-1]) and self._is_there(place / part):
                setattr(chain[-1], part, self._imported(place / part))
        return chain[-1] if fromlist else chain[0]

    def find(self, name: str) -> PurePosixPath | None:
        """The place of a module by its full name, seen from no file in particular."""
        return self._meant(name, None, 0)

    def import_place(self, place: PurePosixPath) -> ModuleType:
        """The module there, which has run."""
        return self._imported(place)

    def number_of(self, file: str) -> int | None:
        """The file of that name."""
        place = PurePosixPath(file)
        numbers = (number for number, each in enumerate(self._files) if each in (place, PurePosixPath(place.name)))
        return next(numbers, None)

    def _meant(self, name: str, file: PurePosixPath | None, level: int) -> PurePosixPath | None:
        parts = name.split(".") if name else []
        folder = _ROOT if file is None else file.parent
        if level:
            return self._below((folder, *folder.parents)[min(level - 1, len(folder.parents))], parts)
        tops = [each / parts[0] for each in (folder, *folder.parents) if self._is_there(each / parts[0])]
        top = next(iter(tops), self._by_name.get(parts[0]))
        if top is None or (file is not None and top == _place(file) and _is_outside(parts[0])):
            return None  # a file that imports its own name means another
        return self._below(top, parts[1:])

    def _below(self, place: PurePosixPath, parts: Sequence[str]) -> PurePosixPath | None:
        place = place.joinpath(*parts)
        return place if self._is_there(place) else None

    def _is_there(self, place: PurePosixPath) -> bool:
        return place in self._numbers or place in self._folders

    def _imported(self, place: PurePosixPath) -> ModuleType:
        number = self._numbers.get(place)
        if number is None:
            if place not in self._made:
                self._made[place] = self._new(place, place.name)
            return self._made[place]
        module = self.module(number)
        self._run(number)
        return module

    def _new(self, place: PurePosixPath, file: str) -> ModuleType:
        """Under the name that it is imported by, unless Python has another such module: that one keeps its name."""
        name = ".".join(place.parts) or "."
        is_outside = _is_outside(place.parts[0]) if place.parts else False
        module = _OwnModule(file if is_outside or name in _modules else name, name if is_outside else None)
        if place in self._folders:
            vars(module)["__path__"] = []
        _modules.setdefault(module.__name__, module)
        return module


@final
class SoleFile:
    """In place of `OwnModules`, for a submission of one file that imports nothing but numpy and a few of Python's own.

    Nothing can be found beside it, and nothing in it can tell what its module is called. So there is nothing to look
    up, which takes a new process longer than to run the file.
    """

    import_ = staticmethod(_outside_import)

    def __init__(self, file: str) -> None:
        self._file = file
        self._module: ModuleType | None = None

    def module(self, number: int) -> ModuleType:
        """As that of `OwnModules`."""
        if self._module is None:
            self._module = ModuleType(self._file)
            vars(self._module)["__file__"] = self._file
        return self._module

    def is_own(self, name: str) -> bool:
        return False

    def number_of(self, file: str) -> int | None:
        return None


class _Finder:
    """Finds those files for whoever does not import as the submission does: only where no module can have the name.

    A folder without an `__init__.py`, which Python takes for a package, is no module: to Python too any module of that
    name comes before. Where packages are installed in place, their checkouts have such folders.
    """

    def __init__(self, modules: OwnModules) -> None:
        self._modules = modules
        self._is_asking = False  # other finders, which may import what they need for that

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        is_for_others = self._is_asking or name.partition(".")[0] in _standard  # on another system it may be missing
        place = None if is_for_others else self._modules.find(name)
        if place is None:
            return None
        self._is_asking = True
        try:
            return _outside_spec(name) or ModuleSpec(name, cast("Loader", _Loader(self._modules, place)))
        finally:
            self._is_asking = False


class _Loader:
    """As Python's own `Loader` has it, whose module imports much that nothing else here needs."""

    def __init__(self, modules: OwnModules, place: PurePosixPath) -> None:
        self._modules = modules
        self._place = place

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._modules.import_place(self._place)

    def exec_module(self, module: ModuleType) -> None:
        """It ran when it was made."""


def _as_imported(file: PurePosixPath) -> PurePosixPath:
    """A name whose accents are written as Python writes those of an `import`: archives of a Mac have them otherwise."""
    if str(file).isascii():
        return file
    import unicodedata  # not before it is needed, for a new process of its own

    return PurePosixPath(unicodedata.normalize("NFC", str(file)))


def _place(file: PurePosixPath) -> PurePosixPath:
    is_package = file.name == f"{_PACKAGE}.py" and file.parent != _ROOT
    return file.parent if is_package else file.with_suffix("")


def _copies(numbers: Mapping[PurePosixPath, int]) -> dict[PurePosixPath, int]:
    """The files that are the last copies of what an `import` can name, by the place that it names."""
    found = [(copy, place, number) for place, number in numbers.items() if (copy := first_copy(place.name))]
    return {place.with_name(name): number for (name, _), place, number in sorted(found, key=lambda each: each[0][1])}


def _file_of(namespace: Mapping[str, Any] | None) -> PurePosixPath | None:
    file = namespace.get("__file__") if isinstance(namespace, dict) else None
    return _as_imported(PurePosixPath(file)) if type(file) is str else None


def _is_outside(name: str) -> bool:
    """Whether Python has a module of that name elsewhere."""
    if name in _modules:
        return not isinstance(_modules[name], _OwnModule)
    return name in _standard or _outside_spec(name) is not None


def _outside_spec(name: str) -> ModuleSpec | None:
    for finder in [each for each in _finders if not isinstance(each, _Finder)]:
        spec = finder.find_spec(name, None, None)
        if spec is not None and not (spec.origin is None and spec.submodule_search_locations is not None):
            return spec
    return None
