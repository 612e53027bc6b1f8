"""A class's work, from a folder or a download as it comes: every file ends up in a hand-in, or listed with why not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Collection as Names
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Final

from grader.classroom import blackboard, brightspace, canvas, gradescope, moodle, student_folders
from grader.classroom.contents import read_contents
from grader.classroom.download import Download, DownloadEntry, OwnedEntry, download
from grader.classroom.file_types import TABLE, is_archive
from grader.classroom.hand_in import Collection, File, HandIn, Layout, LeftOut
from grader.classroom.identity import undisputed
from grader.classroom.name_encodings import OTHER, names_of, odd_names, readings
from grader.classroom.spool import Spool
from grader.classroom.unread import reason_of
from grader.errors import GraderError
from grader.observe.compressed import Unread
from grader.observe.zip_names import UNMARKED
from grader.words.text import said, text

__all__ = ["collect", "gather"]

_BELONGS: Final[dict[Layout, Callable[[tuple[str, ...]], bool]]] = {
    Layout.GRADESCOPE: gradescope.belongs,
    Layout.MOODLE: moodle.belongs,
    Layout.CANVAS: canvas.belongs,
    Layout.BRIGHTSPACE: brightspace.belongs,
    Layout.BLACKBOARD: blackboard.belongs,
}
_FIND_OWNERS: Final[dict[Layout, Callable[[Iterable[DownloadEntry]], Iterator[OwnedEntry]]]] = {
    Layout.GRADESCOPE: gradescope.find_owners,
    Layout.MOODLE: moodle.find_owners,
    Layout.CANVAS: canvas.find_owners,
    Layout.BRIGHTSPACE: brightspace.find_owners,
    Layout.BLACKBOARD: blackboard.find_owners,
    Layout.PLAIN: student_folders.find_owners,
}
_FIRST_REASONS: Final = 3
_GROWTH: Final = 50  # times: a tar of texts is some ten times as large as when it is packed


def collect(place: Path, *, layout: Layout | None = None, zip_names: str | None = None) -> Collection:
    """What a class has handed in; to be closed when its files have been read.

    Parameters
    ----------
    place : Path
        A folder with a folder or a file for each student, or a zip or tar archive as downloaded.
    layout : Layout, optional
        How its files are named; recognised by itself where it is not given.
    zip_names : str, optional
        The encoding of names in a zip archive that does not say it; where it is not given, that of the format.

    Raises
    ------
    GraderError
        Where `place` cannot be read, or has nothing in it that could be judged, or is a zip archive with names that are
        in another encoding than that of the format, and none is given.
    """
    shown, collection = _read(place, layout, zip_names)
    if not collection.hand_ins:
        with collection:
            raise GraderError(f"{shown}: {_nothing(collection.left_out)}")
    return collection


def gather(
    place: Path, *, layout: Layout | None = None, zip_names: str | None = None, without: Names[str] = ()
) -> Collection:
    """The same of a place that may have nothing in it yet. What is called so at its top is passed over."""
    return _read(place, layout, zip_names, without)[1]


def _read(
    place: Path, layout: Layout | None, zip_names: str | None, without: Names[str] = ()
) -> tuple[Path, Collection]:
    """Where the class was found, which may be inside of `place`, and what it has handed in."""
    with ExitStack() as undone, _room() as room:
        spool = undone.enter_context(Spool())
        read = _gathered(_less(_whole_class(place, layout, zip_names, room), without), layout, spool)
        undone.pop_all()
    return read


def _less(found: Download, without: Names[str]) -> Download:
    return replace(found, entries=tuple(entry for entry in found.entries if entry.place[0] not in without))


def _gathered(found: Download, layout: Layout | None, spool: Spool) -> tuple[Path, Collection]:
    place, entries = found.place, found.entries
    if layout is None:
        layout, entries = _recognised(entries, place)
    elif layout is not Layout.PLAIN:
        entries = max(_forms(entries), key=lambda form: _share(form, _BELONGS[layout]))
    else:
        entries = _plain(entries, place)
    if layout is Layout.GRADESCOPE:
        entries = _with_table(entries, found, spool)
    owned = undisputed(layout, tuple(_FIND_OWNERS[layout](entries)))
    result = read_contents(owned, found, spool)
    del found, entries  # a class may be large
    last, superseded = _hand_ins(result.files)
    without_work = tuple(_without_work(owned, last, layout))
    return place, Collection(layout, last, superseded, result.left_out, without_work, spool)


def _room() -> tempfile.TemporaryDirectory[str]:
    """A folder for an archive that has to be unpacked, as long as it is read."""
    return tempfile.TemporaryDirectory(prefix="numgrade-")


def _whole_class(place: Path, layout: Layout | None, zip_names: str | None, room: str) -> Download:
    """The download, once its names can be read."""
    found = _outermost(place, layout, zip_names or UNMARKED, room)
    odd = odd_names(found.entries) if zip_names is None and not found.place.is_dir() else ()
    marked = names_of(_outermost(place, layout, OTHER, room).entries) if odd else {}
    name = next((each for each in odd if each not in marked), None)
    if name is not None:
        choices = "\n".join(f"  --zip-names {encoding:<5}  {meant}" for encoding, meant in readings(name))
        raise GraderError(said("class.zip_names", place=found.place, choices=choices))
    return found


def _outermost(place: Path, layout: Layout | None, zip_names: str, room: str) -> Download:
    """A place, or the download that is the only thing in a folder or an archive: that is not a student's archive."""
    whole = download(place, zip_names)
    work = [entry for entry in whole.entries if not entry.is_litter]
    if len(work) != 1 or len(work[0].place) != 1 or not is_archive(work[0].path):
        return whole
    if place.is_dir():
        inner: Download | None = _outermost(place / work[0].path, layout, zip_names, room)
    else:
        inner = _unpacked(whole, work[0], Path(room, "class"), zip_names)
    if inner is None or (layout or _recognised(inner.entries, inner.place)[0]) is Layout.PLAIN:
        return whole
    return inner


def _unpacked(outer: Download, entry: DownloadEntry, to: Path, zip_names: str) -> Download | None:
    """An archive in an archive; None where it cannot be read, or grows as none does that has a class in it."""
    left = _GROWTH * outer.place.stat().st_size
    try:
        with to.open("wb") as file:
            for _, chunks in outer.contents([entry.number]):
                for chunk in chunks:
                    left -= len(chunk)
                    if left < 0:
                        return None
                    file.write(chunk)
        return replace(download(to, zip_names), place=outer.place / entry.path)
    except (GraderError, Unread):
        return None
    except OSError as error:
        raise GraderError(said("class.unreadable", place=outer.place, why=error.strerror)) from None


def _with_table(entries: tuple[DownloadEntry, ...], found: Download, spool: Spool) -> tuple[DownloadEntry, ...]:
    """The entries, that of Gradescope's table with its bytes."""
    tables = {entry.number: entry for entry in entries if entry.place == (TABLE,)}
    for number, chunks in found.contents(tables.keys()):
        try:
            data = b"".join(chunks)
        except Unread as error:
            why = text(reason_of(error))
            raise GraderError(said("class.export_again", file=tables[number].path, why=why)) from None
        tables[number] = replace(tables[number], kept=spool.put(data))
    return tuple(tables.get(entry.number, entry) if entry.place == (TABLE,) else entry for entry in entries)


def _hand_ins(files: Iterable[OwnedEntry]) -> tuple[tuple[HandIn, ...], tuple[HandIn, ...]]:
    """Each student's last one, and those before."""
    last: list[HandIn] = []
    superseded: list[HandIn] = []
    for _, attempts in _by_student(files):
        *earlier, latest = map(_hand_in, attempts)
        superseded += earlier
        last.append(latest)
    return tuple(last), tuple(superseded)


def _without_work(owned: Iterable[OwnedEntry], others: Iterable[HandIn], layout: Layout) -> Iterator[HandIn]:
    """The last ones of those who are not among the `others`: no file of theirs is left.

    What a computer put there is nobody's, unless a system says whose: somebody handed in `hw-checkpoint.ipynb`.
    """
    known = {hand_in.student for hand_in in others}
    left = (file for file in owned if file.owner is not None and not _is_nobodys(file.entry, layout))
    for student, attempts in _by_student(left):
        if student not in known:
            yield _hand_in(attempts[-1])


def _is_nobodys(entry: DownloadEntry, layout: Layout) -> bool:
    return entry.is_litter and (layout is Layout.PLAIN or entry.place[0].startswith("._"))


def _by_student(files: Iterable[OwnedEntry]) -> Iterator[tuple[str, list[list[OwnedEntry]]]]:
    """Students by id, each with the files of every attempt, the oldest first."""
    in_order = sorted(sorted(files, key=lambda file: file.attempt), key=_student)
    for student, found in groupby(in_order, key=_student):
        yield student, [list(attempt) for _, attempt in groupby(found, key=lambda file: file.attempt)]


def _student(file: OwnedEntry) -> str:
    return file.owner.student if file.owner is not None else ""


def _hand_in(files: Iterable[OwnedEntry]) -> HandIn:
    """The hand-in that some files make; what their names say of it, the newest says."""
    *_, newest = found = sorted(files, key=lambda file: (file.age, file.name, file.entry.path))
    if newest.owner is None:
        raise ValueError("files without an owner make no hand-in")
    kept = ((file.name, file.entry.path, file.entry.kept) for file in found)
    return replace(
        newest.owner, files=tuple(File(name, path, where) for name, path, where in kept if where is not None)
    )


def _recognised(entries: tuple[DownloadEntry, ...], place: Path) -> tuple[Layout, tuple[DownloadEntry, ...]]:
    """The layout of which most files are, and the entries from the class's own top downward."""
    for layout, belongs in _BELONGS.items():
        for form in _forms(entries):
            if layout is Layout.GRADESCOPE and any(entry.place == (TABLE,) for entry in form):
                return layout, form
            if _share(form, belongs) > 0.5:
                return layout, form
    return Layout.PLAIN, _plain(entries, place)


def _share(entries: Sequence[DownloadEntry], belongs: Callable[[tuple[str, ...]], bool]) -> float:
    """How many of the files that are work, or lack only the right ending, lie as a layout has them."""
    told = [belongs(entry.place) for entry in entries if not entry.is_litter]
    return sum(told) / len(told) if told else 0.0


def _forms(entries: tuple[DownloadEntry, ...]) -> tuple[tuple[DownloadEntry, ...], ...]:
    """The entries as they are, and without the one folder that holds them all, if there is one."""
    tops = {entry.place[0] for entry in entries if not entry.is_litter}
    deep = all(len(entry.place) > 1 for entry in entries if not entry.is_litter)
    return (entries, _below_top(entries)) if len(tops) == 1 and deep else (entries,)


def _below_top(entries: tuple[DownloadEntry, ...]) -> tuple[DownloadEntry, ...]:
    return tuple(replace(entry, place=entry.place[1:] or entry.place) for entry in entries)


def _plain(entries: tuple[DownloadEntry, ...], place: Path) -> tuple[DownloadEntry, ...]:
    """Students from the top downward: of an archive, the one folder that it was packed from is not a student."""
    *_, below = forms = _forms(entries)
    if len(forms) == 1 or place.is_dir():
        return entries
    folders = {entry.place[0] for entry in below if len(entry.place) > 1}
    is_named_like_the_archive = entries[0].place[0].casefold() == PurePosixPath(place.name).stem.casefold()
    return below if is_named_like_the_archive or len(folders) > 1 else entries


def _nothing(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return said("class.nothing_in_it")
    first = [f"  {each.path}: {each.why}" for each in left_out[:_FIRST_REASONS]]
    more = len(left_out) - _FIRST_REASONS
    return "\n".join([said("class.no_work"), *first, *([f"  {said('class.more', count=more)}"] if more > 0 else [])])
