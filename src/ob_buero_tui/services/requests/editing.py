"""Editing a request's own data: kind, dates, fields, checks ticked by hand, confidentiality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from ob_buero_tui.catalog.model import FieldSpec
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, label
from ob_buero_tui.rules.zones import existing
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.follow_ups import make_receipt_tasks
from ob_buero_tui.services.requests.levels import raise_linked, raise_to_kind
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.values import parse_value, typed_value
from ob_buero_tui.services.requests.verbs import Done, load, refuse_hidden
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request, RequestCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A request as its form starts from: the version it was read at, and every value as typed text."""

    request_id: int
    version: int
    number: str
    kind: str
    subject: str
    event_date: str
    event_from: str
    event_to: str
    event_place: str
    file_reference: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What a form gave back: values already understood, fields still as typed."""

    kind: str | None
    subject: str
    event_start: datetime | None
    event_end: datetime | None
    event_place: str
    file_reference: str
    fields: Mapping[str, str]


class StaleForm(Conflict):
    """The record changed while the form was open; both values are shown per field.

    Args:
        differences: Label, their value, my value.
        names: The fields of the differences, where the form is told them.
    """

    def __init__(
        self, number: str, differences: tuple[tuple[str, str, str], ...], names: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{number} wurde nicht gespeichert.")
        self.differences = differences
        self.names = names


def form(place: Workplace, request_id: int) -> Form:
    """The present values of a request for its form."""
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.")
        refuse_hidden(place, request)
        kind = place.catalog.kinds.get(request.kind or "")
        start, end = request.event_start, request.event_end
        return Form(
            request_id=request.id,
            version=request.version,
            number=request.number,
            kind=request.kind or "",
            subject=request.subject,
            event_date=f"{start:%d.%m.%Y}" if start else "",
            event_from=f"{start:%H:%M}" if start else "",
            event_to=f"{end:%H:%M}" if end else "",
            event_place=request.event_place,
            file_reference=request.file_reference,
            fields={
                spec.key: typed_value(spec, request.fields.get(spec.key))
                for spec in (kind.fields if kind else ())
            },
        )


@use_case("edit_request")
def edit_request(work: Work, request_id: int, version: int, edited: Edited) -> Done:
    """Save a form; what became of the deadline is counted anew.

    Args:
        version: The version the form was filled from.

    Raises:
        StaleForm: somebody changed the record meanwhile; nothing is overwritten.
        Refusal: a value does not fit its field.
    """
    request = load(work, [request_id])[0]
    values = _field_values(work, edited)
    _refuse_backwards(edited)
    if request.version != version:
        raise StaleForm(request.number, _differences(work, request, edited, values))
    if edited.kind != request.kind:
        raise_to_kind(work, request, work.catalog.kinds.get(edited.kind or ""))
    request.kind = edited.kind
    request.kind_proposed = False
    request.subject = clean(edited.subject, limit=300).strip() or request.subject
    request.event_start, request.event_end = (
        _existing(work, edited.event_start),
        _existing(work, edited.event_end),
    )
    request.event_place = clean(edited.event_place, limit=300).strip()
    request.file_reference = clean(edited.file_reference, limit=100).strip()
    request.fields = {**request.fields, **values}
    recount(work, request)
    make_receipt_tasks(work, request)
    return Done(ids=(request.id,), text=f"{request.number}: gespeichert")


@use_case("set_kind")
def set_kind(work: Work, ids: list[int], kind: str | None) -> Done:
    """Say of what kind requests are, or confirm what the product proposed."""
    known = work.catalog.kinds.get(kind or "")
    if kind is not None and known is None:
        raise Refusal("Die Art wurde nicht gesetzt.", f"Die Art „{clean(kind)}“ kennt der Katalog nicht.")
    rows = load(work, ids)
    for row in rows:
        if row.kind != kind:
            raise_to_kind(work, row, known)
        row.kind, row.kind_proposed = kind, False
        recount(work, row)
        make_receipt_tasks(work, row)
    name = known.label if known is not None else "ohne Art"
    work.tell(kind=name)
    return Done(ids=tuple(row.id for row in rows), text=f"Art: {name}")


@use_case("tick_check")
def tick_check(work: Work, request_id: int, check: str, passed: bool | None) -> Done:
    """Answer a question of the catalog by hand: yes, no, or open again."""
    request = load(work, [request_id])[0]
    row = work.session.scalars(
        select(RequestCheck).where(RequestCheck.request_id == request_id, RequestCheck.check == check)
    ).one_or_none()
    if passed is None:
        if row is not None:
            work.session.delete(row)
    elif row is None:
        work.session.add(
            RequestCheck(
                request_id=request_id,
                check=check,
                passed=passed,
                ticked_by=work.desk.initials,
                ticked_at=work.at,
            )
        )
    else:
        row.passed, row.ticked_by, row.ticked_at = passed, work.desk.initials, work.at
    answer = {True: "ja", False: "nein", None: "offen"}[passed]
    work.tell(check=_check_label(work, request, check), answer=answer)
    work.refer("request", request_id)
    return Done(ids=(request_id,), text=f"{request.number}: Prüfung „{answer}“")


@use_case("classify")
def classify(work: Work, ids: list[int], level: Confidentiality) -> Done:
    """Set how confidential requests are; what is linked to them becomes at least as strict."""
    rows = load(work, ids)
    owner = work.desk.account if level is Confidentiality.PERSOENLICH else ""
    for row in rows:
        row.confidentiality, row.owner = level.value, owner
        raise_linked(work, row, level, owner)
    work.tell(level=label(level))
    return Done(ids=tuple(row.id for row in rows), text=f"jetzt {label(level)}")


def _field_values(work: Work, edited: Edited) -> dict[str, Any]:
    kind = work.catalog.kinds.get(edited.kind or "")
    specs: dict[str, FieldSpec] = {spec.key: spec for spec in kind.fields} if kind is not None else {}
    return {
        key: parse_value(specs[key], typed, work.today, work.calendar)
        for key, typed in edited.fields.items()
        if key in specs
    }


def _refuse_backwards(edited: Edited) -> None:
    start, end = edited.event_start, edited.event_end
    if end is not None and (start is None or end <= start):
        raise Refusal(
            "Das wurde nicht gespeichert.",
            "Das Ende liegt nicht nach dem Beginn." if start is not None else "Zum Ende fehlt der Beginn.",
            "Ändern Sie Tag oder Uhrzeiten.",
        )


def _existing(work: Work, moment: datetime | None) -> datetime | None:
    """A wall time that summer time skips becomes the one that exists."""
    return existing(moment, work.place.zone)[0] if moment is not None else None


def _differences(
    work: Work, request: Request, edited: Edited, values: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """What differs between the record as it is now and the form: label, their value, my value."""
    kind = work.catalog.kinds.get(edited.kind or "")
    specs = kind.fields if kind is not None else ()
    fields = (
        (spec.label, typed_value(spec, request.fields.get(spec.key)), typed_value(spec, values[spec.key]))
        for spec in specs
        if spec.key in values
    )
    pairs = (
        ("Betreff", request.subject, edited.subject),
        ("Art", request.kind or "", edited.kind or ""),
        ("Beginn", _moment(request.event_start), _moment(edited.event_start)),
        ("Ende", _moment(request.event_end), _moment(edited.event_end)),
        ("Ort", request.event_place, edited.event_place),
        ("Aktenzeichen", request.file_reference, edited.file_reference),
        *fields,
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _moment(value: datetime | date | time | None) -> str:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value or "")


def _check_label(work: Work, request: Request, check: str) -> str:
    kind = work.catalog.kinds.get(request.kind or "")
    specs = kind.checks if kind is not None else ()
    return next((spec.label for spec in specs if spec.key == check), check)


@sentence("edit_request")
def _edited(_params: Params) -> str:
    return "Angaben geändert"


@sentence("set_kind")
def _kind_set(params: Params) -> str:
    return f"Art: {params.get('kind', '')}"


@sentence("tick_check")
def _ticked(params: Params) -> str:
    return f"Prüfung „{params.get('check', '')}“: {params.get('answer', '')}"


@sentence("classify")
def _classified(params: Params) -> str:
    return f"Vertraulichkeit: {params.get('level', '')}"
