#!/usr/bin/env bash
# polib 1.2.0.
# Guess: pofile() reads a catalogue from a string as it reads it from a file with the same text.
# Seen: a string is cut at each character that Python's splitlines() takes for the end of a line, so where a translation has
#       a line separator (U+2028, which pasted text can hold) it and the letter before it are gone. From a file the
#       translation is whole. No error.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q polib==1.2.0
"$dir/venv/bin/python" - <<'EOF'
import sys
import tempfile
from pathlib import Path

import polib

catalogue = polib.POFile()
catalogue.append(polib.POEntry(msgid="key", msgstr="one\u2028two"))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "messages.po")
    path.write_text(str(catalogue), "utf-8")
    facts = {
        "from a file": (polib.pofile(str(path))[0].msgstr, "one\u2028two"),
        "from the same text": (polib.pofile(path.read_text("utf-8"))[0].msgstr, "ontwo"),
    }
catalogue[0].msgstr = "one\x85two"
facts["next line"] = (polib.pofile(str(catalogue))[0].msgstr, "ontwo")
catalogue[0].msgstr = "one\ntwo"
facts["a plain line"] = (polib.pofile(str(catalogue))[0].msgstr, "one\ntwo")

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
