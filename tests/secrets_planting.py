"""Plants a word in every text of every record: one set of records for each level."""

from __future__ import annotations

import getpass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.work import Work
from ob_buero_tui.store import ausfall, council, council_topics, council_year, decisions
from ob_buero_tui.store.appointments import EventPerson, EventWaiver
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, MeetingOrganization, Paper
from ob_buero_tui.store.desk import Draft
from ob_buero_tui.store.documents import Attachment, Document, ImportedFile
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.retention import Disposal
from ob_buero_tui.store.tasks import Note, Task
from secrets_kit import ITEM_UNKNOWN, TERM, WORDS, filled

START = datetime.fromisoformat("2026-12-01T10:00")
OWN = getpass.getuser()
OTHER = "jemand.anderes"


def event(word: str, uid: str, level: str, **given: Any) -> Event:
    """An appointment."""
    end = START + timedelta(hours=1)
    times = {"dtstart": START, "dtend": end, "tzid": "Europe/Berlin", "uid": uid}
    instants = {"starts_at": to_utc(START, "Europe/Berlin"), "ends_at": to_utc(end, "Europe/Berlin")}
    owner = OWN if level == Confidentiality.PERSOENLICH else ""
    known = {"owner": owner, "rdates": [], "exdates": []} | times | instants
    return filled(Event, word, confidentiality=level, **(known | given))  # type: ignore[no-any-return]


def raw(uid: str, word: str) -> str:
    """A component in which the word hides in every corner."""
    named = word.replace(",", "\\,").replace(";", "\\;")
    return "\r\n".join(
        (
            "BEGIN:VEVENT",
            f"UID:{uid}",
            f"SUMMARY:{named}",
            f"ATTENDEE;CN={word[:5]}:mailto:x@example.org",
            f"X-SECRET:{named}",
            f"DESCRIPTION:{named[:30]}\r\n {named[30:]}",
            "DTSTART;TZID=Europe/Berlin:20261201T100000",
            "DTEND;TZID=Europe/Berlin:20261201T110000",
            "END:VEVENT",
        )
    )


def plant(work: Work, name: str, level: str, number: int, *, trashed: bool = False, owner: str = OWN) -> None:
    """A request, an appointment, a session and people of one level, with all that hangs on them.

    Args:
        owner: The account that what is persoenlich belongs to.
    """
    word, session = WORDS[name], work.session
    owner = owner if level == Confidentiality.PERSOENLICH else ""
    gone = work.at if trashed else None
    # There is no trash for people: who asked in a request that lies there stays in the list of contacts.
    person = filled(Person, "Kontakt" if trashed else word, confidentiality=level)
    body = filled(Organization, "Kontakt" if trashed else word, confidentiality=level)
    one = event(word, f"{name}@example.org {word}", level, trashed_at=gone, owner=owner)
    where = filled(council.Location, word)
    session.add(where)
    session.flush()
    meeting = filled(
        Meeting, word, confidentiality=level, start=START, event_id=None, deleted=trashed,
        location_id=where.id,
    )  # fmt: skip
    paper = filled(Paper, word, confidentiality=level, deleted=trashed, date=date(2026, 12, 1))
    session.add_all([person, body, one, meeting, paper])
    session.flush()
    # Of a deputy, for the sheet that only deputies get.
    session.add(event(word, f"{name}-bm1@example.org", level, trashed_at=gone, owner=owner, calendar="bm1"))
    request = filled(
        Request, word, confidentiality=level, owner=owner, number=f"2026-9{number:03}",
        received_at=work.at, requester_id=person.id, organization_id=body.id, trashed_at=gone,
        state="vorlage",
    )  # fmt: skip
    item = filled(AgendaItem, word, meeting_id=meeting.id, public=True)
    session.add_all([request, item])
    session.flush()
    session.add_all(
        [
            RequestEvent(request_id=request.id, event_id=one.id),
            filled(Message, word, request_id=request.id),
            filled(Task, word, request_id=request.id, due_on=work.today),
            filled(Task, word, event_id=one.id, due_on=work.today),
            filled(Note, word, request_id=request.id, event_id=one.id, written_at=work.at),
            EventSource(event_id=one.id, raw=raw(one.uid, word)),
            MeetingOrganization(meeting_id=meeting.id, organization_id=body.id),
            filled(Consultation, word, paper_id=paper.id, meeting_id=meeting.id, agenda_item_id=item.id),
            filled(Membership, "Mitglied" if trashed else word, person_id=person.id, organization_id=body.id),
        ]
    )
    _hang_on_request(work, word, request, one, level)
    _hang_on_event(work, word, one, person)
    _hang_on_council(work, word, meeting, paper, "Kontakt" if trashed else word, body, person)
    session.flush()


def _hang_on_request(work: Work, word: str, request: Request, one: Event, level: str) -> None:
    """Answers, files, questions, what the mayor said, what was decided about keeping it, and a draft."""
    asked = {"asked": "amt", "asked_on": work.today, "request_id": request.id}
    hung = {"request_id": request.id, "position": request.id}
    talk = work.session.scalar(select(decisions.Vorlage)) or decisions.Vorlage(talk_on=work.today)
    work.session.add(talk)
    work.session.flush()
    answer = filled(Document, word, request_id=request.id, confidentiality=level, kind="antwort")
    work.session.add(answer)
    work.session.flush()
    work.session.add_all(
        [
            filled(Attachment, word, request_id=request.id, size=1, sha256="0" * 64),
            filled(Attachment, word, event_id=one.id, size=1, sha256="0" * 64),
            filled(Attachment, word, document_id=answer.id, size=1, sha256="0" * 64),
            filled(ImportedFile, word, sha256=f"{request.id:064}", imported_at=work.at),
            filled(decisions.Inquiry, word, **asked),
            filled(decisions.VorlageItem, word, vorlage_id=talk.id, **hung),
            filled(
                Disposal, word, table_name="request", row_id=request.id, retention_class="anliegen",
                state="behalten", decided_on=work.today,
            ),
            filled(Draft, word, desk_id=work.desk.id, form=f"request:{request.id} {word}", saved_at=work.at),
        ]
    )  # fmt: skip


def _hang_on_event(work: Work, word: str, one: Event, person: Person) -> None:
    """Companions, excuses, an absence with its calls, and one date of a series that differs."""
    absence = filled(ausfall.Ausfall, word, event_id=one.id, begun_at=work.at)
    work.session.add(absence)
    work.session.flush()
    hit = filled(ausfall.AusfallItem, word, ausfall_id=absence.id, event_id=one.id, status_before="")
    work.session.add(hit)
    work.session.flush()
    work.session.add_all(
        [
            filled(EventPerson, word, event_id=one.id, person_id=person.id),
            filled(EventPerson, word, event_id=one.id, part="begleitung"),
            filled(EventWaiver, word, event_id=one.id, kind="ueberschneidung", given_at=work.at),
            filled(ausfall.AusfallCall, word, item_id=hit.id, role="fahrer"),
        ]
    )


def _hang_on_council(
    work: Work, word: str, meeting: Meeting, paper: Paper, own: str, body: Organization, person: Person
) -> None:
    """Files, topics, places, habits and plans of a body, and who was there."""
    plan = work.session.scalar(select(council_year.YearPlan)) or council_year.YearPlan(
        year=2027, name=WORDS["links"], settings={}, report={}, state="beschlossen"
    )
    file = filled(council.File, word)
    work.session.add_all([plan, file])
    work.session.flush()
    day = START + timedelta(days=365)
    work.session.add_all(
        [
            filled(council.FileLink, word, file_id=file.id, meeting_id=meeting.id, paper_id=paper.id),
            filled(council.MeetingParticipant, word, meeting_id=meeting.id, person_id=person.id),
            filled(council.PaperParty, word, paper_id=paper.id, organization_id=body.id),
            filled(
                council_topics.Topic, word, organization_id=body.id, confidentiality=paper.confidentiality
            ),
            filled(council_year.SittingPattern, own, organization_id=body.id, weekdays=["0"], rounds=[]),
            filled(council_year.Responsibility, own, organization_id=body.id, person_id=person.id),
            filled(
                council_year.YearPlanDate, own, year_plan_id=plan.id, organization_id=body.id, start=day,
                end=day + timedelta(hours=2), round=1,
            ),
        ]
    )  # fmt: skip


def plant_links(work: Work) -> None:
    """Open records with hidden ones on them: who asked, changed dates, items that are not public."""
    session, word, secret = work.session, WORDS["links"], WORDS[Confidentiality.VERTRAULICH]
    open_ = Confidentiality.OEFFENTLICH.value
    hidden = filled(Person, secret, confidentiality="vertraulich")
    body = filled(Organization, secret, confidentiality="vertraulich")
    series = event(
        "Offene Serie", "serie@example.org", open_, attendee=word, organizer=word, description=word
    )
    series.rrule = "FREQ=DAILY;COUNT=9"
    meeting = filled(Meeting, "Offene Sitzung", confidentiality=open_, start=START, note=word)
    of_secret = event(secret, "geheim@example.org", open_)
    session.add_all([hidden, body, series, meeting, of_secret])
    session.flush()
    texts = dict.fromkeys(("assigned_to", "reason", "outcome", "file_reference", "decided_by"), word)
    session.add(
        filled(
            Request, "Offener Eingang", confidentiality=open_, number="2026-8000", received_at=work.at,
            requester_id=hidden.id, organization_id=body.id, fields={"x": word}, intake_notes=[word], **texts,
        )
    )  # fmt: skip
    for day, level in ((2, "vertraulich"), (3, "persoenlich")):
        original = START + timedelta(days=day)
        session.add(
            filled(
                EventOverride, WORDS[Confidentiality(level)], event_id=series.id, recurrence_id=original,
                dtstart=original, dtend=original + timedelta(hours=1), tzid="Europe/Berlin",
                confidentiality=level, owner=OWN, details={"driver": WORDS[Confidentiality(level)]},
            )
        )  # fmt: skip
    session.add(filled(EventPerson, secret, event_id=series.id, person_id=hidden.id, name=word, email=word))
    session.add(filled(Meeting, secret, confidentiality="vertraulich", start=START, event_id=of_secret.id))
    session.flush()
    _plant_items(work, meeting)


def _plant_items(work: Work, meeting: Meeting) -> None:
    """Items of an open session that are not public, or of which nobody said so."""
    session, word = work.session, WORDS["links"]
    paper = filled(Paper, WORDS["agenda"], confidentiality=Confidentiality.OEFFENTLICH.value)
    item = filled(AgendaItem, WORDS["agenda"], meeting_id=meeting.id, public=False, general_name=TERM)
    grounds = dict.fromkeys(("late_note", "withdrawn_note", "note", "general_name"), word)
    late = filled(AgendaItem, "Nachtrag", meeting_id=meeting.id, public=True, late=True, **grounds)
    unknown = filled(AgendaItem, ITEM_UNKNOWN, meeting_id=meeting.id, public=None)
    session.add_all([paper, item, unknown, late])
    session.flush()
    session.add(
        filled(
            Consultation, WORDS["agenda"], paper_id=paper.id, agenda_item_id=item.id, meeting_id=meeting.id
        )
    )


def plant_all(work: Work) -> None:
    """One set of records for each level, one in the trash, one of another account, and what links them."""
    for number, level in enumerate(Confidentiality):
        plant(work, level, level.value, number)
    plant(work, "trash", Confidentiality.OEFFENTLICH.value, 9, trashed=True)
    plant(work, "foreign", Confidentiality.PERSOENLICH.value, 10, owner=OTHER)
    plant_links(work)
    work.session.flush()
