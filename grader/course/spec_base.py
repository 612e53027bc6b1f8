"""What all levels of a specification have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from grader.course.wordings import as_identified

__all__ = ["Spec"]


class Spec(BaseModel):
    """Base of the levels: frozen, and without keys that are not listed."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    younger: ClassVar[frozenset[str]] = frozenset()
    """Keys that there were not from the first. Where they are not used, a specification has the text that it had
    without them: answer keys are known by that text, and so keep their identity."""

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        unused = {name for name in self.younger if getattr(self, name) == type(self).model_fields[name].default}
        return [(name, as_identified(value)) for name, value in super().__repr_args__() if name not in unused]
