"""The course's seed: what hidden inputs are drawn from, and whether anybody could guess it."""

from __future__ import annotations

import enum
import math
import secrets
import string
from collections.abc import Mapping
from typing import Final

__all__ = ["Secrecy", "fresh_seed", "refusal", "secrecy_of"]

_RANDOM_BYTES: Final = 16
_LEAST_LENGTH: Final = 16  # a byte a character: less cannot hold 128 bits, whatever it is
_LEAST_DIFFERENT: Final = 8
_LEAST_BITS: Final = 96
_ALPHABETS: Final = (
    string.digits,
    string.digits + "abcdef",
    string.digits + "ABCDEF",
    string.ascii_lowercase,
    string.ascii_uppercase,
    string.ascii_lowercase + string.digits,
    string.ascii_uppercase + string.digits,
    string.ascii_letters,
    string.ascii_letters + string.digits,
)
_PRINTABLE: Final = 95


class Secrecy(enum.Enum):
    """What a course's seed keeps hidden."""

    NONE = "none"  # there is no seed, and so nothing that it promises
    SHORT = "short"  # there is one, and a machine finds it, as it does the next two
    ALIKE = "alike"
    PLAIN = "plain"
    KEPT = "kept"

    @property
    def is_found(self) -> bool:
        """Whether there is a seed that promises more than it keeps."""
        return self in _WHY


def secrecy_of(seed: str | None) -> Secrecy:
    """Whether `seed` can be found by trying texts: of one hidden input a machine tries millions of seeds a second.

    How a text was chosen cannot be seen in it; what is seen is the most that it could hold. So this finds the seeds
    that are short for certain: of few characters, few different ones, or a small alphabet (a number of 20 digits).
    """
    if seed is None:
        return Secrecy.NONE
    if len(seed) < _LEAST_LENGTH:
        return Secrecy.SHORT
    if len(set(seed)) < _LEAST_DIFFERENT:
        return Secrecy.ALIKE
    return Secrecy.PLAIN if _most_bits(seed) < _LEAST_BITS else Secrecy.KEPT


def _most_bits(seed: str) -> float:
    """The bits of a text as long, were its characters drawn at random from the smallest alphabet that has them all."""
    sizes = (len(alphabet) for alphabet in _ALPHABETS if set(seed) <= set(alphabet))
    return len(seed) * math.log2(min(sizes, default=_PRINTABLE))


def fresh_seed() -> str:
    """A seed that cannot be guessed: 128 random bits."""
    return secrets.token_hex(_RANDOM_BYTES)


def refusal(secrecy: Secrecy) -> str:
    """Why nothing is made from a course whose seed is found by trying, and what to write."""
    return (
        f"course.yaml: `seed:` hides nothing: {_WHY[secrecy]}. A machine tries texts of that kind one by one, until "
        "it has the one that the hidden inputs are drawn from. Write 32 random characters, such as these new ones:\n"
        f'  seed: "{fresh_seed()}"\n'
        "They draw other hidden inputs: where grades stand already, `grader regrade` shows what that changes. Or take "
        "the line out, if the course's files are public: having no seed promises nothing, and is no error."
    )


_WHY: Final[Mapping[Secrecy, str]] = {
    Secrecy.SHORT: f"it has fewer than {_LEAST_LENGTH} characters",
    Secrecy.ALIKE: f"it has fewer than {_LEAST_DIFFERENT} different characters, however long it is",
    Secrecy.PLAIN: (
        "its characters are all of one small kind, of which it takes more: 29 digits at the least, 24 hexadecimal "
        "digits, 21 small letters"
    ),
}
