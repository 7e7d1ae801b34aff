"""What must not leave does not: a word in every text of every record, looked for in every export."""

from __future__ import annotations

import getpass
import json
import shutil
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cli_kit import Run
from sqlalchemy import Text, select

from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.council.agenda_paper import agenda_paper, agenda_text
from ob_buero_tui.services.council.minutes import minutes, minutes_as_text
from ob_buero_tui.services.work import Work, transaction
from ob_buero_tui.store.base import Journaled
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, MeetingOrganization, Paper
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task
from ob_buero_tui.store.types import JsonText
from office_fixtures import Clock

START = datetime.fromisoformat("2026-12-01T10:00")
EXPORTS = (
    ("ics",),
    ("json",),
    *(("csv", "--only", only) for only in ("requests", "events", "tasks", "people", "sessions")),
    ("oparl",),
)
OUTSIDE = (Audience.PRESS, Audience.PUBLIC)
# Umlauts and commas are escaped, folded and encoded; a word is looked for in whatever form it has.
WORDS = {level: f"Wörtchen, {level.value};" + "ä" * 40 + level.value.upper() for level in Confidentiality} | {
    "trash": "Müll-Wörtchen;" + "ü" * 40,
    "links": "Hängt-dran, " + "ö" * 40,
    "agenda": "Nicht öffentlich; N",
}
TERM = "Ein allgemeines Wort"
ITEM_UNKNOWN = "Niemand sagte, ob öffentlich"
SET = frozenset(
    (
        *("state", "status", "confidentiality", "kind", "channel", "tzid", "rrule", "calendar", "template"),
        *("oparl_id", "number", "owner", "meeting_state", "raw", "check", "ladungsfrist", "host"),
        "agenda_led_by",
    )
)


class Office(NamedTuple):
    """The planted database."""

    path: Path


def filled(model: type[Journaled], word: str, **given: Any) -> Any:
    """A row with the word in every text it has."""
    values: dict[str, Any] = {}
    for column in model.__table__.columns:
        if column.name in SET or column.name in given or column.primary_key:
            continue
        if isinstance(column.type, Text):
            values[column.name] = word
        elif isinstance(column.type, JsonText) and column.name in ("intake_notes", "categories", "locks"):
            values[column.name] = [word]
        elif isinstance(column.type, JsonText) and column.name in ("fields", "extra"):
            values[column.name] = {word: word}
    return model(**(values | given))


def event(word: str, uid: str, level: str, **given: Any) -> Event:
    """An appointment."""
    end = START + timedelta(hours=1)
    times = {"dtstart": START, "dtend": end, "tzid": "Europe/Berlin", "uid": uid}
    instants = {"starts_at": to_utc(START, "Europe/Berlin"), "ends_at": to_utc(end, "Europe/Berlin")}
    owner = getpass.getuser() if level == Confidentiality.PERSOENLICH else ""
    return filled(  # type: ignore[no-any-return]
        Event, word, **times, **instants, confidentiality=level, owner=owner, rdates=[], exdates=[], **given
    )


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


def plant(work: Work, name: str, level: str, number: int, *, trashed: bool = False) -> None:
    """A request, an appointment, a session and people of one level, with all that hangs on them."""
    word, session = WORDS[name], work.session
    owner = getpass.getuser() if level == Confidentiality.PERSOENLICH else ""
    gone = work.at if trashed else None
    # There is no trash for people: who asked in a request that lies there stays in the list of contacts.
    person = filled(Person, "Kontakt" if trashed else word, confidentiality=level)
    body = filled(Organization, "Kontakt" if trashed else word, confidentiality=level)
    one = event(word, f"{name}@example.org {word}", level, trashed_at=gone)
    meeting = filled(Meeting, word, confidentiality=level, start=START, event_id=None, deleted=trashed)
    paper = filled(Paper, word, confidentiality=level, deleted=trashed, date=date(2026, 12, 1))
    session.add_all([person, body, one, meeting, paper])
    session.flush()
    request = filled(
        Request, word, confidentiality=level, owner=owner, number=f"2026-9{number:03}",
        received_at=work.at, requester_id=person.id, organization_id=body.id, trashed_at=gone,
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
                confidentiality=level, owner=getpass.getuser(),
            )
        )  # fmt: skip
    session.add(filled(Meeting, secret, confidentiality="vertraulich", start=START, event_id=of_secret.id))
    paper = filled(Paper, WORDS["agenda"], confidentiality=open_)
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


@pytest.fixture(scope="module")
def planted(template: Path, catalog: Any, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one set of records for each level, and one in the trash."""
    path = tmp_path_factory.mktemp("geheim") / "buero.sqlite"
    shutil.copy2(template, path)
    office = open_office(path, Settings(), catalog=catalog, clock=Clock(), account=getpass.getuser())
    try:
        with transaction(office.place, "note") as work:
            for number, level in enumerate(Confidentiality):
                plant(work, level, level.value, number)
            plant(work, "trash", Confidentiality.OEFFENTLICH.value, 9, trashed=True)
            plant_links(work)
            work.session.flush()
    finally:
        office.close()
    return Office(path)


def plain(data: str) -> str:
    """All that can be read in a file: unfolded, unescaped, without the marks of quoting."""
    text = data.replace("\r\n ", "").replace("\r\n\t", "").replace("\n ", "\n ")
    for sign in (",", ";", "n", "\\"):
        text = text.replace(f"\\{sign}", sign)
    return text.replace('""', '"').casefold()


def forms(word: str) -> set[str]:
    """A word as a whole, its telling beginning, and as JSON escapes it."""
    return {word.casefold(), word[:18].casefold(), json.dumps(word)[1:19].casefold()}


def exported_folder(run: Run, planted: Office, audience: Audience) -> str:
    """What the files of a folder hold, as they stand there and as they are read."""
    folder = planted.path.with_name(f"oparl-{audience}")
    ran = run("export", "oparl", "-o", folder, "--force", "--audience", audience, "--db", planted.path)
    assert ran.status == 0, ran.err
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.json"))]
    return plain("\n".join(texts)) + plain(ran.out + ran.err)


def exported(run: Run, planted: Office, words: tuple[str, ...], audience: Audience) -> str:
    """What an export writes."""
    if words == ("oparl",):
        return exported_folder(run, planted, audience)
    ran = run("export", *words, "-o", "-", "--audience", audience, "--db", planted.path)
    if words[-1] == "tasks" and audience in OUTSIDE:
        assert (ran.status, ran.out) == (1, "")
        return ""
    assert ran.status == 0, ran.err
    told = plain(ran.out)
    if words == ("json",):
        told += json.dumps(json.loads(ran.out), ensure_ascii=False).casefold()
    return told + plain(ran.err)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("words", EXPORTS, ids=" ".join)
def test_what_must_not_leave_does_not(
    run: Run, planted: Office, words: tuple[str, ...], audience: Audience
) -> None:
    told = exported(run, planted, words, audience)
    secret = [WORDS[Confidentiality.VERTRAULICH], WORDS[Confidentiality.PERSOENLICH], WORDS["trash"]]
    if audience in OUTSIDE:
        secret += [WORDS[Confidentiality.INTERN], WORDS["links"], WORDS["agenda"], ITEM_UNKNOWN]
    found = {form for word in secret for form in forms(word) if form in told}
    assert not found


@pytest.mark.parametrize("audience", OUTSIDE)
def test_agendas_and_minutes_hold_nothing_secret(planted: Office, catalog: Any, audience: Audience) -> None:
    """As text, which the PDF files are made from; of every session that this audience may know of."""
    office = open_office(planted.path, Settings(), catalog=catalog, clock=Clock(), account=getpass.getuser())
    told = ""
    try:
        with office.place.reading() as session:
            keys = list(session.scalars(select(Meeting.id)))
        for key in keys:
            for make, text in ((agenda_paper, agenda_text), (minutes, minutes_as_text)):
                with suppress(Refusal):
                    told += plain(text(make(office.place, key, "Büro OB", audience)))
    finally:
        office.close()
    secret = [word for name, word in WORDS.items() if name != Confidentiality.OEFFENTLICH]
    assert not {form for word in (*secret, ITEM_UNKNOWN) for form in forms(word) if form in told}
    assert WORDS[Confidentiality.OEFFENTLICH].casefold() in told
    assert TERM.casefold() in told


@pytest.mark.parametrize("words", EXPORTS, ids=" ".join)
@pytest.mark.parametrize("audience", Audience)
def test_what_may_leave_does(run: Run, planted: Office, words: tuple[str, ...], audience: Audience) -> None:
    told = exported(run, planted, words, audience)
    if words[-1] == "tasks" and audience in OUTSIDE:
        return
    open_ = WORDS[Confidentiality.OEFFENTLICH].casefold()
    assert open_ in told
    inside = audience not in OUTSIDE
    assert (WORDS[Confidentiality.INTERN].casefold() in told) == inside
    if words == ("json",):
        assert TERM.casefold() in told
    if inside and words in (("ics",), ("json",)):
        assert WORDS["links"].casefold() in told
        assert ("belegt" in told) is True


def test_outside_nothing_is_counted(run: Run, planted: Office) -> None:
    told = {
        audience: run("export", "json", "-o", "-", "--audience", audience, "--db", planted.path)
        for audience in Audience
    }
    assert "Wegen Vertraulichkeit nicht exportiert" in told[Audience.INTERN].err
    for audience in (Audience.DEPUTY, *OUTSIDE):
        assert "Vertraulichkeit" not in told[audience].err
        assert "belegt" not in told[audience].err
    outside = json.loads(told[Audience.PRESS].out)
    assert outside["tasks"] == []
    ids = {row["id"] for row in outside["requests"]}
    assert len(ids) == 2, "the open one and the one with hidden people on it"


def test_a_calendar_for_the_press_carries_no_foreign_lines(run: Run, planted: Office) -> None:
    told = run("export", "ics", "-o", "-", "--audience", "press", "--db", planted.path).out
    for name in ("ATTENDEE", "ORGANIZER", "DESCRIPTION", "X-SECRET", "COMMENT", "CONTACT"):
        assert name not in told
    assert run("export", "ics", "-o", "-", "--db", planted.path).out.count("X-SECRET") == 2


def test_a_hidden_date_of_an_open_series_does_not_take_place(run: Run, planted: Office) -> None:
    told = run("export", "ics", "-o", "-", "--audience", "public", "--db", planted.path).out
    assert "EXDATE;TZID=Europe/Berlin:20261203T100000\r\nEXDATE;TZID=Europe/Berlin:20261204T100000" in (
        told
    ) or ("20261203T100000" in told and "20261204T100000" in told)
    inside = run("export", "ics", "-o", "-", "--db", planted.path).out
    assert "SUMMARY:belegt" in inside
    assert "RECURRENCE-ID" not in inside
