"""`python -m benchmarks.series_fuzz [--times N]`: series changed in any order and drawn rules, at length.

The same strategies as in `tests/services/test_series_fuzz.py` and `tests/unit/test_recurrence_oracle.py`,
with many more examples, other ones each time; what fails is printed with the line that repeats it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TESTS = ("tests/services/test_series_fuzz.py", "tests/unit/test_recurrence_oracle.py")


def main() -> int:
    """Run the tests; their exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.series_fuzz", description=__doc__)
    parser.add_argument("--times", type=int, default=25, help="so many times the examples of the test run")
    options = parser.parse_args()
    command = [sys.executable, "-m", "pytest", "-q", *TESTS, "-p", "no:cacheprovider"]
    environment = os.environ | {"OB_BUERO_SERIES_LONGER": str(max(2, options.times))}
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
