#!/usr/bin/env bash
# Babel 2.19.0 (the same since 2.16.0; in 2.14.0 German gave "a, b und c").
# Guess: format_list(style="unit") works in each locale that Babel ships, with a comma or a space between the parts.
# Seen: KeyError 'start' for three parts in German, though the documentation names the style and says that styles which
#       a locale lacks fall back; in Chinese nothing at all stands between the parts, so a list of hints would be glued.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q babel==2.19.0
"$dir/venv/bin/python" - <<'EOF'
import sys

from babel.lists import format_list


def listed(locale: str, parts: list[str]) -> str:
    try:
        return format_list(parts, style="unit", locale=locale)
    except KeyError as error:
        return f"KeyError {error}"


facts = {
    "German, three parts": (listed("de", ["a", "b", "c"]), "KeyError 'start'"),
    "Chinese, three parts": (listed("zh", ["a", "b", "c"]), "abc"),
    "English, three parts": (listed("en", ["a", "b", "c"]), "a, b, c"),
    "German, standard style": (format_list(["a", "b", "c"], locale="de"), "a, b und c"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
