"""What became of each imported file, in German."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from ob_buero_tui.rules.german import join, number, plural
from ob_buero_tui.services.intake.oparl_counts import CouncilCounts, new_objects, other_objects
from ob_buero_tui.services.intake.unread import not_read


class Status(StrEnum):
    """What became of a file; a list whose columns nobody has confirmed yet is waiting, and not taken in."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KNOWN = "known"
    REFUSED = "refused"
    WAITING = "waiting"
    """A list whose columns nobody has confirmed yet: it stays where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many records a file brought.

    Args:
        requests: New requests.
        events: New appointments; a series counts once.
        overrides: New single dates that differ from their series.
        replaced: Appointments and single dates that a newer version took the place of.
        cancelled: Appointments and single dates that were called off.
        answers: Answers of attendees to invitations.
        unchanged: Appointments and single dates that were known already.
        unchanged_requests: Letters and rows of a collection that were known already.
        skipped: Parts that could not be read.
        persons: New people.
        organizations: New organizations.
        memberships: New places of people in organizations.
        completed: People and organizations that were known and got something new.
        known_people: People and organizations of which nothing new came.
        council: Objects of council information systems.
    """

    requests: int = 0
    events: int = 0
    overrides: int = 0
    replaced: int = 0
    cancelled: int = 0
    answers: int = 0
    unchanged: int = 0
    skipped: int = 0
    persons: int = 0
    organizations: int = 0
    memberships: int = 0
    completed: int = 0
    known_people: int = 0
    unchanged_requests: int = 0
    council: CouncilCounts = field(default_factory=CouncilCounts)

    @property
    def new(self) -> int:
        """All records that were not there before."""
        entries = self.requests + self.events + self.overrides
        people = self.persons + self.organizations + self.memberships
        return entries + people + sum(self.council.new.values())

    @property
    def changed(self) -> int:
        """All records that were there and are different now."""
        events = self.replaced + self.cancelled + self.answers
        return events + self.completed + self.council.changed + self.council.deleted

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """What became of one file.

    Args:
        path: The file as it was given or found.
        text: What became of it, German.
        ids: Keys of the requests it became.
        problems: German sentences on what was left out; empty when all of it came in.
        notes: German sentences on what was guessed or repaired.
        later: The file is not at fault (another desk's lock, a full disk): it may come in as it is.
        zones: Time zones that nobody knows; their times were taken for those of the office.
    """

    path: str
    status: Status
    text: str
    counts: Counts = field(default_factory=Counts)
    ids: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    later: bool = False
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of all files of an import.

    Args:
        dry_run: Nothing was written; the lines say what would have become of the files.
        stopped: The import was broken off before its last file.
        unread: How many files of the folders given nobody reads, by ending in lower case.
    """

    lines: tuple[FileLine, ...]
    dry_run: bool = False
    stopped: bool = False
    unread: Mapping[str, int] = field(default_factory=dict)

    @property
    def files(self) -> Mapping[Status, int]:
        """How many files ended in each status."""
        counted = Counter(line.status for line in self.lines)
        return {status: counted[status] for status in Status}

    @property
    def totals(self) -> Counts:
        """The records of all files together."""
        total = Counts()
        for line in self.lines:
            total += line.counts
        return total

    @property
    def folders(self) -> Mapping[str, ImportReport]:
        """The report of each folder that several files came from, by its path as it was given or found."""
        found: dict[str, list[FileLine]] = {}
        for line in self.lines:
            found.setdefault(str(PurePath(line.path).parent), []).append(line)
        return {
            folder: ImportReport(lines=tuple(lines), dry_run=self.dry_run)
            for folder, lines in found.items()
            if len(lines) > 1
        }

    @property
    def problems(self) -> tuple[str, ...]:
        """German sentences on everything that did not come in, each with its file."""
        return tuple(f"{line.path}: {problem}" for line in self.lines for problem in line.problems)

    @property
    def zones(self) -> tuple[str, ...]:
        """Time zones that nobody knows, each once; somebody may say what they mean."""
        return tuple(dict.fromkeys(name for line in self.lines for name in line.zones))

    @property
    def passed_over(self) -> tuple[str, ...]:
        """One German sentence for each ending of files in folders that nobody reads."""
        return tuple(not_read(ending, count) for ending, count in self.unread.items())

    @property
    def summary(self) -> str:
        """One German sentence on the whole import."""
        if not self.lines:
            return "Keine Datei gefunden, die sich importieren lässt."
        total = self.totals
        told = ", ".join(part for part in (*_brought(total), *self._left_out(total)) if part)
        found = plural(len(self.lines), "Datei", "Dateien")
        if total.new or total.changed:
            told = f"{found}: {told}."
        else:
            told = f"Nichts Neues: {told or f'{found} angesehen'}."
        ending = " Abgebrochen, der Rest wurde nicht angesehen." if self.stopped else ""
        trial = " Probelauf, nichts gespeichert." if self.dry_run else ""
        return f"{told}{ending}{trial}"

    def _left_out(self, total: Counts) -> tuple[str, ...]:
        known, refused = self.files[Status.KNOWN], self.files[Status.REFUSED]
        waiting = self.files[Status.WAITING]
        return (
            f"{plural(known, 'Datei', 'Dateien')} schon bekannt" if known else "",
            f"{plural(refused, 'Datei', 'Dateien')} nicht gelesen" if refused else "",
            f"{plural(waiting, 'Liste', 'Listen')} mit unbestätigten Spalten" if waiting else "",
            f"{plural(total.skipped, 'Teil', 'Teile')} übersprungen" if total.skipped else "",
        )


def _brought(total: Counts) -> tuple[str, ...]:
    """What came in, as in „25 Eingänge, 115 Termine und 3 Einzeltermine neu“, and what became of the rest."""
    new = [
        plural(count, one, many)
        for count, one, many in (
            (total.requests, "Eingang", "Eingänge"),
            (total.events, "Termin", "Termine"),
            (total.overrides, "Einzeltermin", "Einzeltermine"),
            (total.persons, "Person", "Personen"),
            (total.organizations, "Organisation", "Organisationen"),
            (total.memberships, "Mitgliedschaft", "Mitgliedschaften"),
        )
        if count
    ]
    new += new_objects(total.council)
    waiting, known = total.council.open, total.unchanged_requests
    return (
        f"{join(new)} neu" if new else "",
        *(
            f"{plural(count, 'Termin', 'Termine')} {became}" if count else ""
            for count, became in (
                (total.replaced, "ersetzt"),
                (total.cancelled, "abgesagt"),
                (total.unchanged, "unverändert"),
            )
        ),
        f"{plural(total.answers, 'Antwort', 'Antworten')} auf Einladungen" if total.answers else "",
        f"{plural(total.completed, 'Eintrag', 'Einträge')} ergänzt" if total.completed else "",
        f"{plural(total.known_people, 'Eintrag', 'Einträge')} unverändert" if total.known_people else "",
        f"{plural(known, 'Eingang', 'Eingänge')} schon bekannt" if known else "",
        *other_objects(total.council),
        f"{plural(waiting, 'Verweis', 'Verweise')} offen" if waiting else "",
    )


def event_counts(counts: Counts) -> str:
    """What a calendar brought, as in „3 Termine neu, 1 ersetzt, 2 unverändert“; "" when it was nothing."""
    parts = [
        (counts.events, f"{plural(counts.events, 'Termin', 'Termine')} neu"),
        (counts.overrides, f"{plural(counts.overrides, 'Einzeltermin', 'Einzeltermine')} neu"),
        (counts.replaced, f"{number(counts.replaced)} ersetzt"),
        (counts.cancelled, f"{number(counts.cancelled)} abgesagt"),
        (counts.answers, f"{plural(counts.answers, 'Antwort', 'Antworten')} auf Einladungen"),
        (counts.unchanged, f"{number(counts.unchanged)} unverändert"),
    ]
    return ", ".join(text for count, text in parts if count)


def people_counts(counts: Counts) -> str:
    """What cards brought, as in „3 Personen neu, 1 ergänzt, 2 unverändert“; "" when it was nothing."""
    parts = [
        (counts.persons, f"{plural(counts.persons, 'Person', 'Personen')} neu"),
        (counts.organizations, f"{plural(counts.organizations, 'Organisation', 'Organisationen')} neu"),
        (counts.memberships, f"{plural(counts.memberships, 'Mitgliedschaft', 'Mitgliedschaften')} neu"),
        (counts.completed, f"{number(counts.completed)} ergänzt"),
        (counts.known_people, f"{number(counts.known_people)} unverändert"),
    ]
    return ", ".join(text for count, text in parts if count)
