"""What `get_ipython()` gives: the magics that do something to names or to the environment; all others do nothing."""

from __future__ import annotations

import builtins
import os
import re
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final, final

from grader.observe.magics import named_file, statement_of

__all__ = ["Shell", "check"]

_PYLAB: Final = "from numpy import *; from numpy.fft import *; from numpy.random import *; from numpy.linalg import *"
_OURS: Final = "grader"  # the extension that a notebook loads to have its cells judged
_KEPT_BY_PYLAB: Final = ("abs", "bool", "bytes", "max", "min", "pow", "round")
_GIVEN: Final = re.compile(r"\$(\w+)|\{([^{}]+)\}")
# Held here so that a submission that patches modules only patches what it sees itself.
_frame = sys._getframe
_environment = os.environ
_working_folder = os.getcwd
_expand = _GIVEN.sub
_statement = statement_of
_named_file = named_file


def check(*exercises: object, **options: object) -> None:
    """What a notebook calls to have its cells judged. Here they are being judged already."""


@final
class Shell:
    """`module_of`: the module of one of the submission's files, by the file's name, after it has run."""

    def __init__(self, module_of: Callable[[str], ModuleType | None]) -> None:
        self._module_of = module_of

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Any other method."""
        return _do_nothing

    def run_line_magic(self, name: str, line: str, *rest: object, **options: object) -> object:
        return self._run(name, line, _frame(1).f_globals)

    def getoutput(self, *command: object, **options: object) -> list[str]:
        """The lines that a program printed; none is started here."""
        return []

    def magic(self, line: str) -> object:
        name, _, line = line.lstrip("%").partition(" ")
        return self._run(name, line, _frame(1).f_globals)

    def _run(self, name: str, line: str, namespace: dict[str, Any]) -> object:
        line = line.strip()
        match name:
            case "env" | "set_env":
                return _environ(_expanded(line, namespace))
            case "load_ext" | "reload_ext":
                if line == _OURS:
                    namespace.setdefault(check.__name__, check)
            case "pwd":
                return _working_folder()
            case "pylab":
                exec(_PYLAB, namespace)  # noqa: S102 — this is the process for it
                namespace.update({name: vars(builtins)[name] for name in _KEPT_BY_PYLAB})
            case "run":
                self._run_file(_expanded(line, namespace), namespace)
            case _:
                return _evaluated(_statement(name, line), namespace)
        return None

    def _run_file(self, line: str, namespace: dict[str, Any]) -> None:
        file = _named_file(line) or ""
        module = self._module_of(file) or self._module_of(f"{file}.py")
        if module is None:
            raise FileNotFoundError(f"{file} is not among the files that were handed in")
        namespace.update({name: value for name, value in vars(module).items() if not name.startswith("__")})


def _expanded(line: str, namespace: dict[str, Any]) -> str:
    """The line with the values of `$name` and `{expression}`, as far as they have one."""

    def value(found: re.Match[str]) -> str:
        try:
            return str(eval(found[1] or found[2], namespace))  # noqa: S307 — this is the process for it
        except Exception:  # noqa: BLE001 — as Jupyter, which leaves such a line as it is
            return found[0]

    return _expand(value, line)


def _environ(line: str) -> str | None:
    name, is_set, value = line.partition("=") if "=" in line else line.partition(" ")
    if not is_set:
        return _environment.get(name.strip())
    _environment[name.strip()] = value.strip()
    return None


def _evaluated(statement: str | None, namespace: dict[str, Any]) -> object:
    """What a statement is worth, if it is an expression; whatever it binds is bound."""
    if statement is None:
        return None
    try:
        code = compile(statement, "<magic>", "eval", dont_inherit=True)
    except SyntaxError:
        exec(compile(statement, "<magic>", "exec", dont_inherit=True), namespace)  # noqa: S102
        return None
    return eval(code, namespace)  # noqa: S307


def _do_nothing(*arguments: object, **options: object) -> None:
    pass
