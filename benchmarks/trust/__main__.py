"""`python -m benchmarks.trust [NAME …] [--small]`: the long tests, each in its file beside this one."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from benchmarks.trust.rows import Row, table

PARTS: tuple[str, ...] = (
    *(
        "guards",
        "mutated",
        "kills",
        "kill_steps",
        "statements",
        "endings",
        "locks",
        "bytes",
        "damaged_db",
        "monkey",
        "hazards",
        "paste",
        "resizing",
        "soak",
    ),
    *("desks", "two_apps", "undo_machine", "restore"),
)
"""Modules of this package, each with `run(options) -> list[Row]`."""


def main() -> int:
    """Run the parts that were named, or all.

    Returns:
        0 when every target was reached, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"of: {', '.join(PARTS)}; all unless named")
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    options = parser.parse_args()
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    rows: list[Row] = []
    for name in options.parts or PARTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        found: list[Row] = import_module(f"benchmarks.trust.{name}").run(options)
        print(table(found), file=sys.stderr, flush=True)
        rows += found
    print(table(rows))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
