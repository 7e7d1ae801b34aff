"""Taking down a call or a letter: number, person, deadline and tasks as for any request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests.callers import callers
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request, RequestNumber

SUBJECT = "Schlagloch in der Hafenstraße"


def call(**changes: object) -> Captured:
    """A call as the desk takes it down."""
    given: dict[str, object] = {
        "kind": None,
        "channel": "Telefon",
        "subject": "Schlagloch in der Hafenstraße",
    }
    return Captured(**{**given, **changes})  # type: ignore[arg-type]


def people(place: Workplace) -> list[tuple[str, str]]:
    """Who is known."""
    with place.reading() as session:
        return [(row.given_name, row.family_name) for row in session.scalars(select(Person))]


def test_a_call_becomes_a_request_with_its_caller(place: Workplace) -> None:
    done = create_request(
        place,
        call(
            text="Ruft abends an.\nIst verärgert.", name="Erika Beispiel", tel="0555 1234", kind="einladung"
        ),
    )
    assert done.text == "2026-0001: aufgenommen"
    view = record(place, done.ids[0])
    assert (view.subject, view.channel, view.requester) == (
        SUBJECT,
        "Telefon",
        "Erika Beispiel",
    )
    assert view.body == "Ruft abends an.\nIst verärgert.\n\nKontakt: Erika Beispiel, 0555 1234"
    assert (view.kind, view.proposed) == ("einladung", False)
    assert view.due_on is not None
    assert view.tasks
    assert [hit.id for hit in search(place, "verärgert")] == [done.ids[0]]
    assert [line.text for line in view.history] == ["aufgenommen (Telefon)"]


def test_one_step_takes_all_of_it_back_but_the_number(place: Workplace, dump: Callable[..., object]) -> None:
    before = dump(place)
    create_request(place, call(name="Erika Beispiel", organization="Turnverein"))
    undo(place)
    assert dump(place) == before
    assert create_request(place, call()).text.startswith("2026-0002")
    with place.reading() as session:
        assert [row.state for row in session.scalars(select(RequestNumber))] == ["storniert", "vergeben"]


def test_a_known_caller_is_found_and_not_added_again(place: Workplace) -> None:
    with transaction(place, "note") as work:
        work.session.add(
            Person(
                given_name="Erika",
                family_name="Beispiel",
                job_title="Vorsitzende",
                tel="0555 1",
                email="e@b.example.org",
            )
        )
        work.session.add(Person(given_name="Geheim", family_name="Beispiel", confidentiality="persoenlich"))
        work.session.add(Organization(name="Turnverein Lindenau", short_name="TV"))
    (known,) = callers(place, "Dr. erika beispiel")
    assert (known.label, known.tel) == ("Erika Beispiel, Vorsitzende", "0555 1")
    assert [one.id for one in callers(place, "Beispiel")] == [known.id], "what is hidden is not offered"
    create_request(place, call(name="Erika Beispiel", person_id=known.id, organization="tv"))
    create_request(place, call(name="Erika BEISPIEL", email="E@B.example.org"))
    assert len(people(place)) == 2
    with place.reading() as session:
        requests = session.scalars(select(Request)).all()
        assert {row.requester_id for row in requests} == {known.id}
        assert requests[0].organization_id == 1
        assert session.scalars(select(Organization)).all()[0].name == "Turnverein Lindenau"


def test_a_form_of_address_that_was_typed_is_no_part_of_the_name(place: Workplace) -> None:
    create_request(place, call(name="Frau Dr. Anna Beispiel"))
    with place.reading() as session:
        person = session.scalars(select(Person)).one()
        found = (person.form_of_address, person.honorific_prefix, person.given_name, person.family_name)
    assert found == ("Frau", "Dr.", "Anna", "Beispiel")
    assert [caller.label for caller in callers(place, "Frau Beispiel")]


def test_without_a_subject_the_first_words_say_what_it_is(place: Workplace) -> None:
    key = create_request(place, call(subject=" ", text="Bitte um Rückruf\nwegen Bus")).ids[0]
    assert record(place, key).subject == "Bitte um Rückruf"


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"subject": "", "text": " "}, "worum es geht"), ({"channel": "Rohrpost"}, "„Rohrpost“")],
)
def test_what_says_nothing_is_refused(place: Workplace, changes: dict[str, object], why: str) -> None:
    with pytest.raises(Refusal, match=why):
        create_request(place, call(**changes))
    assert people(place) == []


def test_the_number_of_a_known_caller_need_not_be_typed(place: Workplace) -> None:
    with transaction(place, "note") as work:
        work.session.add(Person(given_name="Erika", family_name="Beispiel", tel="0555 4711"))
    (known,) = callers(place, "Erika Beispiel")
    key = create_request(place, call(kind="telefonnotiz", name="Erika Beispiel", person_id=known.id)).ids[0]
    assert dict(record(place, key).fields)["Nummer für den Rückruf"] == "0555 4711"
