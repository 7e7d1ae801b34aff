"""Builds anew what is derived from the records, and names what only a human can mend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.checking import derived_faults, some, unmendable
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import derived, occurrences, search
from ob_buero_tui.store.backup import integrity_problems, make_backup
from ob_buero_tui.store.engine import WORKER_PATIENCE_MS
from ob_buero_tui.store.opening import damage

LABEL = "vor-reparatur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What a repair did, as German sentences.

    Args:
        copy: The copy of the database as it was before.
        done: What was built anew, and how much of it was wrong.
        left: What is wrong and was not changed.
    """

    copy: Path
    done: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All there is to say, the copy first."""
        return (f"Die Kopie von vorher ist „{self.copy}“.", *self.done, *self.left)


def faults(place: Workplace) -> tuple[str, ...]:
    """What a repair would mend, as far as it can be seen without the write lock; for the app's start."""
    with place.reading() as session:
        return some(derived_faults(session, place.today, quick=True))


def repair(place: Workplace, path: Path, backup_folder: Path, file_mode: int = 0o600) -> Repaired:
    """Build the search, the calendar's days and the registers of numbers anew; no record is changed.

    Args:
        path: The database of this place.
        file_mode: Permissions of the copy that is made first.

    Raises:
        Refusal: the file itself is damaged, no copy could be made, another desk holds the lock, or the disk
            fails; nothing was changed.
    """
    if place.read_only:
        raise Refusal(
            "Es wurde nichts repariert.",
            "Die Datenbank ist nur zum Lesen geöffnet.",
            "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
        )
    with translated():
        found = integrity_problems(path)
        if found:
            raise damage(path, found[0], *(place.backups.folders if place.backups else (backup_folder,)))
        copy = make_backup(path, backup_folder, place.clock(), label=LABEL, mode=file_mode)
        done = _rebuild(place.engine, place.today)
    with place.reading() as session:
        left = unmendable(session, place)
    return Repaired(copy=copy, done=done, left=some(left))


def _rebuild(engine: Engine, today: date) -> tuple[str, ...]:
    options = {"writing": True, "patience": WORKER_PATIENCE_MS}
    connection = engine.connect().execution_options(**options)
    # What FTS5 began on a broken index would fail a later statement; so it is asked by itself.
    with connection, connection.begin() as asking:
        sound = search.sound(connection)
        asking.rollback()
    connection = engine.connect().execution_options(**options)
    with connection, connection.begin():
        derived.make_days(connection)
        return (
            _search(connection, sound=sound),
            _days(connection, today),
            _numbers(connection),
        )


def _search(connection: Connection, *, sound: bool) -> str:
    before = Counter() if "search_doc" in derived.lacking(connection) else _documents(connection)
    search.remake(connection)
    after = _documents(connection)
    wrong = max((before - after).total(), (after - before).total())
    count = plural(after.total(), "Eintrag", "Einträge")
    if wrong:
        return f"Die Suche wurde neu aufgebaut: {count}, davon {wrong} anders als vorher."
    return (
        f"Die Suche wurde neu aufgebaut: {count}, {'wie vorher' if sound else 'mit neuem Wortverzeichnis'}."
    )


def _documents(connection: Connection) -> Counter[tuple[str, int, int]]:
    rows = connection.exec_driver_sql("SELECT type, ref_id, title, folded FROM search_doc")
    return Counter((row[0], row[1], hash((row[2], row[3]))) for row in rows)


def _days(connection: Connection, today: date) -> str:
    before = _dates(connection)
    occurrences.rebuild(connection, today)
    after = _dates(connection)
    # The window moves with the day: what an older one had before it is no fault.
    wrong = max((before - after).total(), (after - before).total())
    count = plural(after.total(), "Termin", "Termine")
    changed = f"davon {wrong} anders als vorher" if wrong else "wie vorher"
    return f"Die Terminübersicht wurde neu gerechnet: {count}, {changed}."


def _dates(connection: Connection) -> Counter[tuple[object, ...]]:
    query = (
        "SELECT event_id, recurrence_id, override_id, starts_at, ends_at, busy_from, busy_to FROM occurrence"
    )
    return Counter(tuple(row) for row in connection.exec_driver_sql(query))


def _numbers(connection: Connection) -> str:
    wrong = derived.rebuild_numbers(connection)
    if not wrong:
        return "Das Nummernregister stimmte schon."
    return f"Im Nummernregister richtiggestellt: {plural(wrong, 'Nummer', 'Nummern')}."
