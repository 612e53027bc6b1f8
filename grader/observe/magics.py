"""What Jupyter adds to Python: lines and cells of magic, prompts, cells that are indented as a whole.

All of it is made into Python of the same lines. What a magic does to names and to the environment is kept; measuring,
drawing and other programs are passed over.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final, NamedTuple

__all__ = [
    "CellMagic",
    "bare_cell",
    "command_in",
    "is_action",
    "named_file",
    "outer_magic",
    "statement_of",
    "with_magics_of",
    "without_line_magics",
    "without_prompt",
]

# Cells under these hold Python, run as if the first line were not there.
_PYTHON_CELLS: Final = frozenset({"capture", "debug", "lprun", "memit", "mprun", "prun", "time", "timeit"})
# Cells under these hold another language, or Python for a process of its own.
_OTHER_LANGUAGES: Final = frozenset(
    {"", "R", "ai", "bash", "bigquery", "cmd", "cpp", "css", "cu", "cuda", "fortran", "java", "javascript", "js"}
    | {"julia", "latex", "markdown", "matlab", "md", "mermaid", "octave", "perl", "powershell", "pypy", "python"}
    | {"python2", "python3", "ruby", "rust", "script", "sh", "shell", "sql", "svg", "sx", "system", "HTML", "html"}
    | {"SVG", "fs", "md-sandbox", "r", "scala", "writetemplate"}
)
# Databricks has one sign before the language of a whole cell. `%sql` with more behind it may be a line of Jupyter's.
_CELL_MAGIC: Final = re.compile(r"%(?:%(?P<name>\w*)|(?P<language>(?:fs|md-sandbox|md|r|scala|sh)\b|sql$))[ \t]*(.*)")
_MAGIC: Final = r"(?P<name>\w+)[ \t]*(?P<rest>.*)"
_LINE_MAGIC: Final = re.compile(rf"(?P<indent>[ \t]*)%{_MAGIC}")
_LINE: Final = re.compile(r"(?P<indent>[ \t]*)(?:[%!].*|\?{1,2}[\w.*]+[ \t]*|[\w.*]+\?{1,2}[ \t]*)")
_TARGET: Final = r"(?P<target>[ \t]*[\w., \t\[\]]+=[ \t]*)"
_ASSIGNED_MAGIC: Final = re.compile(rf"{_TARGET}%{_MAGIC}")
_ASSIGNED: Final = re.compile(rf"{_TARGET}[%!].*")
_COMPOUND: Final = re.compile(r"(?:async|class|def|for|if|try|while|with)\b")

# Those that run a statement in the namespace of the cell, and which of their options take a word.
_STATEMENTS: Final = {"lprun": "fmDTsu", "mprun": "fT", "prun": "lsTD", "time": ""}
# Those that do something when they are run (`grader.observe.shell`).
_ACTIONS: Final = frozenset({"env", "load_ext", "pwd", "pylab", "reload_ext", "run", "set_env"})
# The names by which IPython knows a magic, or a program of the system; ours is among them where it is loaded.
_WITHOUT_SIGN: Final = frozenset(
    {"alias", "alias_magic", "autoawait", "autocall", "automagic", "bookmark", "cat", "cd", "code_wrap", "colors"}
    | {"conda", "config", "cp", "debug", "dhist", "dirs", "doctest_mode", "ed", "edit", "env", "grade", "gui", "hist"}
    | {"history", "killbgscripts", "ldir", "less", "lf", "lk", "ll", "load", "load_ext", "loadpy", "logoff", "logon"}
    | {"logstart", "logstate", "logstop", "ls", "lsmagic", "lx", "macro", "magic", "mamba", "man", "matplotlib"}
    | {"micromamba", "mkdir", "more", "mv", "notebook", "page", "pastebin", "pdb", "pdef", "pdoc", "pfile", "pinfo"}
    | {"pinfo2", "pip", "popd", "pprint", "precision", "prun", "psearch", "psource", "pushd", "pwd", "pycat", "pylab"}
    | {"quickref", "recall", "rehashx", "reload_ext", "rep", "rerun", "reset", "reset_selective", "rm", "rmdir"}
    | {"run", "save", "sc", "set_env", "sx", "system", "tb", "time", "timeit", "unalias", "unload_ext", "uv", "who"}
    | {"who_ls", "whos", "xdel", "xmode"}
)
# What stands behind such a name where it is no variable: a word, an option, a path. What reads as an operator is one.
_OPERAND: Final = r"(?!(?:and|for|if|in|is|not|or|else)\b)[\w~.'\"$]|--?[A-Za-z]|/[\w.]|/$|\*\."
_AUTOMAGIC: Final = re.compile(rf"(?P<name>\w+)(?:[ \t]+(?:{_OPERAND}).*|[ \t]*;?)")
# Commands that people write where Python is due, each with a word that no Python could have there. Names that are words
# of a language too (`run`, `save`, `more`) may begin a sentence.
_COMMANDS: Final = frozenset({"cd", "load_ext", "ls", "matplotlib", "mkdir", "pylab", "reload_ext", "rm", "timeit"})
_SHELL: Final = re.compile(
    r"\s*(?P<command>(?:(?:python3?[ \t]+-m[ \t]+)?pip3?|conda|mamba|uv|apt|apt-get|git)"
    r"[ \t]+(?:-[\w-]+[ \t]+)*[a-z][\w-]*(?:[ \t]+[\w.~/'\"-].*)?)"
)
_COMMENTS_MAGICS: Final = re.compile(r"^#[ ]{1,4}jupytext:|^# Commented out IPython magic|^#!%", re.MULTILINE)
_COMMENTED: Final = re.compile(
    rf"^([ \t]*)#(?:!| )(?=%(?:{'|'.join(sorted({*_STATEMENTS, *_ACTIONS}))})\b)", re.MULTILINE
)
_OF_DATABRICKS: Final = "# Databricks notebook source"
_IN_PYTHON: Final = re.compile(r"^# MAGIC %python[ \t]*$(?:\n# MAGIC.*)*", re.MULTILINE)
_MARKED: Final = re.compile(r"^# MAGIC ?(?:%python[ \t]*$)?", re.MULTILINE)
_OPTION: Final = re.compile(r"-(?:-[\w-]+|(\w)(\w*))[ \t]*")
_WORD: Final = re.compile(r"\S+[ \t]*")

_PROMPTS: Final = (
    (re.compile(r">>>(?: |$)"), re.compile(r"(?:>>>|\.\.\.)(?: |$)")),
    (re.compile(r"\s*In\s*\[\d+\]:\s?"), re.compile(r"\s*(?:In\s*\[\d+\]:|\.{3,}:)\s?")),
)


class CellMagic(NamedTuple):
    """`%%name arguments` at the top of a cell; `body` is the cell with that line blank."""

    name: str
    arguments: str
    body: str

    @property
    def is_python(self) -> bool:
        return self.name in _PYTHON_CELLS

    @property
    def is_other_language(self) -> bool:
        """Whether what is below it is known to be nothing for the notebook's own process."""
        return self.name in _OTHER_LANGUAGES

    @property
    def file(self) -> str | None:
        """The file that it writes the cell into."""
        return named_file(self.arguments) if self.name in ("file", "writefile") else None

    @property
    def appends(self) -> bool:
        return bool({"-a", "--append"}.intersection(self.arguments.split()))


def outer_magic(text: str) -> CellMagic | None:
    """The magic of a cell, below those that leave it the Python that it is; None where there is no other."""
    magic = _first_magic(text)
    while magic is not None and magic.is_python and (inner := _first_magic(magic.body)) is not None:
        magic = inner
    return magic


def _first_magic(text: str) -> CellMagic | None:
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    found = _CELL_MAGIC.match(lines[first].strip())
    return found and CellMagic(
        found["language"] or found["name"], found[3], "\n".join([*lines[:first], "", *lines[first + 1 :]])
    )


def bare_cell(text: str) -> str:
    """A cell without the prompts that were pasted with it, not indented as a whole, and with the sign of its magic."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    margin = lines[first][: len(lines[first]) - len(lines[first].lstrip(" \t"))]
    lines = [line.removeprefix(margin) for line in lines]
    for begins, prompt in _PROMPTS:
        if begins.match(lines[first]):
            lines = [prompt.sub("", line, count=1) for line in lines]
            break
    return _with_percent("\n".join(lines))


def without_prompt(line: str) -> str | None:
    """A line of a session without the prompt before it; None where it has none."""
    for _, prompt in _PROMPTS:
        if found := prompt.match(line):
            return line[found.end() :]
    return None


def _with_percent(text: str) -> str:
    """A cell of one line may leave out the sign of a magic; what it says then is no Python, or does nothing.

    IPython looks at cells of one line alone too, and passes over a name that is a variable's: such a line is one that
    only shows something.
    """
    line = text.strip()
    found = _AUTOMAGIC.fullmatch(line)
    return text.replace(line, f"%{line}", 1) if found and found["name"] in _WITHOUT_SIGN else text


def command_in(line: str) -> str:
    """The command for a terminal that a line is, which no Python reads; empty for any other line."""
    plain = line.strip()
    if found := _SHELL.fullmatch(plain):
        return found["command"]
    magic = _AUTOMAGIC.fullmatch(plain)
    return plain if magic and magic["name"] in _COMMANDS and " " in plain else ""


def with_magics_of(text: str) -> str:
    """A script with what a tool has made comments of, where it does something.

    That is magics by jupytext, Colab or VS Code, and whole cells of `%python` by Databricks.
    """
    if text.startswith(_OF_DATABRICKS):
        return _IN_PYTHON.sub(lambda cell: _MARKED.sub("", cell[0]), text)
    return _COMMENTED.sub(r"\1", text) if _COMMENTS_MAGICS.search(text) else text


def without_line_magics(text: str) -> str:
    """The text with `%matplotlib inline`, `!pip install …`, `np.dot?` replaced by `pass`, `!ls` in `files = !ls` by the
    empty list of lines that no program has printed.

    Of `%time x = f()` the statement stays, at its place in the line.
    """
    kept: list[str] = []
    continues = False
    for line in text.split("\n"):
        plain = "" if continues else _plain(line)
        continues = plain != line and line.endswith("\\") and not plain.endswith("\\")
        kept.append(plain)
    return "\n".join(kept)


def statement_of(name: str, rest: str) -> str | None:
    """What a line of magic does, as Python; None for what is passed over."""
    if name in _ACTIONS:
        return f"get_ipython().run_line_magic({name!r}, {rest!r})"
    return _without_options(rest, _STATEMENTS[name]) or None if name in _STATEMENTS else None


def named_file(arguments: str) -> str | None:
    """The first file that the arguments of a magic name, without the quotes around it."""
    word = next((word for word in arguments.split() if not word.startswith("-")), None)
    return None if word is None else str(PurePosixPath(word.strip("'\"")))


def is_action(name: str) -> bool:
    """Whether a magic acts when it is run, and there is no other Python for it."""
    return name in _ACTIONS


def _plain(line: str) -> str:
    if magic := _LINE_MAGIC.fullmatch(line):
        return _run(magic["indent"], statement_of(magic["name"], magic["rest"]), line)
    if magic := _LINE.fullmatch(line):
        return f"{magic['indent']}pass"
    if magic := _ASSIGNED_MAGIC.fullmatch(line):
        return magic["target"] + _value(magic["name"], magic["rest"], line)
    if magic := _ASSIGNED.fullmatch(line):
        return f"{magic['target']}[]"
    return line


def _run(indent: str, statement: str | None, line: str) -> str:
    """A line that does no more than that, with the statement in its own columns where it stands in the line."""
    if statement is None:
        return f"{indent}pass"
    space = len(line) - len(statement) - len(indent)
    if _COMPOUND.match(statement) or not line.endswith(statement) or space < len("0;"):
        return indent + statement
    return f"{indent}{'0;':<{space}}{statement}"


def _value(name: str, rest: str, line: str) -> str:
    """What a magic gives. Only `%time` gives what its statement does."""
    value = statement_of(name, rest) if name == "time" or name in _ACTIONS else None
    if value is None:
        return "None"
    return value.rjust(len(line) - line.index("%")) if line.endswith(value) else value


def _without_options(rest: str, with_word: str) -> str:
    while option := _OPTION.match(rest):
        rest = rest[option.end() :]
        if option[1] and option[1] in with_word and not option[2]:
            rest = _WORD.sub("", rest, count=1)
    return rest
