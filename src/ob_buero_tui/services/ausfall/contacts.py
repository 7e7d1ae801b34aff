"""Whom to call about an appointment, and with which number: organiser, driver, press, deputies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import CalendarRole, CalendarSpec
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_pattern
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.contacts import Contact, contact_on_the_day
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.store.tasks import Task

PHONE = re.compile(r"(?:\+|\b0)[\d][\d /()\-]{4,20}\d")
"""A telephone number inside a text."""
DRIVING, PRESS_TASKS = ("fahrdienst",), ("presse", "pressehinweis", "sammelmeldung")
"""Templates of tasks: done, they say that somebody was told."""


def organiser(
    session: Session,
    place: Workplace,
    event: Event,
    override: EventOverride | None,
    request: Request | None,
) -> Contact:
    """The contact of the appointment, else whoever asked for it, else the organiser's card."""
    name, phone = own(event, override, "contact_name"), own(event, override, "contact_phone")
    found = contact_on_the_day(session, place, name, phone, request)
    if found.name and found.phone:
        return found
    if request is not None and not found.phone and not name:
        found = _asked_for(session, place, request, found)
    if not found.phone and found.name:
        found = _filled(session, place, found)
    if not found.name and event.organizer:
        named = Contact(name=_bare(event.organizer), phone=found.phone)
        found = _filled(session, place, named, event.organizer)
    return found if found.name or found.phone else _met(session, place, event)


def driver(
    session: Session, place: Workplace, event: Event, override: EventOverride | None, requests: Iterable[int]
) -> Contact:
    """The driver that is named, or the motor pool where it was told of the appointment."""
    text = own(event, override, "driver")
    if text:
        return _spoken(session, place, text)
    return Contact(name="Fahrdienst") if _was_told(session, event, requests, DRIVING) else Contact()


def press(
    session: Session, place: Workplace, event: Event, override: EventOverride | None, requests: Iterable[int]
) -> Contact:
    """The press that is named, or the press office where it was told of the appointment."""
    text = own(event, override, "press")
    if text:
        return _spoken(session, place, text)
    if not _was_told(session, event, requests, PRESS_TASKS):
        return Contact()
    office = next((one.label for one in place.catalog.departments if "presse" in one.label.casefold()), "")
    return _filled(session, place, Contact(name=office or "Pressestelle"))


def deputies(session: Session, place: Workplace) -> dict[str, Contact]:
    """The deputies' telephones, by the key of the calendar: who has the office that its calendar is called.

    Several holders of the same office are nobody in particular, and none is named.
    """
    found = {}
    for key, spec in place.catalog.calendars.items():
        if spec.role is CalendarRole.STELLVERTRETUNG:
            found[key] = _holder(session, place, spec)
    return found


def _holder(session: Session, place: Workplace, spec: CalendarSpec) -> Contact:
    names = [word for word in (spec.label, *spec.match) if len(word) > len("StD.")]
    like = [Person.job_title.ilike("%" + word.replace("*", "%").strip("%") + "%") for word in names]
    if not like:
        return Contact()
    rows = session.scalars(select(Person).where(or_(*like), Person.deceased_on.is_(None)).limit(20)).all()
    patterns = [keyword_pattern(word) for word in names]
    fitting = [row for row in rows if any(one.search(fold(row.job_title)) for one in patterns)]
    return _card(place, fitting[0]) if len(fitting) == 1 else Contact()


def _asked_for(session: Session, place: Workplace, request: Request, found: Contact) -> Contact:
    """The sender of the letter, or the organization that asks."""
    body = session.get(Organization, request.organization_id) if request.organization_id else None
    seen = body is not None and place.sees(body.confidentiality, "") is View.FULL
    name = found.name or clean(
        session.scalar(
            select(Message.sender_name).where(Message.request_id == request.id).order_by(Message.id).limit(1)
        )
        or ""
    )
    if body is None or not seen:
        return Contact(name=name)
    return Contact(name=name or body.name, phone=body.tel)


def _filled(session: Session, place: Workplace, found: Contact, address: str = "") -> Contact:
    """The telephone from the address book, where just one card has this name or address."""
    if "@" in address:
        email = address.removeprefix("mailto:").strip().casefold()
        people = session.scalars(select(Person).where(Person.email == email).limit(2)).all()
    else:
        given, _, family = found.name.rpartition(" ")
        named = select(Person).where(Person.family_name == family)
        people = session.scalars(named.limit(20)).all() if family else []
        title = fold(given)
        people = [row for row in people if not title or fold(row.given_name) in title]
    cards = [card for row in people if (card := _card(place, row)).phone]
    if len(cards) == 1:
        name = cards[0].name if "@" in found.name else found.name
        return Contact(name=name, phone=found.phone or cards[0].phone)
    if "@" in address or not found.name:
        return found
    bodies = session.scalars(select(Organization).where(Organization.name == found.name).limit(2)).all()
    visible = [row for row in bodies if row.tel and place.sees(row.confidentiality, "") is View.FULL]
    return Contact(name=found.name, phone=visible[0].tel) if len(visible) == 1 else found


def _met(session: Session, place: Workplace, event: Event) -> Contact:
    """Somebody who is met, where nobody else can be called."""
    from ob_buero_tui.store.appointments import EventPerson, Part

    rows = session.scalars(
        select(EventPerson)
        .where(EventPerson.event_id == event.id, EventPerson.part == Part.GESPRAECH.value)
        .order_by(EventPerson.id)
    ).all()
    for row in rows:
        card = session.get(Person, row.person_id) if row.person_id is not None else None
        if card is not None and (known := _card(place, card)).name:
            return known
    return _filled(session, place, Contact(name=rows[0].name)) if rows else Contact()


def _card(place: Workplace, row: Person) -> Contact:
    if place.sees(row.confidentiality, "") is not View.FULL:
        return Contact()
    name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
    return Contact(name=name, phone=row.mobile or row.tel)


def _spoken(session: Session, place: Workplace, text: str) -> Contact:
    """A name with or without its number, as somebody typed it."""
    found = PHONE.search(text)
    if found is None:
        return _filled(session, place, Contact(name=text.strip()))
    name = (text[: found.start()] + text[found.end() :]).strip(" ,;·-()")
    return Contact(name=name, phone=found.group())


def _was_told(session: Session, event: Event, requests: Iterable[int], templates: Iterable[str]) -> bool:
    about = or_(Task.event_id == event.id, Task.request_id.in_(list(requests)))
    done = select(Task.id).where(about, Task.template.in_(list(templates)), Task.done_at.is_not(None))
    return session.scalar(done.limit(1)) is not None


def _bare(organizer: str) -> str:
    return organizer.removeprefix("mailto:").strip()
