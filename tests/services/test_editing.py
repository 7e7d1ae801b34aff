"""The form of a request: what it starts from, what it saves, and that nobody overwrites anybody."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.requests.editing import (
    Edited,
    Form,
    StaleForm,
    classify,
    edit_request,
    form,
    set_kind,
    tick_check,
)
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import assign
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request, RequestEvent

Make = Callable[..., int]
RECEIVED = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def grusswort(make_request: Make) -> int:
    return make_request(
        subject="Grußwort", kind="grusswort", kind_proposed=True, received_at=RECEIVED,
        fields={"form": "schriftlich", "umfang": 1500, "unbekannt": "bleibt"},
        event_start=datetime(2026, 12, 20, 15), event_end=datetime(2026, 12, 20, 17, 30),
        event_place="Stadthalle", file_reference="13.22",
    )  # fmt: skip


def edited(start: Form, **changed: Any) -> Edited:
    """What the form gives back when only these values were changed."""
    values: dict[str, Any] = {
        "kind": start.kind,
        "subject": start.subject,
        "event_start": datetime(2026, 12, 20, 15),
        "event_end": datetime(2026, 12, 20, 17, 30),
        "event_place": start.event_place,
        "file_reference": start.file_reference,
        "fields": {},
    }
    return Edited(**values | changed)


def test_the_form_starts_from_the_record(place: Workplace, grusswort: int) -> None:
    start = form(place, grusswort)
    assert (start.number, start.kind, start.subject) == ("2026-0001", "grusswort", "Grußwort")
    assert (start.event_date, start.event_from, start.event_to) == ("20.12.2026", "15:00", "17:30")
    assert (start.event_place, start.file_reference) == ("Stadthalle", "13.22")
    assert start.fields["umfang"] == "1.500"
    assert start.fields["form"] == "schriftlich"
    assert start.fields["anlass"] == ""


def test_what_the_form_starts_from_can_be_saved_unchanged(
    place: Workplace, grusswort: int, dump: Callable[[Workplace], Any]
) -> None:
    first = form(place, grusswort)
    edit_request(place, grusswort, first.version, edited(first, fields=first.fields))
    before = dump(place)["request"]
    again = form(place, grusswort)
    edit_request(place, grusswort, again.version, edited(again, fields=again.fields))
    assert dump(place)["request"] == before


def test_saving_keeps_values_confirms_the_kind_and_counts_the_deadline_anew(
    place: Workplace, grusswort: int
) -> None:
    start = form(place, grusswort)
    change = edited(
        start,
        subject="  Grußwort\x1b[31m TSV ",
        fields={"redaktionsschluss": "14.12. 12 Uhr", "umfang": "1200", "foto": "j"},
    )
    assert edit_request(place, grusswort, start.version, change).text == "2026-0001: gespeichert"
    view = record(place, grusswort)
    assert "\x1b" not in view.subject
    assert view.subject.endswith("TSV")
    assert not view.proposed
    fields = dict(view.fields)
    assert fields["Redaktionsschluss"] == "Mo 14.12.2026 12:00"
    assert fields["Umfang"] == "1.200 Zeichen"
    assert fields["Porträtfoto erwünscht"] == "ja"
    # 5 Arbeitstage after Wed 18.11. come before the draft (10 before 14.12.) and the deadline itself.
    assert view.due_on == date(2026, 11, 25)
    assert "5 Arbeitstage" in view.due_text
    with place.reading() as session:
        row = session.get(Request, grusswort)
        assert row is not None
        assert row.fields["unbekannt"] == "bleibt", "what the catalog no longer asks for is kept"
    undo(place)
    assert record(place, grusswort).subject == "Grußwort"


def test_an_empty_field_is_stored_as_nothing(place: Workplace, grusswort: int) -> None:
    start = form(place, grusswort)
    edit_request(place, grusswort, start.version, edited(start, fields={"umfang": " "}))
    assert form(place, grusswort).fields["umfang"] == ""


def test_a_value_that_does_not_fit_names_its_field_and_saves_nothing(
    place: Workplace, grusswort: int, dump: Callable[[Workplace], Any]
) -> None:
    start, before = form(place, grusswort), dump(place)
    with pytest.raises(Refusal, match="„Umfang“ wurde nicht übernommen: „viel“ ist keine ganze Zahl"):
        edit_request(place, grusswort, start.version, edited(start, subject="Neu", fields={"umfang": "viel"}))
    assert dump(place) == before


def test_an_emptied_subject_keeps_the_old_one(place: Workplace, grusswort: int) -> None:
    start = form(place, grusswort)
    edit_request(place, grusswort, start.version, edited(start, subject="   "))
    assert record(place, grusswort).subject == "Grußwort"


@pytest.mark.parametrize(
    ("start_at", "end_at", "why"),
    [
        (datetime(2026, 12, 20, 15), datetime(2026, 12, 20, 15), "Ende liegt nicht nach dem Beginn"),
        (datetime(2026, 12, 20, 15), datetime(2026, 12, 20, 14), "Ende liegt nicht nach dem Beginn"),
        (None, datetime(2026, 12, 20, 14), "fehlt der Beginn"),
    ],
)
def test_times_that_run_backwards_are_refused(
    place: Workplace, grusswort: int, start_at: datetime | None, end_at: datetime, why: str
) -> None:
    start = form(place, grusswort)
    with pytest.raises(Refusal, match=why):
        edit_request(place, grusswort, start.version, edited(start, event_start=start_at, event_end=end_at))


def test_a_time_that_summer_time_skips_becomes_the_one_that_exists(place: Workplace, grusswort: int) -> None:
    start = form(place, grusswort)
    skipped = edited(start, event_start=datetime(2027, 3, 28, 2, 30), event_end=None)
    edit_request(place, grusswort, start.version, skipped)
    assert record(place, grusswort).event_start == datetime(2027, 3, 28, 3, 30)


def test_a_stale_form_overwrites_nothing_and_shows_both_values(
    place: Workplace, other_place: Workplace, grusswort: int
) -> None:
    mine, theirs = form(place, grusswort), form(other_place, grusswort)
    edit_request(
        other_place, grusswort, theirs.version,
        edited(theirs, subject="Grußwort Löschzug", fields={"umfang": "900"}),
    )  # fmt: skip
    with pytest.raises(StaleForm) as stale:
        edit_request(
            place, grusswort, mine.version,
            edited(mine, subject="Grußwort TSV", fields={"umfang": "1200", "form": "schriftlich"}),
        )  # fmt: skip
    assert stale.value.differences == (
        ("Betreff", "Grußwort Löschzug", "Grußwort TSV"),
        ("Umfang", "900", "1.200"),
    )
    assert "inzwischen geändert" in str(stale.value)
    assert record(place, grusswort).subject == "Grußwort Löschzug"
    fresh = form(place, grusswort)
    edit_request(place, grusswort, fresh.version, edited(fresh, subject="Grußwort TSV"))
    assert record(place, grusswort).subject == "Grußwort TSV"


def test_any_change_makes_a_form_stale(place: Workplace, other_place: Workplace, grusswort: int) -> None:
    start = form(place, grusswort)
    assign(other_place, [grusswort], "KL")
    with pytest.raises(StaleForm) as stale:
        edit_request(place, grusswort, start.version, edited(start))
    assert stale.value.differences == ()


def test_a_record_that_is_gone_or_personal_opens_no_form(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        form(place, 4711)
    key = make_request(confidentiality="persoenlich", owner=place.desk.account)
    assert form(place, key).request_id == key
    with pytest.raises(Refusal, match="ist persönlich"):
        form(other_place, key)


def test_setting_the_kind_confirms_it_and_counts_anew(place: Workplace, make_request: Make) -> None:
    keys = [make_request(received_at=RECEIVED) for _ in range(2)]
    assert record(place, keys[0]).due_on is None
    assert set_kind(place, keys, "einladung").text == "Art: Einladung"
    for key in keys:
        view = record(place, key)
        assert (view.kind, view.proposed, view.due_on) == ("einladung", False, date(2026, 11, 25))
    assert record(place, keys[0]).history[-1].text == "Art: Einladung"
    set_kind(place, keys, None)
    assert record(place, keys[0]).due_on is None
    with pytest.raises(Refusal, match="kennt der Katalog nicht"):
        set_kind(place, keys, "staatsakt")


def test_a_question_is_ticked_and_opened_again(place: Workplace, grusswort: int) -> None:
    assert tick_check(place, grusswort, "ortsbezug", True).text == "2026-0001: Prüfung „ja“"
    assert record(place, grusswort).history[-1].text == "Prüfung „Ortsbezug“: ja"
    tick_check(place, grusswort, "ortsbezug", None)
    tick_check(place, grusswort, "ortsbezug", None)
    assert [line.text for line in record(place, grusswort).history][-1] == "Prüfung „Ortsbezug“: offen"


def test_what_is_linked_becomes_at_least_as_confidential(
    place: Workplace, other_place: Workplace, make_request: Make, make_event: Make
) -> None:
    key = make_request(subject="Geheim")
    intern = make_event(summary="Gespräch")
    with transaction(place, "test_rows") as work:
        letter = Document(request_id=key, kind="antwort", title="Antwort")
        work.session.add_all([RequestEvent(request_id=key, event_id=intern), letter])
        work.session.flush()
        letter_id = letter.id
    classify(place, [key], Confidentiality.PERSOENLICH)
    assert record(place, key).subject == "Geheim", "its own desk goes on reading it"
    assert record(other_place, key).subject == "(persönlich)"
    assert day(other_place, date(2026, 12, 1)).events[0].summary == "belegt"
    with place.reading() as session:
        document = session.get(Document, letter_id)
        assert document is not None
        assert document.confidentiality == "persoenlich"
    with pytest.raises(Refusal, match="ist persönlich"):
        classify(other_place, [key], Confidentiality.INTERN)
    classify(place, [key], Confidentiality.INTERN)
    assert record(other_place, key).subject == "Geheim"
    assert day(other_place, date(2026, 12, 1)).events[0].summary == "belegt", "only a person opens an event"
