"""A request that somebody at the desk takes down: a call, a visitor, a letter on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.zones import existing
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.callers import Typed, callers_of, known_organization
from ob_buero_tui.services.requests.follow_ups import make_receipt_tasks
from ob_buero_tui.services.requests.levels import kind_level
from ob_buero_tui.services.requests.numbers import next_serial, number_text, register
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.values import parse_value
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request

CHANNELS: Final = ("Telefon", "persönlich", "Brief", "Fax", "E-Mail", "Online")
"""How something may come in (domain.md 1.1, Eingangsweg)."""

TEXT_LIMIT: Final = 20_000
CALL_BACK: Final = frozenset(("rueckruf_bis", "rueckruf_durch"))
"""Whoever fills one of these fields says that somebody is to call back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What was taken down, as typed.

    Args:
        kind: Key of the kind, or None.
        fields: Typed values of the kind's own fields, by key.
        person_id: The known person whom somebody chose; otherwise only one of this very name is taken,
            and else a person is added.
        event_start: Begin of the occasion, local wall time.
        event_end: Its end, after the beginning.
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
    event_start: datetime | None = None
    event_end: datetime | None = None
    event_place: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@use_case("create_request")
def create_request(work: Work, captured: Captured) -> Done:
    """Take down a request; it gets a number, and its kind is a person's word, no proposal.

    Raises:
        Refusal: neither a subject nor a text was given, or a value does not fit its field.
    """
    _refuse_unknown(captured.channel)
    subject, text = _words(captured)
    typed = Typed.of(captured.name, captured.tel, captured.email)
    serial = next_serial(work, work.today.year)
    request = _request(work, captured, serial, _person(work, captured, typed), typed, subject)
    work.session.add(request)
    work.session.flush()
    register(work, work.today.year, {serial: request.id})
    if text or typed.contact:
        work.session.add(_message(work, typed, request.id, subject, text))
    recount(work, request)
    make_receipt_tasks(work, request)
    work.tell(table="request", ids=[request.id], channel=captured.channel)
    return Done(ids=(request.id,), text=f"{request.number}: aufgenommen")


def _request(
    work: Work, captured: Captured, serial: int, requester: int | None, typed: Typed, subject: str
) -> Request:
    kind = work.catalog.kinds.get(captured.kind or "")
    return Request(
        number=number_text(work.today.year, serial),
        kind=kind.key if kind is not None else None,
        subject=subject,
        received_at=work.at,
        channel=captured.channel,
        requester_id=requester,
        organization_id=_organization(work.session, captured.organization),
        assigned_to="",
        # Named although empty: the journal wants to know what a later change in this step replaces.
        due_on=None,
        due_time=None,
        due_text="",
        event_start=_existing(work, captured.event_start),
        event_end=_existing(work, captured.event_end),
        event_place=clean(captured.event_place, limit=300).strip(),
        confidentiality=kind_level(kind, Confidentiality.INTERN).value,
        fields=_fields(work, kind, _typed_fields(work, kind, captured, typed, subject, requester)),
        intake_notes=[],
    )


def _refuse_unknown(channel: str) -> None:
    if channel not in CHANNELS:
        raise Refusal(
            "Das wurde nicht gespeichert.",
            f"Den Eingangsweg „{clean(channel)}“ gibt es nicht.",
            f"Möglich: {german.join(CHANNELS, 'oder')}.",
        )


def _existing(work: Work, moment: datetime | None) -> datetime | None:
    """A wall time that summer time skips becomes the one that exists."""
    return existing(moment, work.place.zone)[0] if moment is not None else None


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


def _typed_fields(
    work: Work,
    kind: RequestKind | None,
    captured: Captured,
    typed: Typed,
    subject: str,
    requester: int | None,
) -> dict[str, str]:
    """What was typed for the kind's own fields; those of a call that stand elsewhere are taken from there."""
    known = work.session.get(Person, requester) if requester is not None else None
    number = typed.tel or ((known.tel or known.mobile) if known is not None else "")
    keys = {spec.key for spec in kind.fields} if kind is not None else set()
    fields = {key: text for key, text in captured.fields.items() if text.strip()}
    said = {"anrufer": typed.shown, "nummer": number, "worum": subject}
    if fields.keys() & CALL_BACK:
        said["rueckruf"] = "erbeten"
    return {key: text for key, text in said.items() if key in keys} | fields


def _person(work: Work, captured: Captured, typed: Typed) -> int | None:
    """The person who asks: the one chosen, the one it surely is, or a new one."""
    if captured.person_id is not None:
        return work.get(Person, captured.person_id).id
    known = callers_of(work.session, work.place, typed)
    if known and known[0].sure:
        return known[0].id
    name = typed.name
    if not (name.family or name.given or typed.email or typed.tel):
        return None
    person = Person(
        form_of_address=name.form,
        honorific_prefix=name.prefix,
        given_name=name.given,
        family_name=name.family,
        email=typed.email.lower() or None,
        tel=typed.tel,
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
    known = known_organization(session, wanted)
    if known is not None:
        return known
    organization = Organization(name=wanted)
    session.add(organization)
    session.flush()
    return organization.id


def _message(work: Work, typed: Typed, request_id: int, subject: str, text: str) -> Message:
    """What was taken down, with who it was as typed: whom the office knows of that name may be another."""
    contact = f"Kontakt: {typed.contact}" if typed.contact else ""
    return Message(
        request_id=request_id,
        sender_name=typed.shown,
        sender_address=typed.email,
        references=[],
        recipients=[],
        sent_at=work.at,
        subject=subject,
        body="\n\n".join(part for part in (text, contact) if part),
    )


@sentence("create_request")
def _created(params: Params) -> str:
    return f"aufgenommen ({params.get('channel', '')})"
