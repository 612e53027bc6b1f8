"""What checking an exercise found, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Checked", "CourseChecked", "Lint", "Mistake", "MutantCount", "Proposal", "Score", "Spared", "Survivor"]


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a solution that is graded like a student's."""

    points: Fraction = Fraction()
    max_points: Fraction = Fraction()


@dataclass(frozen=True, slots=True)
class Mistake:
    """One misconception: whether a scored test catches it, and whether a student who made it would be told so."""

    id: str
    caught: bool
    recognised: bool
    line: int
    problem: str = ""  # why it is not


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that passes every scored test and yet is wrong. `counterexample` is a test to paste, in YAML."""

    edit: str
    line: int
    before: str
    after: str
    counterexample: str


@dataclass(frozen=True, slots=True)
class Spared:
    """A mutant that no scored test fails, and rightly so."""

    edit: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MutantCount:
    """The fates of the mutants. `tried`: inputs on which those that are `equivalent` do what the reference does.

    `untried`: mutants for which there was no time; they are in `total`. `by_conditions`: no result is compared, so that
    whoever fulfils all conditions passes, an `equivalent` mutant as well as another right solution.
    """

    total: int = 0
    killed: int = 0
    equivalent: tuple[Spared, ...] = ()
    advice: tuple[Spared, ...] = ()
    survivors: tuple[Survivor, ...] = ()
    tried: int = 0
    untried: int = 0
    by_conditions: bool = False


@dataclass(frozen=True, slots=True)
class Lint:
    """Something to be mended, or to look at: `rule` says of which kind it is, `line` is that of the YAML file."""

    rule: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tests in YAML to paste, and the survivors that they leave, as a compilation with them has shown."""

    text: str
    left: int
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One exercise, checked. `lint` is to be mended; `notes` are worth a look, `remarks` worth knowing."""

    name: str
    path: str  # of the YAML file, as messages name it
    reference: Score
    stub: Score
    misconceptions: tuple[Mistake, ...] = ()
    mutants: MutantCount = MutantCount()
    lint: tuple[Lint, ...] = ()
    remarks: tuple[str, ...] = ()
    proposal: Proposal | None = None
    notes: tuple[Lint, ...] = ()

    @property
    def is_sound(self) -> bool:
        known = all(mistake.caught and mistake.recognised for mistake in self.misconceptions)
        return known and not self.mutants.survivors and not self.lint


@dataclass(frozen=True, slots=True)
class CourseChecked:
    """Several exercises, checked, and what is to be said of their course."""

    exercises: tuple[Checked, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return all(exercise.is_sound for exercise in self.exercises)
