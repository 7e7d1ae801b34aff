"""Aussonderung: proposed when its time is over, decided by a human, destroyed only when nothing keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from erasing_kit import bytes_left

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing import proposing
from ob_buero_tui.services.disposing.deciding import archive_answered, destroy, keep_record, offer_to_archive
from ob_buero_tui.services.disposing.taking_over import take_over
from ob_buero_tui.services.disposing.views import id_of, several
from ob_buero_tui.services.erasing.duties import Duties
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.verbs import mark_important, note
from ob_buero_tui.services.undo import Erased, undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import Ausfall, AusfallCall, AusfallItem
from ob_buero_tui.store.base import Journaled
from ob_buero_tui.store.council import Consultation, Paper, PaperParty
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.retention import DisposalState
from office_fixtures import Clock


def at(clock: Clock, day: str) -> None:
    """Set the office's clock to the morning of a day."""
    clock.now = datetime.fromisoformat(f"{day}T08:00:00+00:00")


def split(place: Workplace, name: str) -> list[tuple[str, str]]:
    """What a split shows: table and next step."""
    found = proposing.rows(place, proposing.ids(place, name))
    return [(one.table, one.step) for one in found.values()]


def give_out(place: Workplace, *keys: int) -> None:
    """Mark requests as given out for the E-Akte, as the folders do."""
    with transaction(place, "test_rows") as work:
        for key in keys:
            row = work.get(Request, key)
            row.filed_at, row.taken_over_at = work.at, None


def test_a_closed_request_is_proposed_after_its_years_and_destroyed(
    place: Workplace, clock: Clock, make_request: Callable[..., int], database: Path
) -> None:
    key = make_request(subject="Kegelbahn Zwetschgenhain", kind="einladung")
    note(place, [key], "Zwetschgenhain ruft zurück.")
    make_request(kind="einladung")  # open, so never proposed
    finish(place, [key])
    at(clock, "2028-12-31")
    assert proposing.ids(place, proposing.DUE) == []
    with pytest.raises(Refusal, match="läuft noch"):
        destroy(place, [id_of("request", key)])
    at(clock, "2029-01-01")
    assert split(place, proposing.DUE) == [("request", "vernichten")]
    done = destroy(place, [id_of("request", key)])
    assert "nicht zurücknehmen" in done.text
    assert split(place, proposing.GONE) == [("request", "vernichtet")]
    assert bytes_left(database.parent, [b"zwetschgenhain"]) == {}
    with place.reading() as session:
        row = session.get_one(Request, key)
        assert (row.subject, row.kind, row.closed_on) == ("[gelöscht]", "einladung", date(2026, 11, 25))
    with pytest.raises(Erased):
        undo(place)


@pytest.mark.parametrize(
    ("tables", "told"),
    [(["event"], "1 Termin"), (["person"] * 2, "2 Kontakte"), (["request", "event"], "2 Datensätze")],
)
def test_what_is_decided_about_is_called_by_its_kind(tables: list[str], told: str) -> None:
    assert several([id_of(table, 7 + place) for place, table in enumerate(tables)]) == told


def test_what_left_for_the_e_akte_waits_for_its_takeover(
    place: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    """Nothing of it is destroyed before somebody has said that it arrived; then its time here is over."""
    key, lost = make_request(kind="grusswort"), make_request(kind="einladung")
    finish(place, [key, lost])
    give_out(place, key, lost)
    assert split(place, proposing.FILED) == [("request", "Übernahme vermerken")] * 2
    take_over(place, [lost], taken=False)
    at(clock, "2037-01-02")  # its retention is over, and its folder may be nowhere
    assert split(place, proposing.FILED) == [("request", "Übernahme vermerken")]
    with pytest.raises(Refusal, match="die Übernahme ist nicht vermerkt"):
        destroy(place, [id_of("request", key)])
    at(clock, "2026-11-26")
    take_over(place, [key])
    assert split(place, proposing.FILED) == []
    assert split(place, proposing.DUE) == [("request", "vernichten")]  # the E-Akte offers it, not we
    destroy(place, [id_of("request", key)])
    assert split(place, proposing.GONE) == [("request", "vernichtet")]


def test_what_came_after_the_folder_was_made_is_in_no_e_akte(
    place: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    """A late note keeps the duty running, also after the takeover; a mark or an undone step does not."""
    key = make_request(kind="grusswort")
    finish(place, [key])
    give_out(place, key)
    mark_important(place, [key])
    note(place, [key], "Versehen.")
    undo(place)
    take_over(place, [key])
    assert split(place, proposing.DUE) == [("request", "vernichten")]
    clock.advance(days=3)
    note(place, [key], "Das Land hat doch zugesagt.")
    assert split(place, proposing.DUE) == []
    assert split(place, proposing.FILED) == [("request", "noch einmal ausgeben")]
    late = "seit der Ausgabe für die E-Akte am Mi 25.11.2026 kam etwas dazu"
    with place.reading() as session:
        assert late in Duties(place, session).of("request", key)
    with pytest.raises(Refusal, match=r"Mi 25\.11\.2026 kam etwas dazu"):
        destroy(place, [id_of("request", key)])
    with pytest.raises(Refusal, match="mit P noch einmal"):
        take_over(place, [key])
    take_over(place, [key], taken=False)
    assert split(place, proposing.FILED) == []
    undo(place)
    give_out(place, key)
    assert split(place, proposing.FILED) == [("request", "Übernahme vermerken")]
    with transaction(place, "test_rows") as work:
        answer = Document(request_id=key, kind="antwort", title="Nachtrag")
        work.session.add(answer)
        work.session.flush()
        work.session.add(
            Attachment(document_id=answer.id, filename="a.txt", media_type="", size=1, sha256="0" * 64)
        )
    with pytest.raises(Refusal, match="kam etwas dazu"):
        take_over(place, [key])


def test_what_has_archival_value_is_offered_first(
    place: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    key = make_request(kind="grusswort")
    finish(place, [key])
    at(clock, "2037-01-02")
    number = [id_of("request", key)]
    assert split(place, proposing.DUE) == [("request", "anbieten")]
    with pytest.raises(Refusal, match="Archiv anzubieten"):
        destroy(place, number)
    with pytest.raises(Refusal, match="nicht angeboten"):
        archive_answered(place, number, DisposalState.ABGELEHNT)
    offer_to_archive(place, number)
    assert split(place, proposing.OFFERED) == [("request", "dem Archiv angeboten")]
    archive_answered(place, number, DisposalState.ABGELEHNT)
    assert split(place, proposing.DUE) == [("request", "vernichten")]
    undo(place)
    assert split(place, proposing.OFFERED) == [("request", "dem Archiv angeboten")]
    archive_answered(place, number, DisposalState.UEBERNOMMEN)
    destroy(place, number)
    assert split(place, proposing.GONE) == [("request", "vernichtet")]


def test_what_is_kept_on_comes_back_after_its_day(
    place: Workplace, clock: Clock, make_event: Callable[..., int]
) -> None:
    key = make_event()
    at(clock, "2032-03-01")
    number = [id_of("event", key)]
    with pytest.raises(Refusal, match="Zukunft"):
        keep_record(place, number, date(2032, 3, 1))
    keep_record(place, number, date(2033, 1, 1), "Festschrift")
    assert split(place, proposing.KEPT) == [("event", "behalten bis 1.1.2033")]
    with pytest.raises(Refusal, match="behalten"):
        destroy(place, number)
    at(clock, "2033-01-02")
    assert split(place, proposing.DUE) == [("event", "anbieten")]


def test_a_contact_nobody_needs_any_more_is_proposed(place: Workplace, clock: Clock, database: Path) -> None:
    key = create_contact(place, "person", {"family_name": "Holunderfeld", "email": "h@example.org"}).ids[0]
    at(clock, "2030-01-01")
    assert split(place, proposing.DUE) == [("person", "vernichten")]
    destroy(place, [id_of("person", key)])
    assert bytes_left(database.parent, [b"holunderfeld", b"h@example.org"]) == {}


def test_a_reopened_request_is_no_longer_proposed(
    place: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    key = make_request(kind="einladung")
    finish(place, [key])
    undo(place)
    at(clock, "2040-01-01")
    assert proposing.ids(place, proposing.DUE) == []


def test_series_and_whole_days_are_due_from_their_last_day(
    place: Workplace, clock: Clock, make_event: Callable[..., int]
) -> None:
    whole_day = {
        "dtstart": datetime.fromisoformat("2026-12-31"),
        "dtend": datetime.fromisoformat("2027-01-01"),
        "all_day": True,
    }
    keys = [
        make_event(**whole_day),
        make_event(rrule="FREQ=WEEKLY;COUNT=3"),
        make_event(rrule="FREQ=WEEKLY"),
        make_event(rdates=["2046-03-04T10:00:00"]),
    ]
    at(clock, "2032-01-01")
    assert proposing.ids(place, proposing.DUE) == [id_of("event", key) for key in keys[:2]]
    with place.reading() as session:
        duties = Duties(place, session)
        assert [duties.of("event", key).split(" ", 2)[-1] for key in keys] == [
            "", "", "Di 1.12.2026 läuft ohne Ende weiter", "Di 1.12.2026 steht noch bevor",
        ]  # fmt: skip


def test_a_contact_is_unused_from_the_day_by_the_office_s_clock(place: Workplace, clock: Clock) -> None:
    clock.now = datetime.fromisoformat("2026-12-31T23:30:00+00:00")
    create_contact(place, "person", {"family_name": "Zwetschgenhain"})
    at(clock, "2030-12-31")
    assert proposing.ids(place, proposing.DUE) == []
    at(clock, "2031-01-01")
    assert len(proposing.ids(place, proposing.DUE)) == 1


def test_papers_and_what_hangs_on_their_sessions_are_kept(
    place: Workplace, make_meeting: Callable[..., int], make_event: Callable[..., int]
) -> None:
    event, meeting = make_event(), make_meeting()
    with transaction(place, "test_rows") as work:

        def add(row: Journaled) -> int:
            work.session.add(row)
            work.session.flush()
            return row.id

        paper = add(Paper(name="Bank am Markt", date=date(2026, 1, 5)))
        rows = [
            ("paper", paper),
            ("consultation", add(Consultation(paper_id=paper, meeting_id=meeting))),
            ("paper_party", add(PaperParty(paper_id=paper, person_id=add(Person()), role="originator"))),
        ]
        item = add(AusfallItem(ausfall_id=add(Ausfall(event_id=event, begun_at=work.at)), event_id=event))
        call = add(AusfallCall(item_id=item, role="presse", name="Erna"))
        duties = Duties(place, work.session)
        for table, key in rows:
            assert "dauernd aufzubewahren" in duties.of(table, key), table
        assert "steht noch bevor" in duties.of("ausfall_call", call)
