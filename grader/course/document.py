"""Reading YAML 1.2 so that every key and value keeps its place.

The parser is PyYAML's; what its events mean is decided here. A file that YAML itself cannot read, or that is too large,
too deep or swells through aliases, is refused at once. What is wrong with single nodes (a key that stands twice, a tag,
a comma that splits a value) is collected, so that it can be told together with what is wrong with the specification.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import yaml

from grader.course import lookalikes, syntax, yaml_pitfalls
from grader.course.events import TooDeep, events
from grader.course.node import Alias, Mapping, Mark, Node, Path, Scalar, Sequence, data, find, resolved
from grader.course.problems import Problem, Violation, clip, error
from grader.course.scalars import resolve
from grader.errors import SpecificationError

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Document", "read"]

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 64
MAX_NODES: Final = 200_000

_START: Final = Mark(0, 0, 0)
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OTHER_ENCODINGS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True)
class Document:
    """A YAML file that could be read. `problems` are faults, `remarks` are doubts."""

    name: str
    text: str
    root: Mapping
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]

    @cached_property
    def lines(self) -> list[str]:
        return _BREAK.split(self.text)

    @property
    def value(self) -> dict[Any, Any]:
        """The plain data of the file, made anew each time."""
        value: dict[Any, Any] = data(self.root)
        return value

    def mark(self, path: Path, *, at_key: bool = False) -> Mark:
        """Where the value at `path` stands (or its key); where there is none, the deepest key on the way to it."""
        found = find(self.root, path)
        if found.key is not None and (at_key or not found.complete or _is_absent(found.node)):
            return found.key.start
        return found.node.start

    def problem(self, violation: Violation) -> Problem:
        """The problem of a finding: its path turned into a place."""
        mark = self.mark(violation.path, at_key=violation.at_key)
        found = find(self.root, violation.path)
        if violation.inside is not None and found.complete and not _is_absent(found.node):
            mark = self._inside(resolved(found.node), *violation.inside)
        return Problem(mark, violation.message, violation.advice)

    def _inside(self, node: Node, line: int, column: int) -> Mark:
        """The place of a line and column of a scalar's content, as well as it can be told."""
        if not isinstance(node, Scalar):
            return node.start
        if node.style == "|":
            return self._inside_block(node, line, column)
        quote = 1 if node.style else 0
        source = self.text[node.start.index + quote : node.end.index - quote]
        if source != node.content or line:
            return node.start
        return Mark(node.start.line, node.start.column + quote + column, node.start.index + quote + column)

    def _inside_block(self, node: Scalar, line: int, column: int) -> Mark:
        content = node.content.split("\n")
        number = node.start.line + 1 + line
        if line >= len(content) or number >= len(self.lines):
            return node.start
        indent = len(self.lines[number]) - len(content[line])
        return Mark(number, max(0, indent + column), node.start.index)

    def error(self, problems: tuple[Problem, ...]) -> SpecificationError:
        """The exception that tells these problems of the file."""
        return error(lookalikes.named(problems, self.lines), self.name, self.lines)


def _is_absent(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.style and not node.content


def read(raw: bytes, name: str) -> Document:
    """The document of a file's bytes; `name` is what the file is called in messages.

    Raises `SpecificationError` where YAML cannot read it, or where it is no mapping.
    """
    text = _decoded(raw, name)
    try:
        builder = _Builder(text)
        for event in _events(text):
            builder.take(event)
        root = _as_mapping(builder.root)
    except _Fatal as fatal:
        lines = _BREAK.split(text)
        raise error([lookalikes.cause(fatal.problem, lines)], name, lines) from None
    remarks = (*builder.remarks, *yaml_pitfalls.doubts(root, text))
    return Document(name, text, root, tuple(builder.problems), remarks)


class _Fatal(Exception):
    """Reading cannot go on."""

    def __init__(self, mark: Mark, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(mark, message, advice)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        advice = "large inputs are better made by an `=` expression"
        raise SpecificationError((f"{name}: the file is larger than {MAX_BYTES >> 20} MiB; {advice}",))
    for mark, encoding in _OTHER_ENCODINGS:
        if raw.startswith(mark):
            raise SpecificationError((f"{name}: the file is written in {encoding}; save it as UTF-8",))
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, fault.start) + 1 : fault.start].decode(errors="replace")) + 1
        raise SpecificationError((f"{name}:{line}:{column}: the file is not UTF-8 text; save it as UTF-8",)) from None
    if control := _CONTROL.search(text):
        raise error([_unreadable(text, control.start())], name, _BREAK.split(text))
    return text


def _unreadable(text: str, index: int) -> Problem:
    before = _BREAK.split(text[:index])
    mark = Mark(len(before) - 1, len(before[-1]), index)
    if text[index] == "\0":
        return Problem(mark, "a NUL byte", "Is this a text file? If so, save it as UTF-8.")
    return Problem(mark, f"the control character U+{ord(text[index]):04X} is not allowed in YAML", "Delete it.")


def _events(text: str) -> Iterator[Any]:
    try:
        yield from events(text, deepest=MAX_DEPTH)
    except TooDeep as fault:
        raise _Fatal(
            fault.mark, f"lists and mappings are nested more than {MAX_DEPTH} deep", "Write it with fewer levels."
        ) from None
    except yaml.MarkedYAMLError as fault:
        problem = syntax.explained(fault, text, _BREAK.split(text))
        raise _Fatal(problem.mark, problem.message, problem.advice) from None
    except (yaml.YAMLError, ValueError, OverflowError) as fault:
        raise _Fatal(_START, f"YAML cannot read this file: {clip(fault)}") from None


def _as_mapping(root: Node | None) -> Mapping:
    if root is None or data(root) is None:
        return Mapping((), False, _START, _START, 1)
    node = resolved(root)
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and re.search(r"\w:\S", node.content):
        raise _Fatal(node.start, "the file has no `key: value`", "A space is due after the colon: `title: Softmax`.")
    raise _Fatal(
        node.start, "the file must be a mapping: lines of `key: value`", "It begins, for example, with `title: …`."
    )


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("anchor", "children", "flow", "is_mapping", "start")

    def __init__(self, event: Any) -> None:
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.anchor: str | None = event.anchor
        self.flow = bool(event.flow_style)
        self.start = _mark(event.start_mark)
        self.children: list[Node] = []


class _Builder:
    """Makes the tree of a parser's events."""

    def __init__(self, text: str) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._text = text
        self._documents = 0
        self._nodes = 0
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Node, Mark]] = {}
        self._unused: dict[str, Mark] = {}

    @property
    def remarks(self) -> list[Problem]:
        return [yaml_pitfalls.unused_anchor(mark, name) for name, mark in self._unused.items()]

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(event)
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._alias(event), None)
        elif isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event), event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self._frames.pop()
            self._add(self._closed(frame, _mark(event.end_mark)), frame.anchor, start=frame.start)

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _Fatal(
                _mark(event.start_mark),
                "a second document begins here",
                "One file holds one specification: delete the line `---`, or put what follows into a file of its own.",
            )

    def _open(self, event: Any) -> None:
        self._refuse_tag(event)
        self._frames.append(_Frame(event))

    def _add(self, node: Node, anchor: str | None, *, start: Mark | None = None) -> None:
        self._nodes += node.size if isinstance(node, Alias) else 1
        if self._nodes > MAX_NODES:
            raise _Fatal(node.start, f"the file holds more than {MAX_NODES:,} values, its aliases written out")
        if anchor is not None:
            self._anchors[anchor] = (node, start or node.start)
            self._unused[anchor] = start or node.start
        if self._frames:
            self._frames[-1].children.append(node)
        else:
            self.root = node

    def _alias(self, event: Any) -> Alias:
        name, start = event.anchor, _mark(event.start_mark)
        if any(frame.anchor == name for frame in self._frames):
            raise _Fatal(start, f"the alias *{name} stands inside what it stands for")
        if name not in self._anchors:
            raise _Fatal(start, *yaml_pitfalls.undefined_alias(name))
        self._unused.pop(name, None)
        target = resolved(self._anchors[name][0])
        return Alias(target, start, _mark(event.end_mark), target.size)

    def _scalar(self, event: Any) -> Scalar:
        self._refuse_tag(event)
        start, end = _mark(event.start_mark), _mark(event.end_mark)
        scalar = Scalar(event.value, event.value, event.style or "", start, end)
        if scalar.style:
            self.problems += yaml_pitfalls.escapes(scalar, self._text)
            return scalar
        try:
            value = resolve(event.value)
        except ValueError as fault:
            self.problems.append(Problem(start, str(fault)))
            value = 0
        return Scalar(value, event.value, "", start, end)

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            self.problems.append(yaml_pitfalls.tag(_mark(event.start_mark), event.tag))

    def _closed(self, frame: _Frame, end: Mark) -> Sequence | Mapping:
        if not frame.is_mapping:
            items, problems = (
                yaml_pitfalls.rejoined_items(frame.children, self._text) if frame.flow else (frame.children, [])
            )
            self.problems += problems
            return Sequence(tuple(items), frame.flow, frame.start, end, 1 + sum(item.size for item in items))
        entries = self._entries(frame)
        size = 1 + sum(1 + value.size for _, value in entries)
        return Mapping(tuple(entries), frame.flow, frame.start, end, size)

    def _entries(self, frame: _Frame) -> list[tuple[Scalar, Node]]:
        pairs = self._with_plain_keys(list(zip(frame.children[::2], frame.children[1::2], strict=True)))
        if frame.flow:
            pairs, problems = yaml_pitfalls.rejoined_entries(pairs, self._text)
            self.problems += problems
        seen: dict[Any, Scalar] = {}
        entries = []
        for key, value in pairs:
            if key.value in seen:
                self.problems.append(_twice(seen[key.value], key))
                continue
            seen[key.value] = key
            entries.append((key, value))
        return entries

    def _with_plain_keys(self, pairs: list[tuple[Node, Node]]) -> list[tuple[Scalar, Node]]:
        entries = []
        for written, value in pairs:
            key = resolved(written)
            if not isinstance(key, Scalar):
                self.problems.append(
                    Problem(written.start, "a key must be a word or a number, not a list or a mapping")
                )
            elif key.content == "<<" and not key.style:
                self.problems.append(yaml_pitfalls.merge_key(written.start))
            else:
                entries.append((key, value))
        return entries


def _twice(first: Scalar, second: Scalar) -> Problem:
    lines = f"on line {first.start.line + 1} and on line {second.start.line + 1}"
    message = f"the key '{clip(second.content)}' stands twice, {lines}"
    return Problem(second.start, message, "Keep one of them.")


def _mark(mark: Any) -> Mark:
    return Mark(mark.line, mark.column, mark.index)
