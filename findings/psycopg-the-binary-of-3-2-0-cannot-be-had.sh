#!/usr/bin/env bash
# psycopg 3.2.0.
# Guess: psycopg[binary]==3.2.0 installs psycopg-binary 3.2.0, which is there for the same Pythons; so >=3.2 is a lower bound
#        that an installation of the lowest versions can try.
# Seen: the extra asks for psycopg-binary==3.2.0.dev1, which was never published, so nothing is installed. From 3.2.1 on the
#       two numbers are the same.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
wanted() { # VERSION: what its extra `binary` asks for
    "$dir/venv/bin/pip" install -q "psycopg==$1"
    "$dir/venv/bin/python" - <<'EOF'
from importlib.metadata import requires

print(next(each.partition(";")[0].strip() for each in requires("psycopg") if 'extra == "binary"' in each.replace("'", '"')))
EOF
}
for pair in "3.2.0 psycopg-binary==3.2.0.dev1" "3.2.1 psycopg-binary==3.2.1"; do
    now=$(wanted "${pair%% *}" | tr -d '() ')
    if [ "$now" != "${pair#* }" ]; then
        echo "changed: ${pair%% *} now asks for $now, before for ${pair#* }"
        exit 1
    fi
done
if "$dir/venv/bin/pip" install -q 'psycopg[binary]==3.2.0' 2> /dev/null; then
    echo "changed: psycopg[binary]==3.2.0 can be installed"
    exit 1
fi
echo "still so: 3.2.0 cannot be had with its binary, 3.2.1 can"
