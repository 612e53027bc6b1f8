"""A command whose help is in the language that is asked for, or the machine's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from grader.cli.language import of_people
from grader.words.language import Language, speaking

__all__ = ["SpokenCommand"]

_ASKED: Final = "grader.language"
_WIDTH: Final = 78
_BESIDE_AN_OPTION: Final = 46
_AS_IT_STANDS: Final = "\b\n"


class SpokenCommand(click.Command):
    """Its texts are those called `help.NAME` and `help.PARAMETER` (`grader.words.english.help`)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember the language, wherever it stands: `--help` answers as soon as it is read."""
        ctx.meta[_ASKED] = _asked(args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        language = of_people(ctx.meta.get(_ASKED))
        if language is Language.ENGLISH:
            return super().get_help(ctx)
        with speaking(language):
            return _Translated(self, ctx).get_help(ctx)


class _Translated(click.Command):
    """The same command with its texts in the language that is spoken, for its help alone."""

    def __init__(self, command: click.Command, ctx: click.Context) -> None:
        super().__init__(command.name, context_settings=command.context_settings, params=command.params)
        self.help = _laid_out(_said(str(command.name)), _WIDTH)
        self._own = command.get_params(ctx)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return self._own

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _said("title.usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for each in self.get_params(ctx) if (record := _record(each, ctx)) is not None]
        with formatter.section(_said("title.options")):
            formatter.write_dl(records)


def _record(parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """An option and what it does; what it is without it stays in brackets, as click writes it."""
    record = parameter.get_help_record(ctx)
    if record is None or not isinstance(parameter, click.Option):
        return None
    option, words = record
    beside = words.removeprefix(parameter.help or "").strip()
    name = "help" if "--help" in parameter.opts else parameter.name  # click's own has another name
    return option, _laid_out(f"{_said(str(name))} {beside}".strip(), _BESIDE_AN_OPTION)


def _said(name: str) -> str:
    from grader.words.text import said

    return said(f"help.{name}")


def _laid_out(text: str, width: int) -> str:
    """Text whose lines are broken as its script has it, where click would look for spaces."""
    from grader.line_breaks import has_wide, lines_of

    if not has_wide(text):
        return text
    parts: list[str] = []
    for part in text.split("\n\n"):
        is_laid_out = part.startswith(_AS_IT_STANDS)
        broken = part if is_laid_out else _AS_IT_STANDS + "\n".join(lines_of(part, width))
        parts.append(broken)
    return "\n\n".join(parts)


def _asked(args: Sequence[Any]) -> str | None:
    for number, arg in enumerate(args):
        if arg == "--language":
            return str(args[number + 1]) if number + 1 < len(args) else None
        if str(arg).startswith("--language="):
            return str(arg).partition("=")[2]
    return None
