"""Auto-graded numpy exercises. The commands are `grade` (students) and `grader` (instructors).

In a notebook: `%load_ext grader`, or `from grader import check`.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]


def __getattr__(name: str) -> object:
    """What a notebook takes from here, loaded when it is asked for: all else stays as light as it is."""
    if name in ("check", "load_ipython_extension", "unload_ipython_extension"):
        from importlib import import_module

        extension = import_module("grader.notebook.extension")
        extension.active_shell()
        return getattr(extension, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
