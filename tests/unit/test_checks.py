"""The check rules: what they count, what they say, and how they are declared."""

# Wall times of the office have no zone.
# ruff: noqa: DTZ001

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.checks import (
    MISSING,
    RULES,
    CheckFacts,
    Finding,
    Level,
    param_problems,
    run_check,
    run_checks,
)
from ob_buero_tui.rules.checks.registry import check_rule
from ob_buero_tui.rules.conditions import holds, parse_condition
from ob_buero_tui.rules.deadlines import Due
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_pattern
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, between

CALENDAR = WorkCalendar(
    holidays={date(2026, 12, 25): "1. Weihnachtstag", date(2027, 1, 1): "Neujahr"},
    closed={date(2026, 12, 24): "Heiligabend"},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)


@dataclass(frozen=True, kw_only=True)
class Spec:
    key: str = "probe"
    label: str = "Probe"
    rule: str | None = None
    question: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.WARN
    source: str = "Hausregel"
    unconfirmed: bool = False
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    key: str
    label: str
    type: str = "text"
    unit: str = ""
    required: bool = False
    when: str = ""


FACTS = CheckFacts(
    received=date(2026, 11, 18),
    today=date(2026, 11, 25),
    event_start=datetime(2026, 12, 14, 18),
    event_end=datetime(2026, 12, 14, 20),
    fields={},
    text="",
    calendar=CALENDAR,
)


def run(rule: str, facts: CheckFacts = FACTS, **params: object) -> tuple[Level, str]:
    assert param_problems(RULES[rule], params) == []
    found = run_check(Spec(rule=rule, params=params), facts)
    return found.level, found.text


def test_lead_time_names_count_and_usual_number() -> None:
    form = (Field(key="schluss", label="Redaktionsschluss", type="datumzeit"),)
    facts = replace(FACTS, form=form, fields={"schluss": "2026-12-14T12:00"})
    assert run("vorlauf", facts, feld="schluss", ueblich=15) == (
        Level.OK,
        "18 Arbeitstage vom Eingang bis Redaktionsschluss, üblich 15",
    )
    assert run("vorlauf", facts, feld="schluss", ueblich=15, ab="heute") == (
        Level.WARN,
        "13 Arbeitstage bis Redaktionsschluss, üblich 15",
    )


def test_lead_time_names_the_hard_bound_only_when_it_is_missed() -> None:
    both = {"ueblich": 56, "mindestens": 20, "zaehlung": "kalendertage"}
    assert run("vorlauf", **both) == (Level.WARN, "26 Kalendertage vom Eingang bis zum Anlass, üblich 56")
    near = replace(FACTS, event_start=datetime(2026, 12, 7, 18), event_end=None)
    assert run("vorlauf", near, **both) == (
        Level.WARN,
        "19 Kalendertage vom Eingang bis zum Anlass, mindestens 20, üblich 56",
    )
    assert run("vorlauf", mindestens=20, zaehlung="kalendertage")[0] is Level.OK


def test_lead_time_without_a_date_is_open_and_before_the_receipt_warns() -> None:
    unknown = replace(FACTS, event_start=None)
    assert run("vorlauf", unknown, ueblich=5)[0] is Level.OPEN
    past = replace(FACTS, event_start=datetime(2026, 11, 2, 9))
    assert run("vorlauf", past, ueblich=5) == (
        Level.WARN,
        "Anlass Mo 2.11.2026 lag schon vor dem Eingang Mi 18.11.2026",
    )


def test_days_beyond_the_known_holidays_are_said_to_be_so() -> None:
    far = replace(FACTS, event_start=datetime(2028, 3, 1, 9))
    assert "Feiertage dieses Jahres sind nicht hinterlegt" in run("vorlauf", far, ueblich=5)[1]
    assert "nicht hinterlegt" not in run("vorlauf", far, ueblich=5, zaehlung="kalendertage")[1]


@given(st.integers(0, 700), st.integers(0, 400), st.sampled_from(list(DayKind)))
def test_lead_time_warns_exactly_when_the_count_is_too_small(days: int, usual: int, kind: DayKind) -> None:
    target = FACTS.received + timedelta(days=days)
    facts = replace(FACTS, event_start=datetime.combine(target, datetime.min.time()))
    level, text = run("vorlauf", facts, ueblich=usual, zaehlung=kind.value)
    count = between(CALENDAR, FACTS.received, target, kind)
    assert (level is Level.WARN) == (count < usual)
    assert text.startswith(f"{count} ")


def test_a_deadline_that_is_past_near_or_open() -> None:
    def due(on: date) -> CheckFacts:
        return replace(FACTS, due={"entwurf": Due(key="entwurf", on=on, text="")})

    params = {"frist": "entwurf", "name": "Entwurf", "mindestens": 3}
    assert run("frist_einhaltbar", due(date(2026, 11, 30)), **params) == (
        Level.OK,
        "noch 3 Arbeitstage bis Entwurf Mo 30.11.2026",
    )
    assert run("frist_einhaltbar", due(date(2026, 11, 27)), **params) == (
        Level.WARN,
        "noch 2 Arbeitstage bis Entwurf Fr 27.11.2026, nötig 3",
    )
    assert run("frist_einhaltbar", due(date(2026, 11, 23)), **params) == (
        Level.WARN,
        "Entwurf Mo 23.11.2026 ist seit 2 Tagen vorbei",
    )
    assert run("frist_einhaltbar", FACTS, **params) == (
        Level.OPEN,
        "„Entwurf“ fehlt, die Frist ist nicht zu prüfen",
    )


def test_required_values_are_named_and_hidden_fields_are_not_asked_for() -> None:
    form = (
        Field(key="form", label="Form", required=True),
        Field(key="umfang", label="Umfang", required=True, when="form=schriftlich"),
        Field(key="ton", label="Ton"),
    )
    facts = replace(FACTS, form=form, event_start=None)
    assert run("pflichtangaben", facts) == (Level.OPEN, "von 1 Pflichtangabe fehlt 1: Form")
    written = replace(facts, fields={"form": "schriftlich"})
    assert run("pflichtangaben", written, termin=True) == (
        Level.OPEN,
        "von 3 Pflichtangaben fehlen 2: Datum des Anlasses und Umfang",
    )
    done = replace(facts, fields={"form": "schriftlich", "umfang": 0})
    assert run("pflichtangaben", done) == (Level.OK, "von 2 Pflichtangaben fehlt keine")


def test_an_answer_is_open_expected_or_not() -> None:
    form = (
        Field(key="gewinn", label="Gewinnabsicht", type="janein"),
        Field(key="am", label="Am", type="datum"),
    )

    def facts(**values: object) -> CheckFacts:
        return replace(FACTS, form=form, fields=values)

    assert run("angabe", facts(), feld="gewinn") == (Level.OPEN, "„Gewinnabsicht“ ist noch nicht angegeben")
    assert run("angabe", facts(gewinn=False), feld="gewinn", erwartet=("nein",)) == (
        Level.OK,
        "Gewinnabsicht: nein",
    )
    assert run("angabe", facts(gewinn=True), feld="gewinn", erwartet=("nein",)) == (
        Level.WARN,
        "Gewinnabsicht: ja; erwartet nein",
    )
    assert run("angabe", facts(am="2026-12-01"), feld="am") == (Level.OK, "Am: Di 1.12.2026")


def test_a_limit_names_number_unit_and_excess() -> None:
    form = (Field(key="umfang", label="Umfang", type="zahl", unit="Zeichen"),)
    for value, expected in (
        (1500, (Level.OK, "1.500 Zeichen, höchstens 1.500")),
        ("1640", (Level.WARN, "1.640 Zeichen, höchstens 1.500: 140 zu viel")),
        (1500.5, (Level.WARN, "1.500,5 Zeichen, höchstens 1.500: 0,5 zu viel")),
        (None, (Level.OPEN, "„Umfang“ ist noch nicht angegeben")),
        ("viel", (Level.OPEN, "„Umfang“ ist noch nicht angegeben")),
        ("inf", (Level.OPEN, "„Umfang“ ist noch nicht angegeben")),
    ):
        facts = replace(FACTS, form=form, fields={"umfang": value})
        assert run("hoechstens", facts, feld="umfang", grenze=1500) == expected


def test_a_least_number_names_number_unit_and_what_is_missing() -> None:
    form = (Field(key="kinder", label="Kinder", type="zahl", unit="Kinder"),)
    for value, expected in (
        (7, (Level.OK, "7 Kinder, mindestens 7")),
        ("5", (Level.WARN, "5 Kinder, mindestens 7: 2 zu wenig")),
        (6.5, (Level.WARN, "6,5 Kinder, mindestens 7: 0,5 zu wenig")),
        (None, (Level.OPEN, "„Kinder“ ist noch nicht angegeben")),
        (True, (Level.OPEN, "„Kinder“ ist noch nicht angegeben")),
    ):
        facts = replace(FACTS, form=form, fields={"kinder": value})
        assert run("mindestens", facts, feld="kinder", grenze=7) == expected


def test_keywords_are_found_as_words_folded() -> None:
    facts = replace(FACTS, text=fold("Die Grünen laden zum Wahlkampfauftakt und Landesparteitag ein."))
    level, text = run("stichwort", facts, woerter=("Wahlkampf*", "*parteitag", "Grün", "Partei"))
    assert (level, text) == (Level.WARN, "im Text gefunden: „Wahlkampf“ und „parteitag“")
    assert run("stichwort", facts, woerter=("Fraktion*", "Partei"))[0] is Level.OK


@given(st.text(max_size=30))
def test_any_keyword_makes_a_pattern_that_finds_itself(word: str) -> None:
    words = [part.strip("*") for part in fold(word).split()]
    if all(words):
        assert keyword_pattern(word).search(" ".join(words))


def test_every_word_of_a_keyword_may_have_its_own_star() -> None:
    pattern = keyword_pattern("Goldene* Buch*")
    assert pattern.search("ins goldene  buch der stadt")
    assert pattern.search("des goldenen\nbuches")
    assert not pattern.search("goldene hochzeit im buch")
    assert not pattern.search("vergoldene buch")


def test_conflicts_history_and_weekends() -> None:
    assert run("konflikt")[0] is Level.OK
    many = replace(FACTS, conflicts=("Rat 17:00", "Empfang 18:00", "Jour fixe", "Presse", "Fahrt"))
    level, text = run("konflikt", many)
    assert level is Level.WARN
    assert text == "5 Überschneidungen: Rat 17:00; Empfang 18:00; Jour fixe und 2 weitere"
    assert run("konflikt", replace(FACTS, event_start=None))[0] is Level.OPEN
    assert run("vorgeschichte", replace(FACTS, history=("2016 Grußwort",))) == (Level.INFO, "2016 Grußwort")
    assert run("vorgeschichte")[0] is Level.OK
    eve = replace(FACTS, event_start=datetime(2026, 12, 24, 11))
    assert run("wochenend_oder_feiertag", eve) == (
        Level.WARN,
        "Do 24.12.2026 ist kein Arbeitstag: Heiligabend",
    )
    assert run("wochenend_oder_feiertag")[0] is Level.OK


def test_the_day_of_the_occasion() -> None:
    def at(day: int, end: int | None = None) -> tuple[Level, str]:
        ends = datetime(2026, 11, end, 20) if end else None
        return run("terminlage", replace(FACTS, event_start=datetime(2026, 11, day, 18), event_end=ends))

    assert at(26) == (Level.OK, "Do 26.11.2026, in 1 Tag")
    assert at(25)[0] is Level.INFO
    assert at(22) == (Level.WARN, "Der Anlass war am So 22.11.2026, vor 3 Tagen")
    assert at(27, 26)[1] == "Der Anlass endet vor seinem Beginn"
    assert run("terminlage", replace(FACTS, event_start=None))[0] is Level.OPEN


@pytest.mark.parametrize(
    ("election", "level"),
    [
        (date(2026, 12, 14), Level.WARN),
        (date(2027, 3, 14), Level.WARN),
        (date(2027, 3, 15), Level.INFO),
        (date(2027, 6, 14), Level.INFO),
        (date(2027, 6, 15), Level.OK),
        (date(2026, 12, 13), Level.OPEN),
    ],
)
def test_election_time_counts_months_before_the_election(election: date, level: Level) -> None:
    facts = replace(FACTS, elections={election: "Landtagswahl"})
    assert run("wahlzeit", facts, gelb=6, rot=3)[0] is level


def test_election_time_says_why() -> None:
    facts = replace(FACTS, elections={date(2027, 3, 14): "Landtagswahl"})
    assert run("wahlzeit", facts, gelb=6, rot=3)[1] == (
        "Landtagswahl So 14.03.2027, 90 Tage danach: rote Zeit von 3 Monaten"
    )
    assert run("wahlzeit", gelb=6, rot=3)[0] is Level.OPEN


def test_a_question_is_open_until_it_is_ticked() -> None:
    spec = Spec(question="Ist alles gut?", unconfirmed=True)
    assert run_check(spec, FACTS) == Finding(
        key="probe",
        label="Probe",
        rule="frage",
        level=Level.OPEN,
        text="Ist alles gut?",
        source="Hausregel",
        unconfirmed=True,
    )
    assert run_check(spec, replace(FACTS, ticked={"probe": True})).level is Level.OK
    no = replace(FACTS, ticked={"probe": False})
    assert run_check(spec, no).level is Level.WARN
    assert run_check(replace(spec, level=Level.INFO), no).level is Level.INFO


def test_checks_whose_condition_is_not_met_are_left_out_and_unknown_rules_are_open() -> None:
    specs = (Spec(key="a", rule="konflikt", when="form=mündlich"), Spec(key="b", rule="gibt_es_nicht"))
    assert [(one.key, one.level) for one in run_checks(specs, FACTS)] == [("b", Level.OPEN)]
    spoken = replace(FACTS, fields={"form": "mündlich"})
    assert [one.key for one in run_checks(specs, spoken)] == ["a", "b"]


@pytest.mark.parametrize(
    ("rule", "params", "wrong"),
    [
        ("vorlauf", {"ueblich": "viel"}, [("ueblich", "viel")]),
        ("vorlauf", {"ueblich": True}, [("ueblich", True)]),
        ("vorlauf", {"ueblich": 3, "zaehlung": "tage"}, [("zaehlung", "tage")]),
        ("vorlauf", {}, [("", MISSING)]),
        ("hoechstens", {"grenze": 3}, [("feld", MISSING)]),
        ("stichwort", {"woerter": ()}, [("woerter", ())]),
        ("stichwort", {"woerter": ("a", 3)}, [("woerter", ("a", 3))]),
        ("konflikt", {"mit": "x"}, [("mit", "mit")]),
        ("pflichtangaben", {"termin": 1}, [("termin", 1)]),
    ],
)
def test_parameters_that_do_not_fit_are_named(
    rule: str, params: dict[str, object], wrong: list[tuple[str, object]]
) -> None:
    assert [(one.name, one.found) for one in param_problems(RULES[rule], params)] == wrong


def test_a_rule_is_registered_once() -> None:
    with pytest.raises(ValueError, match="vorlauf"):
        check_rule("vorlauf")(lambda _facts, _params: (Level.OK, ""))


@pytest.mark.parametrize(
    ("when", "fields", "met"),
    [
        ("", {}, True),
        ("foto", {}, False),
        ("foto", {"foto": False}, False),
        ("foto", {"foto": "nein"}, False),
        ("foto", {"foto": True}, True),
        ("foto", {"foto": 0}, True),
        ("foto=ja", {"foto": True}, True),
        ("foto=nein", {"foto": False}, True),
        ("foto=nein", {}, False),
        ("form=schriftlich|Video", {"form": "Video"}, True),
        ("form=schriftlich|Video", {"form": "mündlich"}, False),
        ("form!=Video", {}, True),
        ("form!=Video", {"form": "Video"}, False),
        ("!foto", {}, True),
        ("!foto", {"foto": False}, True),
        ("!foto", {"foto": True}, False),
        ("!bis", {"bis": "2026-12-01"}, False),
    ],
)
def test_conditions(when: str, fields: dict[str, object], met: bool) -> None:
    assert holds(when, fields) is met


@pytest.mark.parametrize("text", ["Form", "form=", "form = ", "=x", "form>3", "form=|", "!form=Video", "!"])
def test_conditions_of_another_shape_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text.strip())):
        parse_condition(text)
