"""The calls that follow from what was decided: one for each person, whatever the number of appointments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.services.ausfall import contacts
from ob_buero_tui.services.ausfall.views import AusfallLine, CallLine
from ob_buero_tui.services.calendar.contacts import Contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import AusfallCall, AusfallOutcome, CallRole
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer

if TYPE_CHECKING:
    from ob_buero_tui.services.ausfall.reading import Found

_O, _R = AusfallOutcome, CallRole
ORDER = tuple(CallRole)
"""The deputies are asked first of all, as the others wait for what they say."""
UNKNOWN = "kein Kontakt hinterlegt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What one role has to be told about one line.

    Args:
        told: The same as a key, kept with the call: another key is news.
    """

    line: AusfallLine
    role: CallRole
    who: Contact
    told: str
    what: str


def calls_of(session: Session, place: Workplace, found: Sequence[Found]) -> tuple[CallLine, ...]:
    """The call list: deputies, organisers, drivers, press; what was ticked stays at its end."""
    sayings = [one for each in found for one in sayings_of(session, place, each)]
    if any(one.role is _R.VERTRETUNG for one in sayings):
        phones = contacts.deputies(session, place)
        sayings = [_with_phone(one, phones) for one in sayings]
    made = _made(session, [each.item.id for each in found if each.item is not None])
    groups: dict[tuple[str, str], list[Saying]] = {}
    for one in sayings:
        groups.setdefault((one.role, _person(one)), []).append(one)
    ordered = sorted(groups.values(), key=lambda group: (_rank(group[0].role), group[0].line.start))
    calls = [_call(place, group, made) for group in ordered]
    return tuple(sorted(calls, key=lambda call: call.done))


def sayings_of(session: Session, place: Workplace, found: Found) -> Iterable[Saying]:
    """Who has to be told what about one line; nothing where it stays as it is or nothing is decided."""
    line = found.line
    if line.hidden or found.item is None or found.standing is None or found.standing.date is None:
        return
    deputation = session.get(Deputation, found.item.deputation_id) if found.item.deputation_id else None
    if deputation is not None and (call := _deputy(line, deputation)) is not None:
        yield call
    news = _news(line)
    if news is None:
        return
    told, what = news
    event, override = found.standing.date.event, found.standing.date.override
    requests = [one.id for one in found.requests]
    kind = place.catalog.event_kinds.get(event.kind or "")
    if kind is None or not kind.internal:  # the house tells itself: nobody has organised it
        yield Saying(line=line, role=_R.VERANSTALTER, who=line.contact, told=told, what=what)
    for role, who in (
        (_R.FAHRER, contacts.driver(session, place, event, override, requests)),
        (_R.PRESSE, contacts.press(session, place, event, override, requests)),
    ):
        if who.name or who.phone:
            yield Saying(line=line, role=role, who=who, told=told, what=what)


def _news(line: AusfallLine) -> tuple[str, str] | None:
    """What everybody has to know about a line, as a key and in words."""
    if line.outcome is _O.ABSAGEN:
        return "absagen", "abgesagt"
    if line.outcome is _O.VERSCHIEBEN:
        return f"verschieben:{line.said}", line.said
    if line.outcome is _O.VERTRETUNG and line.answer == DeputyAnswer.ZUGESAGT:
        return f"vertretung:{line.deputy}", f"{line.deputy} kommt"
    return None


def _deputy(line: AusfallLine, row: Deputation) -> Saying | None:
    """A deputy is to be asked, or told that nobody needs to come."""
    who = Contact(name=row.calendar)
    if line.asked:
        return Saying(line=line, role=_R.VERTRETUNG, who=who, told=f"fragen:{row.id}", what="vertreten?")
    if row.answer == DeputyAnswer.ZURUECKGENOMMEN and line.outcome is not _O.OFFEN:
        told, what = f"doch_nicht:{row.id}", "nicht mehr nötig"
        return Saying(line=line, role=_R.VERTRETUNG, who=who, told=told, what=what)
    return None


def _with_phone(one: Saying, phones: dict[str, Contact]) -> Saying:
    if one.role is not _R.VERTRETUNG:
        return one
    return replace(one, who=Contact(name=one.who.name, phone=phones.get(one.who.name, Contact()).phone))


def _person(one: Saying) -> str:
    """What tells one person from another: the number, else the name; the unknown are all different."""
    if one.role is _R.VERTRETUNG:
        return one.who.name
    digits = re.sub(r"\D", "", one.who.phone)
    return digits or fold(one.who.name) or f"line {one.line.id}"


def _rank(role: CallRole) -> int:
    return -1 if role is _R.VERTRETUNG else ORDER.index(role)


def _made(session: Session, items: Sequence[int]) -> dict[tuple[int, str], AusfallCall]:
    rows = session.scalars(select(AusfallCall).where(AusfallCall.item_id.in_(items)).order_by(AusfallCall.id))
    return {(row.item_id, row.role): row for row in rows}


def _call(place: Workplace, group: Sequence[Saying], made: dict[tuple[int, str], AusfallCall]) -> CallLine:
    role, who = group[0].role, group[0].who
    rows = [made.get((one.line.id, role)) for one in group]
    ticked = [row for row in rows if row is not None and row.done_at is not None]
    current = [row for row, one in zip(rows, group, strict=True) if row is not None and row.told == one.told]
    done = len(current) == len(group) and all(row.done_at is not None for row in current)
    last = ticked[-1] if ticked else None
    if role is _R.VERTRETUNG:
        spec = place.catalog.calendars.get(who.name)
        who = Contact(name=spec.label if spec is not None else who.name, phone=who.phone)
    elif not who.name and not who.phone:
        who = Contact(name=UNKNOWN)
    return CallLine(
        id=min(one.line.id for one in group) * 10 + ORDER.index(role),
        role=role,
        who=who,
        items=tuple(one.line.id for one in group),
        what=tuple(f"{_when(one.line)} {one.line.summary}: {one.what}" for one in group),
        told=tuple(one.told for one in group),
        done=done,
        again=bool(ticked) and not done,
        result=last.result if last is not None else "",
        done_by=last.done_by if last is not None else "",
        done_at=place.local(last.done_at) if last is not None and last.done_at is not None else None,
    )


def _when(line: AusfallLine) -> str:
    return short_date(line.start.date()) + ("" if line.all_day else f" {clock(line.start)}")
