"""`python -m ob_buero_tui` is `ob-buero`."""

from __future__ import annotations

import sys

from ob_buero_tui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
