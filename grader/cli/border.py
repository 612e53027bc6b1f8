"""Where a command begins and ends: every error becomes a text for people and an exit status."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import textwrap
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from grader.cli.ending import Ending, orderly
from grader.disk import is_of_the_machine, remedy
from grader.errors import GraderError
from grader.observe.searched import keep_to_own_folders
from grader.report.plain import cleaned

__all__ = ["OURS", "enter", "run", "wrapped"]

OURS = 3
_HELP: type[click.UsageError] | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())  # since click 8.2


def enter(command: click.Command, name: str) -> NoReturn:
    """Run `command` as all that this process does, with its arguments; strangers' files around it are no modules."""
    if (left_out := keep_to_own_folders()) is not None:
        click.echo(f"note: {left_out}.", err=True)
    run(command, name)


def run(command: click.Command, name: str, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `command` as the program `name`, and leave with its exit status."""
    with orderly() as ending:
        status = _status(command, name, arguments, ending)
    sys.exit(status)


def _status(command: click.Command, name: str, arguments: Sequence[str] | None, ending: Ending) -> int:
    try:
        status = command.main(args=arguments, prog_name=name, standalone_mode=False)
        sys.stdout.flush()  # at the end of the interpreter nobody could say what was wrong
    except click.UsageError as error:
        if isinstance(error, _HELP):
            click.echo(error.format_message(), err=True)
            return error.exit_code
        path = error.ctx.command_path if error.ctx is not None else name
        return _say(f"{error.format_message()}\nTry `{path} --help`.", error.exit_code)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return ending.status
    except GraderError as error:
        return _say(str(error), error.exit_code)
    except OSError as error:
        return _of_the_machine(error) if is_of_the_machine(error) else _apologise(error)
    except MemoryError:
        return _of_the_machine(OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)))
    except Exception as error:  # noqa: BLE001 — the border: what nobody expected is a fault of ours, and is said to be one
        return _apologise(error)
    return status if isinstance(status, int) else 0


def _say(text: str, status: int) -> int:
    words = f"error: {cleaned(text)}"
    click.echo(wrapped(words, shutil.get_terminal_size().columns) if sys.stderr.isatty() else words, err=True)
    return status


def wrapped(text: str, width: int) -> str:
    """`text` for a screen of that width; lines that are indented, such as source and its caret, stay as they are."""
    lines = text.split("\n")
    return "\n".join(line if line[:1] in ("", " ") else _folded(line, width) for line in lines)


def _folded(line: str, width: int) -> str:
    return textwrap.fill(line, max(20, width - 1), break_long_words=False, break_on_hyphens=False)


def _of_the_machine(error: OSError) -> int:
    """What the machine has too little of costs a run, and is nobody's fault."""
    where = f"{error.filename}: " if error.filename else _standard_output()
    return _say(f"{where}{error.strerror}: this cannot be done here; {remedy(error)}", GraderError.exit_code)


def _standard_output() -> str:
    """Its name, where it is what cannot be written; what it has not taken goes nowhere then."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        return "standard output: "
    return ""


def _apologise(error: Exception) -> int:
    if os.environ.get("NUMGRADE_DEBUG"):
        traceback.print_exception(error)
        return OURS
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    fault = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return _say(
        f"numgrade itself failed{where}: {fault}\n"
        "This is a fault of ours, not of your work, and nothing was decided by it.\n"
        "Please report it; with NUMGRADE_DEBUG=1 in the environment you see all that there is to see.",
        OURS,
    )
