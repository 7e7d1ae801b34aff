"""The entry that a deputy gets beside the mayor's own: as confidential, and all that was arranged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from ausfall_kit import at, begun, event_at, line
from sqlalchemy import select

from calendars_kit import Outlook, vevent
from calendars_kit import outlook as outlook
from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.ausfall.deciding import ask_deputy, cancel_lines, keep_lines
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import cancel_dates, confirm_dates, trash_dates
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.deputizing import deputize_event, event_deputy_said
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.calendar.standing_in import add_task
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
WEEKLY = "FREQ=WEEKLY;COUNT=6"


def series(make_event: Make, title: str = "Runde", **values: object) -> int:
    return event_at(make_event, "2026-12-01T10:00", "2026-12-01T11:00", title, rrule=WEEKLY, **values)


def entries(place: Workplace, calendar: str = "bm1") -> list[Event]:
    with place.reading() as session:
        return list(session.scalars(select(Event).where(Event.calendar == calendar).order_by(Event.id)))


def answers(place: Workplace) -> list[str]:
    with place.reading() as session:
        return list(session.scalars(select(Deputation.answer).order_by(Deputation.id)))


def open_tasks(place: Workplace) -> list[str]:
    with place.reading() as session:
        return list(session.scalars(select(Task.label).where(Task.done_at.is_(None)).order_by(Task.id)))


def holders(place: Workplace) -> set[int | None]:
    """To which appointments open tasks and texts belong."""
    with place.reading() as session:
        tasks = session.scalars(select(Task.event_id).where(Task.done_at.is_(None))).all()
        return {*tasks, *session.scalars(select(Document.event_id)).all()}


def test_it_is_as_confidential_as_the_date(place: Workplace, make_event: Make) -> None:
    key = f"{series(make_event)}@2026-12-08T10:00"
    form = form_of(place, key)
    change_event(place, replace(form, summary="Kündigung", confidentiality=Confidentiality.VERTRAULICH))
    deputize_event(place, key, "bm1")
    assert entries(place)[0].confidentiality == "vertraulich"
    shown = day(place, date(2026, 12, 8), Audience.DEPUTY).events
    assert "Kündigung" not in [one.summary for one in shown]


@pytest.mark.parametrize(("on", "due"), [("26", date(2026, 11, 25)), ("25", date(2026, 11, 25))])
def test_the_answer_is_due_before_the_appointment(
    place: Workplace, make_event: Make, on: str, due: date
) -> None:
    key = event_at(make_event, f"2026-11-{on}T15:00", f"2026-11-{on}T16:00", "Besuch")
    deputize_event(place, str(key), "bm1")
    with place.reading() as session:
        assert session.scalars(select(Task.due_on).where(Task.template == "vertretung_antwort")).all() == [
            due
        ]


def test_what_is_personal_keeps_its_owner(place: Workplace, make_event: Make) -> None:
    key = f"{series(make_event)}@2026-12-08T10:00"
    form = form_of(place, key)
    change_event(place, replace(form, confidentiality=Confidentiality.PERSOENLICH))
    deputize_event(place, key, "bm1")
    made = entries(place)[0]
    assert (made.confidentiality, made.owner) == ("persoenlich", place.desk.account)


def test_a_deputys_calendar_that_outlook_leads(place: Workplace, make_event: Make) -> None:
    calendars = dict(place.catalog.calendars)
    calendars["bm1"] = replace(
        calendars["bm1"], leads=Leader.OUTLOOK, source="x.ics", address="a@example.org"
    )
    led = replace(place, catalog=replace(place.catalog, calendars=calendars))
    key = series(make_event)
    deputize_event(led, f"{key}@2026-12-08T10:00", "bm1")
    assert entries(led)[0].pending_since is not None
    undo(led)
    assert entries(led) == []


def test_an_absence_in_a_calendar_that_outlook_leads(outlook: Outlook) -> None:
    outlook.writes(vevent("a", "20261126T100000"))
    outlook.reread(minutes=1)
    begun(outlook.place)
    assert outlook.one("Krank").pending_since is not None
    undo(outlook.place)
    assert [one.summary for one in outlook.events()] == ["Termin a"]


def test_confirming_the_mayors_own_ends_the_deputys(place: Workplace, make_event: Make) -> None:
    key = f"{series(make_event)}@2026-12-08T10:00"
    deputize_event(place, key, "bm1")
    assert confirm_dates(place, key, Scope.DIESER).text.endswith("bestätigt, 1. BM Bescheid geben")
    assert [(one.status, one.cancel_reason) for one in entries(place)] == [("CANCELLED", "OB kommt selbst")]
    assert answers(place) == ["zurueckgenommen"]
    assert open_tasks(place) == []


def test_a_series_confirmed_leaves_what_a_deputy_does(place: Workplace, make_event: Make) -> None:
    key = series(make_event, status="TENTATIVE")
    deputize_event(place, f"{key}@2026-12-08T10:00", "bm1")
    confirm_dates(place, str(key), Scope.SERIE)
    assert [one.status for one in entries(place)] == ["TENTATIVE"]
    assert answers(place) == ["angefragt"]


def test_calling_off_lets_the_deputy_go(place: Workplace, make_event: Make) -> None:
    single = event_at(make_event, "2026-12-03T14:00", "2026-12-03T15:00", "Empfang")
    deputize_event(place, str(single), "bm1")
    done = cancel_dates(place, str(single), Scope.DIESER, "fällt aus")
    assert done.text == "„Empfang“: abgesagt: fällt aus, 1. BM Bescheid geben"
    assert (answers(place), open_tasks(place)) == (["zurueckgenommen"], [])


@pytest.mark.parametrize("scope", [Scope.DIESER, Scope.FOLGENDE, Scope.SERIE])
@pytest.mark.parametrize("thrown", [True, False])
def test_a_series_takes_its_deputies_along(
    place: Workplace, make_event: Make, scope: Scope, thrown: bool
) -> None:
    key = f"{series(make_event)}@2026-12-08T10:00"
    deputize_event(place, key, "bm1")
    done = trash_dates(place, key, scope) if thrown else cancel_dates(place, key, scope, "fällt aus")
    assert "1. BM Bescheid geben" in done.text
    assert [one.status for one in entries(place)] == ["CANCELLED"]
    assert (answers(place), open_tasks(place)) == (["zurueckgenommen"], [])


@pytest.mark.parametrize("thrown", [True, False])
def test_request_and_tasks_are_named(place: Workplace, make_request: Make, thrown: bool) -> None:
    times = {"event_start": at("2026-12-03T14:00"), "event_end": at("2026-12-03T15:00")}
    request = make_request(kind="einladung", **times)
    accept(place, [propose(place, request).plan])
    with place.reading() as session:
        key = str(session.scalars(select(Event.id)).one())
        number = session.scalars(select(Request.number)).one()
    count = len(open_tasks(place))
    assert count > 1
    verb = (
        trash_dates(place, key, Scope.DIESER) if thrown else cancel_dates(place, key, Scope.DIESER, "krank")
    )
    assert verb.text.endswith(f"{number} ist noch nicht abgesagt, {count} Aufgaben noch offen")


def test_a_date_called_off_by_itself_stays_so(place: Workplace, make_event: Make) -> None:
    key = series(make_event)
    cancel_dates(place, f"{key}@2026-12-08T10:00", Scope.DIESER, "OB verhindert")
    change_event(place, replace(form_of(place, f"{key}@2026-12-22T10:00"), location="Rathaus"))
    cancel_dates(place, str(key), Scope.SERIE, "OB verhindert")
    confirm_dates(place, str(key), Scope.SERIE)
    with place.reading() as session:
        rows = session.scalars(select(EventOverride).order_by(EventOverride.recurrence_id)).all()
    assert [row.status for row in rows] == ["CANCELLED", "CONFIRMED"]


def test_called_off_in_an_ausfall_no_task_waits_for_the_deputy(place: Workplace, make_event: Make) -> None:
    key = event_at(make_event, "2026-11-24T14:00", "2026-11-24T15:00", "Jour fixe", rrule=WEEKLY)
    ausfall = begun(place, "krank 1.12.")
    ask_deputy(place, ausfall, [line(place, ausfall, "Jour fixe").id], "bm1")
    with transaction(place, "note_event") as work:
        add_task(work, entries(place)[0].id, "vertretung_antwort", "Antwort", place.today)
    cancel_lines(place, ausfall, [line(place, ausfall, "Jour fixe").id], "OB verhindert")
    assert open_tasks(place) == []
    assert key


def test_it_has_what_was_arranged(place: Workplace, make_event: Make) -> None:
    key = series(make_event, speech_min=5, transparent=True, kind="ortstermin")
    with transaction(place, "note_event") as work:
        work.session.add(EventPerson(event_id=key, name="Erna Beispiel", email="", part="gespraech"))
        file = {"filename": "plan.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
        work.session.add(Attachment(event_id=key, **file))
    deputize_event(place, f"{key}@2026-12-08T10:00", "bm1")
    made = entries(place)[0]
    assert (made.speech_min, made.transparent) == (5, True)
    with place.reading() as session:
        people = session.scalars(select(EventPerson.name).where(EventPerson.event_id == made.id)).all()
        files = session.scalars(select(Attachment.filename).where(Attachment.event_id == made.id)).all()
    assert (people, files) == (["Erna Beispiel"], ["plan.pdf"])


def test_a_promise_brings_the_preparation(place: Workplace, make_event: Make) -> None:
    kind = next(key for key, one in place.catalog.event_kinds.items() if one.tasks)
    deputize_event(place, f"{series(make_event, kind=kind)}@2026-12-08T10:00", "bm1")
    event_deputy_said(place, entries(place)[0].id, True)
    assert len(open_tasks(place)) == len(place.catalog.event_kinds[kind].tasks)


def test_what_came_from_a_file_hands_its_tasks_over_and_back(outlook: Outlook) -> None:
    outlook.writes(vevent("a", "20261126T100000"))
    outlook.reread(minutes=1)
    place, own = outlook.place, outlook.one("Termin a").id
    with transaction(place, "note_event") as work:
        add_task(work, own, "rede", "Rede", place.today)
        work.session.add(Document(event_id=own, kind="grusswort", title="Gruß"))
    ausfall = begun(place)
    one = [line(place, ausfall, "Termin a").id]
    ask_deputy(place, ausfall, one, "bm1")
    assert holders(place) == {entries(place)[0].id}
    keep_lines(place, ausfall, one)
    assert holders(place) == {own}
