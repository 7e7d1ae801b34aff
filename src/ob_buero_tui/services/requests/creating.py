"""A request that somebody at the desk takes down: a call, a visitor, a letter on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.names import split_name
from ob_buero_tui.services.requests.follow_ups import make_receipt_tasks
from ob_buero_tui.services.requests.numbers import next_serial, number_text, register
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.values import parse_value
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request

CHANNELS: Final = ("Telefon", "persönlich", "Brief", "Fax", "E-Mail", "Online")
"""How something may come in (domain.md 1.1, Eingangsweg)."""

TEXT_LIMIT: Final = 20_000
REFUSED: Final = "Das wurde nicht gespeichert."
NAMED = 3
"""How many people of one name a hint spells out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What was taken down, as typed.

    Args:
        kind: Key of the kind, or None.
        fields: Typed values of the kind's own fields, by key.
        person_id: The known person who asks; otherwise one is added from the name.
    """

    kind: str | None
    channel: str
    subject: str
    text: str = ""
    name: str = ""
    organization: str = ""
    tel: str = ""
    email: str = ""
    person_id: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A known person who may be the one calling: key, and name with what tells people apart."""

    id: int
    label: str
    tel: str
    email: str


def callers(place: Workplace, name: str) -> tuple[Caller, ...]:
    """Known people whose family name, or first and family name, is what was typed; the readable ones."""
    split = split_name(clean(name, limit=200))
    if not split.family:
        return ()
    with place.reading() as session:
        rows = session.scalars(_of_name(split.given, split.family)).all()
        return tuple(
            Caller(id=row.id, label=_label(row), tel=row.tel or row.mobile, email=row.email or "")
            for row in rows
            if place.sees(row.confidentiality, "") is View.FULL
        )


@use_case("create_request")
def create_request(work: Work, captured: Captured) -> Done:
    """Take down a request; it gets a number, and its kind is a person's word, no proposal.

    Raises:
        Refusal: neither a subject nor a text was given, or a value does not fit its field.
    """
    subject, text = _words(captured)
    if captured.channel not in CHANNELS:
        raise Refusal(
            "Das wurde nicht gespeichert.", f"Den Eingangsweg „{clean(captured.channel)}“ gibt es nicht."
        )
    kind = work.catalog.kinds.get(captured.kind or "")
    serial = next_serial(work, work.today.year)
    request = Request(
        number=number_text(work.today.year, serial),
        kind=kind.key if kind is not None else None,
        subject=subject,
        received_at=work.at,
        channel=captured.channel,
        requester_id=_person(work, captured),
        organization_id=_organization(work.session, captured.organization),
        assigned_to="",
        # Named although empty: the journal wants to know what a later change in this step replaces.
        due_on=None,
        due_time=None,
        due_text="",
        fields=_fields(work, kind, captured.fields),
        intake_notes=[],
    )
    work.session.add(request)
    work.session.flush()
    register(work, work.today.year, {serial: request.id})
    if text:
        work.session.add(_message(work, captured, request.id, subject, text))
    recount(work, request)
    make_receipt_tasks(work, request)
    work.tell(table="request", ids=[request.id], channel=captured.channel)
    return Done(ids=(request.id,), text=f"{request.number}: aufgenommen")


def _words(captured: Captured) -> tuple[str, str]:
    """Subject and text; without a subject the first words of the text."""
    text = clean(captured.text, multiline=True, limit=TEXT_LIMIT).strip()
    subject = clean(captured.subject, limit=300).strip() or clean(text.partition("\n")[0], limit=80).strip()
    if not subject:
        raise Refusal(
            "Das wurde nicht gespeichert.",
            "Es steht nicht da, worum es geht.",
            "Füllen Sie „Worum geht es“ aus.",
        )
    return subject, text


def _fields(work: Work, kind: RequestKind | None, typed: Mapping[str, str]) -> dict[str, Any]:
    """The kind's own fields as values; what is empty is left out."""
    specs = {spec.key: spec for spec in kind.fields} if kind is not None else {}
    values = {
        key: parse_value(specs[key], text, work.today, work.calendar)
        for key, text in typed.items()
        if key in specs
    }
    return {key: value for key, value in values.items() if value not in (None, "")}


def _person(work: Work, captured: Captured) -> int | None:
    """The person who asks: the one chosen, the one with this address, or a new one."""
    if captured.person_id is not None:
        return work.get(Person, captured.person_id).id
    email = clean(captured.email, limit=200).strip().lower()
    if email:
        known = work.session.scalar(
            select(Person.id).where(func.lower(Person.email) == email).order_by(Person.id).limit(1)
        )
        if known is not None:
            return known
    name = split_name(clean(captured.name, limit=200))
    tel = clean(captured.tel, limit=60).strip()
    if not (name.family or name.given or email or tel):
        return None
    person = Person(
        form_of_address=name.form,
        honorific_prefix=name.prefix,
        given_name=name.given,
        family_name=name.family,
        email=email or None,
        tel=tel,
        source=captured.channel,
        source_on=work.today,
    )
    work.session.add(person)
    work.session.flush()
    return person.id


def _organization(session: Session, name: str) -> int | None:
    """The one known organization of this name; an unknown one is added."""
    wanted = clean(name, limit=300).strip()
    if not wanted:
        return None
    known: Sequence[int] = session.scalars(
        select(Organization.id).where(
            or_(
                func.lower(Organization.name) == wanted.lower(),
                func.lower(Organization.short_name) == wanted.lower(),
            )
        )
    ).all()
    if len(known) == 1:
        return known[0]
    organization = Organization(name=wanted)
    session.add(organization)
    session.flush()
    return organization.id


def _message(work: Work, captured: Captured, request_id: int, subject: str, text: str) -> Message:
    return Message(
        request_id=request_id,
        sender_name=clean(captured.name, limit=200).strip(),
        sender_address=clean(captured.email, limit=200).strip(),
        references=[],
        recipients=[],
        sent_at=work.at,
        subject=subject,
        body=text,
    )


def _of_name(given: str, family: str) -> Select[Person]:
    wanted = select(Person).where(func.lower(Person.family_name) == family.lower())
    if given:
        wanted = wanted.where(func.lower(Person.given_name) == given.lower())
    return wanted.order_by(Person.id).limit(NAMED)


def _label(row: Person) -> str:
    name = " ".join(
        part for part in (row.honorific_prefix, row.given_name, row.affix, row.family_name) if part
    )
    return ", ".join(part for part in (name, row.job_title, row.locality) if part)


@sentence("create_request")
def _created(params: Params) -> str:
    return f"aufgenommen ({params.get('channel', '')})"
