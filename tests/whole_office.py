"""An office with a record for every screen, and foreign text in each of its fields, past all cleaning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import DBAPIError

from hostile_texts import EVERYTHING, PAYLOADS
from ob_buero_tui.rules.ausfall_line import parse_absence
from ob_buero_tui.rules.year_plan import PlannedDate, Proposal, Round, SchoolDays
from ob_buero_tui.services.ausfall.beginning import begin_ausfall
from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.council.plan_rows import as_settings
from ob_buero_tui.services.council.plan_store import NewPlan, store_plans
from ob_buero_tui.services.council.planning_views import PatternForm
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.requests import accepting, verbs
from ob_buero_tui.services.vorlage import verbs as vorlage
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, File, FileLink, Paper
from ob_buero_tui.store.council_topics import Topic
from ob_buero_tui.store.decisions import Inquiry
from ob_buero_tui.store.desk import Desk as DeskRow
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.lists import SavedSplit
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Message
from ob_buero_tui.store.tables import JOURNALED

_NAMES: Final = """
    affix asked_by assigned_to assistant attendee author body cancel_reason cancelled_note car
    confirmed_by contact_name contact_phone contributor country decided_by deputy description done_by
    dress driver due_text email event_place family_name file_reference filename general_name gift
    given_by given_name handed_to honorific_prefix host job_title label late_note locality location
    mandate media_type minutes_text mobile moved_note name note number oparl_version organizer phone
    postal_address postal_code praedikat press private_locality private_street_address private_tel
    question reason recipient_address recipient_email recipient_name reference released_by remark
    resolution_text room salutation sender_address sender_name sent_by series_note short_name source
    spoken_salutation street_address sub_locality subject summary tel text ticked_by title told
    urgent_note votum_by votum_text web website wiedervorlage_note withdrawn_note written_by
"""
FREE: Final = frozenset(_NAMES.split())
"""Columns that hold words of people; the others hold keys, which have a meaning."""


def fill(
    place: Workplace,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
    make_meeting: Callable[..., int],
) -> dict[str, int]:
    """At least one record for each screen; returns keys by what they are."""
    at = datetime.fromisoformat
    for hour in (11, 13, 15):
        make_event(dtstart=at(f"2026-11-25T{hour}:00"), dtend=at(f"2026-11-25T{hour + 1}:00"))
    asked = [
        make_request(kind=kind, event_start=at("2026-12-10T10:00"), event_place="Saal")
        for kind in ("grusswort", "grusswort", "einladung", "schirmherrschaft", "einladung")
    ]
    accepting.accept(place, [accepting.propose(place, asked[0]).plan], reason="gewollt")
    verbs.note(place, asked[:2], "Notiz")
    vorlage.put_on(place, asked[3:], "zusage", "passt gut")
    meeting = make_meeting(body="Stadtrat", start=at("2026-12-03T17:00"))
    make_meeting(body="Bauausschuss", start=at("2026-12-08T17:00"), steps=("versand",))
    with transaction(place, "note") as work:
        bodies = _rows(work.session, place, asked[1], meeting)
    edit_pattern(place, bodies[0], PatternForm(weekdays=(1,), start=time(17), room="Ratssaal", step=1))
    begin = at("2027-01-14T17:00")
    date = PlannedDate(body_id=bodies[0], round=1, start=begin, end=begin.replace(hour=19))
    rounds = (Round(number=1, first=begin.date().replace(day=7), last=begin.date().replace(month=3)),)
    variants = tuple(
        NewPlan(variant=sign, proposal=Proposal(dates=(date,)), slots=((bodies[0], 1),), meetings={})
        for sign in "AB"
    )
    store_plans(place, 2027, as_settings(rounds, next(iter(SchoolDays))), variants)
    begin_ausfall(place, parse_absence("krank bis fr", place.now, office_calendar(place)))
    return {"meeting": meeting, "request": asked[1]}


def _rows(session: Any, place: Workplace, request: int, meeting: int) -> list[int]:
    """What no use case makes in one step."""
    plain: dict[str, Any] = {"extra": {}, "categories": []}
    person = Person(family_name="Muster", given_name="Erika", locks=[], birthday=None, **plain)
    club = Organization(name="Turnverein", **plain)
    topics = [Topic(title="Thema"), Topic(title="Noch eines")]
    papers = [Paper(name="Vorlage", extra={}), Paper(name="Antrag", extra={})]
    session.add_all([person, club, *topics, *papers])
    bodies = list(session.scalars(select(Organization.id).order_by(Organization.id)))
    items = [
        AgendaItem(meeting_id=meeting, position=n, name="Punkt", number=str(n), extra={}, public=n < 3)
        for n in (1, 2, 3)
    ]
    session.add_all(items)
    session.flush()
    file = File(name="Anlage", extra={})
    session.add_all([
        file,
        Membership(organization_id=bodies[0], person_id=person.id, role="Mitglied", extra={}),
        Consultation(paper_id=papers[0].id, meeting_id=meeting, agenda_item_id=items[0].id, extra={}),
        Consultation(paper_id=papers[1].id, role="Vorberatung", extra={}),
        Message(request_id=request),
        Attachment(request_id=request, filename="a.pdf", media_type="", size=9, sha256=""),
        Document(request_id=request, kind="antwort", title="Antwort"),
        Inquiry(request_id=request, asked="absender", asked_on=place.today, asked_by="PS"),
        SavedSplit(desk_id=place.desk.id, label="Eigene", query="grusswort"),
    ])  # fmt: skip
    session.flush()
    session.add(FileLink(file_id=file.id, role="invitation", meeting_id=meeting))
    return bodies


def poison(place: Workplace, request: int) -> None:
    """Put foreign text into every field that holds words, and into what is derived from them."""
    options = {"writing": True, "patience": 5000}
    with place.engine.connect().execution_options(**options) as connection, connection.begin():
        for table in JOURNALED.values():
            for key in connection.execute(select(table.c.id)).scalars().all():
                _poison_row(connection, table, key)
        told = {"reason": EVERYTHING, "to": EVERYTHING}
        connection.execute(update(Action).values(params=told))
        connection.execute(update(DeskRow).values(initials=EVERYTHING))
        connection.execute(insert(DeskRow).values(account=EVERYTHING, initials=EVERYTHING))
        connection.exec_driver_sql("UPDATE search_doc SET title = ?", (EVERYTHING,))
        fields = dict.fromkeys(("anlass", "veranstalter", "publikation", "umfang"), EVERYTHING)
        requests = JOURNALED["request"]
        connection.execute(update(requests).values(fields=fields, intake_notes=[EVERYTHING]))
        connection.execute(
            update(requests).where(requests.c.id == request).values(requester_id=1, organization_id=1)
        )
    save_draft(place, f"note:request:{request}", {"text": EVERYTHING})


def _poison_row(connection: Connection, table: Table, key: int) -> None:
    turned = PAYLOADS[key % len(PAYLOADS) :] + PAYLOADS[: key % len(PAYLOADS)]
    for column in table.columns:
        if column.name in FREE and not column.foreign_keys and (table.name, column.name) not in KEYS:
            with connection.begin_nested() as inner:
                try:
                    connection.execute(
                        update(table).where(table.c.id == key).values({column: " ".join(turned)})
                    )
                except DBAPIError:
                    inner.rollback()  # there is an order in what may stand here


KEYS: Final = frozenset({("year_plan", "name"), ("request", "number")})
"""Words that must be one of a kind."""
