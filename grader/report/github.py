"""A result as workflow commands, which GitHub shows beside the lines that they name."""

from __future__ import annotations

from typing import Final

from grader.judge.result import Result
from grader.report.annotations import Annotation, Severity, annotations_of
from grader.report.words import totals
from grader.words.text import text

__all__ = ["commands"]

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def commands(result: Result) -> str:
    """One command a problem, and a notice with the totals; each on a line of its own."""
    lines = [_annotation(annotation) for annotation in annotations_of(result)]
    lines += [f"::warning title=File::{_escaped(text(remark))}" for remark in result.remarks]
    lines.append(f"::notice title=Result::{_escaped(totals(result))}")
    return "\n".join(lines) + "\n"


def _annotation(annotation: Annotation) -> str:
    places = {"file": annotation.file, "line": annotation.line, "col": annotation.column if annotation.line else None}
    properties = [f"{name}={_escaped_property(str(place))}" for name, place in places.items() if place is not None]
    properties.append(f"title={_escaped_property(annotation.exercise)}")
    return f"::{_COMMANDS[annotation.severity]} {','.join(properties)}::{_escaped(annotation.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
