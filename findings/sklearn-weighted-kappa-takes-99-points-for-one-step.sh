#!/usr/bin/env bash
# scikit-learn 1.9.1 with numpy 2.4.6.
# Guess: with quadratic weights, two graders who are 99 points apart disagree more than two who are one point apart.
# Seen: the weight is the square of the difference of the places in the sorted list of the marks that were given, not of the
#       marks: 0, 1, 100 weigh as 0, 1, 2. So a mark that nobody was given changes the agreement of two graders, and marks in
#       words go by the alphabet: "good" < "poor" < "very good". With all possible marks as labels it goes by the points.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scikit-learn==1.9.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

from sklearn.metrics import cohen_kappa_score


def kappa(first: list, second: list, labels: object = None) -> float:
    return round(float(cohen_kappa_score(first, second, weights="quadratic", labels=labels)), 4)


facts = {
    "0, 1, 100": (kappa([0, 1, 100], [0, 100, 100]), 0.8),
    "0, 1, 2": (kappa([0, 1, 2], [0, 2, 2]), 0.8),
    "with labels": (kappa([0, 1, 100], [0, 100, 100], list(range(101))), 0.4072),
    "1, 2, 5": (kappa([1, 2, 5, 2], [1, 5, 2, 2]), 0.5),
    "1 to 5": (kappa([1, 2, 5, 2], [1, 5, 2, 2], [1, 2, 3, 4, 5]), 0.0),
    "words": (kappa(["poor", "good", "very good"], ["very good", "good", "very good"]), 0.8),
    "words in order": (kappa([0, 1, 2], [2, 1, 2]), 0.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
