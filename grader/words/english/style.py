"""Of rules of style."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["STYLE"]

STYLE: Final[Texts] = {
    "style.forbid": "Do without {names:code}.",
    "style.calls": "Use {names:code}.",
    "style.vectorised": "Write no loop over {names:code}: let numpy work on whole arrays.",
    "style.inside": "In `{name}`: {rule}",
    "style.inside.missing": "This exercise has a rule for `{name}`, and there is none here.",
    "style.unchanged": Plural(
        "count",
        "The argument {names:code} must come back unchanged: where something has to change, work on a copy.",
        "The arguments {names:code} must come back unchanged: where something has to change, work on copies.",
    ),
    "style.unchanged.changed": Plural(
        "count",
        "A call changed {names:code}, which should stay as it is. "
        "Only this rule is about that; the result is judged by itself.",
        "Calls changed {names:code}, which should stay as they are. "
        "Only this rule is about that; the result is judged by itself.",
    ),
    "style.forbid.used": "This exercise asks to do without what is used here: {uses}.",
    "style.used.line": "`{name}` (line {line})",
    "style.used.cell": "`{name}` (cell {cell}, line {line})",
    "style.calls.missing": "This exercise asks to use {names:code}, and nothing here does.",
    "style.vectorised.looped": (
        "The larger {sizes:code}, the more steps Python takes, one at a time. "
        "What does the same for a whole array at once?"
    ),
    "style.not_earned": "This rule is kept; it counts as soon as one test is right.",
    "style.earned_in_part": (
        "This rule is kept. Its points count in the share of the tests' points that is earned: "
        "all of them where all is right."
    ),
    "style.gate_shut": "This rule is kept; it counts where {percent} % of the tests' points are earned.",
}
