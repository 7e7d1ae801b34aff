"""The shipped catalog is sound and complete, and an office adds to it with files alone."""

# Wall times of the office have no zone.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.easter import easter
from test_catalog_example import SHIPPED

from ob_buero_tui.catalog.closed import closed_days
from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog, ClosedDayRule, FieldType
from ob_buero_tui.catalog.proposing import propose_kind
from ob_buero_tui.rules.checks import CheckFacts, Level, run_checks
from ob_buero_tui.rules.deadlines import Bases, resolve
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.workdays import WorkCalendar

EHRUNG = """\
key = "ehrung"
label = "Ehrung"
sign = "Eh"
picker_key = "h"
sort = 35
keywords = ["Ehrung*", "Verdienst*"]
event_kind = "ordensempfang"
tasks_source = "Satzung der Stadt"

[[fields]]
key = "beschluss_am"
label = "Beschluss am"
type = "datum"
required = true

[[checks]]
key = "angaben"
label = "Angaben"
rule = "pflichtangaben"
source = "Satzung der Stadt"

[[checks]]
key = "vorlauf"
label = "Vorlauf"
rule = "vorlauf"
source = "Satzung der Stadt"
params.ueblich = "urkunde"

[[deadlines]]
key = "urkunde"
label = "Urkunde"
amount = 2
basis = "feld:beschluss_am"
source = "Satzung der Stadt"

[[tasks]]
key = "druck"
label = "Urkunde drucken"
amount = 0
basis = "frist:urkunde"
outcomes = ["zusage"]

[[outcomes]]
key = "zusage"
label = "Zusage"
state = "zugesagt"
"""
CALENDAR = WorkCalendar(holidays={}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31))


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog(whole=True)


def test_the_shipped_data_has_no_problem(shipped: Catalog) -> None:
    assert [problem.sentence for problem in shipped.problems] == []
    assert list(shipped.kinds) == SHIPPED
    assert (shipped.region, shipped.zone) == ("NW", "Europe/Berlin")


def test_every_shipped_rule_names_its_source_and_own_rules_are_unconfirmed(shipped: Catalog) -> None:
    for kind in shipped.kinds.values():
        for one in (*kind.checks, *kind.deadlines):
            assert one.source
            assert one.unconfirmed or "Hausregel" not in one.source
        assert kind.tasks_source
        assert kind.tasks_unconfirmed


def test_the_form_of_a_grusswort_decides_what_is_asked_counted_and_done(shipped: Catalog) -> None:
    kind = shipped.kinds["grusswort"]

    def parts(form: str) -> tuple[set[str], set[str], set[str]]:
        values = {"form": form}
        return (
            {one.key for one in kind.fields_for(values)},
            {one.key for one in kind.deadlines_for(values)},
            {one.key for one in kind.tasks_for(values, "zusage")},
        )

    fields, deadlines, tasks = parts("schriftlich")
    assert {"umfang", "redaktionsschluss", "foto"} <= fields
    assert "redezeit" not in fields
    assert "entwurf" in deadlines
    assert {"text", "versand", "beleg"} <= tasks
    fields, deadlines, tasks = parts("mündlich")
    assert {"redezeit", "begruessung"} <= fields
    assert "redaktionsschluss" not in fields
    assert {"entwurf_rede", "freigabe_rede"} <= deadlines
    assert {"rede", "mappe"} <= tasks
    assert "videolaenge" in parts("Video")[0]
    assert [one.key for one in kind.tasks_for({"form": "Video"})] == ["eingangsbestaetigung"]


def test_deadlines_and_checks_of_a_grusswort_work_together(shipped: Catalog) -> None:
    kind = shipped.kinds["grusswort"]
    values: dict[str, object] = {
        "form": "schriftlich",
        "redaktionsschluss": "2026-12-14T12:00",
        "umfang": 1500,
    }
    bases = Bases(received=datetime(2026, 11, 18, 9), fields=values, labels=kind.basis_labels)
    due = resolve(kind.deadlines_for(values), bases, CALENDAR)
    assert due["entwurf"].on == date(2026, 11, 30)
    assert due["entwurf"].text == "10 Arbeitstage vor Redaktionsschluss Mo 14.12."
    assert (due["redaktionsschluss_frist"].on, str(due["redaktionsschluss_frist"].at)) == (
        date(2026, 12, 14),
        "12:00:00",
    )
    tasks = resolve(kind.tasks_for(values, "zusage"), bases, CALENDAR, known=due)
    assert tasks["text"].on == date(2026, 11, 30)
    facts = CheckFacts(
        received=date(2026, 11, 18),
        today=date(2026, 11, 25),
        event_start=None,
        event_end=None,
        fields=values,
        text="",
        calendar=CALENDAR,
        due=due,
        form=kind.fields,
    )
    found = {one.key: one for one in run_checks(kind.checks, facts)}
    assert found["vorlauf"].level is Level.OK
    assert found["vorlauf"].text == "18 Arbeitstage vom Eingang bis Redaktionsschluss, üblich 15"
    assert found["umfang"].text == "1.500 Zeichen, höchstens 1.500"
    assert found["entwurfsfrist"].text == "noch 3 Arbeitstage bis Entwurf Mo 30.11.2026"
    assert found["pflichtangaben"].text == (
        "von 7 Pflichtangaben fehlen 4: Anlass, Publikation, Herausgeber und Porträtfoto erwünscht"
    )
    assert "vorlauf_rede" not in found


def test_every_shipped_check_answers_on_an_empty_and_on_a_full_request(shipped: Catalog) -> None:
    examples: dict[FieldType, object] = {
        FieldType.DATUM: "2026-12-01",
        FieldType.DATUMZEIT: "2026-12-01T10:00",
        FieldType.ZAHL: 3,
        FieldType.BETRAG: "30.50",
        FieldType.JANEIN: True,
    }
    for kind in shipped.kinds.values():
        full = {
            one.key: one.choices[0] if one.choices else examples.get(one.type, "x") for one in kind.fields
        }
        for values in ({}, full):
            facts = CheckFacts(
                received=date(2026, 11, 18),
                today=date(2026, 11, 25),
                event_start=datetime(2026, 12, 5, 10) if values else None,
                event_end=None,
                fields=values,
                text="",
                calendar=CALENDAR,
                form=kind.fields,
            )
            for finding in run_checks(kind.checks, facts):
                assert finding.text
                assert finding.source


def test_an_office_adds_a_kind_with_files_alone(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    (folder / "requests").mkdir(parents=True)
    (folder / "requests" / "ehrung.toml").write_text(EHRUNG, encoding="utf-8")
    (folder / "requests" / ".ehrung.toml.swp").write_bytes(b"\x00")
    (folder / "requests" / "ehrung.toml~").write_bytes(b"\x00")
    (folder / "office.toml").write_text('region = "RP"\n[figures]\nurkunde = 7\n', encoding="utf-8")
    (folder / "event_kinds.toml").write_text(
        '[[event_kinds]]\nkey = "ordensempfang"\nlabel = "Ordensempfang"\nsign = "Or"\nminutes = 75\n'
        'confidentiality = "vertraulich"\n',
        encoding="utf-8",
    )
    catalog = load_catalog(tmp_path)
    assert catalog.problems == ()
    assert set(catalog.kinds) == set(SHIPPED)
    assert list(catalog.kinds).index("ehrung") < list(catalog.kinds).index("einladung")
    kind = catalog.kinds["ehrung"]
    assert kind.checks[1].params == {"ueblich": 7}
    assert kind.fields[0].type is FieldType.DATUM
    assert [task.key for task in kind.tasks_for({}, "zusage")] == ["druck"]
    assert catalog.region == "RP"
    assert catalog.figures["freigabe"] == -5
    assert catalog.event_kinds["ordensempfang"].confidentiality is Confidentiality.VERTRAULICH
    assert "jour_fixe" in catalog.event_kinds
    proposal = propose_kind(catalog, "Vorschlag zur Ehrung", "")
    assert proposal is not None
    assert proposal.kind == "ehrung"


def test_an_office_overrides_a_shipped_kind_and_its_lists(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    (folder / "requests").mkdir(parents=True)
    text = (data_folder() / "catalog" / "requests" / "grusswort.toml").read_text(encoding="utf-8")
    (folder / "requests" / "eigenes.toml").write_text(
        text.replace('label = "Grußwort"', 'label = "Grußbotschaft"', 1), encoding="utf-8"
    )
    (folder / "places.toml").write_text('[[places]]\nmatch = "Dom"\nminutes = 5\n', encoding="utf-8")
    (folder / "elections.toml").write_text(
        '[[elections]]\nlabel = "Ratswahl"\ndate = 2030-09-08\n', encoding="utf-8"
    )
    catalog = load_catalog(tmp_path)
    assert catalog.problems == ()
    assert [kind.label for kind in catalog.kinds.values()][:2] == ["Schirmherrschaft", "Grußbotschaft"]
    assert [place.match for place in catalog.places] == ["Dom"]
    assert catalog.elections == {date(2030, 9, 8): "Ratswahl"}


def test_a_missing_office_folder_is_no_problem(tmp_path: Path) -> None:
    assert load_catalog(tmp_path / "gibt es nicht").kinds == load_catalog().kinds


def test_travel_time_by_place(shipped: Catalog) -> None:
    assert shipped.travel_min("") == 0
    assert shipped.travel_min("Ratssaal, 2. OG") == 0
    assert shipped.travel_min("GRUNDSCHULE NORD") == 15
    assert shipped.travel_min("Buergerbuero") == 5
    assert shipped.travel_min("Irgendwo") == 20


def test_event_kinds_of_the_office(shipped: Catalog) -> None:
    assert shipped.event_kinds["privat"].confidentiality is Confidentiality.PERSOENLICH
    assert not shipped.event_kinds["vorbereitung"].blocking
    assert all(kind.minutes >= 5 for kind in shipped.event_kinds.values())
    signs = [kind.sign for kind in shipped.event_kinds.values()]
    assert len(signs) == len(set(signs))


def test_closed_days_of_a_year(shipped: Catalog) -> None:
    assert closed_days(shipped.closed_days, 2026) == {
        date(2026, 2, 16): "Rosenmontag",
        date(2026, 12, 24): "Heiligabend",
        date(2026, 12, 31): "Silvester",
    }
    for year in range(1990, 2060):
        (monday,) = (day for day, label in closed_days(shipped.closed_days, year).items() if "Rosen" in label)
        assert monday == easter(year) - timedelta(days=48)
        assert monday.weekday() == 0


def test_the_29th_of_february_is_closed_in_leap_years_only() -> None:
    rule = ClosedDayRule(label="Schalttag", month=2, day=29)
    assert [len(closed_days([rule], year)) for year in (2000, 2027, 2028, 2100)] == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("subject", "body", "files", "kind"),
    [
        ("Bitte um ein Grußwort für unsere Festschrift", "Wir laden Sie herzlich ein.", (), "grusswort"),
        ("Vereinsgrußwort 2027", "", (), "grusswort"),
        ("Übernahme der Schirmherrschaft", "mit einem Grusswort", (), "schirmherrschaft"),
        ("Besuch", "im Rahmen eines Eintrags in das Goldene Buch", (), "goldenes_buch"),
        ("Anfrage", "Dürfen wir Sie zum Richtfest einladen?", (), "einladung"),
        ("Anfrage", "siehe Anlage", ("Schirmherrschaft_Antrag.pdf",), "schirmherrschaft"),
        ("Schlagloch in der Hafenstraße", "Bitte reparieren.", (), "anliegen"),
        ("Ladenschluss am Markt", "Bitte um Rückmeldung. Eintragung im Vereinsregister liegt bei.", (), None),
        ("", "", (), None),
    ],
)
def test_a_kind_is_proposed_from_words(
    shipped: Catalog, subject: str, body: str, files: tuple[str, ...], kind: str | None
) -> None:
    proposal = propose_kind(shipped, subject, body, files)
    assert (proposal.kind if proposal else None) == kind


def test_a_proposal_names_words_and_weight(shipped: Catalog) -> None:
    proposal = propose_kind(shipped, "Grußwort", "Redaktionsschluss ist bald, Redaktionsschluss!")
    assert proposal is not None
    assert (proposal.score, proposal.words) == (7, ("grußwort", "Redaktionsschluss"))


def test_data_is_found_in_the_wheel_before_the_repository(tmp_path: Path) -> None:
    package = tmp_path / "src" / "ob_buero_tui"
    repository = tmp_path / "data" / "catalog" / "requests"
    with pytest.raises(Refusal, match="nicht gefunden"):
        data_folder(package)
    repository.mkdir(parents=True)
    assert data_folder(package) == tmp_path / "data"
    (package / "data" / "catalog" / "requests").mkdir(parents=True)
    assert data_folder(package) == package / "data"
