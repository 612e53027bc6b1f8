"""What the reference does on inputs that come up while a submission is judged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from types import TracebackType
from typing import Final, Self, TypeAlias, final

import msgspec

from grader.course.key import AnswerKey, Case
from grader.grading.probe import Probe
from grader.identity_cache import IdentityCache
from grader.memory_size import memory_size
from grader.observation import Observation
from grader.observe.observer import Observer
from grader.values import Value, fingerprint

__all__ = ["Expecting", "OpenReference", "expecting"]

OpenReference: TypeAlias = Callable[[], Probe]

_Asked: TypeAlias = tuple[int, bytes]  # with which seed, of which arguments

_MOST: Final = 512  # answers of an exercise
_LARGEST: Final = 4 << 10  # bytes of an answer


@final
class _Known:
    """What the reference of one exercise answered last."""

    def __init__(self, key: AnswerKey) -> None:
        self._answers: OrderedDict[_Asked, Observation] = OrderedDict()

    def get(self, asked: _Asked) -> Observation | None:
        if asked in self._answers:
            self._answers.move_to_end(asked)
        return self._answers.get(asked)

    def keep(self, asked: _Asked, answer: Observation) -> None:
        size = memory_size(answer.value.value) + memory_size(answer.changed.value) + len(answer.printed)
        if size > _LARGEST:
            return
        self._answers[asked] = answer
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)


_known: Final = IdentityCache(_Known, most=64)


@final
class Expecting:
    """The reference of one exercise, started when it is asked something that it was not asked before.

    In a class the same failing inputs are made smaller in the same ways. A context manager.
    """

    def __init__(self, key: AnswerKey, opened: OpenReference) -> None:
        self._known = _known.of(key)
        self._open = opened
        self._probe: Probe | None = None

    def of(self, case: Case) -> Case:
        """The case with what the reference does as what is right."""
        asked = case.seed, fingerprint(case.arguments.value)
        expected = self._known.get(asked)
        if expected is None:
            expected = next(self._reference().observe([case]))
            self._known.keep(asked, expected)
        return msgspec.structs.replace(case, expected=expected)

    def fulfils(self, case: Case) -> bool:
        """Whether the case's inputs are as its author's condition on inputs has it."""
        return case.domain.where is None or self._reference().fulfils(case)

    def drawn(self, case: Case, name: str, names: Mapping[str, Value]) -> Value:
        """An argument drawn anew by its author's expression."""
        return self._reference().drawn(case, name, names)

    def _reference(self) -> Probe:
        if self._probe is None:
            self._probe = self._open()
        return self._probe

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._probe is not None:
            self._probe.close()


def expecting(key: AnswerKey, solution: str, observer: Observer) -> Expecting:
    """That solution as the reference, in a process of its own."""
    return Expecting(key, partial(Probe, key, solution, observer))
