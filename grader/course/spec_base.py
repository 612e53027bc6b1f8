"""What all levels of a specification have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Spec"]


class Spec(BaseModel):
    """Base of the levels: frozen, and without keys that are not listed."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
