#!/usr/bin/env bash
# networkx 3.6.1, numpy 2.4.6, scipy 1.17.1.
# Guess: an undirected graph of a matrix that is not symmetric is an error, or has the sum or the mean of both weights; and a
#        graph that became a matrix and a graph again has the same shortest paths.
# Seen: the weight below the diagonal counts, unless it is 0: then it is the one above. Two edges of weight 1 between the
#       same nodes are one of weight 2 after the way through a matrix, which makes the shortest path longer, and an edge of
#       weight 0 is gone.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q networkx==3.6.1 numpy==2.4.6 scipy==1.17.1
"$dir/venv/bin/python" - <<'EOF'
import sys

import networkx as nx
import numpy as np


def weight(matrix: list[list[int]]) -> int:
    return int(nx.from_numpy_array(np.array(matrix))[0][1]["weight"])


def back(graph: nx.Graph) -> nx.Graph:
    return nx.from_numpy_array(nx.to_numpy_array(graph))


double, free = nx.MultiGraph(), nx.Graph()
double.add_edge(0, 1, weight=1)
double.add_edge(0, 1, weight=1)
free.add_edge(0, 1, weight=0)
facts = {
    "2 above, 3 below": (weight([[0, 2], [3, 0]]), 3),
    "3 above, 2 below": (weight([[0, 3], [2, 0]]), 2),
    "2 above": (weight([[0, 2], [0, 0]]), 2),
    "path before": (nx.shortest_path_length(double, 0, 1, weight="weight"), 1),
    "path after": (nx.shortest_path_length(back(double), 0, 1, weight="weight"), 2.0),
    "edges of weight 0": ((free.number_of_edges(), back(free).number_of_edges()), (1, 0)),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
