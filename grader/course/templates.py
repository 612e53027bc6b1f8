"""Templates: a course's own in its templates/ folder, by the same name, come before ours.

A course may be somebody else's, so its templates run in a sandbox and are given plain data only: never a path, a
specification or a key.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from grader.course.folder import example_course
from grader.course.markdown import for_docstring, for_jupyter, inline_html, to_html, type_line
from grader.errors import CourseError

__all__ = ["render"]

_MAX_CELL_ID: Final = 64


def render(template: str, *, course: Path | None = None, **context: Any) -> str:
    """What `template` makes of `context`. `course` is the folder whose templates/ come before ours.

    Raises `CourseError` with the file and line where a template is missing or does not work.
    """
    try:
        return _environment(course, _own(course)).get_template(template).render(context)
    except jinja2.TemplateNotFound as error:
        raise CourseError(f"templates/{error.name}: there is no such template") from None
    except jinja2.TemplateSyntaxError as error:
        raise CourseError(f"templates/{error.name or template}:{error.lineno}: {error.message}") from None
    except Exception as error:  # noqa: BLE001 - a boundary: a course's template may fail in any way
        raise CourseError(f"templates/{_place(error, template)}: {type(error).__name__}: {error}") from None


def _place(error: Exception, template: str) -> str:
    place, trace = template, error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".j2":
            place = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _own(course: Path | None) -> frozenset[str]:
    """The templates that a course has: one that comes or goes changes what a name means."""
    return frozenset(file.name for file in (course / "templates").glob("*.j2")) if course is not None else frozenset()


@lru_cache(maxsize=4)
def _environment(course: Path | None, own: frozenset[str]) -> jinja2.Environment:
    ours = example_course() / "templates"
    folders = [ours] if course is None else [course / "templates", ours]
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith((".html.j2", ".xml.j2")),
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "cell_id": _cell_id,
        "due": _due,
        "jupyter": for_jupyter,
        "lines": lambda text: text.splitlines(keepends=True),
        "markdown": lambda text: Markup(to_html(text)),  # noqa: S704 - it escapes what it is given
        "markdown_line": lambda text: Markup(inline_html(text)),  # noqa: S704
        "prose": _prose,
        "tojson": lambda value: json.dumps(value, ensure_ascii=False),
        "type_line": type_line,
        "wrapped": for_docstring,
    }
    return environment


def _cell_id(text: str) -> str:
    """An id that a notebook's cell may have: at most 64 letters, digits, - and _."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", text)
    if plain == text and len(text) <= _MAX_CELL_ID:
        return text
    return f"{plain[:48]}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _prose(text: str) -> Markup:
    """Text in which what stands between backticks is code, and nothing else is anything."""
    parts = [escape(part) for part in re.split(r"`([^`\n]+)`", text)]
    return Markup("").join(Markup("<code>{}</code>").format(part) if i % 2 else part for i, part in enumerate(parts))


def _due(moment: str) -> str:
    """A due date as people write it: `2026-10-04 23:59 (UTC+02:00)`."""
    return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M} (UTC{moment[-6:] if moment[-6] in '+-' else ''})"
