"""`export`: what may leave the office becomes a file.

An export changes nothing, so it is no action of the journal: as one that left the house it would put the
offer of a correction before every `u`, and a database opened for reading could not export. It leaves a line
in the log for the IT, with its format, its audience and counts.
"""

from __future__ import annotations

import logging
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.outfile import STDOUT, refuse_unwritable, write_whole
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.config import database_file
from ob_buero_tui.office import Office
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.rules.zones import zone
from ob_buero_tui.services.export.wanted import Gathered, Wanted
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace

LOG = logging.getLogger(__name__)
LISTS = {
    "requests": ("requests",),
    "events": ("events",),
    "tasks": ("tasks",),
    "people": ("persons", "organizations"),
    "sessions": ("meetings", "papers"),
}
"""What --only chooses, and the lists of the JSON document that belong to it."""
NAMES = {
    "requests": ("Eingang", "Eingänge"),
    "events": ("Termin", "Termine"),
    "tasks": ("Aufgabe", "Aufgaben"),
    "persons": ("Person", "Personen"),
    "organizations": ("Organisation", "Organisationen"),
    "meetings": ("Sitzung", "Sitzungen"),
    "papers": ("Vorlage", "Vorlagen"),
}


@dataclass(slots=True)
class Told:
    """What became of an export, in numbers."""

    counts: dict[str, int] = field(default_factory=dict)
    left_out: int = 0
    busy: int = 0
    doubled: int = 0

    def add(self, name: str, found: Gathered[Any]) -> None:
        """Count what was found of one list."""
        self.counts[name] = len(found.rows)
        self.left_out += found.left_out
        self.busy += found.busy


def run_export(options: Namespace) -> int:
    """Write what an audience may have into a file, or to stdout for `-`."""
    _refuse_nonsense(options)
    if options.format == "oparl":
        return _council(options)
    if options.format == "eakte":
        from ob_buero_tui.cli.export_case import run_export_case

        return run_export_case(options)
    with opened(options) as office:
        refuse_unwritable(options.output, force=options.force, database=database_file(options.db))
        wanted = _wanted(options, office)
        if options.only == "tasks" and wanted.audience in OUTSIDE:
            raise Refusal("Es wurde nichts exportiert.", "Aufgaben gibt es nur für intern und deputy.")
        told = Told()
        pieces = _WRITERS[options.format](options, office.place, wanted, told)
        write_whole(options.output, pieces, force=options.force)
    _log(options, wanted.audience, told)
    (complain if options.output == STDOUT else say)(_sentence(options, wanted.audience, told))
    return 0


def _council(options: Namespace) -> int:
    """Write the folder of an OParl interface."""
    from ob_buero_tui.cli.export_oparl import refuse_folder, write_folder
    from ob_buero_tui.services.export.oparl import council_out

    with opened(options) as office:
        refuse_folder(options.output, force=options.force)
        wanted = _wanted(options, office)
        found = council_out(office.place, wanted, options.url or "")
        files = write_folder(options.output, found.files, force=options.force)
    told = Told(left_out=found.left_out)
    told.counts = {"meetings": found.counts["meeting"], "papers": found.counts["paper"]}
    _log(options, wanted.audience, told)
    say(f"{_sentence(options, wanted.audience, told)} {plural(files, 'Datei', 'Dateien')}.")
    if not options.url:
        say("Unter welcher Adresse er im Web liegen wird, sagt --url; sonst führen seine Verweise ins Leere.")
    return 0


def _refuse_nonsense(options: Namespace) -> None:
    """Refuse what does not go together."""
    if bool(options.numbers) != (options.format == "eakte"):
        wrong_use("Zu „export eakte“ gehören die Nummern der Eingänge, und nur dazu: export eakte 2026-0147.")
    if options.format == "ics" and options.only not in (None, "events"):
        wrong_use("In eine Kalenderdatei (ics) passen nur Termine: --only entfällt oder heißt events.")
    if options.format == "oparl" and options.only:
        wrong_use("OParl sind immer Sitzungen und Vorlagen: --only entfällt.")
    if options.body and options.format != "ics":
        wrong_use("--body wählt Sitzungen für eine Kalenderdatei (ics).")
    if options.url and options.format != "oparl":
        wrong_use("--url gehört zu oparl.")
    if options.calendar and options.format != "ics" and options.only != "events":
        wrong_use("--calendar wählt unter Terminen: bei json und csv gehört --only events dazu.")


def _wanted(options: Namespace, office: Office) -> Wanted:
    first, last = (_day(text, office) for text in (options.first, options.last))
    if first is not None and last is not None and last < first:
        wrong_use("--to liegt vor --from.")
    known = office.place.catalog.calendars
    if options.calendar and options.calendar not in known:
        named = join([f"{key} ({spec.label})" for key, spec in known.items()], "oder")
        wrong_use(f"Den Kalender „{options.calendar}“ gibt es nicht. Möglich: {named}.")
    return Wanted(
        audience=audience_of(options, office),
        first=first,
        last=last,
        calendar=options.calendar or "",
        body=_body(options.body, office) if options.body else 0,
    )


def _body(text: str, office: Office) -> int:
    """The body that is meant; anything but one is wrong use."""
    from ob_buero_tui.services.council.body_named import bodies_named

    found = bodies_named(office.place, text)
    if not found:
        wrong_use(f"Ein Gremium „{clean(text, limit=80)}“ mit Sitzungen gibt es nicht.")
    if len(found) > 1:
        wrong_use(
            f"„{clean(text, limit=80)}“ meint mehrere: {join([one.label for one in found[:9]], 'oder')}."
        )
    return found[0].id


def _day(text: str | None, office: Office) -> date | None:
    if text is None:
        return None
    try:
        return parse_day(text, office.place.today, office_calendar(office.place), allow_past=True).day
    except Refusal as refusal:
        wrong_use(str(refusal))


def _gathered(
    place: Workplace, wanted: Wanted, names: Iterable[str], told: Told
) -> dict[str, tuple[Any, ...]]:
    """The lists of the document with these names."""
    from ob_buero_tui.services.export import appointments, council, people, requests, tasks

    finders: dict[str, Any] = {
        "requests": requests.requests_out,
        "events": appointments.appointments_out,
        "tasks": tasks.tasks_out,
        "persons": people.persons_out,
        "organizations": people.organizations_out,
        "meetings": council.meetings_out,
        "papers": council.papers_out,
    }
    lists = {}
    for name in names:
        found = finders[name](place, wanted)
        told.add(name, found)
        lists[name] = found.rows
    return lists


def _json(options: Namespace, place: Workplace, wanted: Wanted, told: Told) -> Iterator[bytes]:
    from ob_buero_tui.cli.export_shapes import write_document

    chosen = LISTS[options.only] if options.only else tuple(NAMES)
    lists = _gathered(place, wanted, chosen, told)
    now = place.clock().astimezone(zone(place.zone)).isoformat(timespec="seconds")
    head = {"exported_at": now, "audience": wanted.audience.value}
    return write_document(head, lists, place.zone)


def _csv(options: Namespace, place: Workplace, wanted: Wanted, told: Told) -> Iterator[bytes]:
    from ob_buero_tui.cli.export_tables import table
    from ob_buero_tui.exchange.csv_out import write_table

    only = options.only or "requests"
    names = ("meetings",) if only == "sessions" else LISTS[only]
    headings, rows = table(only, _gathered(place, wanted, names, told), place.catalog, place.zone)
    return write_table(headings, rows)


def _ics(_options: Namespace, place: Workplace, wanted: Wanted, told: Told) -> Iterator[bytes]:
    from ob_buero_tui.exchange.ics_write import write_calendar
    from ob_buero_tui.services.export.calendar import calendar_out

    found = calendar_out(place, wanted)
    told.counts["events"] = found.count
    told.left_out, told.busy, told.doubled = found.left_out, found.busy, found.doubled
    if wanted.body:
        from ob_buero_tui.services.council.body_named import body_label

        return write_calendar(found.events, found.zones, body_label(place, wanted.body))
    spec = place.catalog.calendars.get(wanted.calendar)
    return write_calendar(found.events, found.zones, spec.label if spec is not None else "")


_WRITERS = {"json": _json, "csv": _csv, "ics": _ics}


def _sentence(options: Namespace, audience: Audience, told: Told) -> str:
    """What was written; what stays is told to the office alone."""
    counted = [plural(count, *NAMES[name]) for name, count in told.counts.items()]
    where = "" if options.output == STDOUT else f"„{options.output}“: "
    sentences = [f"{where}{join(counted)} exportiert."]
    if audience is Audience.INTERN:
        if told.busy:
            sentences.append(f"Nur als „belegt“: {told.busy}.")
        if told.left_out:
            sentences.append(f"Wegen Vertraulichkeit nicht exportiert: {told.left_out}.")
    if told.doubled and audience not in OUTSIDE:
        many = plural(told.doubled, "Termin steht", "Termine stehen")
        sentences.append(f"{many} auch in einem anderen Kalender und nur einmal in der Datei.")
    return " ".join(sentences)


def _log(options: Namespace, audience: Audience, told: Told) -> None:
    LOG.setLevel(logging.INFO)
    counts = " ".join(f"{name}={count}" for name, count in told.counts.items())
    LOG.info("export %s for %s: %s left_out=%d", options.format, audience.value, counts, told.left_out)
