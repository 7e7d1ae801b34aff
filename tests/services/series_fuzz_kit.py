"""A series from a file, changed at the desk and by newer files in any order, and what must be left of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from intake_samples import calendar, event, rows

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import cancel_dates, confirm_dates, trash_dates
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.workplace import Workplace

ZONES = ("Europe/Berlin", "America/New_York", "day")
RULES = ("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=1TU")
VERBS = ("trash", "trash", "arrange", "shift", "cancel", "confirm", "file", "file")
DATES = """SELECT o.event_id, o.recurrence_id FROM occurrence o JOIN event e ON e.id = o.event_id
           WHERE e.trashed_at IS NULL ORDER BY 1, 2"""
REASON = "steht so"


class Fuzzed:
    """The series in an office, beside what the office threw away.

    A date is known by the day on which its rule has it: nothing here moves one over midnight.

    Args:
        zone: IANA name, or „day“ for dates without times.
    """

    def __init__(self, place: Workplace, folder: Path, zone: str, rule: str, count: int) -> None:
        self.place, self.folder, self.zone, self.rule, self.count = place, folder, zone, rule, count
        self.sequence = 0
        self.removed: set[date] = set()
        self.cut = False
        self.steps = 0
        self.file()
        self.steps = 0
        self.kept = set(self.days())

    def file(self) -> None:
        """Bring a newer version of the file in."""
        self.sequence += 20
        start, end = "20261201T100000", "20261201T110000"
        times = {"dtstart": f";TZID={self.zone}:{start}", "dtend": f";TZID={self.zone}:{end}"}
        if self.zone == "day":
            times = {"dtstart": ";VALUE=DATE:20261201", "dtend": ";VALUE=DATE:20261202"}
        text = event(rrule=f"{self.rule};COUNT={self.count}", sequence=str(self.sequence), **times)
        import_files(self.place, [calendar(self.folder, text, name=f"{self.sequence}.ics")])
        self.steps += 1

    def found(self) -> list[tuple[int, str]]:
        """Event and original start of each date that stands."""
        return [(int(key), str(start)) for key, start in rows(self.place, DATES)]

    def days(self) -> Counter[date]:
        """How often each day stands."""
        return Counter(
            date.fromisoformat(start[:10]) if start else self._single(key) for key, start in self.found()
        )

    def _single(self, key: int) -> date:
        ((start,),) = rows(self.place, "SELECT dtstart FROM event WHERE id = :key", key=key)
        return date.fromisoformat(start[:10])

    def do(self, verb: str, scope: Scope, index: int, longer: int) -> None:
        """One step; what is refused changes nothing."""
        if verb == "file":
            self.count += longer
            before = set(self.days())
            self.file()
            # A longer file may bring dates behind all others, not between them.
            self.kept |= {day for day in self.days() if before and day > max(before | self.removed)}
            return
        standing = self.found()
        if not standing:
            return
        key, start = standing[index % len(standing)]
        name = f"{key}@{start}" if start else str(key)
        hit = (
            {
                date.fromisoformat(other[:10])
                for one, other in standing
                if one == key
                and other
                and (scope is Scope.SERIE or (other == start if scope is Scope.DIESER else other >= start))
            }
            if start
            else {self._single(key)}
        )
        try:
            self._act(verb, name, scope)
        except Refusal:
            return
        self.steps += 1
        if verb == "trash":
            self.removed |= hit
            self.kept -= hit

    def _act(self, verb: str, key: str, scope: Scope) -> None:
        if verb == "trash":
            trash_dates(self.place, key, scope)
        elif verb == "cancel":
            cancel_dates(self.place, key, scope, "OB verhindert")
        elif verb == "confirm":
            confirm_dates(self.place, key, scope, REASON)
        else:
            form: Any = form_of(self.place, key)
            if verb == "arrange" or form.all_day:
                change_event(self.place, replace(form, driver=f"Fahrer {self.steps}"), scope, REASON)
            else:
                by = timedelta(minutes=15)
                move_event(self.place, key, form.start + by, form.end + by, scope, REASON)
