"""The Ladungsfristen of all Länder for one session, side by side, each by the holidays of its Land."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from ob_buero_tui.catalog.closed import closed_days
from ob_buero_tui.catalog.council import ladungsfrist_for
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.ladungsfrist import ladung
from ob_buero_tui.rules.ladungsfrist_urgent import shortened
from ob_buero_tui.rules.laender import LAENDER
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar

USUAL_START = time(17)
"""When a session begins whose time is not said; it matters only where hours count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandLine:
    """The Ladungsfrist of one Land for a session.

    Args:
        land: Its two letters.
        rule: How the rule is called.
        dispatch: The last open day to send the invitation.
        receipt: The last day of receipt.
        dispatch_text, receipt_text: The counts in German.
        urgent: How it may be shortened; empty where nothing is known.
        unconfirmed: Whether nobody has confirmed the rule; `hint` says what to do then.
    """

    land: str
    name: str
    rule: str
    dispatch: date
    receipt: date
    dispatch_text: str
    receipt_text: str
    urgent: str
    source: str
    unconfirmed: bool
    hint: str


def laender(catalog: Catalog, session: date) -> tuple[LandLine, ...]:
    """The rules that count in each Land where a body has none of its own, for a session on a day.

    Slow the first time (the holidays library takes most of a second).

    Raises:
        Refusal: the day lies too far off to be counted from.
    """
    if not 1900 < session.year < 2100:
        raise Refusal(
            "Für diesen Tag lässt sich nichts rechnen.",
            "Er liegt zu weit weg.",
            "Nennen Sie einen näheren Tag.",
        )
    found = []
    for land in LAENDER:
        rule = ladungsfrist_for(replace(catalog, region=land))
        if rule is None:
            continue
        calendar = _calendar(catalog, land, session)
        counted = ladung(rule, session, calendar)
        urgent = shortened(rule, datetime.combine(session, USUAL_START), calendar)
        found.append(
            LandLine(
                land=land,
                name=LAENDER[land],
                rule=rule.label,
                dispatch=counted.dispatch,
                receipt=counted.receipt,
                dispatch_text=counted.dispatch_text,
                receipt_text=counted.receipt_text,
                urgent=urgent.text if urgent is not None else "",
                source=rule.source,
                unconfirmed=rule.unconfirmed,
                hint=rule.hint if rule.unconfirmed else "",
            )
        )
    return tuple(found)


def _calendar(catalog: Catalog, land: str, session: date) -> WorkCalendar:
    """The holidays of a Land around a day, and the office's own closed days."""
    import holidays

    years = range(session.year - 1, session.year + 1)
    named = dict(holidays.country_holidays("DE", subdiv=land, years=years, language="de"))
    closed = {day: name for year in years for day, name in closed_days(catalog.closed_days, year).items()}
    return WorkCalendar(
        holidays=named,
        closed=closed,
        first=date(session.year - 1, 1, 1),
        last=date(session.year, 12, 31),
    )
