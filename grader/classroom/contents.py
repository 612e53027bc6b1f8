"""Reading what a class's files hold, each hand-in within its budget: code goes to the spool, archives are opened."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Final, cast, final

from grader.classroom.budget import Caps, HandInBudget
from grader.classroom.download import Download, DownloadEntry, OwnedEntry, named
from grader.classroom.file_types import NO_CODE, code_limit, is_archive
from grader.classroom.hand_in import Cause, LeftOut
from grader.classroom.spool import Spool
from grader.classroom.unread import NotRead, OverBudget, reason_of
from grader.errors import GraderError
from grader.judge.messages import left_out as messages
from grader.observe.archive import read_archive
from grader.observe.compressed import OverLimit, Unread
from grader.observe.file_names import code_name, code_names
from grader.observe.intake import condensed
from grader.observe.refusals import TooMuch
from grader.words.text import said

__all__ = ["Contents", "read_contents"]

_IN_MEMORY: Final = 4 << 20  # bytes of an archive that is opened; the rest of it is in a file without a name
_DIRECTORY: Final = 4 << 20  # bytes of a student's zip archive's directory: of some 80,000 files


@final
@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a class that are judged, each with its bytes, and those that are not."""

    files: tuple[OwnedEntry, ...]
    left_out: tuple[LeftOut, ...]


def read_contents(found: Sequence[OwnedEntry], download: Download, spool: Spool, caps: Caps | None = None) -> Contents:
    """Read what may be work. What one hand-in has too much of is left out with why, and costs nobody else anything."""
    students = {file.owner.student for file in found if file.owner is not None}
    caps = (caps or Caps()).shared(len(students))
    budgets = {student: HandInBudget(caps) for student in students}
    wanted = {file.entry.number: file for file in found if file.owner is not None and not file.entry.why}
    read: dict[int, list[DownloadEntry]] = {}
    for number, chunks in download.contents(wanted.keys()):
        file = wanted[number]
        budget = budgets[_student(file) or ""]
        with budget.working():
            read[number] = list(_Opening(budget, spool).entries(file.entry, chunks))
    files: list[OwnedEntry] = []
    left_out: list[LeftOut] = []
    for file in found:
        for entry in read.pop(file.entry.number, [file.entry]) if not file.entry.why else [file.entry]:
            if entry.kept is not None:
                files.append(_inner(file, entry) if entry.path != file.entry.path else replace(file, entry=entry))
            else:
                left_out.append(LeftOut(entry.path, _student(file), entry.why or NO_CODE, entry.cause))
    named, texts = _as_meant(files)
    return Contents(named, tuple(_told([*left_out, *texts], caps.names)))


def _as_meant(files: Sequence[OwnedEntry]) -> tuple[tuple[OwnedEntry, ...], list[LeftOut]]:
    """The files under the names that are meant, but for texts that are called like a file of code beside them."""
    names = defaultdict[object, list[str]](list)
    for file in files:
        if code_name(file.name) != file.name:
            names[_student(file), file.attempt] = []
    for file in files if names else ():
        if (whose := (_student(file), file.attempt)) in names:
            names[whose].append(file.name)
    meant = {whose: code_names(given) for whose, given in names.items()}  # of whom some file is called otherwise
    found: list[OwnedEntry] = []
    texts: list[LeftOut] = []
    for file in files:
        named = meant.get((_student(file), file.attempt), {file.name: file.name})
        if code_name(file.name) is not None and file.name not in named:
            texts.append(LeftOut(file.entry.path, _student(file), NO_CODE))
        else:
            found.append(_called(file, named.get(file.name, file.name)))
    return tuple(found), texts


def _called(file: OwnedEntry, name: str) -> OwnedEntry:
    return file if file.name == name else replace(file, name=name)


def _student(file: OwnedEntry) -> str | None:
    return None if file.owner is None else file.owner.student


def _inner(archive: OwnedEntry, entry: DownloadEntry) -> OwnedEntry:
    """A file of an archive that a student handed in; its name begins anew there."""
    return replace(archive, entry=entry, name="/".join(entry.place), age=(*archive.age, *entry.modified))


def _told(left_out: Iterable[LeftOut], most: int) -> Iterator[LeftOut]:
    """One by one; what one hand-in has too many of, together."""
    counts = defaultdict[str | None, int](int)
    for each in left_out:
        counts[each.student] += 1
        if each.student is None or counts[each.student] <= most:
            yield each
    for student, count in counts.items():
        if student is not None and count > most:
            why = messages.MANY(most=most)
            yield LeftOut(said("class.more_files", count=count - most), student, why, Cause.LIMIT)


@final
@dataclass(frozen=True, slots=True)
class _Opening:
    """Opening what one student handed in."""

    budget: HandInBudget
    spool: Spool

    def entries(self, entry: DownloadEntry, chunks: Iterator[bytes], depth: int = 1) -> Iterator[DownloadEntry]:
        """The entry with its bytes, or what is in it where it is an archive, or why it cannot be judged."""
        try:
            if not is_archive(entry.path):
                yield self._code(entry, chunks)
                return
            if depth > self.budget.caps.nesting:
                raise OverBudget(messages.NESTED(most=self.budget.caps.nesting))
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
                self._copy(chunks, cast("IO[bytes]", file))
                yield from self._inside(entry, cast("IO[bytes]", file), depth)
        except OverLimit as error:
            yield replace(entry, why=messages.LIMIT(what=reason_of(error)), cause=Cause.LIMIT)
        except Unread as error:
            yield replace(entry, why=reason_of(error))

    def _code(self, entry: DownloadEntry, chunks: Iterator[bytes]) -> DownloadEntry:
        limit = code_limit(entry.path)
        if limit is None:
            raise NotRead(NO_CODE)
        self.budget.file()
        try:
            data = condensed(entry.place[-1], b"".join(self._counted(chunks, limit)))
        except TooMuch as error:
            raise OverBudget(error.reason) from None
        self.budget.keep(len(data))
        return replace(entry, kept=self.spool.put(data))

    def _copy(self, chunks: Iterator[bytes], file: IO[bytes]) -> None:
        for chunk in self._counted(chunks, self.budget.caps.archive):
            try:
                file.write(chunk)
            except OSError as error:
                raise GraderError(
                    f"temporary files: a student's archive cannot be opened: {error.strerror}; make room, or set TMPDIR"
                    " to a folder that has it"
                ) from None

    def _counted(self, chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            self.budget.read(len(chunk))
            if size > limit:
                raise OverBudget(messages.TOO_LARGE(limit=limit >> 20))
            yield chunk

    def _inside(self, archive: DownloadEntry, file: IO[bytes], depth: int) -> Iterator[DownloadEntry]:
        caps = self.budget.caps
        entries = read_archive(file, directory=_DIRECTORY, files=caps.names, passed=self.budget.passed)
        is_empty = True
        for entry, member in named(entries):
            is_empty = False
            self.budget.name()
            entry = replace(entry, path=f"{archive.path}/{entry.path}")
            if entry.why or member is None:
                yield entry
            else:
                yield from self.entries(entry, member.chunks(), depth + 1)
        if is_empty:
            raise NotRead(messages.EMPTY_ARCHIVE())
