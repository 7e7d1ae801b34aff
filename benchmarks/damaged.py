"""`python -m benchmarks.damaged`: all 220 damaged files, of which the suite takes a sample.

The files are those of `tests/damage_kit.py`; the test is that of `tests/services/test_intake_damaged.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TEST = "tests/services/test_intake_damaged.py::test_no_damaged_file_stops_the_import"


def main() -> int:
    """Run the test; its exit status."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", TEST, "-p", "no:cacheprovider"]
    environment = os.environ | {"OB_BUERO_DAMAGED": "all"}
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
