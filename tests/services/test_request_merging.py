"""One matter that came twice becomes one record, as one step, and nothing of either is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, func, select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests.doubles import (
    ANSWER,
    SAME_DAY,
    SAME_LETTER,
    SAME_SUBJECT,
    request_doubles,
)
from ob_buero_tui.services.requests.inbox import ALL, ids
from ob_buero_tui.services.requests.merging import DecidedDifferently, merge_preview, merge_requests
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import restore, trash
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.base import Journaled
from ob_buero_tui.store.decisions import Deputation, Inquiry, Vorlage, VorlageItem
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Message, Request, RequestCheck, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

Make = Callable[..., int]
EARLY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


def letter(place: Workplace, request_id: int, **values: Any) -> None:
    """A letter of a request."""
    with transaction(place, "note") as work:
        work.session.add(Message(request_id=request_id, references=[], recipients=[], **values))


MOVED = {
    *("message", "attachment", "document", "task", "note", "request_event", "request_check"),
    *("inquiry", "deputation", "vorlage_item"),
}


def every_way_to_a_request() -> Iterator[tuple[str, list[Column[Any]]]]:
    """Table by table the columns that hold a request's id, as the schema itself says."""
    for table in Journaled.metadata.sorted_tables:
        found = [key.parent for key in table.foreign_keys if key.column is Request.__table__.c.id]
        if found:
            yield table.name, found


def test_all_that_belongs_to_a_request_leads_to_the_kept_one(
    place: Workplace, make_request: Make, make_event: Make, dump: Callable[..., Any]
) -> None:
    keep, other = make_request(subject="Grußwort TSV"), make_request(subject="AW: Grußwort TSV")
    both, single = make_event(), make_event()
    with transaction(place, "note") as work:
        talk = Vorlage(talk_on=date(2026, 11, 30))
        work.session.add(talk)
        work.session.flush()
        work.session.add_all(
            [
                *(RequestEvent(request_id=key, event_id=both) for key in (keep, other)),
                RequestEvent(request_id=other, event_id=single),
                *(VorlageItem(vorlage_id=talk.id, request_id=key, position=1) for key in (keep, other)),
                RequestCheck(
                    request_id=other, check="ortsbezug", passed=True, ticked_by="PS", ticked_at=work.at
                ),
                Message(request_id=other, references=[], recipients=[], body="Zweiter Brief"),
                Attachment(request_id=other, filename="a.pdf", media_type="x", size=1, sha256="a" * 64),
                Document(request_id=other, kind="antwort", title="Antwort"),
                Inquiry(request_id=other, asked="amt", asked_on=work.today, asked_by="PS"),
                Deputation(request_id=other, calendar="bm1", asked_on=work.today, asked_by="PS"),
                Note(request_id=other, text="gesehen", written_by="PS", written_at=work.at),
                Task(label="Rückruf", request_id=other),
                *(Task(label="Empfang bestätigen", template="eb", request_id=key) for key in (keep, other)),
            ]
        )
    before = dump(place)
    assert merge_preview(place, [other])[0].parts == (
        "1 Schreiben", "1 Anlage", "2 Termine", "1 Antwort", "2 Aufgaben", "1 Notiz",
        "1 Rückfrage", "1 Vertretung", "1 Punkt der OB-Vorlage",
    )  # fmt: skip
    done = merge_requests(place, keep, [other, keep])
    assert done.text == "2026-0001: 1 Eingang zusammengeführt (2026-0002)"
    with place.reading() as session:
        for row_class in (Message, Attachment, Document, Inquiry, Deputation, RequestCheck, VorlageItem):
            assert session.scalars(select(row_class.request_id)).all() == [keep], row_class
        assert session.scalars(select(RequestEvent.event_id).order_by(RequestEvent.event_id)).all() == [
            both, single
        ]  # fmt: skip
        labels = session.execute(select(Task.label, Task.request_id).order_by(Task.label)).all()
        assert [tuple(row) for row in labels] == [("Empfang bestätigen", keep), ("Rückruf", keep)]
        tables = dict(every_way_to_a_request())
        assert set(tables) == MOVED | {"request"}, "a table of requests that no test merges"
        for name, columns in tables.items():
            for column in columns:
                there = session.scalar(select(func.count()).where(column == other))
                assert not there, f"{name}.{column.name} still leads to the one that went"
    assert ids(place, ALL) == (keep,)
    assert "mit 2026-0002 zusammengeführt" in [line.text for line in record(place, keep).history]
    assert [hit.id for hit in search(place, "2026-0002")] == [keep], "the old number leads to the kept one"
    assert "In 2026-0001 aufgegangen." in record(place, other).notes
    undo(place)
    assert dump(place) == before


def test_gaps_are_filled_and_what_differs_is_noted(place: Workplace, make_request: Make) -> None:
    keep = make_request(
        kind="grusswort",
        kind_proposed=True,
        fields={"form": "schriftlich", "umfang": 1500, "anlass": None},
        event_place="Halle",
    )
    other = make_request(
        kind="grusswort",
        received_at=EARLY,
        fields={"umfang": 900, "anlass": "Jubiläum"},
        event_place="Turnhalle",
        event_start=datetime.fromisoformat("2026-12-12T15:00"),
        file_reference="13.22",
        important=True,
    )
    merge_requests(place, keep, [other])
    view = record(place, keep)
    fields = dict(view.fields)
    assert (fields["Umfang"], fields["Anlass"]) == ("1.500 Zeichen", "Jubiläum")
    assert (view.event_start, view.event_place) == (datetime.fromisoformat("2026-12-12T15:00"), "Halle")
    assert (view.received_on, view.important, view.proposed) == (EARLY.date(), True, False)
    assert "Dort stand: Ort: Turnhalle; Umfang: 900 Zeichen." in view.notes[0]


def test_the_stricter_level_counts_for_what_is_linked_too(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    keep = make_request()
    other = make_request(confidentiality="persoenlich", owner=place.desk.account)
    with transaction(place, "note") as work:
        work.session.add(Document(request_id=keep, kind="antwort", title="Antwort"))
    with pytest.raises(Refusal, match="ist persönlich"):
        merge_requests(other_place, keep, [other])
    merge_requests(place, keep, [other])
    with place.reading() as session:
        row = session.get_one(Request, keep)
        assert (row.confidentiality, row.owner) == ("persoenlich", place.desk.account)
        assert session.scalars(select(Document.confidentiality)).all() == ["persoenlich"]


def test_two_decisions_that_differ_are_asked_and_one_counts(place: Workplace, make_request: Make) -> None:
    keep = make_request(state="abgesagt", outcome="absage", reason="Frist", closed=True)
    other = make_request(state="zugesagt", outcome="zusage", decided_by="KL")
    third = make_request()
    with pytest.raises(DecidedDifferently) as asked:
        merge_requests(place, keep, [other, third])
    assert [number for _, number, _ in asked.value.choices] == ["2026-0001", "2026-0002"]
    merge_requests(place, keep, [other, third], other)
    with place.reading() as session:
        row = session.get_one(Request, keep)
        assert (row.state, row.outcome, row.decided_by, row.closed) == ("zugesagt", "zusage", "KL", False)


def test_the_only_decision_comes_along(place: Workplace, make_request: Make) -> None:
    keep, other = make_request(), make_request(state="zugesagt", outcome="zusage", decided_by="KL")
    merge_requests(place, keep, [other])
    assert record(place, keep).state_label == "zugesagt"


def test_what_is_refused_says_why(place: Workplace, make_request: Make) -> None:
    keep, other, third = make_request(), make_request(), make_request()
    with pytest.raises(Refusal, match="kein zweiter"):
        merge_requests(place, keep, [keep])
    merge_requests(place, keep, [other])
    for pair in ((keep, other), (other, keep)):
        with pytest.raises(Refusal, match="2026-0002 ist schon in 2026-0001 aufgegangen"):
            merge_requests(place, pair[0], [pair[1]])
    with pytest.raises(Refusal, match=r"2026-0002 lässt sich nicht zurückholen\. Er ist in 2026-0001"):
        restore(place, [other])
    trash(place, [third])
    with pytest.raises(Refusal, match="liegt im Papierkorb"):
        merge_requests(place, keep, [third])
    merge_requests(place, make_request(), [keep])
    with place.reading() as session:
        kept = session.scalars(select(Request.merged_into_id).order_by(Request.id)).all()
        assert kept == [4, 4, None, None], "what had gone into it follows it"


def test_doubles_are_proposed_with_the_reason(
    place: Workplace, other_place: Workplace, make_request: Make, clock: Any
) -> None:
    with transaction(place, "note") as work:
        work.session.add_all([Person(family_name="Beispiel"), Person(family_name="Muster")])
    asks = {"requester_id": 1}
    day = datetime.fromisoformat("2026-12-12T15:00")
    old = make_request(subject="Sommerfest", received_at=EARLY - timedelta(days=90), **asks)
    subject = [make_request(subject=name, **asks) for name in ("Sommerfest", "WG: AW: Sommerfest ")]
    dated = [make_request(subject=f"Nr. {n}", requester_id=2, event_start=day) for n in range(2)]
    thread = [make_request(subject=f"Brief {n}", thread="<1@x.example.org>") for n in range(2)]
    letters = [make_request(subject=f"Mail {n}") for n in range(2)]
    for key in letters:
        letter(place, key, message_id="<2@x.example.org>")
    done = [make_request(subject="Erledigt", closed=True, state="erledigt", **asks) for _ in range(2)]
    secret = [make_request(subject=name, confidentiality="persoenlich", owner="x", thread="<3@x.org>")
              for name in ("A", "B")]  # fmt: skip
    found = {one.ids: (one.reason, one.sure) for one in request_doubles(place)}
    assert found == {
        tuple(letters): (SAME_LETTER, True),
        tuple(thread): (ANSWER, True),
        tuple(subject): (SAME_SUBJECT, True),
        tuple(dated): (SAME_DAY, False),
    }
    assert not {old, *done, *secret} & {key for key_group in found for key in key_group}
