"""The evidence of isolation that a result carries: from what the observer has proved."""

from __future__ import annotations

import platform

from grader.judge.result import Canary, Evidence
from grader.observe.observer import Observer

__all__ = ["isolation_evidence"]


def isolation_evidence(observer: Observer) -> Evidence:
    """What the observer has proved, as plain data for the result."""
    found = observer.evidence
    acts = [trial for trial in found.trials if not trial.is_deed]
    possible = tuple(trial.act for trial in acts if not trial.refusal)
    canary = Canary(len(acts) - len(possible), possible, len(found.trials) - len(acts)) if found.trials else None
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
        lacks=tuple(f"{lack.level.value}: {lack.what}; {lack.remedy}" for lack in found.lacks),
    )
