"""Images beside an exercise's file: `![A graph](relu.png)` in its task travels into page and notebook."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.course.problems import Violation, clip
from grader.message import Wording, by_language

__all__ = ["image_files", "image_violations", "with_images"]

_IMAGE: Final = re.compile(r"(!\[[^\]\n]*\]\()([^\s()<>]+)(?=[\s)])")
_CODE: Final = re.compile(r"(?ms)^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`")
_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_TYPES: Final = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_MOST_BYTES: Final = 2 << 20


def image_violations(task: Wording, folder: Path) -> list[Violation]:
    """The images of a task that are not in `folder`, or are none that a page shows."""
    texts = by_language(task).items()
    return [one for tag, text in texts for one in _violations(text, ("task", tag) if tag else ("task",), folder)]


def _violations(task: str, place: tuple[str, ...], folder: Path) -> Iterator[Violation]:
    for match in _beside(task):
        if fault := _fault(match[2], folder):
            line = task.count("\n", 0, match.start(2))
            column = match.start(2) - (task.rfind("\n", 0, match.start(2)) + 1)
            yield Violation(place, *fault, inside=(line, column))


def with_images(task: str, folder: Path) -> str:
    """The task with the images in it, as data."""
    made, end = [], 0
    for match in _beside(task):
        if not _fault(match[2], folder):
            made += [task[end : match.start(2)], _data(folder / match[2])]
            end = match.end(2)
    return "".join([*made, task[end:]])


def image_files(task: Wording, folder: Path) -> list[Path]:
    """The images of a task that are in `folder`."""
    named = (found[2] for text in by_language(task).values() for found in _beside(text))
    return [folder / name for name in dict.fromkeys(named) if not _fault(name, folder)]


def _beside(task: str) -> Iterator[re.Match[str]]:
    """The images of files: not those of an address, and none in code."""
    code = [range(*match.span()) for match in _CODE.finditer(task)]
    for match in _IMAGE.finditer(task):
        if not _ELSEWHERE.match(match[2]) and not any(match.start() in each for each in code):
            yield match


def _fault(name: str, folder: Path) -> tuple[str, str] | None:
    path = folder / name
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        return f"the image '{clip(name)}' is not beside the exercise", "Put it into the exercise's folder."
    if path.suffix.lower() not in _TYPES:
        return f"'{clip(name)}' is no image that a page shows", f"Its name ends in {', '.join(_TYPES)}."
    if not path.is_file():
        return f"there is no image '{clip(name)}' beside the exercise", "Put it there, or mend its name."
    if path.stat().st_size > _MOST_BYTES:
        return f"the image '{clip(name)}' is larger than {_MOST_BYTES >> 20} MiB", "Make it smaller."
    return None


def _data(path: Path) -> str:
    return f"data:image/{_TYPES[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode()}"
