"""What every shipped kind offers, and the rules of the single kinds."""

# Wall times of the office have no zone.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from test_catalog_example import RADWEG, SWITCHED_OFF, office

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.piles import MOST, piles
from ob_buero_tui.rules.checks import CheckFacts, Finding, Level, run_checks
from ob_buero_tui.rules.deadlines import Bases, Due, resolve
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.requests.due import Answer, answer_due

CALENDAR = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))
RECEIVED = datetime(2026, 11, 25, 9, 42)
Values = Mapping[str, object]


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog(whole=True)


def due(catalog: Catalog, key: str, values: Values, start: datetime | None = None) -> dict[str, Due]:
    kind = catalog.kinds[key]
    bases = Bases(received=RECEIVED, event_start=start, fields=values, labels=kind.basis_labels)
    return resolve(kind.deadlines_for(values), bases, CALENDAR)


def answer(catalog: Catalog, key: str, values: Values) -> Answer:
    kind = catalog.kinds[key]
    return answer_due(kind, Bases(received=RECEIVED, fields=values, labels=kind.basis_labels), CALENDAR)


def checks(catalog: Catalog, key: str, values: Values) -> dict[str, Finding]:
    kind = catalog.kinds[key]
    facts = CheckFacts(
        received=RECEIVED.date(), today=RECEIVED.date(), event_start=None, event_end=None, fields=values,
        text="", calendar=CALENDAR, due=due(catalog, key, values), form=kind.fields,
    )  # fmt: skip
    return {one.key: one for one in run_checks(kind.checks, facts)}


def test_every_kind_is_accepted_declined_passed_on_and_deferred(shipped: Catalog) -> None:
    wanted = {
        "zusage": RequestState.ZUGESAGT,
        "absage": RequestState.ABGESAGT,
        "abgabe": RequestState.ABGEGEBEN,
        "vertagung": RequestState.VERTAGT,
    }
    for kind in shipped.kinds.values():
        found = {outcome.key: outcome.state for outcome in kind.outcomes}
        assert found | wanted == found, kind.key
        assert set(found.values()) <= shipped.states.follows[RequestState.NEU]
        for key in ("absage", "abgabe"):
            outcome = kind.outcome(key)
            assert outcome is not None
            assert outcome.needs_reason
            assert len(outcome.reasons) >= 3
        assert kind.event_kind in shipped.event_kinds
        assert any(one.sets_due for one in kind.deadlines), kind.key
        assert kind.tasks_for({}, "zusage") or kind.key == "telefonnotiz", kind.key


def test_keys_to_press_and_signs_are_different_also_for_kinds_switched_off(shipped: Catalog) -> None:
    kinds = shipped.kinds.values()
    for name in ("picker_key", "sign", "label"):
        values = [getattr(kind, name) for kind in kinds]
        assert len(values) == len(set(values)), name
    assert "0" not in {kind.picker_key for kind in kinds}, "0 picks no kind at all"
    assert {kind.key for kind in kinds if not kind.active} == SWITCHED_OFF


@pytest.mark.parametrize("key", sorted(SWITCHED_OFF))
def test_one_line_switches_on_what_is_shipped_off(key: str, tmp_path: Path) -> None:
    catalog = office(tmp_path, f"kinds.{key} = true\n", "office.toml")
    assert catalog.problems == ()
    assert catalog.kinds[key].active
    assert catalog.kinds[key].fields


def test_only_a_congratulation_ends_with_the_death_of_its_person(shipped: Catalog) -> None:
    assert {kind.key for kind in shipped.kinds.values() if kind.ends_with_death} == {"gratulation"}


def test_the_kinds_lie_on_the_six_piles_of_the_design(shipped: Catalog) -> None:
    found = {pile.label: pile.kinds for pile in piles(shipped.kinds.values())}
    assert list(found) == ["Schirmherrschaft", "Grußwort", "Goldenes Buch", "Einladung", "Anliegen", "Presse"]
    assert sorted(key for keys in found.values() for key in keys) == sorted(shipped.kinds)
    assert found["Presse"] == ("pressetermin", "presseanfrage")


def test_a_pile_too_many_is_named_and_its_kind_stays(tmp_path: Path) -> None:
    catalog = office(tmp_path, RADWEG.replace('sign = "Rw"', 'sign = "Rw"\nsplit = "Verkehr"'))
    assert [problem.sentence for problem in catalog.problems] == [
        f"requests/radweg.toml, split: Erwartet wird einer der {MOST} Stapel, für die es Tasten gibt: "
        "Schirmherrschaft, Grußwort, Goldenes Buch, Einladung, Anliegen, Presse, gefunden wurde „Verkehr“. "
        "Diese Art hat keinen eigenen Stapel; sie steht unter Neu und Alle."
    ]
    assert "radweg" in catalog.kinds
    assert "Verkehr" not in [pile.label for pile in piles(catalog.kinds.values())]


def test_an_office_puts_its_kind_on_a_pile_or_makes_room_for_its_own(tmp_path: Path) -> None:
    office(tmp_path, RADWEG.replace('sign = "Rw"', 'sign = "Rw"\nsplit = "Verkehr"'))
    catalog = office(tmp_path, "kinds.goldenes_buch = false\nkinds.ehrung = false\n", "office.toml")
    assert catalog.problems == ()
    found = {pile.key: pile.kinds for pile in piles(catalog.kinds.values())}
    assert found["verkehr"] == ("radweg",)
    assert "goldenes_buch" not in found


def test_a_press_question_is_due_at_the_hour_of_the_paper_or_the_next_day(shipped: Catalog) -> None:
    told = answer(shipped, "presseanfrage", {"frist": "2026-11-25T15:00"})
    assert (told.on, told.at) == (date(2026, 11, 25), time(15, 0))
    assert answer(shipped, "presseanfrage", {"frist": "2026-11-29T12:00"}).on == date(2026, 11, 29)
    assert answer(shipped, "presseanfrage", {}).on == date(2026, 11, 26)
    assert due(shipped, "presseanfrage", {})["sichtung"].at == time(11, 42)


def test_a_call_back_is_due_when_promised_else_the_next_day(shipped: Catalog) -> None:
    told = answer(shipped, "telefonnotiz", {"rueckruf": "erbeten", "rueckruf_bis": "2026-11-27T16:00"})
    assert (told.on, told.at) == (date(2026, 11, 27), time(16, 0))
    assert answer(shipped, "telefonnotiz", {"rueckruf": "erbeten"}).on == date(2026, 11, 26)
    (task,) = shipped.kinds["telefonnotiz"].tasks_for({"rueckruf_bis": "2026-11-27T16:00"})
    assert task.label == "Zurückrufen"


def test_a_condolence_is_due_in_two_days_and_stops_greetings_at_once(shipped: Catalog) -> None:
    assert answer(shipped, "kondolenz", {}).on == date(2026, 11, 27)
    assert due(shipped, "kondolenz", {})["entscheidung"].at == time(13, 42)
    first = shipped.kinds["kondolenz"].tasks_for({})[0]
    assert (first.key, first.offset.amount, first.offset.basis) == ("anhalten", 0, "eingang")


def test_a_jubilee_is_reported_four_weeks_before_and_a_block_is_named(shipped: Catalog) -> None:
    values = {"anlass": "Geburtstag", "tag": "2027-01-15", "bundespraesident": True, "land": True,
              "widerspruch": True, "auskunftssperre": False}  # fmt: skip
    found = due(shipped, "gratulation", values)
    assert found["bundespraesident"].on == date(2026, 12, 18)
    assert found["land"].on == date(2026, 12, 4)
    told = checks(shipped, "gratulation", values)
    assert told["widerspruch"].level is Level.WARN
    assert told["auskunftssperre"].level is Level.OK
    assert "23 Kalendertage" in told["bva"].text or "noch" in told["bva"].text
    assert "widerspruch" not in checks(shipped, "gratulation", {"anlass": "Firmenjubiläum"})


def test_a_formal_petition_wants_three_months_and_a_written_form(shipped: Catalog) -> None:
    told = checks(shipped, "anregung", {"wohnmonate": 2, "textform": "mündlich", "angelegenheit": True})
    assert (told["wohnmonate"].level, told["wohnmonate"].text) == (
        Level.WARN, "2 Monate, mindestens 3: 1 zu wenig",
    )  # fmt: skip
    assert told["textform"].level is Level.WARN
    assert told["angelegenheit"].level is Level.OK
    assert "§ 24" in told["wohnmonate"].source


def test_access_to_files_is_due_by_its_legal_base(shipped: Catalog) -> None:
    month = date(2026, 12, 23)
    for base in ("Informationsfreiheit", "Umweltinformation", "Datenschutz-Auskunft"):
        assert answer(shipped, "akteneinsicht", {"grundlage": base}).on == month, base
    assert answer(shipped, "akteneinsicht", {"grundlage": "Ratsmitglied"}).on == date(2026, 12, 9)
    assert all(one.unconfirmed for one in shipped.kinds["akteneinsicht"].deadlines)


def test_the_seventh_child_needs_seven_and_one_year(shipped: Catalog) -> None:
    values = {"geburtsdatum": "2026-06-01", "lebende_kinder": 6, "abstammung": "verschieden"}
    told = checks(shipped, "ehrenpatenschaft", values)
    assert told["anzahl"].text == "6 Kinder, mindestens 7: 1 zu wenig"
    assert told["abstammung"].level is Level.WARN
    assert due(shipped, "ehrenpatenschaft", values)["antragsfrist"].on == date(2027, 6, 1)


def test_a_concern_is_answered_in_steps(shipped: Catalog) -> None:
    found = due(shipped, "anliegen", {})
    assert [found[key].on for key in ("stellungnahme", "zwischenbescheid", "antwort_frist")] == [
        date(2026, 12, 9), date(2026, 12, 9), date(2026, 12, 23),
    ]  # fmt: skip
    outcomes = {one.key: one.state for one in shipped.kinds["anliegen"].outcomes}
    assert outcomes["zwischenbescheid"] is RequestState.WARTET
    assert outcomes["erledigt"] is RequestState.ERLEDIGT
    assert [one.key for one in shipped.kinds["anliegen"].tasks_for({}, "zwischenbescheid")] == ["endantwort"]
