"""The one table of limits: docs show it, and no module keeps a number of its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from ob_buero_tui.rules import limits

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCE: Final = ROOT / "src" / "ob_buero_tui"
COVERED: Final = (
    "exchange",
    "services/intake",
    "rules/recurrence.py",
    "rules/recurrence_rule.py",
    "tui/type_ahead.py",
    "tui/widgets/asked_line.py",
    "tui/widgets/fields",
    "tui/screens/dialogs/note.py",
    "tui/unlocking.py",
)
SPEAKING: Final = re.compile(r"(?:^|_)(?:MAX|MOST|LIMIT|LARGEST|LONGEST|MEMORY|DEPTH|BYTES|SECONDS)(?:_|$)")
OTHERS: Final = {
    "exchange/xlsx_out.py:NAME_LIMIT",
    "exchange/mail_out.py:MAILTO_LIMIT",
    "services/intake/drop_files.py:NAME_BYTES",
}
"""What bounds something that goes out, or is no limit."""


def _numbers(path: Path) -> list[str]:
    """Constants of a module that speak of a limit and hold a number written there."""
    name = path.relative_to(SOURCE).as_posix()
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        literal = value is not None and any(
            isinstance(part, ast.Constant)
            and isinstance(part.value, int | float)
            and part.value not in (0, 1)
            for part in ast.walk(value)
        )
        names = [
            one.id for target in targets if target for one in ast.walk(target) if isinstance(one, ast.Name)
        ]
        found += [f"{name}:{one}" for one in names if literal and one.isupper() and SPEAKING.search(one)]
    return found


def test_docs_show_the_table() -> None:
    assert limits.table() in (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")


def test_every_limit_is_called_by_its_name_and_kept_by_somebody() -> None:
    told = {name: one.value for name, one in limits.LIMITS.items()}
    assert told == {name: value for name, value in vars(limits).items() if name in told}
    everything = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    assert set(told) == set(re.findall(r"\blimits\.([A-Z_]+)\b", everything))


def test_no_module_keeps_a_number_of_its_own() -> None:
    paths = [
        path for part in COVERED for path in (SOURCE / part, *(SOURCE / part).rglob("*.py")) if path.is_file()
    ]
    assert {one for path in paths for one in _numbers(path)} == OTHERS
