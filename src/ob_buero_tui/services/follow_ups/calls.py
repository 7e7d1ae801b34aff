"""Call-backs that are owed: who, which number, since when, and by whom; the mayor's first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import clock, long_date, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.follow_ups.views import FollowUpRow, FollowUpView, Pairs
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.closing import close
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import Done, load
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request

CALL: Final = "telefonnotiz"
WANTED: Final = "erbeten"
TASK: Final = "rueckruf"
_MAYOR: Final = re.compile(r"(ob|obin|(ober)?buergermeister(in)?)\b")


def is_mayor(who: str) -> bool:
    """Whether it is the mayor who is to call back, however that was written."""
    return _MAYOR.match(fold(who).strip()) is not None


def wanted(place: Workplace) -> Select[Any]:
    """The calls that somebody waits to be called back for; one that says nothing of it is no less waiting."""
    asked = func.coalesce(func.json_extract(Request.fields, "$.rueckruf"), "").in_((WANTED, ""))
    return select(Request.id).where(inbox.OPEN, Request.kind == CALL, asked, ~inbox.on_hold(place.today))


def call_count(place: Workplace, session: Session) -> int:
    """How many call-backs are owed."""
    return session.scalar(select(func.count()).select_from(wanted(place).subquery())) or 0


def call_ids(place: Workplace, session: Session) -> tuple[int, ...]:
    """Their keys: the mayor's first, then by the time promised, then by when they called."""
    by = func.json_extract(Request.fields, "$.rueckruf_durch")
    columns = wanted(place).with_only_columns(
        Request.id, by, Request.due_on, Request.due_time, Request.received_at
    )
    rows = session.execute(columns).all()
    ordered = sorted(
        rows,
        key=lambda row: (
            not is_mayor(row[1] or ""),
            row.due_on is None,
            str(row.due_on or ""),
            str(row.due_time or "99"),
            row.received_at,
            row.id,
        ),
    )
    return tuple(row.id for row in ordered)


def call_rows(place: Workplace, ids: Sequence[int]) -> Mapping[int, FollowUpRow]:
    """Call-backs as rows."""
    with place.reading() as session:
        found = session.scalars(select(Request).where(Request.id.in_(ids))).all()
        return {row.id: _row(place, session, row) for row in found}


def _row(place: Workplace, session: Session, row: Request) -> FollowUpRow:
    full = place.sees(row.confidentiality, row.owner) is View.FULL
    kind = place.catalog.kinds.get(row.kind or "")
    fields, since = row.fields, short_date(place.local(row.received_at).date())
    who = " · ".join(part for part in (_who(session, row), _number(session, row)) if part)
    told = (f"seit {since}", _text(fields, "erreichbar"), _tries(fields), shorten(row.subject, 120))
    return FollowUpRow(
        id=row.id,
        sign=kind.sign if kind is not None and full else "",
        on=row.due_on,
        at=row.due_time,
        overdue=inbox.is_overdue(row.due_on, row.due_time, place.now),
        important=row.important,
        what=(who or shorten(row.subject, 80)) if full else inbox.MASKED,
        number=row.number,
        about=" · ".join(part for part in told if part) if full else "",
        who=(_text(fields, "rueckruf_durch") or row.assigned_to) if full else "",
    )


def call_card(place: Workplace, key: int) -> FollowUpView:
    """A call-back with all that whoever dials wants to know.

    Raises:
        Refusal: it is gone.
    """
    view = record(place, key)
    with place.reading() as session:
        row = session.get(Request, key)
        if row is None or place.sees(row.confidentiality, row.owner) is not View.FULL:
            return FollowUpView(table="request", id=key, title=inbox.MASKED, full=False)
        called, number = place.local(row.received_at), _number(session, row)
        facts = _told(
            ("Nummer", number),
            ("Wer", _who(session, row)),
            ("Ruft zurück", _text(row.fields, "rueckruf_durch")),
            ("Erreichbar", _text(row.fields, "erreichbar")),
            ("Seit", f"{long_date(called.date())} {clock(called)}"),
            ("Bis", f"{long_date(row.due_on)}{f' {clock(row.due_time)}' if row.due_time else ''}")
            if row.due_on
            else ("Bis", ""),
            ("Versuche", _text(row.fields, "versuche")),
        )
    late = inbox.is_overdue(view.due_on, view.due_time, place.now)
    about = _told(("Organisation", view.organization), ("Kontakt", view.contact), ("Notiz", view.body))
    return FollowUpView(
        table="request",
        id=key,
        title=view.subject,
        facts=facts,
        heading=f"{view.number} · Rückruf",
        about=about,
        tasks=view.tasks,
        notes=view.notes,
        opens=("request", key),
        copies=_told(("Telefon", number), ("Nummer", view.number), ("Person", view.requester)),
        overdue=late,
    )


@use_case("count_attempt")
def count_attempt(work: Work, ids: Sequence[int]) -> Done:
    """Note that somebody called back in vain, now.

    Raises:
        Refusal: it is no call that is to be returned.
    """
    rows = _calls(work, ids)
    for row in rows:
        count = _count(row.fields) + 1
        at = f"{short_date(work.today)} {clock(work.now)} {work.desk.initials}"
        row.fields = {**row.fields, "versuche": f"{count}, zuletzt {at}"}
    work.session.flush()
    told = _tries(rows[0].fields) if len(rows) == 1 else f"{len(rows)} Versuche"
    return Done(ids=tuple(row.id for row in rows), text=f"{_names(rows)}: {told}")


@use_case("finish_call")
def finish_call(work: Work, ids: Sequence[int], result: str = "") -> Done:
    """Close call-backs that were made, with what came of them; the task to call back is ticked off.

    Args:
        result: What was said; kept in the record alone.

    Raises:
        Refusal: it is no call that is to be returned, or other tasks of it are open.
    """
    rows = _calls(work, ids)
    said = clean(result, multiline=True, limit=20_000).strip()
    tick = []
    for row in rows:
        if said:
            row.fields = {**row.fields, "ergebnis": said}
        tick += [task.id for task in open_tasks(work.session, row.id) if task.template.startswith(TASK)]
    for row in rows:
        close(work, row, tick, drop=False)
    return Done(ids=tuple(row.id for row in rows), text=f"{_names(rows)}: zurückgerufen")


def _calls(work: Work, ids: Sequence[int]) -> list[Request]:
    rows = load(work, ids)
    for row in rows:
        if row.kind != CALL or row.closed:
            why = "Er ist abgeschlossen." if row.closed else "Es ist keine Telefonnotiz."
            raise Refusal(f"{row.number} ist kein offener Rückruf.", why, "Wählen Sie einen anderen.")
    return rows


def _names(rows: Sequence[Request]) -> str:
    return rows[0].number if len(rows) == 1 else plural(len(rows), "Rückruf", "Rückrufe")


def _count(fields: Mapping[str, Any]) -> int:
    found = re.match(r"\s*(\d{1,4})", str(fields.get("versuche") or ""))
    return int(found[1]) if found is not None else 0


def _tries(fields: Mapping[str, Any]) -> str:
    count = _count(fields)
    return plural(count, "Versuch", "Versuche") if count else ""


def _text(fields: Mapping[str, Any], key: str) -> str:
    return shorten(str(fields.get(key) or ""), 200)


def _who(session: Session, row: Request) -> str:
    return _text(row.fields, "anrufer") or _person(session, row, "name")


def _number(session: Session, row: Request) -> str:
    return _text(row.fields, "nummer") or _person(session, row, "tel")


def _person(session: Session, row: Request, what: str) -> str:
    person = session.get(Person, row.requester_id) if row.requester_id is not None else None
    if person is None:
        return ""
    if what == "tel":
        return person.tel or person.mobile
    return " ".join(part for part in (person.given_name, person.family_name) if part)


def _told(*pairs: tuple[str, str]) -> Pairs:
    return tuple((name, value) for name, value in pairs if value)


@sentence("count_attempt")
def _attempted(_params: Params) -> str:
    return "vergeblich zurückgerufen"


@sentence("finish_call")
def _called(_params: Params) -> str:
    return "zurückgerufen, erledigt"
