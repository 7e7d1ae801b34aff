"""`calendars sync`: rereads what Outlook leads and publishes what the office leads, once."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ob_buero_tui.cli.opened import opened
from ob_buero_tui.cli.printing import complain, print_json, say
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendars.look import Looked
from ob_buero_tui.services.calendars.pending import pending_count
from ob_buero_tui.services.calendars.publishing import Published, publish, published_calendars
from ob_buero_tui.services.calendars.rereading import Rereading, problem_text


def run_calendars(options: Namespace) -> int:
    """Look at all calendars that others lead and publish ours; returns 1 when something went wrong.

    Raises:
        Refusal: the office is open for reading only.
    """
    with opened(options) as office:
        place = office.place
        if place.read_only:
            raise Refusal(
                "Es wurde nichts abgeglichen.",
                "Die Datenbank ist nur zum Lesen geöffnet.",
                "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
            )
        looks = Rereading(place).poll(place.now, at_once=True).looks
        published = tuple(publish(place, spec) for spec in published_calendars(place.catalog))
        pending = pending_count(place)
    if options.json:
        print_json(_shape(looks, published, pending))
    else:
        _print(looks, published, pending)
    return 1 if any(look.problems for look in looks) or any(one.problem for one in published) else 0


def _shape(looks: tuple[Looked, ...], published: tuple[Published, ...], pending: int) -> dict[str, Any]:
    return {
        "read": [
            {
                "calendar": look.calendar,
                "new": look.counts.new,
                "changed": look.counts.changed,
                "arrived": look.seen,
                "trashed": look.trashed,
                "notes": list(look.told),
                "problems": [problem_text(look.label, path, why) for path, why in look.problems.items()],
            }
            for look in looks
        ],
        "published": [
            {"calendar": one.calendar, "written": one.written, "problem": one.problem or None}
            for one in published
        ],
        "pending": pending,
    }


def _print(looks: tuple[Looked, ...], published: tuple[Published, ...], pending: int) -> None:
    for look in looks:
        say(f"{look.label}: {look.sentence or 'nichts Neues.'}")
        for path, why in look.problems.items():
            complain(problem_text(look.label, path, why))
    for one in published:
        if one.problem:
            complain(f"{one.label}: {one.problem}")
        else:
            say(f"{one.label}: {'veröffentlicht' if one.written else 'unverändert veröffentlicht'}.")
    if not looks and not published:
        say("Kein Kalender wird von Outlook geführt oder veröffentlicht (representation.toml).")
    if pending:
        changes = plural(pending, "Änderung ist", "Änderungen sind")
        say(f"{changes} noch nicht in Outlook.")
