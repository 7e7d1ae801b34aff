"""The use case of a list: every row that is not there yet becomes a request, all of them one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.columns import Column
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.sheet_plan import OUTCOMES, RowPlan
from ob_buero_tui.services.intake.source import Source, register_source
from ob_buero_tui.services.requests.callers import Typed, callers_of, known_organization
from ob_buero_tui.services.requests.due import answer_due, bases_of
from ob_buero_tui.services.requests.levels import kind_level
from ob_buero_tui.services.requests.numbers import next_serial, number_text, register
from ob_buero_tui.services.requests.verbs import CLOSING
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.documents import ImportedFile
from ob_buero_tui.store.tables import JOURNALED

ROW = "zeile"
"""The format under which a row is entered into the register of imported bytes."""


def unknown_rows(session: Session, rows: Sequence[RowPlan]) -> list[RowPlan]:
    """The rows that did not come in yet; equal rows of one list have been told apart by then."""
    known = set(session.scalars(select(ImportedFile.sha256).where(ImportedFile.format == ROW)))
    fresh: dict[str, RowPlan] = {}
    for row in rows:
        if row.digest not in known:
            fresh.setdefault(row.digest, row)
    return list(fresh.values())


@use_case("import_sheet")
def import_sheet(work: Work, rows: Sequence[RowPlan], source: Source) -> tuple[int, ...]:
    """Make requests of the rows of a list.

    Args:
        rows: Read beforehand; those that are known meanwhile are left out.

    Returns:
        The keys of the new requests.
    """
    register_source(work, source)
    fresh = unknown_rows(work.session, rows)
    people = _People(work)
    requests, year = [], work.today.year
    first = next_serial(work, year)
    for serial, row in enumerate(fresh, start=first):
        person, body = people.of(row)
        requests.append(_request(work, row, number_text(year, serial), person, body, source.name))
    ids = work.insert_rows(JOURNALED["request"], requests)
    register(work, year, dict(enumerate(ids, start=first)))
    pairs = list(zip(ids, fresh, strict=True))
    work.insert_rows(JOURNALED["message"], [_message(work, key, row) for key, row in pairs if _said(row)])
    work.insert_rows(JOURNALED["note"], [_note(work, key, row) for key, row in pairs if row.note])
    entries = [
        {"sha256": row.digest, "name": source.name, "format": ROW, "imported_at": work.at} for row in fresh
    ]
    work.insert_rows(JOURNALED["imported_file"], entries)
    work.fresh_rows = True
    work.tell(table="request", ids=list(ids))
    return tuple(ids)


class _People:
    """Who asks in each row: known people and bodies, or new ones, each added once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._persons: dict[tuple[str, ...], int | None] = {}
        self._bodies: dict[str, int | None] = {}

    def of(self, row: RowPlan) -> tuple[int | None, int | None]:
        """The person and the body of a row."""
        said = row.who
        parts = [said.get(column, "") for column in (Column.ANREDE, Column.VORNAME, Column.NACHNAME)]
        name = " ".join(filter(None, parts)) if parts[2] else said.get(Column.NAME, "")
        body = said.get(Column.ORGANISATION, "")
        typed = Typed.of(name, said.get(Column.TELEFON, ""), _address(said.get(Column.EMAIL, "")))
        if name and not body and _is_body(typed):
            name, body, typed = "", name, Typed.of("", typed.tel, typed.email)
        key = (name, typed.tel, typed.email)
        if key not in self._persons:
            self._persons[key] = self._person(typed, row)
        return self._persons[key], self._body(body)

    def _person(self, typed: Typed, row: RowPlan) -> int | None:
        known = callers_of(self._work.session, self._work.place, typed)
        if known and known[0].sure:
            return known[0].id
        same = [one for one in known if typed.email and one.email.lower() == typed.email.lower()]
        if same and not typed.name.family:
            return same[0].id
        if not typed.name.family:
            return None
        plz = row.who.get(Column.PLZ, "")
        values = {
            "form_of_address": typed.name.form,
            "honorific_prefix": typed.name.prefix,
            "given_name": typed.name.given,
            "family_name": typed.name.family,
            "email": typed.email.lower() or None,
            "tel": typed.tel,
            "street_address": row.who.get(Column.STRASSE, ""),
            "postal_code": f"{plz:0>5}" if plz.isdecimal() and len(plz) == 4 else plz,
            "locality": row.who.get(Column.ORT, ""),
            "source": "Liste",
            "source_on": self._work.today,
        }
        return self._work.insert_rows(JOURNALED["person"], [values])[0]

    def _body(self, name: str) -> int | None:
        if not name:
            return None
        if name not in self._bodies:
            known = known_organization(self._work.session, name)
            added = known or self._work.insert_rows(JOURNALED["organization"], [{"name": name}])[0]
            self._bodies[name] = added
        return self._bodies[name]


def _is_body(typed: Typed) -> bool:
    """Whether a name is a body's: several words, none of them a given name, and no household."""
    name = typed.name
    family = name.family.split()
    return (
        not (name.given or name.form or name.prefix) and len(family) > 1 and not family[0].startswith("Famil")
    )


def _address(text: str) -> str:
    return text if "@" in text and " " not in text else ""


def _request(
    work: Work, row: RowPlan, number: str, person: int | None, body: int | None, name: str
) -> dict[str, Any]:
    due, text = row.due_on, "laut Liste" if row.due_on else ""
    at = None
    if due is None and row.kind is not None and row.state not in CLOSING:
        bases = bases_of(
            row.kind, received=row.received, event_start=row.event_start, decided=None, fields={}
        )
        answer = answer_due(row.kind, bases, work.calendar)
        due, at, text = answer.on, answer.at, answer.text
    return {
        "number": number,
        "kind": row.kind.key if row.kind else None,
        "kind_proposed": row.proposed,
        "subject": row.subject,
        "state": row.state.value,
        "closed": row.state in CLOSING,
        # A list does not say when; its retention begins at the latest now.
        "closed_on": work.today if row.state in CLOSING else None,
        "outcome": OUTCOMES.get(row.state, ""),
        "received_at": to_utc(row.received, work.place.zone),
        "channel": row.channel,
        "requester_id": person,
        "organization_id": body,
        "assigned_to": row.assigned_to,
        "event_start": row.event_start,
        "event_end": row.event_end,
        "event_place": row.event_place,
        "due_on": due,
        "due_time": at,
        "due_text": text,
        "file_reference": row.file_reference,
        "intake_notes": [f"Aus der Liste „{name}“, Zeile {row.number}."],
        "confidentiality": kind_level(row.kind, Confidentiality.INTERN).value,
    }


def _said(row: RowPlan) -> bool:
    return bool(row.text or row.who)


def _message(work: Work, request_id: int, row: RowPlan) -> dict[str, Any]:
    """What the row says, with who it was as written there."""
    contact = ", ".join(row.who.values())
    return {
        "request_id": request_id,
        "references": [],
        "recipients": [],
        "sender_name": row.who.get(Column.NAME) or row.who.get(Column.NACHNAME, ""),
        "sender_address": _address(row.who.get(Column.EMAIL, "")),
        "sent_at": to_utc(row.received, work.place.zone),
        "subject": row.subject,
        "body": "\n\n".join(part for part in (row.text, f"Kontakt: {contact}" if contact else "") if part),
    }


def _note(work: Work, request_id: int, row: RowPlan) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "text": row.note,
        "written_by": work.desk.initials,
        "written_at": work.at,
    }


@sentence("import_sheet")
def _imported(params: Params) -> str:
    return f"aus einer Liste übernommen ({plural(len(params.get('ids', [])), 'Zeile', 'Zeilen')})"
