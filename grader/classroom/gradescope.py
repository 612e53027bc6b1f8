"""Gradescope's export: a folder for each submission, and a table in YAML of who is behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from grader.classroom.download import DownloadEntry, OwnedEntry
from grader.classroom.file_types import TABLE
from grader.classroom.hand_in import HandIn, Member
from grader.classroom.identity import disputed
from grader.errors import GraderError
from grader.judge.messages import left_out
from grader.message import Wording

__all__ = ["belongs", "find_owners"]

_PREFIX: Final = "submission_"
_MAX_DEPTH: Final = 40
_MAX_EVENTS: Final = 5_000_000
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})

# Texts, lists and mappings of texts: a scalar is read as its text alone.
Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file lies where Gradescope puts it."""
    return place == (TABLE,) or (len(place) > 1 and _number(place[0]) is not None)


def find_owners(entries: Iterable[DownloadEntry]) -> Iterator[OwnedEntry]:
    """The entries with their owners, and of whom the table speaks without a file of theirs: nobody is lost.

    Raises `GraderError` where the table cannot be read.
    """
    entries = tuple(entries)
    tables = [entry for entry in entries if entry.place == (TABLE,)]
    records = _records(tables[0]) if tables else {}
    owners = {folder: _owner(folder, record) for folder, record in records.items() if isinstance(record, dict)}
    claims = _claims(owners)
    folders = {entry.place[0] for entry in entries}
    missing = [
        DownloadEntry((folder, folder), folder, why=left_out.NOT_IN_EXPORT())
        for folder in owners
        if _number(folder) is not None and folder not in folders
    ]
    for entry in (*entries, *missing):
        if entry not in tables:
            file = _with_owner(entry, owners)
            yield disputed(file, claims[entry.place[0]]) if entry.place[0] in claims else file


def _claims(owners: Mapping[str, HandIn]) -> dict[str, list[Wording]]:
    """The folders whose owner is known by a name alone, which students give themselves, and is not the only one."""
    certain, named = defaultdict[str, set[Wording]](set), defaultdict[str, set[Wording]](set)
    for folder, owner in owners.items():
        certain[folder].add(left_out.ANYBODY_ELSE())
        for member in owner.members or (Member(owner.student, owner.name, owner.email),):
            shown = f"{member.name!r} ({member.email or folder})"
            (named if _is_named_alone(member) else certain)[member.student].add(shown)
    found: dict[str, list[Wording]] = {}
    for folder, owner in owners.items():
        for member in owner.members or (Member(owner.student, owner.name, owner.email),):
            people = sorted({*named[member.student], *certain[member.student]}, key=str)
            if _is_named_alone(member) and len(people) > 1:
                found[folder] = people
    return found


def _is_named_alone(member: Member) -> bool:
    return member.student == member.name != "" and not member.email


def _with_owner(entry: DownloadEntry, owners: Mapping[str, HandIn]) -> OwnedEntry:
    folder, *below = entry.place
    number = _number(folder)
    if number is None or not below:
        why = entry.why or left_out.OF_NO_SUBMISSION()
        return OwnedEntry(replace(entry, why=why), None, entry.place[-1])
    owner = owners.get(folder) or _owner(folder, {})
    moment = int(owner.received.timestamp()) if owner.received is not None else 0
    return OwnedEntry(entry, owner, "/".join(below), entry.modified, (moment, number))


def _number(folder: str) -> int | None:
    digits = folder.removeprefix(_PREFIX)
    return int(digits) if digits != folder and digits.isascii() and digits.isdigit() and len(digits) < 20 else None


def _owner(folder: str, record: Mapping[str, Tree]) -> HandIn:
    submitters = record.get(":submitters")
    people = [_member(each) for each in submitters if isinstance(each, dict)] if isinstance(submitters, list) else []
    people = [person for person in people if person.student]
    received = _moment(record.get(":created_at"))
    if not people:
        return HandIn(folder, "", (), received=received)
    if len(people) == 1:
        return HandIn(people[0].student, people[0].name, (), email=people[0].email, received=received)
    name = ", ".join(person.name for person in people)
    return HandIn(_of_group(people), name, (), received=received, group=folder, members=tuple(people))


def _of_group(people: Sequence[Member]) -> str:
    """An id that the same people have again when they hand in once more."""
    return "+".join(sorted(person.student for person in people))


def _member(record: Mapping[str, Tree]) -> Member:
    name, student, email = (
        text if isinstance(text := record.get(key), str) else "" for key in (":name", ":sid", ":email")
    )
    return Member(student or email or name, name, email)


def _moment(text: Tree | None) -> datetime | None:
    """`2026-09-23 21:00:00.123456 Z` and its like, to the second; without a zone it is UTC."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace(" Z", "+00:00").replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None
    return moment.replace(microsecond=0, tzinfo=moment.tzinfo or UTC)


def _records(table: DownloadEntry) -> dict[str, Tree]:
    import yaml

    from grader.course.events import TooDeep, events

    text = table.kept.read() if table.kept is not None else b""
    try:
        tree = _tree(events(text.decode(), deepest=_MAX_DEPTH))
    except TooDeep:
        why = f"it is nested more than {_MAX_DEPTH} deep, which Gradescope never writes"
        raise GraderError(f"{table.path}: {why}; export the submissions again") from None
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        first = str(error).partition("\n")[0]
        raise GraderError(f"{table.path}: it cannot be read ({first}); export the submissions again") from None
    if not isinstance(tree, dict):
        raise GraderError(f"{table.path}: it is no table of submissions; export the submissions again")
    return tree


def _tree(events: Iterable[Any]) -> Tree:
    """What the events of a YAML text say. Nothing is repeated by reference, so it is no larger than the text."""
    tree: list[Tree] = []
    stack: list[list[Tree]] = [tree]
    for number, event in enumerate(events):
        kind = type(event).__name__
        if kind == "AliasEvent" or number > _MAX_EVENTS:
            raise ValueError("it is not of the form that Gradescope writes")
        if kind == "ScalarEvent":
            stack[-1].append("" if event.implicit[0] and event.value in _NOTHING else event.value)
        elif kind in ("SequenceStartEvent", "MappingStartEvent"):
            stack.append([])
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            parts = stack.pop()
            stack[-1].append(parts if kind == "SequenceEndEvent" else _mapping(parts))
    return tree[0] if tree else ""


def _mapping(parts: Sequence[Tree]) -> dict[str, Tree]:
    return {key: value for key, value in zip(parts[::2], parts[1::2], strict=True) if isinstance(key, str)}
