"""Where answer keys come from: a course, which compiles and caches them, or a handout, which carries them."""

from __future__ import annotations

import copy
import hashlib
import os
import platform
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import numpy as np

import grader
from grader import codec
from grader.course.folder import Course
from grader.course.key import SCHEMA, AnswerKey, Assignment, Form, Handout, LateRule
from grader.course.seed import Secrecy, secrecy_of
from grader.course.variant import ONLY, Variant, variants
from grader.disk import Readers, make_file, make_folder
from grader.errors import CourseError, GraderError, Refused, WireError
from grader.grading.author_code import authors_observer
from grader.grading.key_files import key_bytes, read_key, write_key
from grader.grading.packages import needed_by, require
from grader.grading.payload import unpacked
from grader.grading.perhaps_about import may_need
from grader.grading.protocol import Helper, KeysAlone
from grader.grading.seeds import seed
from grader.judge.messages import keys as say
from grader.message import Message, Wording
from grader.observe.observer import Observer
from grader.observe.packages import versions
from grader.observe.walls.levels import Level

if TYPE_CHECKING:
    from grader.grading.cases import HiddenInputs
    from grader.grading.diagnose import AskedMutants
    from grader.judge.mutants import MutantAnswers

__all__ = ["HANDOUT_FILE", "CourseKeys", "HandoutKeys", "Keys", "cache_folder", "compiling_code", "open_keys"]

HANDOUT_FILE: Final = "handout.key"
_COURSE_FILE: Final = "course.yaml"
_STUDENTS_ADVICE: Final = say.FOR_STUDENTS()


class _Index(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What grading needs of course.yaml, cached so that it need not be parsed."""

    title: Wording
    language: str | None  # None where course.yaml does not say
    assignments: tuple[Assignment, ...]
    secrecy: Secrecy  # of its seed, which itself is not kept
    packages: dict[str, str] = {}  # by the names that expressions see them under


class CourseKeys:
    """Answer keys compiled from a course folder, and cached under a digest of what they are made from.

    Parameters
    ----------
    course
        The course's folder.
    cache
        The folder of compiled keys. Deleting it costs the time to compile them again, and nothing else.
    variant
        Of the assignment, where it has several.
    on_compile
        Called with the name of an exercise before its key is compiled.
    on_bare
        Called with the course's folder, once, before code of the course runs without isolation.
    """

    public = False

    def __init__(
        self,
        course: Course,
        *,
        cache: Path,
        variant: Variant = ONLY,
        on_compile: Callable[[str], None] = lambda name: None,
        on_bare: Callable[[Path], None] = lambda course: None,
    ) -> None:
        self.course = course
        self.home = course.path
        self._cache = cache
        self._variant = variant
        self._on_compile = on_compile
        self._on_bare = on_bare
        self._index: _Index | None = None
        self._seed: str | None = None  # in memory alone
        self._variants = {variant: self}
        self._hidden_inputs: dict[tuple[bytes, ...], HiddenInputs] = {}  # by the sources of the exercise
        self._known: dict[Path, AnswerKey] = {}  # by the file in the cache, whether or not that could be written

    @property
    def names(self) -> tuple[str, ...]:
        """The exercises there are: those of the assignments in their order, then the others."""
        assigned = [name for assignment in self.assignments for name in assignment.exercises]
        return tuple(dict.fromkeys([*assigned, *self.course.names()]))

    @property
    def title(self) -> Wording:
        return self._contents().title

    @property
    def language(self) -> str | None:
        return self._contents().language

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        return self._contents().assignments

    @property
    def secrecy(self) -> Secrecy:
        """What the course's seed keeps hidden."""
        return self._contents().secrecy

    @property
    def packages(self) -> dict[str, str]:
        """The modules of the course, by the names that expressions see them under."""
        return self._contents().packages

    def of(self, variant: Variant) -> CourseKeys:
        """The keys of a variant. What is known of one, those of the others know."""
        if variant not in self._variants:
            self._variants[variant] = copy.copy(self)
            self._variants[variant]._variant = variant
        return self._variants[variant]

    def variants(self, assignment: Assignment) -> tuple[dict[str, AnswerKey], ...]:
        """The keys of each variant of an assignment; of most there is one."""
        return tuple(self.of(one).keys(assignment.exercises) for one in variants(assignment.variants))

    def number_of(self, assignment: Assignment, student: str) -> int:
        """Which variant of an assignment a student has: who does not know the course's seed cannot tell."""
        if assignment.variants == 1:
            return 0
        if self._seed is None:
            self._seed = self.course.spec().seed or ""
        known = unicodedata.normalize("NFC", student).strip()  # a folder's name on a Mac is written in other signs
        return seed(self._seed, "variant", assignment.name, known) % assignment.variants

    def key(self, name: str) -> AnswerKey:
        """The key of one exercise; `CourseError` where there is none, or where it does not compile."""
        return self.keys([name])[name]

    def keys(self, names: Iterable[str]) -> dict[str, AnswerKey]:
        """Several keys at once; those that are not in the cache share one observer.

        Raises `CourseError` where a package is missing that one of them names.
        """
        wanted = list(dict.fromkeys(names))
        found = {name: self._cached(self._file(name, self._made_from(name))) for name in wanted}
        unmade = [name for name, key in found.items() if key is None]
        cached = needed_by(key for key in found.values() if key is not None)
        require(cached | self.course.packages_of(unmade, self.packages), _COURSE_FILE)
        made = self._compiled(unmade)
        return {name: self._sealed(key or made[name]) for name, key in found.items()}

    def possible_needs(self) -> dict[str, frozenset[str]]:
        """By exercise, what its solution file binds: all that it needs, and more, without its key."""
        return {name: may_need(name, self._solution_text(name)) for name in self.names}

    def _solution_text(self, name: str) -> str:
        """The text of an exercise's solution file, as far as it can be read: what is wrong with it, its key says."""
        try:
            return self.course.sources(name)[2].decode("utf-8-sig", "replace")
        except CourseError:
            return ""

    def check_packages(self) -> None:
        """Raise `CourseError` where a package of the course is missing, whoever needs it: before a class is judged."""
        require(self.packages, _COURSE_FILE)

    def _cached(self, file: Path) -> AnswerKey | None:
        """The key in a file of the cache, read once: the file's name says what it was made from."""
        if file not in self._known and (key := read_key(file, AnswerKey)) is not None:
            self._known[file] = key
        return self._known.get(file)

    def _sealed(self, key: AnswerKey) -> AnswerKey:
        """The key under an identity of those that it uses as well: what comes of it depends on them."""
        if not key.uses:
            return key
        made_from = (key.id, *(used.id for used in self.keys(key.uses).values()))
        digest = hashlib.sha256(repr(made_from).encode()).hexdigest()
        return msgspec.structs.replace(key, id=f"sha256:{digest}")

    def helper(self, name: str) -> Helper:
        """An exercise whose function another uses."""
        key = self.key(name)
        return Helper(key, self.solution(key))

    def mutants(self, key: AnswerKey) -> AskedMutants:
        """The mutants of a reference: what they answer is observed as it is needed, and kept in the cache."""
        from grader.grading.diagnose import AskedMutants
        from grader.judge.mutants import MutantAnswers

        file = self._file(f"{key.name}.mutants", (key.id.encode(),))
        known, keep = read_key(file, MutantAnswers), partial(write_key, file)
        return AskedMutants(key, self.solution(key), self.authors, known=known, keep=keep)

    def solution(self, key: AnswerKey) -> str:
        """The text of an exercise's reference."""
        return self.course.sources(key.name)[2].decode("utf-8-sig")

    def authors(self) -> Observer:
        """The observer for the author's code."""
        return authors_observer()

    def _compiled(self, names: list[str]) -> dict[str, AnswerKey]:
        if not names:
            return {}
        from grader.grading.cases import HiddenInputs
        from grader.grading.compile import compile_key

        made: dict[str, AnswerKey] = {}
        spec = self.course.spec()
        with self.authors() as observer:
            self._tell_of_walls(observer.isolation)
            for name in names:
                self._on_compile(name)
                file = self._file(name, self._made_from(name))
                inputs = self._hidden_inputs.setdefault(self.course.sources(name), HiddenInputs())
                made[name] = self._known[file] = compile_key(
                    spec, self.course.exercise(name), observer, variant=self._variant, inputs=inputs
                )
                write_key(file, made[name])
        return made

    def _made_from(self, name: str) -> tuple[bytes, ...]:
        """What a compiled key depends on beside this package and its own needs."""
        several = (repr(self._variant).encode(),) if self._variant.count > 1 else ()
        return (*self.course.sources(name), repr(versions(self.packages.values())).encode(), *several)

    def _tell_of_walls(self, isolation: str) -> None:
        if isolation != Level.NONE.value:
            return
        digest = hashlib.sha256(os.fsencode(self.course.path.resolve())).hexdigest()
        try:
            make_folder(self._cache, Readers.OWNER)
            is_new = make_file(self._cache / f"bare-{digest[:32]}", Readers.OWNER)
        except GraderError:  # it cannot be remembered
            is_new = True
        if is_new:
            self._on_bare(self.course.path)

    def _contents(self) -> _Index:
        if self._index is None:
            text = (self.course.path / _COURSE_FILE).read_bytes()
            file = self._file("course", (text, "\n".join(self.course.names()).encode()))
            self._index = read_key(file, _Index) or self._parsed(file)
        return self._index

    def _parsed(self, file: Path) -> _Index:
        spec = self.course.spec()
        assignments = tuple(
            Assignment(
                item.name,
                item.title,
                item.exercises,
                item.due.isoformat() if item.due else None,
                LateRule(spec.late.grace.total_seconds(), spec.late.per_day, spec.late.floor, spec.late.days),
                {student: moment.isoformat() for student, moment in item.extended.items()},
                Form(item.form),
                item.hand_in or spec.hand_in or "",
                item.variants,
            )
            for item in spec.assignments
        )
        index = _Index(spec.title, spec.language, assignments, secrecy_of(spec.seed), spec.packages)
        write_key(file, index)
        return index

    def _file(self, name: str, made_from: Iterable[bytes]) -> Path:
        digest = hashlib.sha256(_environment())
        for part in made_from:
            digest.update(len(part).to_bytes(8, "little") + part)
        return self._cache / f"{name}-{digest.hexdigest()[:32]}.key"


class HandoutKeys(KeysAlone):
    """The public keys that a handout carries."""

    public = True

    def __init__(self, handout: Handout, home: Path) -> None:
        super().__init__({key.name: key for key in handout.keys})
        self.home = home
        self.title = handout.title
        self.language = handout.language or None
        self.assignments = (handout.assignment,)
        self._mutants = handout.mutants

    def keys(self, names: Iterable[str]) -> dict[str, AnswerKey]:
        """The keys of these exercises. Raises `CourseError` where a package is missing that they need."""
        found = super().keys(names)
        require(needed_by(found.values()), str(self.home))
        return found

    def mutants(self, key: AnswerKey) -> MutantAnswers | None:
        """What mutants of a reference answer on the cases that students may see."""
        from grader.judge.mutants import MutantAnswers

        found = self._mutants.get(key.name)
        return None if found is None else unpacked(found, MutantAnswers)


Keys: TypeAlias = CourseKeys | HandoutKeys


def open_keys(
    places: Iterable[Path],
    course: Path | None = None,
    *,
    on_compile: Callable[[str], None] = lambda name: None,
    on_bare: Callable[[Path], None] = lambda course: None,
    advice: Message = _STUDENTS_ADVICE,
) -> Keys:
    """The keys for what lies at `places`: the nearest course or handout above the first place that has one.

    `course` names a course folder, a handout folder or a handout's key file instead. Raises `Refused` where there is
    none, with `advice` on what to do.
    """
    tried = list(places)
    if course is not None:
        if course.is_file() and course.name != _COURSE_FILE and course.suffix != Path(HANDOUT_FILE).suffix:
            raise Refused(say.NEITHER(file=str(course)))
        found = course if course.is_file() else _at(course)
        if found is None:
            raise Refused(say.NOTHING_HERE(folder=str(course)))
        return _opened(found, on_compile, on_bare)
    for place in tried:
        start = place.absolute()
        for folder in (start, *start.parents):
            found = _at(folder) if folder.is_dir() else None
            if found is not None:
                return _opened(found, on_compile, on_bare)
    raise Refused(say.NONE(place=str(tried[0] if tried else "."), advice=advice))


def _at(folder: Path) -> Path | None:
    files = (folder / _COURSE_FILE, folder / HANDOUT_FILE)
    return next((file for file in files if file.is_file()), None)


def _opened(file: Path, on_compile: Callable[[str], None], on_bare: Callable[[Path], None]) -> Keys:
    if file.name == _COURSE_FILE:
        return CourseKeys(Course(file.parent), cache=cache_folder(), on_compile=on_compile, on_bare=on_bare)
    return HandoutKeys(_read_handout(file), file.parent)


def _read_handout(file: Path) -> Handout:
    try:
        handout = codec.decode(key_bytes(file), Handout)
    except (WireError, OSError) as error:
        raise Refused(say.UNREADABLE(file=str(file), why=str(error))) from None
    if handout.schema != SCHEMA:
        raise Refused(say.OTHER_VERSION(file=str(file), version=handout.schema))
    return handout


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where compiled keys are kept: `NUMGRADE_CACHE`, else the platform's place for a user's caches."""
    if chosen := environment.get("NUMGRADE_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "numgrade"


@cache
def _environment() -> bytes:
    """What else a compiled key depends on: versions, and the code that compiles."""
    package = Path(grader.__file__).parent
    stamps = [(str(file.relative_to(package)), file.stat().st_mtime_ns) for file in compiling_code(package)]
    return repr((SCHEMA, grader.__version__, platform.python_version(), np.__version__, stamps)).encode()


def compiling_code(package: Path) -> list[Path]:
    """The modules that a key may hang on: those of `grader.grading`'s floor, and all below it."""
    rooms = (package / room for room in ("course", "grading", "judge", "kinds", "observe"))
    return sorted([*package.glob("*.py"), *(file for room in rooms for file in room.rglob("*.py"))])
