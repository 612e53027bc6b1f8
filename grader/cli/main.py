"""`grader`: the instructor's commands, each in a module of its own that is imported when it is asked for."""

from __future__ import annotations

import contextlib
import importlib
from typing import Final, NoReturn

import click

import grader
from grader.cli.entry_point import enter

__all__ = ["COMMANDS", "grader_group", "main"]

COMMANDS: Final = (
    "demo",
    "new",
    "library",
    "take",
    "install",
    "show",
    "check",
    "build",
    "run",
    "regrade",
    "report",
    "mark",
    "serve",
    "link",
    "gradebook",
    "export",
    "package",
    "schema",
    "doctor",
    "words",
)


class LazyGroup(click.Group):
    """Finds the command `name` as the attribute `command` of the module `grader.cli.name`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from grader.course.folder import example_course
        from grader.errors import CourseError

        with contextlib.suppress(CourseError):
            formatter.write(f"\nGuides and the specification of every key: {example_course() / 'docs'}\n")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"grader.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(
    "grader",
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(grader.__version__, message="numgrade %(version)s")
def grader_group() -> None:
    """Write, test and hand out numpy exercises that grade themselves.

    A course is a folder with a course.yaml; each exercise is one YAML file in exercises/ and one reference solution in
    solutions/. Students get stubs, a notebook and a page from `grader build`, and feedback from the command `grade`.
    """


def main() -> NoReturn:
    """The command `grader`."""
    enter(grader_group, "grader")


if __name__ == "__main__":
    main()
