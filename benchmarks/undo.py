"""`python -m benchmarks.undo [--times N] [--only NAME]`: the undo tests at length.

The same strategies as in `tests/services/test_undo_property.py`, with many more examples, other ones each
time; what fails is printed with the line that repeats it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TESTS = "tests/services/test_undo_property.py"


def main() -> int:
    """Run the tests; their exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.undo", description=__doc__)
    parser.add_argument("--times", type=int, default=25, help="so many times the examples of the test run")
    parser.add_argument("--only", default="", help="a use case, or a part of its name")
    options = parser.parse_args()
    command = [sys.executable, "-m", "pytest", "-q", TESTS, "-p", "no:cacheprovider"]
    if options.only:
        command += ["-k", options.only]
    environment = os.environ | {"OB_BUERO_UNDO_LONGER": str(max(2, options.times))}
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
