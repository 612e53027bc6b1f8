"""The events of a YAML text that is nested no deeper than its reader allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from grader.course.node import Mark

__all__ = ["TooDeep", "events"]

_BRACKET: Final = re.compile(r"[\[{\]}]")


class TooDeep(Exception):
    """Lists and mappings are nested deeper than allowed; `mark` is where the first of them begins that is too deep."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(mark)
        self.mark = mark


def events(text: str, *, deepest: int) -> Iterator[Any]:
    """The events of PyYAML's parser: the C one where it is built in. Raises `TooDeep`, and what the parser raises.

    A parser may have a limit of its own, and meet it first: it reads on over a thousand brackets to see whether they
    are the key of a mapping, and tells of none before. So where it gives up, what it had read ahead is counted too.
    """
    parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    depth = told = 0
    try:
        while parser.check_event():
            event = parser.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > deepest:
                raise TooDeep(Mark(event.start_mark.line, event.start_mark.column, event.start_mark.index))
            told = event.end_mark.index
            yield event
    except yaml.MarkedYAMLError as fault:
        place = _place(fault, text)
        if place is not None and (index := _deeper(text, told, place.index, deepest - depth)) is not None:
            raise TooDeep(Mark(place.line, place.column - (place.index - index), index)) from None
        raise
    finally:
        parser.dispose()


def _place(fault: yaml.MarkedYAMLError, text: str) -> Any:
    """Where the parser gave up; for a quote that is never closed, where it opens: brackets inside it do not count."""
    context, problem = fault.context_mark, fault.problem_mark
    quoted = context is not None and text[context.index : context.index + 1] in ("'", '"')
    return context if quoted or problem is None else problem


def _deeper(text: str, start: int, end: int, levels: int) -> int | None:
    """Where, on the line of `end`, brackets that were opened since `start` go deeper than `levels` more."""
    start = max(start, text.rfind("\n", 0, end) + 1)
    for found in _BRACKET.finditer(text, start, end + 1):
        levels += -1 if found[0] in "[{" else 1
        if levels < 0:
            return found.start()
    return None
