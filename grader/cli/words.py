"""`grader words`: the texts that people are told, for whoever translates them."""

from __future__ import annotations

import click

from grader.words.language import Language

__all__ = ["command"]

_TRANSLATED = tuple(each.value for each in Language if each is not Language.ENGLISH)


@click.command("words", short_help="Tell which texts a language still lacks.")
@click.option("--missing", type=click.Choice(_TRANSLATED), required=True, help="The language.")
@click.pass_context
def command(context: click.Context, missing: str) -> None:
    """List the texts that a language's catalogue lacks, with the English that is said in their place.

    A text whose English has changed since it was translated is missing until somebody has looked at it
    (docs/translating.md).

    \b
    Examples:
      grader words --missing zh

    \b
    Exit status:
      0  nothing is missing
      1  some texts are
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.words.text import ENGLISH
    from grader.words.translated import missing as lacking

    names = lacking(Language(missing), ENGLISH)
    for name in names:
        entry = ENGLISH[name]
        click.echo(f"{name}: {entry if isinstance(entry, str) else f'{entry.one} | {entry.other}'}")
    context.exit(1 if names else 0)
