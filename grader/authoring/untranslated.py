"""Which languages the texts of a course and its exercises lack, of those that others of them are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from grader.authoring.wordings import wordings
from grader.message import Wording, by_language

if TYPE_CHECKING:
    from grader.course.model import AssignmentSpec, CourseSpec, ExerciseSpec

__all__ = ["untranslated", "untranslated_in_course"]

Place: TypeAlias = tuple[str | int, ...]
Every: TypeAlias = tuple[tuple[Place, Wording], ...]
_MOST_PLACES: Final = 6
_UNSAID: Final = "en"  # what plain text is taken for where course.yaml names no language


def untranslated(name: str, spec: ExerciseSpec, course: CourseSpec) -> Iterator[tuple[Place, str]]:
    """What an exercise lacks of the languages that it is in, or its course, or an assignment that it is of."""
    of_assignments = (
        _of_assignment(number, one) for number, one in enumerate(course.assignments) if name in one.exercises
    )
    used = _languages(_of_course(course)).union(*map(_languages, of_assignments))
    yield from _lacking(tuple(wordings(spec)), used | ({course.language} if course.language else set()), course)


def untranslated_in_course(course: CourseSpec) -> Iterator[tuple[Place, str]]:
    """The same of the texts of course.yaml itself: of the course, and of each of its assignments."""
    used = _languages(_of_course(course))
    yield from _lacking(_of_course(course), used, course)
    for number, one in enumerate(course.assignments):
        yield from _lacking(_of_assignment(number, one), used, course)


def _of_course(course: CourseSpec) -> Every:
    return ((("title",), course.title), (("hand_in",), course.hand_in or ""))


def _of_assignment(number: int, one: AssignmentSpec) -> Every:
    place = ("assignments", number)
    return (((*place, "title"), "" if one.title == one.name else one.title), ((*place, "hand_in"), one.hand_in or ""))


def _languages(every: Every) -> set[str]:
    return {tag for _, wording in every for tag in by_language(wording) if tag}


def _lacking(every: Every, used: set[str], course: CourseSpec) -> Iterator[tuple[Place, str]]:
    """A line for each language, at the first text that lacks it."""
    own = course.language or _UNSAID
    written = [(place, {tag or own for tag in by_language(wording)}) for place, wording in every if wording]
    for tag in sorted(used.union(*(tags for _, tags in written))):
        without = [place for place, tags in written if tag not in tags]
        if without and len(without) == len(written):
            yield (), f"nothing is in the language '{tag}', which the course has texts in"
        elif without:
            yield without[0], f"these texts are not there in the language '{tag}': {_places(without)}"


def _places(every: list[Place]) -> str:
    shown = [_path(place) for place in every[:_MOST_PLACES]]
    return ", ".join([*shown, *([f"and {len(every) - _MOST_PLACES} more"] if len(every) > _MOST_PLACES else [])])


def _path(place: Place) -> str:
    """`tests[2].hint`, as an author counts: the first is 1."""
    first, *others = place
    return str(first) + "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in others)
