"""The packages of a course: which names its expressions see beside `np`, and which modules these are."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema

from grader.course.expressions import TAKEN
from grader.course.fields import fault
from grader.course.node import Path
from grader.course.problems import Violation, clip

__all__ = ["Packages", "check_names", "used_in"]

_WORD: Final = re.compile(r"\w+")
_TEXT: Final = {"type": "string"}
_SCHEMA: Final = {
    "oneOf": [
        {"type": "array", "items": _TEXT},
        {"type": "object", "additionalProperties": _TEXT},
    ]
}


def _by_name(raw: Any) -> Any:
    """The modules by the names that they are seen under."""
    if isinstance(raw, list | tuple):
        named: dict[str, str] = {}
        for number, module in enumerate(raw):
            _check_module(module, (number,))
            if "." in module:
                last = module.rpartition(".")[2]
                advice = f"Write {{{last}: {module}}}, or another name in place of {last}."
                raise fault(f"'{clip(module)}' is no name in Python", advice=advice, path=(number,))
            if module in named:
                raise fault(f"'{module}' stands here twice", path=(number,))
            _check_name(module, (number,))
            named[module] = module
        return named
    if not isinstance(raw, Mapping):
        raise fault(f"a list of packages is due, not {clip(raw)}", advice="Write [pandas], or {pd: pandas}.")
    for name, module in raw.items():
        _check_name(name, (name,))
        _check_module(module, (name,))
    return dict(raw)


def _check_module(module: object, path: Path) -> None:
    if not isinstance(module, str):
        raise fault(f"a package is a name, not {clip(module)}", path=path)
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in module.split(".")):
        advice = "Write what stands behind `import`: `sklearn`, where `scikit-learn` is installed."
        raise fault(f"'{clip(module)}' is no name of a module", advice=advice, path=path)


def _check_name(name: object, path: Path) -> None:
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise fault(f"'{clip(name)}' is no name in Python", path=path)
    if name in TAKEN:
        raise fault(f"no package can be called '{name}': in expressions it is {TAKEN[name]}", path=path)


def check_names(arguments: Iterable[str], packages: Mapping[str, str]) -> Iterator[Violation]:
    """Arguments that have the name of a package of the course."""
    for name in arguments:
        if name in packages:
            message = f"no argument can be called '{name}': in expressions it is the module {packages[name]}"
            yield Violation(("args", name), message, "`packages:` of course.yaml can name it otherwise.", at_key=True)


def used_in(texts: Iterable[str], packages: Mapping[str, str]) -> dict[str, str]:
    """Those of `packages` that an exercise may need: its texts say their names, or those of their modules.

    To import a large one takes seconds in each process that is not forked from one which has it.
    """
    words = {word for text in texts for word in _WORD.findall(text)}
    return {name: module for name, module in packages.items() if {name, module.partition(".")[0]} & words}


Packages: TypeAlias = Annotated[dict[str, str], BeforeValidator(_by_name), WithJsonSchema(_SCHEMA)]
