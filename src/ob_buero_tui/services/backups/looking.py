"""The copies of an office: which there are, what is in them, and what going back to one would cost."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from ob_buero_tui.rules.german import clock, join, number, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.desks import BASKET
from ob_buero_tui.services.faults import translated
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup.contents import Contents, newest_step, read_contents
from ob_buero_tui.store.backup.labels import BEFORE
from ob_buero_tui.store.backup.listing import BackupCopy, copies, latest_good, one_copy
from ob_buero_tui.store.connecting import (
    connect,
    database_errors,
    forget_password,
    password_of,
    share_password,
)
from ob_buero_tui.store.sealed import looks_sealed
from ob_buero_tui.store.sweeping import kept_until

REPLACED = "ersetzte Datenbank"
"""How a list calls the file itself that a return replaced; it lies beside the database."""
_OUTSIDE = (
    "SELECT count(DISTINCT d.id) FROM change c JOIN document d ON d.id = c.row_id"
    " WHERE c.action_id > :step AND c.table_name = 'document' AND d.state = 'hinaus'"
    " AND json_extract(c.after, '$.state') = 'hinaus'",
    "SELECT count(DISTINCT c.row_id) FROM change c JOIN action a ON a.id = c.action_id"
    " JOIN desk k ON k.id = a.desk_id WHERE c.action_id > :step AND c.table_name = 'imported_file'"
    " AND c.operation = 'insert' AND k.account = :basket",
)
"""Count the answers that left since a step, and the files that the drop folder took in since."""
NEWEST = "letzte"
"""What a command may say instead of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """One copy as a list shows it.

    Args:
        made: When it was made, the office's wall time.
        second: Whether it lies in the second folder.
        label: What it was made for.
        contents: What is in it; None where nothing is known.
        last_step: When its newest step was done, the office's wall time; None for none.
        checked: When it was last tried out.
        fault: What speaks against it; "" where nothing is known to.
        kept_until: Until when the file that a return replaced stays, the office's wall time; None for copies.
    """

    path: Path
    made: datetime
    second: bool
    label: str
    size: int
    contents: Contents | None
    last_step: datetime | None
    checked: datetime | None
    fault: str
    kept_until: datetime | None = None

    @property
    def name(self) -> str:
        """How a sentence calls it: „24.11. 16:30“."""
        return f"{short_date(self.made.date())} {clock(self.made)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What going back would take: steps done since, and what is new since.

    Args:
        since: When the copy's newest step was done, the office's wall time.
        related: Whether the present state came of the copy; otherwise all of it would go.
        answers: How many answers have left the house since; nobody gets them back.
        dropped: How many files of the drop folder were taken in since; they lie in its `erledigt`.
    """

    steps: int = 0
    requests: int = 0
    events: int = 0
    people: int = 0
    since: datetime | None = None
    related: bool = True
    answers: int = 0
    dropped: int = 0

    @property
    def sentence(self) -> str:
        """What would be lost, in German."""
        if not self.related:
            return "Der jetzige Stand ging nicht aus dieser Sicherung hervor; er wird ganz ersetzt."
        if not self.steps:
            return "Seither ist nichts geschehen; es geht nichts verloren."
        new = [
            plural(self.requests, "neuer Eingang", "neue Eingänge") if self.requests else "",
            plural(self.events, "neuer Termin", "neue Termine") if self.events else "",
            plural(self.people, "neue Person", "neue Personen") if self.people else "",
        ]
        told = f", darunter {join([item for item in new if item])}" if any(new) else ""
        since = f" seit {short_date(self.since.date())} {clock(self.since)}" if self.since else ""
        goes = "geht" if self.steps == 1 else "gehen"
        return f"Verloren {goes} {plural(self.steps, 'Schritt', 'Schritte')}{since}{told}.{self._outside}"

    @property
    def _outside(self) -> str:
        """What lies elsewhere and is not undone by going back."""
        told = ""
        if self.answers:
            went, lack = ("ging", "fehlt") if self.answers == 1 else ("gingen", "fehlen")
            letters = plural(self.answers, "Antwort", "Antworten")
            told += f" Seither {went} {letters} hinaus; sie {lack} dann hier."
        if self.dropped:
            lie, let = ("liegt", "lässt") if self.dropped == 1 else ("liegen", "lassen")
            files = plural(self.dropped, "Datei", "Dateien")
            told += (
                f" {files} aus dem Eingangskorb {lie} in „eingangskorb/erledigt“; von dort {let} sie"
                " sich wieder einlegen."
            )
        return told


def list_copies(there: BackupPlace) -> tuple[CopyView, ...]:
    """All copies in both folders, and the files that returns replaced, the newest first."""
    found = [
        _view(copy, there, second=folder != there.folder)
        for folder in dict.fromkeys(there.folders)
        for copy in copies(there.path, folder)
    ]
    found += map(partial(_replaced_view, there), _replaced(there))
    return tuple(
        sorted(found, key=lambda view: (view.made, not view.second, not view.kept_until), reverse=True)
    )


def find_copy(there: BackupPlace, text: str, now: datetime | None = None) -> Path:
    """The copy that a command means: a path, a name in one of the folders, or „letzte“.

    Args:
        now: The present instant, aware; „letzte“ is none of the future then.

    Raises:
        Refusal: there is none.
    """
    if text == NEWEST:
        newest = latest_good(there.path, there.folders, now)
        if newest is not None:
            return newest.path
        where = join([f"„{folder}“" for folder in there.folders], "und in")
        raise Refusal(f"In {where} liegt keine brauchbare Sicherung.", "", "Nennen Sie eine Datei.")
    for path in (Path(text).expanduser(), *(folder / text for folder in (*there.folders, there.path.parent))):
        if path.is_file():
            return path
    raise Refusal(
        f"Die Sicherung „{text}“ gibt es nicht.", "", "„ob-buero backup --list“ nennt die vorhandenen."
    )


def view_of(path: Path, there: BackupPlace) -> CopyView | None:
    """A single file as a list shows it; None where its name is not that of a copy."""
    copy = one_copy(path)
    return _view(copy, there, second=path.parent == there.second) if copy else None


def loss_of(path: Path, contents: Contents | None, there: BackupPlace) -> Loss | None:
    """What going back to a copy would take from the present state; None where that cannot be counted.

    Raises:
        Refusal: another desk holds the lock.
    """
    if unclean.broke_off(there.path):
        return None  # to be read it would have to be changed, and going back keeps it as it was found
    try:
        step, step_at = (contents.step, contents.step_at) if contents else newest_step(path)
        with translated():
            return _loss(there, step, step_at)
    except (OSError, *database_errors()):  # type: ignore[misc]  # mypy knows no tuple made here
        return None  # the present file is damaged or gone: that is why somebody goes back


def size_text(size: int) -> str:
    """Bytes as a person reads them."""
    if size >= 10_000_000:
        return f"{number(size // 1_000_000)} MB"
    return f"{number(round(size / 1_000_000, 1))} MB" if size >= 100_000 else f"{number(size // 1000)} kB"


def _loss(there: BackupPlace, step: int, step_at: str) -> Loss:
    with closing(connect(there.path, "ro")) as connection:
        known = connection.execute("SELECT at FROM action WHERE id = ?", (step,)).fetchone()
        if step and (known is None or str(known[0]) != step_at):
            return Loss(related=False)
        (steps,) = connection.execute("SELECT count(*) FROM action WHERE id > ?", (step,)).fetchone()
        new = dict(
            connection.execute(
                "SELECT table_name, count(DISTINCT row_id) FROM change WHERE action_id > ?"
                " AND operation = 'insert' AND table_name IN ('request', 'event', 'person') GROUP BY 1",
                (step,),
            ).fetchall()
        )
        given = {"step": step, "basket": BASKET}
        answers, dropped = (connection.execute(query, given).fetchone()[0] for query in _OUTSIDE)
    at = Contents(step_at=step_at).last_step
    return Loss(
        steps=steps,
        requests=new.get("request", 0),
        events=new.get("event", 0),
        people=new.get("person", 0),
        since=there.local(at) if at else None,
        answers=answers,
        dropped=dropped,
    )


def _view(copy: BackupCopy, there: BackupPlace, *, second: bool) -> CopyView:
    contents = copy.contents
    step = contents.last_step if contents else None
    checked = contents.checked if contents else None
    return CopyView(
        path=copy.path,
        made=there.local(copy.made),
        second=second,
        label=copy.kind,
        size=copy.size,
        contents=contents,
        last_step=there.local(step) if step else None,
        checked=there.local(checked) if checked else None,
        fault=_fault(copy),
    )


def _replaced(there: BackupPlace) -> list[BackupCopy]:
    """The files that returns replaced; where copies lie beside the database itself, they are in that list."""
    if there.path.parent in there.folders:
        return []
    return [copy for copy in copies(there.path, there.path.parent) if copy.label == BEFORE]


def is_replaced(copy: Path, there: BackupPlace) -> bool:
    """Whether a file is none of the checked copies but one that a return replaced."""
    return any(copy == one.path for one in _replaced(there))


def _replaced_view(there: BackupPlace, copy: BackupCopy) -> CopyView:
    """Nothing was written down about it: it is what stood there, sound or not, and is read for the list."""
    contents = None
    own = password_of(copy.path) is not None
    if not own:
        share_password(copy.path, there.path)
    try:
        with suppress(OSError, *database_errors()):
            contents = read_contents(copy.path)
    finally:
        if not own:
            forget_password(copy.path)
    view = _view(replace(copy, contents=contents), there, second=False)
    broken = "ein Schritt brach darin ab; die Rückkehr nimmt ihn zurück"
    unread = broken if unclean.has_journal(copy.path) else "sie ist so nicht lesbar"
    locked = looks_sealed(copy.path) and password_of(there.path) is None
    fault = "" if contents or locked else unread
    return replace(view, label=REPLACED, fault=fault, kept_until=kept_until(view.made))


def _fault(copy: BackupCopy) -> str:
    if copy.contents is not None and copy.contents.fault:
        return copy.contents.fault
    if copy.contents is not None and copy.contents.size not in (0, copy.size):
        return f"sie hat {number(copy.size)} statt {number(copy.contents.size)} Bytes"
    if not copy.checksum.is_file():
        return "ihre Prüfsumme fehlt"
    return copy.contents.lack if copy.contents is not None else ""
