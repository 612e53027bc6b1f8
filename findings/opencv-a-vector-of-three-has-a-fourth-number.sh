#!/usr/bin/env bash
# opencv-python-headless 5.0.0.93 with numpy 2.4.6.
# Guess: cv2.add of two vectors of three is the sum of three numbers, and of a matrix and a vector numpy's row by row, or an
#        error.
# Seen: up to four numbers in one dimension are taken for a colour, which has four: the sum of two vectors of three has a
#       fourth number, 0, so its mean is less; in a quotient it is nan. Of uint8 the difference is a float below zero
#       instead of 0. To a matrix only the first number is added. Vectors of five, columns and rows are right.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q opencv-python-headless==5.0.0.93 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import cv2
import numpy as np

three, five = np.array([1.0, 2.0, 3.0]), np.arange(5.0)
small = np.array([1, 2, 3], np.uint8)
facts = {
    "sum": (cv2.add(three, three).ravel().tolist(), [2.0, 4.0, 6.0, 0.0]),
    "mean of it": (float(np.mean(cv2.add(three, three))), 3.0),
    "quotient": (str(cv2.divide(three, three).ravel()[3]), "nan"),
    "difference of uint8": (cv2.subtract(small, small + 1).ravel().tolist(), [-1.0, -1.0, -1.0, 0.0]),
    "of a column": (cv2.subtract(small[:, None], small[:, None] + 1).ravel().tolist(), [0, 0, 0]),
    "five numbers": (cv2.add(five, five).ravel().tolist(), [0.0, 2.0, 4.0, 6.0, 8.0]),
    "matrix and vector": (cv2.add(np.zeros((2, 3)), three).tolist(), [[1.0, 1.0, 1.0]] * 2),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
