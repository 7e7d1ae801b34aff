"""A form names all that is wrong with it at once, at each field, in German sentences."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import FieldSpec, FieldType, RequestKind
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.conflicts import merge_typed
from ob_buero_tui.services.requests.forms import (
    PREFIX,
    ReadForm,
    count_text,
    form_specs,
    length_of,
    limit_of,
    read_form,
)

TODAY = date(2026, 11, 25)
CALENDAR = WorkCalendar(holidays={}, closed={}, first=date(2024, 1, 1), last=date(2029, 12, 31))
KINDS = load_catalog(whole=True).kinds
PLENTY = {FieldType.ZAHL: "3", FieldType.BETRAG: "3", FieldType.JANEIN: "ja", FieldType.ZEIT: "14"}


def full(kind: RequestKind) -> dict[str, str]:
    """A form with something in every field."""
    typed = {}
    for name, spec in form_specs(kind).items():
        dated = spec.type in (FieldType.DATUM, FieldType.DATUMZEIT)
        typed[name] = "24.12.2026" if dated else PLENTY.get(spec.type, (*spec.choices, "Beispiel")[0])
    return typed | {"event_from": "14", "event_to": "15"}


def read(kind: RequestKind | None, typed: dict[str, str], **more: object) -> ReadForm:
    return read_form(kind, typed, TODAY, CALENDAR, needed=("subject",), **more)  # type: ignore[arg-type]


def told(form: ReadForm) -> dict[str, str]:
    return {one.name: one.text for one in form.problems}


def test_there_are_22_kinds() -> None:
    assert len(KINDS) == 22


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_kind_names_three_mistakes_at_once(key: str) -> None:
    kind = KINDS[key]
    typed = full(kind)
    assert read(kind, typed).problems == ()
    left_out = next(spec for spec in kind.fields if spec.required and not spec.when)
    dated = next((name for name, spec in form_specs(kind).items() if spec.ahead), "")
    wrong = {f"{PREFIX}{left_out.key}": "", dated: "24.11.2026", "subject": "x" * 412}
    form = read(kind, typed | wrong)
    found = told(form)
    assert found["subject"] == "„Betreff“ ist zu lang: 412 von 300 Zeichen. Kürzen Sie um 112."
    label = form_specs(kind)[dated].label
    assert found[dated] == f"„{label}“: Di 24.11.2026 liegt in der Vergangenheit."
    missing = f"„{left_out.label}“ fehlt: Diese Angabe wird gebraucht."
    assert found[f"{PREFIX}{left_out.key}"] == missing
    assert [one.grave for one in form.problems if one.name != "subject"] == [False, False]
    assert form.grave, "what does not fit into the column cannot be saved"
    assert [one.name for one in form.problems] == [name for name in form_specs(kind) if name in found]


@pytest.mark.parametrize(
    ("typed", "name", "text"),
    [
        ({"event_date": "1.12."}, "event_from", "Zum Tag fehlt die Uhrzeit."),
        ({"event_from": "14"}, "event_date", "Zur Uhrzeit fehlt der Tag."),
        ({"event_date": "1.12.", "event_from": "14", "event_to": "13"}, "event_to", "„bis“ liegt nicht nach"),
        ({"event_date": "31.2."}, "event_date", "Der Kalender hat diesen Tag nicht."),
        ({"feld-umfang": "-3", "feld-form": "schriftlich"}, "feld-umfang", "darf nicht kleiner als 0 sein"),
        ({"feld-umfang": "9999999999", "feld-form": "schriftlich"}, "feld-umfang", "größer als 999.999.999"),
        ({"feld-umfang": "viel", "feld-form": "schriftlich"}, "feld-umfang", "keine ganze Zahl"),
        ({"feld-stichworte": "x" * 20_001}, "feld-stichworte", "20.001 von 20.000 Zeichen"),
        ({"subject": " "}, "subject", "„Betreff“ fehlt"),
    ],
)
def test_what_cannot_be_stored_is_grave(typed: dict[str, str], name: str, text: str) -> None:
    form = read(KINDS["grusswort"], {"subject": "Grußwort"} | typed)
    assert text in told(form)[name]
    assert form.grave


def test_a_hidden_field_is_neither_missed_nor_read() -> None:
    form = read(KINDS["grusswort"], {"subject": "G", "feld-form": "mündlich", "feld-umfang": "viel"})
    assert not {"feld-umfang", "feld-redaktionsschluss"} & told(form).keys()
    assert "feld-umfang" in form.unread


def test_what_was_so_before_is_no_news() -> None:
    before = {"subject": "G", "feld-form": "schriftlich", "feld-redaktionsschluss": "24.11.2026"}
    again = read(KINDS["grusswort"], before, known=before | {"feld-anlass": ""})
    assert not {"feld-redaktionsschluss", "feld-anlass"} & told(again).keys()
    emptied = read(KINDS["grusswort"], before | {"feld-form": ""}, known=before)
    assert "feld-form" in told(emptied)


def test_begin_and_end_are_understood() -> None:
    form = read(None, {"subject": "G", "event_date": "1.12.", "event_from": "14", "event_to": "15:30"})
    assert (form.start, form.end) == (
        datetime.fromisoformat("2026-12-01T14:00"),
        datetime.fromisoformat("2026-12-01T15:30"),
    )


def test_a_text_is_counted_against_its_own_limit_or_another_field() -> None:
    own = FieldSpec(key="text", label="Text", type=FieldType.LANGTEXT, limit=600)
    named = FieldSpec(key="text", label="Text", type=FieldType.LANGTEXT, limit="feld:umfang")
    assert limit_of(own, {}) == 600
    assert limit_of(named, {"feld-umfang": 1500}) == 1500
    assert limit_of(named, {"feld-umfang": None}) == 20_000
    assert count_text(1240, 1500) == "1.240 von 1.500 Zeichen"
    assert count_text(1501, 1500) == "! zu lang: 1.501 von 1.500 Zeichen"


@given(st.text(alphabet="aä \n", max_size=60))
def test_blanks_and_line_ends_count_but_not_around_the_text(text: str) -> None:
    assert length_of(text) == len(text.strip())


VALUES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "1", "2"]))


@given(VALUES, VALUES, VALUES)
def test_merging_loses_nothing_that_either_typed(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merged = merge_typed(before, mine, theirs, {})
    clashes = {one.name for one in merged.clashes}
    for name in {*mine, *theirs}:
        start, ours, now = (one.get(name, "") for one in (before, mine, theirs))
        if ours != start and now not in (start, ours):
            assert name in clashes
        else:
            assert name not in clashes
            assert merged.values.get(name, "") == (now if ours == start else ours)
