"""Moments as pages write them: as ISO 8601 has them, which nobody reads otherwise than it is meant, and with a zone."""

from __future__ import annotations

from datetime import datetime

__all__ = ["moment_text"]


def moment_text(moment: datetime) -> str:
    """`2026-10-04 23:59 UTC+02:00`, in the zone that the moment has."""
    zone = moment.strftime("%z")
    return f"{moment:%Y-%m-%d %H:%M} UTC{'' if zone in ('', '+0000') else f'{zone[:3]}:{zone[3:5]}'}"
