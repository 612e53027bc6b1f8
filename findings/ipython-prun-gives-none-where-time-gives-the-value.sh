#!/usr/bin/env bash
# ipython 9.7.0.
# Guess: what `%time` and `%prun` run is a statement of the cell: both give its value, and both let a name be bound in it.
# Seen: NAME = %time f() is the value and NAME = %prun f() is None, while a name bound within the line stays after both. A
#       comment above %%time makes the whole cell an error that binds nothing; above %time it changes nothing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q ipython==9.7.0
cd "$dir"
IPYTHONDIR="$dir" "$dir/venv/bin/python" - <<'EOF'
import contextlib
import io
import sys

from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()


def bound(cell):
    """What the cell binds to NAME, or that it binds nothing."""
    shell.user_ns.pop("NAME", None)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        shell.run_cell(cell)
    return shell.user_ns.get("NAME", "nothing")


facts = {
    "NAME = %time": (bound("NAME = %time max(1, 2)"), 2),
    "NAME = %prun": (bound("NAME = %prun max(1, 2)"), None),
    "%time NAME =": (bound("%time NAME = max(1, 2)"), 2),
    "%prun NAME =": (bound("%prun NAME = max(1, 2)"), 2),
    "%%time": (bound("%%time\nNAME = 2"), 2),
    "a comment above %%time": (bound("# timed\n%%time\nNAME = 2"), "nothing"),
    "a comment above %time": (bound("# timed\n%time NAME = 2"), 2),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
