#!/usr/bin/env bash
# psycopg 3.3.9 with the libpq 18 of its binary package.
# Guess: in postgresql://USER:PASSWORD@HOST/NAME a password with a slash that is not escaped is refused, as one with an
#        unescaped @ is when the rest is no host; or it is the password, as one with ? or # is.
# Seen: up to the slash it is read as a port, which need not be a number, and the user as a host; what follows the slash is
#       the database's name, @ and host and all. No error: it comes when a connection is tried, with these names in it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q 'psycopg[binary]==3.3.9'
"$dir/venv/bin/python" - <<'EOF'
import sys

from psycopg.conninfo import conninfo_to_dict

facts = {
    "nothing to escape": ("abcd", {"user": "amina", "password": "abcd", "host": "example.org", "dbname": "grades"}),
    "a question mark": ("ab?cd", {"user": "amina", "password": "ab?cd", "host": "example.org", "dbname": "grades"}),
    "a number sign": ("ab#cd", {"user": "amina", "password": "ab#cd", "host": "example.org", "dbname": "grades"}),
    "a slash": ("ab/cd", {"host": "amina", "port": "ab", "dbname": "cd@example.org/grades"}),
    "an escaped slash": ("ab%2Fcd", {"user": "amina", "password": "ab/cd", "host": "example.org", "dbname": "grades"}),
}

for what, (password, seen) in facts.items():
    now = conninfo_to_dict(f"postgresql://amina:{password}@example.org/grades")
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
