"""The evidence of isolation that a result carries: from what the observer has proved."""

from __future__ import annotations

import platform

from grader.judge.result import Canary, Evidence
from grader.observe.observer import Observer

__all__ = ["isolation_evidence"]


def isolation_evidence(observer: Observer) -> Evidence:
    """What the observer has proved, as plain data for the result."""
    found = observer.evidence
    forbidden = [check for check in found.checks if not check.is_needed]
    possible = tuple(check.action for check in forbidden if not check.refusal)
    canary = (
        Canary(len(forbidden) - len(possible), possible, len(found.checks) - len(forbidden)) if found.checks else None
    )
    there = found.abilities
    return Evidence(
        kernel=f"{platform.system()} {platform.release()}".strip(),
        abilities={}
        if there is None
        else {
            "processor": there.processor,
            "landlock": there.landlock,
            "libseccomp": there.libseccomp,
            "bubblewrap": bool(there.bubblewrap),
            "namespaces": not there.no_namespaces,
            "root": there.is_root,
        },
        canary=canary,
        lacks=tuple(f"{feature.level.value}: {feature.what}; {feature.remedy}" for feature in found.missing_features),
    )
