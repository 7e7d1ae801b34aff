"""What a query of the search language finds in the office, how it reads, and what a wrong value is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ob_buero_tui.catalog.decisions import Decider
from ob_buero_tui.rules.query import Mistake, parse_query
from ob_buero_tui.rules.query_keys import KEYS
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.people.editing import contact_form, create_contact, edit_contact
from ob_buero_tui.services.requests import query, query_newest, verbs
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]


def found(place: Workplace, text: str) -> set[int]:
    """The requests that a query finds; counted as many."""
    with place.reading() as session:
        known = query.understand(place, session, parse_query(text))
        keys = set(session.scalars(known.selection()))
    assert query.count(place, parse_query(text)) == len(keys)
    return keys


@pytest.fixture
def some(place: Workplace, make_request: Make) -> dict[str, int]:
    """Requests of many sorts by short names."""
    verein = create_contact(place, "organization", {"name": "TSV Lindenau Süd"}).ids[0]
    person = create_contact(place, "person", {"given_name": "Jörg", "family_name": "Müller"}).ids[0]
    day = datetime.fromisoformat
    return {
        "gruss": make_request(
            subject="Grußwort 100 Jahre", kind="grusswort", organization_id=verein, due_on=date(2026, 11, 20)
        ),
        "fest": make_request(
            subject="Hafenfest", kind="einladung", requester_id=person, event_place="Hafen Süd",
            event_start=day("2026-12-08T15:00"), assigned_to="PS", important=True,
        ),
        "alt": make_request(
            subject="Brief vom Sommer", received_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
            state="erledigt", closed=True, outcome="zusage", decider="ob", decided_on=date(2026, 7, 9),
        ),
        "warten": make_request(
            subject="Kommt wieder", wiedervorlage_on=date(2026, 11, 27), assigned_to="KL", votum="absage"
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("art:grusswort", "gruss"),
        ("art:Grußwort,einladung", "gruss fest"),
        ("art:gw", "gruss"),
        ("art:ohne", "alt warten"),
        ("-art:grusswort", "fest alt warten"),
        ("status:offen", "gruss fest warten"),
        ("status:neu", "gruss fest"),
        ("status:wartet", "warten"),
        ("status:erledigt", "alt"),
        ("status:abgeschlossen", "alt"),
        ("status:überfällig", "gruss"),
        ("von:tsv", "gruss"),
        ("von:mueller", "fest"),
        ("von:muller", "fest"),
        ('von:"jörg müller"', "fest"),
        ("von:niemandem", ""),
        ("frist:<kw48", "gruss"),
        ("frist:kw47", "gruss"),
        ("frist:nein", "fest alt warten"),
        ("-frist:kw47", "fest alt warten"),
        ("termin:kw50", "fest"),
        ("termin:>8.12.", ""),
        ("termin:>=8.12.", "fest"),
        ("termin:2026-12", "fest"),
        ("eingang:>=1.11.", "gruss fest warten"),
        ("eingang:2.7.", "alt"),
        ("eingang:1.7.", ""),
        ("eingang:juli", "alt"),
        ("eingang:heute", "gruss fest warten"),
        ("entscheidung:9.7.", "alt"),
        ("wv:fr", "warten"),
        ("zuständig:ich", "fest"),
        ("zustaendig:kl", "warten"),
        ("zuständig:niemand", "gruss alt"),
        ("nummer:2026-0002", "fest"),
        ("nummer:2", "fest"),
        ("nummer:2026", "gruss fest alt warten"),
        ("ort:sued", "fest"),
        ("ort:SÜD", "fest"),
        ("betreff:fest", "fest"),
        ("wichtig:ja", "fest"),
        ("ergebnis:zusage", "alt"),
        ("durch:ob", "alt"),
        ("votum:absage", "warten"),
        ("votum:ja", "warten"),
        ("hat:frist", "gruss"),
        ("hat:person", "gruss fest"),
        ("stufe:intern", "gruss fest alt warten"),
        ("status:offen hafenfest", "fest"),
        ("status:offen -hafen", "gruss warten"),
        ('"100 jahre"', "gruss"),
        ('"jahre 100"', ""),
        ('-"100 jahre" status:neu', "fest"),
        ("jahre status:offen art:grusswort -wort", "gruss"),
    ],
)
def test_what_is_found(text: str, names: str, place: Workplace, some: dict[str, int]) -> None:
    by_key = {key: name for name, key in some.items()}

    assert {by_key[key] for key in found(place, text)} == set(names.split())


def test_every_example_means_something_in_every_office(place: Workplace) -> None:
    for key in KEYS:
        assert query.explained(place, parse_query(key.example))
        for choice in key.choices:
            assert found(place, f"{key.name}:{choice}") == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("art:grusswrot", "Stelle 1: „art:grusswrot“ gibt es nicht. Gemeint ist vielleicht art:grusswort."),
        ("x status:ofen", "Stelle 3: „status:ofen“ gibt es nicht. Gemeint ist vielleicht status:offen."),
        ("wichtig:sehr", "Möglich: ja, nein."),
        ("frist:irgendwann", "Stelle 1: „irgendwann“"),
        ("frist:kw54", "Das Jahr 2026 hat keine KW 54."),
        ("hat:humor", "Möglich: anhang, aufgabe, doppel, frist, notiz, person …"),
    ],
)
def test_a_wrong_value_is_explained(text: str, said: str, place: Workplace) -> None:
    with pytest.raises(Mistake) as caught:
        query.explained(place, parse_query(text))

    assert said in str(caught.value)


def test_a_query_reads_in_german_with_its_dates_in_full(place: Workplace) -> None:
    asked = parse_query("art:grusswort status:offen von:tsv frist:<kw48 zuständig:ich -wort")

    assert query.explained(place, asked) == (
        "Art Grußwort · offen · von „tsv“ · Antwort bis vor Mo 23.11.2026 · zuständig PS · ohne „wort“"
    )


def test_what_is_in_the_trash_or_personal_to_another_desk_is_not_found(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    mine = make_request(confidentiality="persoenlich", owner=place.desk.account)
    gone = make_request()
    verbs.trash(place, [gone])

    assert found(place, "status:offen") == {mine}
    assert found(other_place, "status:offen") == set()
    assert found(other_place, "grußwort -x") == set()


WORDS = st.text(alphabet="aäAß%_\\'\"-:.,0123<>=kw \x00€", max_size=12)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.sampled_from(KEYS), compared=st.sampled_from(["", "<", ">="]), value=WORDS)
def test_whatever_is_typed_is_found_or_refused(
    place: Workplace, name: Any, compared: str, value: str
) -> None:
    try:
        found(place, f"{name.name}:{compared}{value}")
    except Refusal as refusal:
        said = refusal
    else:
        said = Refusal("-")
    assert said.what


def test_names_are_known_anew_after_each_change(place: Workplace, make_request: Make) -> None:
    person = create_contact(place, "person", {"given_name": "Jörg", "family_name": "Müller"}).ids[0]
    asked = make_request(requester_id=person)
    assert found(place, "von:mueller") == found(place, "von:Mull") == {asked}
    verbs.note(place, [asked], "etwas anderes")
    assert found(place, "von:müller") == {asked}
    form = contact_form(place, "person", person)
    edit_contact(place, "person", person, form.values, {**form.values, "family_name": "Meier-Süd"})
    assert found(place, "von:mueller") == set()
    assert found(place, "von:sued") == found(place, "von:meier") == {asked}
    undo(place)
    assert found(place, "von:mueller") == {asked}
    assert found(place, "von:meier") == set()


@pytest.mark.parametrize("near", [1, 3, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "brief status:offen",
        "brief -sommer",
        "-sommer brief art:einladung",
        '"brief nummer" -wichtig:ja',
        "-brief",
    ],
)
def test_a_common_word_finds_the_same_as_a_rare_one(
    place: Workplace, make_request: Make, monkeypatch: pytest.MonkeyPatch, text: str, near: int
) -> None:
    for number in range(12):
        make_request(
            subject=f"Brief Nummer {number}" + " im Sommer" * (number % 4 == 0),
            kind="einladung" if number % 3 else "grusswort",
            received_at=datetime(2026, 11, 1 + number * 7 % 13, 9, tzinfo=UTC),
            important=number == 5,
        )
    plain = [(hit.type, hit.id) for hit in search(place, text, 5)]
    monkeypatch.setattr(query_newest, "COMMON", 0)
    monkeypatch.setattr(query_newest, "NEAR", near)
    assert [(hit.type, hit.id) for hit in search(place, text, 5)] == plain


def test_durch_knows_whom_the_office_calls_a_decider(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    first = Decider(key="eb", label="Erste Beigeordnete")
    place = replace(place, catalog=replace(place.catalog, deciders={**place.catalog.deciders, "eb": first}))
    make_request(outcome="zusage", decider="eb")
    make_request(outcome="zusage", decider="ob")
    assert query.count(place, parse_query('durch:"erste beigeordnete"')) == 1
    assert query.count(place, parse_query("durch:eb")) == 1
