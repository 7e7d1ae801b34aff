"""What lies in the drop folder: what waits and why, what was refused and why; and what came in by it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.desks import BASKET
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.intake import drop_files
from ob_buero_tui.services.intake.drop_files import FAILED, REASON
from ob_buero_tui.services.views import HistoryLine
from ob_buero_tui.services.workplace import Workplace

_SOON: Final = "wird gleich eingelesen"
_UNKNOWN: Final = "der Grund steht nicht dabei"
_WHY: Final = "Warum: "
_REASON_LIMIT: Final = limits.REASON_READ


@dataclass(frozen=True, slots=True, kw_only=True)
class DropEntry:
    """One file of the drop folder.

    Args:
        name: As the file system has it; `shown` is what a screen may draw.
        reason: German, why it waits or was refused.
        failed: Whether it lies in `fehler`.
    """

    name: str
    path: Path
    reason: str
    failed: bool

    @property
    def shown(self) -> str:
        """The name, harmless."""
        return clean(self.name, limit=300)


def listing(folder: Path, parked: Mapping[str, str]) -> tuple[DropEntry, ...]:
    """What waits, then what was refused, each by name.

    Args:
        parked: Reasons of files that were looked at, by name (`DropFolder.parked`).

    Raises:
        Refusal: the folder cannot be read.
    """
    try:
        found = drop_files.found_in(folder)
        failed = folder / FAILED
        names = sorted(os.listdir(failed)) if failed.is_dir() and not failed.is_symlink() else []
    except OSError as error:
        raise Refusal(
            "Der Eingangskorb lässt sich nicht zeigen.",
            f"Ordner „{clean(str(folder), limit=200)}“: {system_reason(error)}.",
            "Prüfen Sie das Laufwerk, oder fragen Sie die IT.",
        ) from error
    waiting = [
        DropEntry(
            name=one.name,
            path=folder / one.name,
            reason=one.why or parked.get(one.name, _SOON),
            failed=False,
        )
        for one in found
    ]
    present = set(names)
    refused = [
        DropEntry(name=name, path=failed / name, reason=_reason(failed / name), failed=True)
        for name in names
        if drop_files.is_plain(failed / name) and not _is_reason(name, present)
    ]
    return (*waiting, *refused)


def taken_in(place: Workplace, limit: int = 30) -> tuple[HistoryLine, ...]:
    """What the drop folder brought and nobody took back, the newest first."""
    return tuple(line for line in recent_actions(place, limit, account=BASKET) if not line.undone)


def try_again(folder: Path, name: str) -> None:
    """Put a refused file back into the drop folder, and its reason away.

    Raises:
        Refusal: it is gone, or cannot be moved.
    """
    source = folder / FAILED / name
    try:
        drop_files.move(source, folder, name)
        reason = source.with_name(source.name + REASON)
        if drop_files.is_plain(reason):
            reason.unlink()
    except OSError as error:
        raise Refusal(
            f"„{clean(name, limit=100)}“ wurde nicht zurückgelegt.",
            f"Das Betriebssystem meldet: {system_reason(error)}.",
            "Legen Sie die Datei selbst in den Eingangskorb.",
        ) from error


def _is_reason(name: str, present: set[str]) -> bool:
    return name.endswith(REASON) and name.removesuffix(REASON) in present


def _reason(path: Path) -> str:
    reason = path.with_name(path.name + REASON)
    if not drop_files.is_plain(reason):
        return _UNKNOWN
    try:
        with reason.open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(_REASON_LIMIT)
    except OSError:
        return _UNKNOWN
    return clean(text.partition(_WHY)[2], limit=1000).strip() or _UNKNOWN
