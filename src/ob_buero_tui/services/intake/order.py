"""The order in which the files of an import are best read: what others refer to comes first.

Mails come last, so that a sender is found among the people and bodies of the same folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ob_buero_tui.services.intake import oparl_order

_ORDER = (".ics", ".json", ".vcf")


def in_order(files: Sequence[Path]) -> list[Path]:
    """Calendars, council files, people, then mails and whatever else was named; each kind as it was given."""
    return oparl_order.in_order(sorted(files, key=_rank))


def _rank(file: Path) -> int:
    suffix = file.suffix.lower()
    return _ORDER.index(suffix) if suffix in _ORDER else len(_ORDER)
