"""The entry point of every command: an error becomes a message on standard error and an exit status."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from grader.cli.notes import tell_aside, tell_error
from grader.cli.termination import Termination, orderly_termination
from grader.disk import is_of_the_machine, remedy
from grader.errors import GraderError, Refused
from grader.observe.import_paths import keep_to_own_folders
from grader.observe.interpreter import ONE_THREAD

__all__ = ["INTERNAL_ERROR", "enter", "run"]

INTERNAL_ERROR = 3
_HELP: type[click.UsageError] | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())  # since click 8.2


def enter(command: click.Command, name: str) -> NoReturn:
    """Run `command` as this process's program. Files in the current folder cannot be imported in place of modules."""
    for variable, value in ONE_THREAD.items():
        os.environ.setdefault(variable, value)
    atexit.register(gc.freeze)  # at the end of the process nothing need look through all that is in memory
    if (left_out := keep_to_own_folders()) is not None:
        tell_aside(f"note: {left_out}.")
    run(command, name)


def run(command: click.Command, name: str, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `command` as the program `name`, and leave with its exit status."""
    with orderly_termination() as termination:
        status = _status(command, name, arguments, termination)
    sys.exit(status)


def _status(command: click.Command, name: str, arguments: Sequence[str] | None, termination: Termination) -> int:
    try:
        status = command.main(args=arguments, prog_name=name, standalone_mode=False)
        sys.stdout.flush()  # here, because an error while the interpreter exits could not be reported
    except click.UsageError as error:
        if isinstance(error, _HELP):
            click.echo(error.format_message(), err=True)
            return error.exit_code
        path = error.ctx.command_path if error.ctx is not None else name
        return _say(f"{error.format_message()}\nTry `{path} --help`.", error.exit_code)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return termination.status
    except Refused as error:
        from grader.words.text import text

        return _say(text(error.message), error.exit_code)
    except GraderError as error:
        return _say(str(error), error.exit_code)
    except OSError as error:
        return _machine_error(error) if is_of_the_machine(error) else _internal_error(error)
    except MemoryError:
        return _machine_error(OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)))
    except Exception as error:  # noqa: BLE001 — the boundary: an unexpected error is a fault of ours, and says so
        # Of Ctrl-C while pydantic builds a model it makes an error of its own, in whose text alone it can be seen.
        return termination.status if KeyboardInterrupt.__name__ in str(error) else _internal_error(error)
    return status if isinstance(status, int) else 0


def _say(text: str, status: int) -> int:
    tell_error(text)
    return status


def _machine_error(error: OSError) -> int:
    """The disk is full, memory is short, …: the run fails, and it is nobody's fault."""
    where = f"{error.filename}: " if error.filename else _standard_output()
    return _say(f"{where}{error.strerror}: this cannot be done here; {remedy(error)}", GraderError.exit_code)


def _standard_output() -> str:
    """`standard output: `, where that is what cannot be written; what is still buffered is then discarded."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        return "standard output: "
    return ""


def _internal_error(error: Exception) -> int:
    if os.environ.get("NUMGRADE_DEBUG"):
        traceback.print_exception(error)
        return INTERNAL_ERROR
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    fault = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return _say(
        f"numgrade itself failed{where}: {fault}\n"
        "This is a fault of ours, not of your work, and nothing was decided by it.\n"
        "Please report it; with NUMGRADE_DEBUG=1 in the environment you see all that there is to see.",
        INTERNAL_ERROR,
    )
