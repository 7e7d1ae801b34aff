"""Which calendars a desk shows: all of them, until it hides some; views alone follow, conflicts never do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.catalog.representation import CalendarRole, CalendarSpec
from ob_buero_tui.rules.german import clock, join, short_date
from ob_buero_tui.services.calendars.observing import coverage, groups, observed
from ob_buero_tui.services.calendars.state import WHOLE, remembered
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Draft

FORM = "kalender:ausgeblendet"
"""Under this name a desk's choice is kept beside what it is typing."""
LAND, SCHOOL = "land", "schulferien"
_HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of the list: a calendar, or a group of days.

    Args:
        key: Of the calendar, or of the group.
        note: What else there is to say: who leads it, when it was read, what is wrong, which years.
    """

    key: str
    label: str
    short: str
    shown: bool
    note: str = ""
    day_group: bool = False


def hidden(session: Session, place: Workplace) -> frozenset[str]:
    """The keys that this desk hides, read once."""
    known = place.observed.get(_HIDDEN)
    if not isinstance(known, frozenset):
        stored = session.scalar(
            select(Draft.values).where(Draft.desk_id == place.desk.id, Draft.form == FORM)
        )
        known = place.observed[_HIDDEN] = frozenset(stored or ())
    return known


def choices(place: Workplace) -> tuple[Choice, ...]:
    """Everything that can be shown or hidden, in the order of the catalog."""
    with place.reading() as session:
        away = hidden(session, place)
        days = observed(session, place)
        found = [
            Choice(
                key=spec.key,
                label=spec.label,
                short=spec.short,
                shown=spec.key not in away,
                note=_about(place, session, spec),
            )
            for spec in place.catalog.calendars.values()
        ]
    found += [
        Choice(key=key, label=label, short=short, shown=key not in away, day_group=True)
        for key, label, short in ((LAND, "Feiertage", "Feiertage"), (SCHOOL, "Schulferien", "Ferien"))
    ]
    found += [
        Choice(
            key=group.key,
            label=group.label,
            short=group.before or group.label,
            shown=group.key not in away,
            note=coverage(days, group.key),
            day_group=True,
        )
        for group in groups(place.catalog)
    ]
    return tuple(found)


def choose(place: Workplace, hide: Collection[str]) -> bool:
    """Keep which calendars this desk hides; False where the database did not take it just now."""
    place.observed[_HIDDEN] = frozenset(hide)
    return save_draft(place, FORM, dict.fromkeys(sorted(hide), "1"))


def shown_text(place: Workplace) -> str:
    """What is hidden, for the title: „ohne Rat, 1. BM“; "" while everything is shown."""
    with place.reading() as session:
        away = hidden(session, place)
    if not away:
        return ""
    named = [one.short for one in choices(place) if not one.shown and not one.day_group]
    days = sum(not one.shown for one in choices(place) if one.day_group)
    if not named:
        return "ohne einige Feste" if days else ""
    return f"ohne {join(named[:3])}" + (f" und {len(named) - 3} weitere" if len(named) > 3 else "")


def _about(place: Workplace, session: Session, spec: CalendarSpec) -> str:
    parts = []
    if spec.role is CalendarRole.EXTERN:
        parts.append("extern" + (", belegt Zeit" if spec.blocks else ""))
    if spec.leads is Leader.OUTLOOK:
        known = remembered(session, spec.key)
        whole = known.get(WHOLE)
        read = max((one.read_at for path, one in known.items() if path and one.read_at), default=None)
        local = place.local(read) if read is not None else None
        when = f"gelesen {short_date(local.date())} {clock(local)}" if local else "noch nicht gelesen"
        parts.append(f"Outlook führt, {when}")
        problems = [whole.problem] if whole is not None and whole.problem else []
        problems += [one.problem for path, one in sorted(known.items()) if path and one.problem]
        parts += problems[:1]
    elif spec.publish:
        parts.append("wird veröffentlicht")
    return "; ".join(parts)
