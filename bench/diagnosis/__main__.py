"""Write docs/diagnosis.md's table: `python -m bench.diagnosis > table.md`."""

from __future__ import annotations

from bench.diagnosis.table import main

main()
