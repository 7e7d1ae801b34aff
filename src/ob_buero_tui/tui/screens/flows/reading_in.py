"""Reading files in from the desk: a path, for an unknown list its columns, then what became of each file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.config.folders import downloads
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.intake.drop_files import found_in
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport, Status
from ob_buero_tui.services.intake.sheets import ENDINGS, propose_columns
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine
from ob_buero_tui.tui.screens.dialogs.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.frame_commands import FrameCommands

OFFERED = 9
SHOWN = 40
ZONES = ("Europe/London", "Europe/Paris", "Europe/Warsaw", "Europe/Athens", "Europe/Istanbul", "UTC")
"""What an unknown time zone may mean besides that of the office."""
_MARKS = {Status.REFUSED: "!", Status.WAITING: "!", Status.KNOWN: "·", Status.UNCHANGED: "·"}


async def read_in(screen: FrameCommands) -> None:
    """Ask for a file or folder, read it in, and show what became of it."""
    base = downloads()
    asked = PathLine(
        "Datei einlesen",
        text="Pfad einer Datei oder eines Ordners; Tab ergänzt Namen.",
        base=base,
        offers=await asyncio.to_thread(lambda: list(_offers(screen.desk.patient, base))),
    )
    path = await screen.app.push_screen_wait(asked)
    if path is None or not await _columns_are_known(screen, path):
        return
    report = await screen.desk.act(lambda place: import_files(place, [path]), long=True)
    if report is None:
        return
    new = [key for line in report.lines for key in line.ids]
    screen.desk.data_changed((("request", new[0]),) if new else ())
    await screen.app.push_screen_wait(Told("Eingelesen", _told(report)))
    for name in report.zones:
        if not await _zone_is_told(screen, name):
            return


async def take_text(screen: FrameCommands) -> Done | None:
    """Ask for a text, an e-mail's or a letter's, and make a request of it."""
    from ob_buero_tui.tui.screens.dialogs.paste import PasteDialog

    return await screen.app.push_screen_wait(PasteDialog(screen.desk))


def _offers(place: Workplace, base: Path) -> Iterable[tuple[Path, str, str]]:
    """What lies in the drop folder, and the folders that one begins with."""
    if place.drop_folder is not None:
        try:
            waiting = [one for one in found_in(place.drop_folder) if not one.why][:OFFERED]
        except OSError:
            waiting = []
        for one in waiting:
            yield place.drop_folder / one.name, clean(one.name, limit=70), "Eingangskorb"
        yield place.drop_folder, "alles im Eingangskorb", "Ordner"
    yield base, f"alles in {clean(str(base), limit=60)}", "Ordner"


def has_columns(path: Path) -> bool:
    """Whether a file is a list whose columns somebody confirms."""
    return path.suffix.lower() in ENDINGS


async def _columns_are_known(screen: FrameCommands, path: Path) -> bool:
    """Ask for the columns of an unknown list; false when somebody left there."""
    return not (has_columns(path) and path.is_file()) or await confirm_columns(screen, path)


async def confirm_columns(screen: FrameCommands, path: Path) -> bool:
    """Whether the columns of a list are known, after asking where they were not."""
    from ob_buero_tui.tui.screens.dialogs.columns import Columns

    try:
        proposal = await asyncio.to_thread(propose_columns, screen.desk.patient, path)
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return False
    return proposal.known or await screen.app.push_screen_wait(Columns(screen.desk, proposal))


async def _zone_is_told(screen: FrameCommands, name: str) -> bool:
    """Ask once what an unknown time zone means; false when somebody left there, to be asked another time."""
    from ob_buero_tui.services.intake.zones import confirm_zone
    from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose

    zones = dict.fromkeys((screen.desk.patient.zone, *ZONES))
    asked = Choose(
        "Zeitzone",
        [Choice(key=zone, label=zone) for zone in zones],
        current=screen.desk.patient.zone,
        text=f"Was meint die Zeitzone „{name}“? Gelesen wurde sie als {screen.desk.patient.zone}.",
    )
    tzid = await screen.app.push_screen_wait(asked)
    if tzid is None:
        return False
    done = await screen.desk.act(lambda place: confirm_zone(place, name, tzid))
    if done is not None:
        screen.desk.data_changed(tuple(("event", key) for key in done.moved[:1]))
        screen.notify(done.text)
    return done is not None


def _told(report: ImportReport) -> str:
    """The whole import in a sentence, then a line for each file."""
    lines = [report.summary, ""]
    # What did not come in is named first: of many files it would be out of sight.
    ordered = sorted(report.lines, key=lambda line: line.status not in (Status.REFUSED, Status.WAITING))
    for line in ordered[:SHOWN]:
        lines.append(f"{_MARKS.get(line.status, '✓')} {Path(line.path).name}: {line.text}")
        lines += [f"   {note}" for note in line.notes]
    if len(ordered) > SHOWN:
        lines.append(f"… und {len(ordered) - SHOWN} weitere")
    lines += report.passed_over
    return "\n".join(lines)
