"""`sessions --laender`: the Ladungsfristen of all Länder for one session, with dispatch day and sentence."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ob_buero_tui.cli.opened import opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.council.laender import LandLine, laender
from ob_buero_tui.services.workcalendar import office_calendar

HEADERS = ("Land", "Versand bis", "Zugang bis", "", "wie gezählt")


def run_laender(options: Namespace) -> int:
    """Print what counts in each Land where a body has no rule of its own."""
    with opened(options) as office:
        place = office.place
        try:
            day = parse_day(options.laender, place.today, office_calendar(place), allow_past=True).day
        except Refusal as refusal:
            wrong_use(str(refusal))
        lines = laender(place.catalog, day)
        if options.json:
            print_json([_shape(one) for one in lines])
        else:
            say(f"Sitzung am {long_date(day)}")
            print_table(HEADERS, [_cells(one) for one in lines])
    return 0


def _cells(one: LandLine) -> tuple[str, str, str, str, str]:
    sure = "unbestätigt" if one.unconfirmed else ""
    return f"{one.land} {one.name}", long_date(one.dispatch), long_date(one.receipt), sure, one.receipt_text


def _shape(one: LandLine) -> dict[str, Any]:
    return {
        "land": one.land,
        "name": one.name,
        "rule": clean(one.rule),
        "dispatch": one.dispatch.isoformat(),
        "receipt": one.receipt.isoformat(),
        "dispatch_text": clean(one.dispatch_text),
        "receipt_text": clean(one.receipt_text),
        "urgent": clean(one.urgent),
        "source": clean(one.source, limit=500),
        "unconfirmed": one.unconfirmed,
        "hint": clean(one.hint),
    }
