"""A reading process whose guard sees nothing: what the library itself does to it."""

from __future__ import annotations

from ob_buero_tui.exchange import apart_child, sheet

if __name__ == "__main__":
    vars(sheet)["guard_workbook"] = lambda *_args: None
    apart_child.main()
