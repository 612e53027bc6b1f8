"""What is built for a call as a student would type it: lines to paste, or an expression within the call."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from grader.course.expressions import outer_names
from grader.course.key import AnswerKey, Case

__all__ = ["build_lines", "inlined", "on_one_line", "package_lines", "used_by_build"]


def package_lines(key: AnswerKey, codes: Sequence[str]) -> list[str]:
    """A line for each package that these expressions name."""
    used = {name for code in codes for name in outer_names(code)}
    return [
        f"import {module}" + ("" if module == name else f" as {name}")
        for name, module in key.packages.items()
        if name in used
    ]


def used_by_build(case: Case) -> set[str]:
    """The names that what is built is made of."""
    return {name for code in case.build.values() for name in outer_names(code)}


def build_lines(case: Case) -> list[str]:
    """`df = pd.DataFrame(...)`, for each in order."""
    lines = [f"seed = {case.seed}"] if "seed" in used_by_build(case) else []
    names = list(case.build)
    for number, (name, code) in enumerate(case.build.items()):
        kept = sorted(outer_names(code).intersection(names[number:])) if _is_evaluated_later(code) else []
        lines += [f"given_{one} = {one}" for one in kept]
        lines.append(
            f"{name} = {_replaced(code, {one: f'given_{one}' for one in kept}) if kept else on_one_line(code)}"
        )
    return lines


def _is_evaluated_later(code: str) -> bool:
    """Whether there is a function or a generator in it, which looks up its names when they may be others."""
    return any(
        isinstance(node, ast.Lambda | ast.GeneratorExp) for node in ast.walk(ast.parse(code.strip(), mode="eval"))
    )


def on_one_line(code: str) -> str:
    """The expression without the breaks that its author wrote."""
    return code if "\n" not in code else ast.unparse(ast.parse(code.strip(), mode="eval"))


def inlined(case: Case, literals: Mapping[str, str]) -> dict[str, str]:
    """Each of what is built as one expression, with literals in place of what it is made of."""
    known = {**literals, "seed": str(case.seed)}
    made = {}
    for name, code in case.build.items():
        made[name] = known[name] = _replaced(code, known)
    return made


def _replaced(code: str, known: Mapping[str, str]) -> str:
    taken = outer_names(code)
    parts = {name: ast.parse(text, mode="eval").body for name, text in known.items() if name in taken}

    class Replace(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return parts.get(node.id, node) if isinstance(node.ctx, ast.Load) else node

    return ast.unparse(Replace().visit(ast.parse(code.strip(), mode="eval")))
