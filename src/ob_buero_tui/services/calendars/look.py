"""One look at one calendar that somebody else leads: files that changed come in, what vanished goes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from ob_buero_tui.catalog.representation import CalendarSpec
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendars.adapter import adapter_of
from ob_buero_tui.services.calendars.feeding import Feed, Took, take_in
from ob_buero_tui.services.calendars.reading import FeedFile, Reading, Stamp
from ob_buero_tui.services.calendars.state import (
    WHOLE,
    Remembered,
    forget,
    instant,
    remember,
    remembered,
)
from ob_buero_tui.services.calendars.vanishing import judged, remove_vanished
from ob_buero_tui.services.erasing.erased_uids import as_known_here
from ob_buero_tui.services.intake.report import Counts, event_counts
from ob_buero_tui.services.workplace import Workplace

MISSING: Final = "Die Datei fehlt; es wurde nichts entfernt."
EMPTY: Final = "Die Datei enthält keine Termine; es wurde nichts entfernt."
NOTHING_LOST: Final = "Es wurde nichts entfernt."
CONFIRMED: Final = timedelta(seconds=20)
"""How long a file of a folder must be gone before its appointments count as gone: programs replace files."""


@dataclass(slots=True, kw_only=True)
class Looked:
    """What one look at a calendar brought.

    Args:
        told: German sentences on what changed on both sides, or was removed.
        problems: By path, "" for the calendar as a whole: German, why something could not be read.
        passing: Paths whose problem may be over at the next look, because somebody is writing.
        read: How many files were taken in.
    """

    calendar: str
    label: str
    counts: Counts = field(default_factory=Counts)
    seen: int = 0
    trashed: int = 0
    told: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)
    read: int = 0

    @property
    def changed(self) -> bool:
        """Whether the calendar is another one now."""
        return bool(self.counts.new or self.counts.changed or self.seen or self.told or self.trashed)

    @property
    def sentence(self) -> str:
        """What changed, in German; "" for nothing."""
        brought = event_counts(replace(self.counts, unchanged=0))
        parts = [f"{brought}." if brought else ""]
        if self.seen:
            parts.append(f"{self.seen} von uns angekommen.")
        return " ".join(part for part in (*parts, *self.told) if part)


class Look:
    """Reads what changed since the last look; call `run` once, outside the UI thread.

    Args:
        place: The desk „Kalenderabgleich“.
        stamps: How each file was when it was last read; kept from look to look.
        stop: Asked before each file; True ends the look.
    """

    def __init__(
        self, place: Workplace, spec: CalendarSpec, stamps: dict[str, Stamp], stop: Callable[[], bool]
    ) -> None:
        self._place = place
        self._key = spec.key
        self._adapter = adapter_of(place, spec)
        self._stamps = stamps
        self._stop = stop
        self._now = instant(place)
        self._known: dict[str, Remembered] = {}
        self._gone: set[str] = set()
        self._doubtful = False
        self.looked = Looked(calendar=spec.key, label=spec.label)

    def run(self) -> Looked:
        """Look once.

        Raises:
            Overtaken: another desk read the calendar meanwhile.
            Busy: another desk is writing.
        """
        with self._place.reading() as session:
            self._known = remembered(session, self._key)
        whole = self._known.get(WHOLE, Remembered())
        self._gone = set(whole.uids)
        again = [path for path in self._stamps if path not in self._known]
        reading = self._adapter.read(self._stamps, again)
        if reading.problem:
            told = f"{reading.problem} {NOTHING_LOST}"
            self._problem(WHOLE, told)
            self._remember(WHOLE, replace(whole, problem=told))
            return self.looked
        for file in reading.files:
            if self._stop():
                return self.looked
            self._file(file)
        self._missing(reading)
        self._vanish(steady=reading.steady)
        return self.looked

    def _file(self, file: FeedFile) -> None:
        """Take one file in, if it says something new."""
        before = self._known.get(file.path)
        if file.problem:
            self._problem(file.path, file.problem, passing=True)
            return
        if file.data is None:
            self._unchanged(file, before)
            return
        digest = hashlib.sha256(file.data).hexdigest()
        if before is not None and before.digest == digest and not before.problem:
            self._stamps[file.path] = file.stamp
            return
        self._parse(file, file.data, digest, before)

    def _unchanged(self, file: FeedFile, before: Remembered | None) -> None:
        if before is not None and before.problem == MISSING:
            self._remember(file.path, replace(before, problem="", read_at=self._now))
        elif before is not None and before.problem:
            self._problem(file.path, before.problem)

    def _parse(self, file: FeedFile, data: bytes, digest: str, before: Remembered | None) -> None:
        from ob_buero_tui.exchange.ics import read_calendar
        from ob_buero_tui.services.intake.zone_names import aliases_of

        known = before or Remembered()
        try:
            parsed = read_calendar(data, self._place.zone, aliases_of(self._place))
        except Refusal as refusal:
            self._unreadable(file, replace(known, problem=str(refusal), read_at=self._now))
            return
        if not parsed.events and not parsed.skipped:
            self._unreadable(file, replace(known, problem=EMPTY, read_at=self._now, digest=digest))
            return
        with self._place.reading() as session:
            parsed, _ = as_known_here(self._place, session, parsed, self._key)
        uids = tuple(dict.fromkeys(record.uid for record in parsed.events))
        skipped = " ".join(one.reason for one in parsed.skipped[:3])
        if skipped:
            # What could not be read is not gone.
            uids = tuple(dict.fromkeys((*uids, *known.uids)))
            self._problem(file.path, f"Nicht gelesen: {skipped}")
            self._doubtful = True
        if lost := set(known.uids) - set(uids):
            self._wait_for(lost)
        after = Remembered(digest=digest, uids=uids, read_at=self._now, problem="")
        took = take_in(
            self._place,
            Feed(calendar=self._key, path=file.path, file=parsed, before=before, after=after),
        )
        self._remember(file.path, after)
        self._stamps[file.path] = file.stamp
        self._tell(took, first=before is None)

    def _tell(self, took: Took, *, first: bool) -> None:
        """Count what a file brought; what clashes from now on is named, but not on the first reading."""
        from ob_buero_tui.services.calendar.brought_clashes import brought_clashes

        self.looked.counts += took.counts
        self.looked.seen += took.seen
        self.looked.told += took.told
        self.looked.read += 1
        clashes = () if first else brought_clashes(self._place, took.written)
        self.looked.told += [f"Konflikt: {text}" for text in clashes]

    def _unreadable(self, file: FeedFile, after: Remembered) -> None:
        self._problem(file.path, after.problem)
        self._remember(file.path, after)
        self._stamps[file.path] = file.stamp

    def _missing(self, reading: Reading) -> None:
        """Files that lay there at the last look: gone only when they are missing a second time."""
        there = {file.path for file in reading.files}
        over = []
        for path, known in list(self._known.items()):
            if path in there or path == WHOLE:
                continue
            since = known.read_at or self._now
            if known.problem == MISSING and self._now - since >= CONFIRMED:
                over.append(path)
            elif known.problem != MISSING:
                self._remember(path, replace(known, problem=MISSING, read_at=self._now))
                self._problem(path, MISSING, passing=True)
            else:
                self._problem(path, MISSING, passing=True)
        if over:
            self._wait_for({uid for path in over for uid in self._known[path].uids})
            forget(self._place, self._key, over)
            for path in over:
                del self._known[path]
                self._stamps.pop(path, None)

    def _wait_for(self, uids: set[str]) -> None:
        """Remember what vanished before the file's own memory loses it."""
        self._gone |= uids
        self._remember(WHOLE, replace(self._known.get(WHOLE, Remembered()), uids=tuple(sorted(self._gone))))

    def _vanish(self, *, steady: bool) -> None:
        """Decide on what stands nowhere any more; while somebody is writing nothing is decided."""
        present = {uid for path, known in self._known.items() if path != WHOLE for uid in known.uids}
        gone = sorted(self._gone - present)
        undecided = bool(self.looked.problems) or self._doubtful or not steady
        whole = self._known.get(WHOLE)
        if not gone or undecided:
            if whole is not None:
                self._remember(WHOLE, Remembered(uids=tuple(gone)))
            return
        verdict = judged(self._place, self._key, gone, present)
        if verdict is not None:
            self._problem(WHOLE, verdict.sentence)
            self._remember(WHOLE, Remembered(uids=tuple(gone), problem=verdict.sentence))
            return
        removed = remove_vanished(self._place, self._key, gone)
        self._remember(WHOLE, Remembered())
        self.looked.seen += removed.seen
        self.looked.trashed += len(removed.trashed)
        self.looked.told += [removed.sentence] if removed.sentence else []

    def _remember(self, path: str, after: Remembered) -> None:
        remember(self._place, self._key, path, self._known.get(path), after)
        self._known[path] = after

    def _problem(self, path: str, why: str, *, passing: bool = False) -> None:
        self.looked.problems[path] = clean(why, limit=600)
        if passing:
            self.looked.passing.add(path)
