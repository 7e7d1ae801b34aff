"""What still counts when a file is wrong: the shipped version, the other kinds, the other entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_catalog_example import LEFT_OUT, RADWEG, SHIPPED, SWITCHED_OFF, office

from ob_buero_tui.catalog.load import load_catalog


def test_a_broken_override_falls_back_to_the_shipped_kind(tmp_path: Path) -> None:
    broken = RADWEG.replace('key = "radweg"', 'key = "grusswort"', 1).replace('"datum"', '"dat"')
    catalog = office(tmp_path, broken)
    assert list(catalog.kinds) == SHIPPED
    assert catalog.kinds["grusswort"].label == "Grußwort"
    assert [problem.effect for problem in catalog.problems] == ["Es gilt die mitgelieferte Fassung."]


def test_an_unreadable_override_falls_back_by_its_file_name(tmp_path: Path) -> None:
    catalog = office(tmp_path, "key = ", "requests/grusswort.toml")
    assert catalog.kinds["grusswort"].label == "Grußwort"
    assert [problem.effect for problem in catalog.problems] == ["Es gilt die mitgelieferte Fassung."]


def test_a_broken_shipped_file_costs_only_its_kind(tmp_path: Path) -> None:
    requests = tmp_path / "catalog" / "requests"
    requests.mkdir(parents=True)
    (tmp_path / "catalog" / "event_kinds.toml").write_text(
        '[[event_kinds]]\nkey = "besprechung"\nlabel = "B"\nsign = "Bs"\nminutes = 30\n', encoding="utf-8"
    )
    (requests / "radweg.toml").write_text(RADWEG, encoding="utf-8")
    (requests / "zaun.toml").write_text("kaputt", encoding="utf-8")
    catalog = load_catalog(base=tmp_path)
    assert list(catalog.kinds) == ["radweg"]
    assert [problem.file for problem in catalog.problems] == ["requests/zaun.toml (mitgeliefert)"]


@pytest.mark.parametrize(("name", "own", "taken"), [("picker_key", '"x"', '"g"'), ("sign", '"Rw"', '"Gw"')])
def test_a_taken_key_or_sign_leaves_out_the_new_kind(name: str, own: str, taken: str, tmp_path: Path) -> None:
    catalog = office(tmp_path, RADWEG.replace(f"{name} = {own}", f"{name} = {taken}"))
    assert [problem.sentence for problem in catalog.problems] == [
        f"requests/radweg.toml, {name}: Erwartet wird ein Wert, den requests/grusswort.toml (mitgeliefert) "
        f"(„Grußwort“) nicht schon trägt, gefunden wurde „{taken[1:-1]}“. {LEFT_OUT}"
    ]
    assert list(catalog.kinds) == SHIPPED


def test_an_override_that_takes_anothers_key_falls_back(tmp_path: Path) -> None:
    own = RADWEG.replace('key = "radweg"', 'key = "einladung"', 1).replace('"x"', '"g"')
    catalog = office(tmp_path, own)
    assert catalog.kinds["einladung"].label == "Einladung"
    assert [problem.effect for problem in catalog.problems] == ["Es gilt die mitgelieferte Fassung."]


def test_an_inactive_kind_frees_its_key(tmp_path: Path) -> None:
    own = RADWEG.replace('key = "radweg"', 'key = "einladung"\nactive = false', 1)
    office(tmp_path, own.replace('"Rw"', '"Ei"').replace('"x"', '"e"'), "requests/einladung.toml")
    catalog = office(tmp_path, RADWEG.replace('"x"', '"e"').replace('"Rw"', '"Ei"'))
    assert catalog.problems == ()
    active = [key for key in SHIPPED if key not in SWITCHED_OFF and key != "einladung"]
    assert [kind.key for kind in catalog.active_kinds] == [*active, "radweg"]


def test_the_same_key_in_two_files_leaves_out_the_second(tmp_path: Path) -> None:
    office(tmp_path, RADWEG)
    catalog = office(tmp_path, RADWEG.replace('"Radweg"', '"Zweiter"'), "requests/zweiter.toml")
    assert catalog.kinds["radweg"].label == "Radweg"
    assert [(one.file, one.key) for one in catalog.problems] == [("requests/zweiter.toml", "key")]


@pytest.mark.parametrize(
    ("name", "text", "sentences"),
    [
        (
            "office.toml",
            'region = "XX"\nzone = "Europe/Düren"\ndefault_travel_min = 25\nregoin = "NW"\n',
            [
                "regoin: Erwartet wird einer der Schlüssel region, zone, default_travel_min, "
                "talk_weekday, office_hours, figures, kinds, gefunden wurde „regoin“. "
                "Gemeint ist vielleicht „region“.",
                "region: Erwartet wird das Kürzel eines Landes: BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, "
                "RP, SH, SL, "
                "SN, ST, TH, gefunden wurde „XX“.",
                "zone: Erwartet wird der Name einer Zeitzone wie Europe/Berlin, gefunden wurde "
                "„Europe/Düren“.",
            ],
        ),
        (
            "places.toml",
            '[[places]]\nmatch = "Bad"\nminutes = "zehn"\n[[places]]\nmatch = "Dom"\nminutes = 5\n',
            ["places[0].minutes: Erwartet wird eine ganze Zahl von 0 bis 600, gefunden wurde „zehn“."],
        ),
        (
            "closed_days.toml",
            '[[closed_days]]\nlabel = "Nie"\nmonth = 2\nday = 30\n',
            ["closed_days: Erwartet wird für „Nie“ ein Tag, den es gibt, gefunden wurde „30.2.“."],
        ),
        (
            "closed_days.toml",
            '[[closed_days]]\nlabel = "Beides"\nmonth = 2\nday = 3\neaster = -48\n',
            [
                "closed_days: Erwartet wird für „Beides“ entweder month und day oder easter, gefunden "
                "wurde „3.2. und easter = -48“."
            ],
        ),
        (
            "office.toml",
            'talk_weekday = "Montags"\n',
            [
                "talk_weekday: Erwartet wird ein Wochentag wie Montag, gefunden wurde „Montags“. "
                "Gemeint ist vielleicht „Montag“."
            ],
        ),
        (
            "districts.toml",
            '[[districts]]\nwords = ["Nordpark*"]\n[[districts]]\nlabel = "Süd"\nwords = "Südpark"\n',
            [
                "districts[0].label: Erwartet wird ein Text, gefunden wurde nichts.",
                "districts[1].words: Erwartet wird eine Liste von Texten, gefunden wurde „Südpark“.",
            ],
        ),
        (
            "elections.toml",
            '[[elections]]\nlabel = "Ratswahl"\ndate = "2030-09-08"\n',
            [
                "elections[0].date: Erwartet wird ein Datum wie 2027-09-12 (ohne Anführungszeichen), "
                "gefunden wurde „2030-09-08“."
            ],
        ),
    ],
)
def test_a_wrong_entry_of_a_list_is_left_out(
    name: str, text: str, sentences: list[str], tmp_path: Path
) -> None:
    catalog = office(tmp_path, text, name)
    effect = "Dieser Eintrag bleibt weg, alle anderen gelten."
    assert sorted(problem.sentence for problem in catalog.problems) == sorted(
        f"{name}, {sentence} {effect}" for sentence in sentences
    )
    assert list(catalog.kinds) == SHIPPED


@pytest.mark.parametrize("name", ["office.toml", "event_kinds.toml", "places.toml", "closed_days.toml"])
def test_an_unreadable_list_falls_back_to_the_shipped_one(name: str, tmp_path: Path) -> None:
    shipped = load_catalog()
    catalog = office(tmp_path, "kaputt", name)
    assert [(one.file, one.effect) for one in catalog.problems] == [
        (name, "Es gilt die mitgelieferte Fassung.")
    ]
    assert (catalog.places, catalog.closed_days, catalog.event_kinds, catalog.region) == (
        shipped.places,
        shipped.closed_days,
        shipped.event_kinds,
        shipped.region,
    )


def test_an_event_kind_that_stands_twice_is_named(tmp_path: Path) -> None:
    one = '[[event_kinds]]\nkey = "probe"\nlabel = "{}"\nsign = "Pb"\nminutes = 30\n'
    catalog = office(tmp_path, one.format("Erste") + one.format("Zweite"), "event_kinds.toml")
    assert catalog.event_kinds["probe"].label == "Erste"
    assert [problem.key for problem in catalog.problems] == ["event_kinds[1].key"]
