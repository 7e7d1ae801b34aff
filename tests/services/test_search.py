"""Search: folded words, hostile queries, what is found where, and who finds what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.query import Mistake
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.requests.verbs import note, trash
from ob_buero_tui.services.search import RANKED_UP_TO, Hit, search
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Paper
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]


def found(place: Workplace, text: str, audience: Audience = Audience.INTERN) -> set[str]:
    return {hit.title for hit in search(place, text, audience=audience)}


@pytest.mark.parametrize(
    "typed", ["Müller", "müller", "MÜLLER", "mueller", "Mueller", "muller", "mül", "muell", "mull"]
)
def test_an_umlaut_is_found_however_it_is_typed(place: Workplace, make_request: Make, typed: str) -> None:
    make_request(subject="Anfrage Familie Müller")
    make_request(subject="Anfrage Familie Maler")
    assert found(place, typed) == {"Anfrage Familie Müller"}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Große Straße", "gross strasse"),
        ("Große Straße", "große straße"),
        ("Grosse Strasse", "große"),
        ("Łódź", "lodz"),
        ("Świdnik Górny", "swidnik gorny"),
        ("Café Zoë", "cafe zoe"),
        ("Benefizlauf", "benefiz"),
        ("100 Jahre TSV", "tsv 100"),
        ("Rad-Weg/Hafen", "weg hafen"),
        ("Bu\u0308ro", "buero"),
    ],
)
def test_words_are_found_by_their_beginnings_in_any_order(
    place: Workplace, make_request: Make, written: str, typed: str
) -> None:
    make_request(subject=written)
    assert found(place, typed) == {clean(written)}


@pytest.mark.parametrize("typed", ["mueller maler", "üller", "zz"])
def test_every_word_must_begin_a_word(place: Workplace, make_request: Make, typed: str) -> None:
    make_request(subject="Familie Müller")
    assert found(place, typed) == set()


@pytest.mark.parametrize("typed", ["", "   ", '"', "*", "-", "()", "\x00", "„“", "\ud800", "^:{}"])
def test_a_query_without_words_finds_nothing(place: Workplace, make_request: Make, typed: str) -> None:
    make_request(subject="Etwas")
    assert search(place, typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        '"* OR', "OR", "AND", "NOT", "NEAR", "NEAR(a b, 5)", "a OR b", "\"folded:etwas\"", "-etwas", "etwas*",
        '"etwas', "etwas'; DROP TABLE request; --", "etwas\x00danach", "^etwas", "{etwas}", "％_%",
        "a" * 5_000, "etwas " * 500,
    ],
)  # fmt: skip
def test_what_means_something_to_the_index_is_only_text(
    place: Workplace, make_request: Make, typed: str
) -> None:
    make_request(subject="Etwas")
    assert found(place, typed) <= {"Etwas"}
    assert found(place, "etwas") == {"Etwas"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_query_does_more_than_refuse(place: Workplace, typed: str) -> None:
    with suppress(Mistake):  # a key that there is not, as in „A:“
        search(place, typed)


def test_operators_of_the_index_are_words_like_others(place: Workplace, make_request: Make) -> None:
    make_request(subject="Near und Far")
    make_request(subject="Oranienburg or bust")
    assert found(place, "NEAR") == {"Near und Far"}
    assert found(place, "OR") == {"Oranienburg or bust"}


def test_everything_of_a_record_is_searched(place: Workplace, make_request: Make, make_event: Make) -> None:
    with transaction(place, "test_rows") as work:
        person = Person(
            family_name="Dornieden", given_name="Ursula", email="ud@example.org", tel="030 23125 001"
        )
        body = Organization(name="Löschzug Ostheim")
        work.session.add_all([person, body])
        work.session.flush()
        people = {"requester_id": person.id, "organization_id": body.id}
    key = make_request(subject="Betreff", fields={"anlass": "Kirmes"}, event_place="Stadthalle", **people)
    with transaction(place, "test_letter") as work:
        work.session.add(
            Message(request_id=key, sender_address="x@example.org", body="Bitte um Schirmherrschaft")
        )
    note(place, [key], "Rückruf am Freitag")
    make_event(summary="Jour fixe", location="Amtszimmer", description="Tagesordnung folgt")
    words = ("2026-0001", "kirmes", "stadthalle", "schirmherr", "dornieden", "rueckruf", "loeschzug")
    for typed in words:
        assert ("request", key) in {(hit.type, hit.id) for hit in search(place, typed)}, typed
    for typed in ("jour", "amtszimmer", "tagesordnung"):
        assert [hit.title for hit in search(place, typed)] == ["Jour fixe"], typed
    assert {hit.type for hit in search(place, "dornieden")} == {"request", "person"}
    assert {hit.type for hit in search(place, "ostheim")} == {"request", "organization"}


def test_what_changes_is_found_as_it_is_now(place: Workplace, make_request: Make) -> None:
    key = make_request(subject="Kirmes")
    with transaction(place, "test_rename") as work:
        work.get(Request, key).subject = "Jahrmarkt"
    assert (found(place, "kirmes"), found(place, "jahrmarkt")) == (set(), {"Jahrmarkt"})
    undo(place)
    assert (found(place, "kirmes"), found(place, "jahrmarkt")) == ({"Kirmes"}, set())
    trash(place, [key])
    assert found(place, "kirmes") == set()
    undo(place)
    assert found(place, "kirmes") == {"Kirmes"}


def test_a_hit_shows_the_words_around_the_match(place: Workplace, make_request: Make) -> None:
    key = make_request(subject="Anfrage")
    body = "Sehr geehrte Frau Oberbürgermeisterin,\n\nwir bitten um ein „Grußwort“ für unsere Festschrift."
    with transaction(place, "test_letter") as work:
        work.session.add(Message(request_id=key, body=body))
    (hit,) = search(place, "gruss")
    assert hit.title == "Anfrage"
    assert "wir bitten um ein „Grußwort“ für unsere" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert "\n" not in hit.snippet


def test_a_snippet_is_short_and_harmless(place: Workplace, make_request: Make) -> None:
    make_request(subject="Anfrage \x1b[2J\u202e " + "lang" * 200)
    (hit,) = search(place, "anfrage")
    assert len(hit.snippet) < 120
    assert not {"\x1b", "\u202e"} & set(hit.snippet + hit.title)


def test_few_hits_come_best_first_and_many_newest_first(place: Workplace, make_request: Make) -> None:
    make_request(subject="Lindenau " * 3)
    make_request(subject="Lindenau und noch sehr viele andere Worte um es herum, die nichts zur Sache tun")
    assert [hit.id for hit in search(place, "lindenau")] == [1, 2]
    with transaction(place, "test_many") as work:
        rows = [
            {"number": f"2026-{n:04}", "subject": f"Lindenau {n}", "received_at": work.at, "state": "neu"}
            for n in range(3, RANKED_UP_TO + 10)
        ]
        work.session.add_all([Request(**row, fields={}, intake_notes=[]) for row in rows])
    hits = search(place, "lindenau", limit=5)
    assert [hit.id for hit in hits] == [RANKED_UP_TO + 9 - n for n in range(5)]


# Who finds what

LEVELS = tuple(Confidentiality)
FINDS = {
    Audience.INTERN: LEVELS[:3],
    Audience.DEPUTY: LEVELS[:2],
    Audience.PRESS: LEVELS[:1],
    Audience.PUBLIC: LEVELS[:1],
}


@pytest.mark.parametrize("audience", Audience)
def test_an_audience_finds_only_what_it_may_read(
    place: Workplace, other_place: Workplace, make_request: Make, make_event: Make, audience: Audience
) -> None:
    owner = place.desk.account
    for level in LEVELS:
        make_request(subject=f"Eingang {level} geheim", confidentiality=level.value, owner=owner)
        make_event(summary=f"Termin {level} geheim", confidentiality=level.value, owner=owner)
    wanted = {f"{what} {level} geheim" for what in ("Eingang", "Termin") for level in FINDS[audience]}
    assert found(other_place, "geheim", audience) == wanted


def test_a_personal_one_is_found_at_its_own_desk_alone(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    make_request(subject="Meine Kur", confidentiality="persoenlich", owner=place.desk.account)
    assert found(place, "kur") == {"Meine Kur"}
    assert found(other_place, "kur") == set()


def test_a_task_is_as_confidential_as_what_it_belongs_to(
    place: Workplace, other_place: Workplace, make_request: Make, make_event: Make
) -> None:
    personal = {"confidentiality": "persoenlich", "owner": place.desk.account}
    request, event = make_request(subject="Kur", **personal), make_event(summary="Kur", **personal)
    with transaction(place, "test_tasks") as work:
        work.session.add_all(
            [
                Task(label="Klinik anrufen", request_id=request),
                Task(label="Klinik buchen", event_id=event),
                Task(label="Klinikum besuchen"),
            ]
        )
    assert found(place, "klinik") == {"Klinik anrufen", "Klinik buchen", "Klinikum besuchen"}
    assert found(other_place, "klinik") == {"Klinikum besuchen"}
    assert found(place, "klinik", Audience.DEPUTY) == set()


def test_hidden_hits_take_no_place_from_visible_ones(place: Workplace, make_request: Make) -> None:
    make_request(subject="Stadtfest", confidentiality="oeffentlich")
    for _ in range(12):
        make_request(subject="Stadtfest " * 3)
    assert [hit.id for hit in search(place, "stadtfest", limit=5, audience=Audience.PUBLIC)] == [1]
    assert len(search(place, "stadtfest", limit=5)) == 5


def test_a_hit_is_a_value(place: Workplace, make_request: Make) -> None:
    key = make_request(subject="Kirmes")
    assert search(place, "kirmes") == (
        Hit(type="request", id=key, title="Kirmes", snippet="2026-0001 Kirmes"),
    )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("audience", [Audience.DEPUTY, Audience.PRESS])
def test_who_asked_in_confidence_is_found_by_nobody_outside(
    place: Workplace, make_request: Make, level: Confidentiality, audience: Audience
) -> None:
    with transaction(place, "test_people") as work:
        person = Person(family_name="Dornieden", confidentiality="oeffentlich")
        body = Organization(name="Dornieden e. V.", confidentiality="oeffentlich")
        work.session.add_all([person, body])
        work.session.flush()
        keys = {"requester_id": person.id, "organization_id": body.id}
    names = {"Dornieden", "Dornieden e. V."}
    make_request(subject="Anfrage", confidentiality=level.value, owner=place.desk.account, **keys)
    seen = level in FINDS[audience]
    # The press is told what a request is about, never who asked for it.
    told = {"Anfrage"} if audience is Audience.DEPUTY else set()
    assert found(place, "dornieden", audience) == (names | told if seen else set())
    assert names < found(place, "dornieden")


def test_what_lies_in_the_trash_is_not_found(place: Workplace, make_request: Make, make_event: Make) -> None:
    request, event = make_request(subject="Kirmes"), make_event(summary="Kirmes am Markt")
    with transaction(place, "test_tasks") as work:
        work.session.add(Task(label="Kirmes planen", request_id=request))
        work.session.add(Task(label="Kirmes absichern", event_id=event))
    note(place, [request], "Kirmes")
    trash(place, [request])
    trash_dates(place, str(event), Scope.SERIE)
    assert found(place, "kirmes") == set()
    undo(place)
    assert found(place, "kirmes") == {"Kirmes am Markt", "Kirmes absichern"}


def test_sessions_and_papers_are_found_and_what_is_not_public_stays_inside(
    place: Workplace, make_meeting: Callable[..., int]
) -> None:
    key = make_meeting(body="Bauausschuss", name="Sondersitzung")
    with transaction(place, "note") as work:
        extra: dict[str, Any] = {"extra": {}}
        items = (("Radweg Wehrstraße", True), ("Grundstück Alte Mühle", False))
        for name, public in items:
            work.session.add(AgendaItem(meeting_id=key, name=name, public=public, **extra))
        work.session.add(Paper(name="Haushalt 2027", reference="BV 2026 0359", **extra))
    assert [(hit.type, hit.title) for hit in search(place, "radweg bauaus")] == [("meeting", "Sondersitzung")]
    assert [hit.id for hit in search(place, "grundstueck")] == [key]
    assert "Mühle" not in search(place, "grundstueck")[0].snippet
    for audience in (Audience.PRESS, Audience.PUBLIC):
        assert [hit.id for hit in search(place, "radweg", audience=audience)] == [key]
        assert search(place, "mühle", audience=audience) == ()
    (paper,) = search(place, "bv 2026 0359")
    assert (paper.type, paper.title) == ("paper", "BV 2026 0359 Haushalt 2027")


def test_sessions_without_a_name_are_told_apart_by_their_day(
    place: Workplace, make_meeting: Callable[..., int]
) -> None:
    for day in ("2026-12-10T17:00", "2027-01-28T17:00"):
        make_meeting(body="Stadtrat", name="", start=datetime.fromisoformat(day))
    assert {hit.title for hit in search(place, "stadtrat") if hit.type == "meeting"} == {
        "Stadtrat 10.12.2026",
        "Stadtrat 28.01.2027",
    }
