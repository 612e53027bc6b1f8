"""The same program with other looks: comments, blank lines, docstrings, quotes, spaces, parentheses, and variables."""

from __future__ import annotations

import ast
import io
import random
import tokenize
from collections import Counter
from collections.abc import Iterator

__all__ = ["other_looks"]

_REMARKS = ("# my own idea", "# as in the lecture", "# TODO: tidy up", "# why does this work?", "#")
_SEPARATE = frozenset({tokenize.OP, tokenize.NAME, tokenize.NUMBER, tokenize.STRING})


def other_looks(text: str, seed: int) -> str:
    """`text`, a script, with looks of its own for each seed. A line stays a line. `SyntaxError` where it is none."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for change in (_parenthesised, _quoted, _spaced, _documented):
        if chance.random() < 0.7:
            changed = change(lines, chance)
            lines = changed if _is_same("\n".join(changed), text) else lines
    if chance.random() < 0.7:
        lines = _renamed(lines, chance)
    return "\n".join(_commented(lines, chance))


def _is_same(one: str, other: str) -> bool:
    try:
        ast.parse(one)
    except SyntaxError:
        return False
    return ast.dump(_bare(ast.parse(one))) == ast.dump(_bare(ast.parse(other)))


def _bare(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def _tokens(lines: list[str]) -> list[tokenize.TokenInfo]:
    try:
        return list(tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline))
    except (tokenize.TokenError, IndentationError) as error:
        raise SyntaxError(str(error)) from None


def _parenthesised(lines: list[str], chance: random.Random) -> list[str]:
    """What is returned, in parentheses."""
    changed = list(lines)
    for node in ast.walk(ast.parse("\n".join(lines))):
        value = node.value if isinstance(node, ast.Return) else None
        if value is not None and value.lineno == value.end_lineno and chance.random() < 0.5:
            line = lines[value.lineno - 1].encode()
            start, end = value.col_offset, value.end_col_offset
            if b";" not in line and end is not None and not line[end:].strip():
                changed[value.lineno - 1] = (line[:start] + b"(" + line[start:end] + b")").decode()
    return changed


def _quoted(lines: list[str], chance: random.Random) -> list[str]:
    """Texts between the other quotes."""
    changed = list(lines)
    for token in reversed(_tokens(lines)):
        text = token.string
        if token.type == tokenize.STRING and text[0] in "'\"" and not set(text[1:-1]) & set("'\"\\\n"):
            quote = "'" if text[0] == '"' else '"'
            row, line = token.start[0] - 1, changed[token.start[0] - 1]
            changed[row] = line[: token.start[1]] + quote + text[1:-1] + quote + line[token.end[1] :]
    return changed


def _spaced(lines: list[str], chance: random.Random) -> list[str]:
    """Other spaces within lines."""
    space = chance.choice(["", " ", "  "])
    changed = list(lines)
    for row, tokens in _by_line(_tokens(lines)).items():
        if chance.random() < 0.6 and all(token.type in _SEPARATE for token in tokens):
            line = lines[row]
            indent = line[: len(line) - len(line.lstrip())]
            changed[row] = indent + "".join(_joined(tokens, space))
    return changed


def _by_line(tokens: list[tokenize.TokenInfo]) -> dict[int, list[tokenize.TokenInfo]]:
    """The tokens of the lines that are read for themselves alone."""
    found: dict[int, list[tokenize.TokenInfo]] = {}
    for token in tokens:
        for row in range(token.start[0] - 1, token.end[0]):
            kept = token.type not in (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)
            if kept and token.type != tokenize.ENDMARKER:
                found.setdefault(row, []).append(token)
    return {row: each for row, each in found.items() if all(token.start[0] == token.end[0] for token in each)}


def _joined(tokens: list[tokenize.TokenInfo], space: str) -> Iterator[str]:
    """With one space between words, and that between all else."""
    for number, token in enumerate(tokens):
        if number:
            yield space if tokenize.OP in (tokens[number - 1].type, token.type) else " "
        yield token.string


def _renamed(lines: list[str], chance: random.Random) -> list[str]:
    """Other names for some variables of functions: those whose name stands for nothing else anywhere."""
    tree = ast.parse("\n".join(lines))
    inside = [node for part in tree.body if isinstance(part, ast.FunctionDef) for node in ast.walk(part)]
    own = Counter(node.id for node in inside if isinstance(node, ast.Name))
    bound = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    tokens = _tokens(lines)
    everywhere = Counter(token.string for token in tokens if token.type == tokenize.NAME)
    alone = sorted(name for name in bound if own[name] == everywhere[name])
    other = {name: f"{name}_{chance.randrange(10)}" for name in alone if chance.random() < 0.5}
    changed = list(lines)
    for token in reversed(tokens):
        if token.type == tokenize.NAME and token.string in other:
            row, line = token.start[0] - 1, changed[token.start[0] - 1]
            changed[row] = line[: token.start[1]] + other[token.string] + line[token.end[1] :]
    return changed


def _documented(lines: list[str], chance: random.Random) -> list[str]:
    """Functions with a docstring, where they have none."""
    changed = list(lines)
    functions = [node for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: -node.lineno):
        first = node.body[0]
        if ast.get_docstring(node) is None and first.lineno > node.lineno and chance.random() < 0.7:
            line = lines[first.lineno - 1]
            indent = line[: len(line) - len(line.lstrip())]
            changed.insert(first.lineno - 1, f'{indent}"""{chance.choice(_REMARKS)[1:].strip()} {node.name}"""')
    return changed


def _commented(lines: list[str], chance: random.Random) -> Iterator[str]:
    """With comments, and blank lines, where a statement ends."""
    ends = {token.start[0] for token in _tokens(lines) if token.type == tokenize.NEWLINE}
    yield chance.choice(_REMARKS)
    for number, line in enumerate(lines, 1):
        is_end = number in ends and not line.rstrip().endswith("\\")
        if is_end and chance.random() < 0.3 and "#" not in line:
            line = f"{line}  {chance.choice(_REMARKS)}"
        yield line
        if is_end and chance.random() < 0.4:
            yield from [""] * chance.randrange(3)
            yield " " * chance.choice([0, 4, 8]) + chance.choice(_REMARKS)
