"""How kinds are read: the shipped ones late, an office's at once, switched on and off in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_catalog_example import RADWEG, office

from ob_buero_tui.catalog.late import PARTS, LateKind
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.rules.refusals import Refusal


def shipped_folder(folder: Path, text: str) -> Path:
    (folder / "catalog" / "requests").mkdir(parents=True)
    (folder / "catalog" / "event_kinds.toml").write_text(
        '[[event_kinds]]\nkey = "besprechung"\nlabel = "B"\nsign = "Bs"\nminutes = 30\n', encoding="utf-8"
    )
    (folder / "catalog" / "requests" / "radweg.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_kind_read_late_is_the_kind_read_whole() -> None:
    late, whole = load_catalog(), load_catalog(whole=True)
    assert list(late.kinds) == list(whole.kinds)
    for key, kind in late.kinds.items():
        assert isinstance(kind, LateKind)
        assert not isinstance(whole.kinds[key], LateKind)
        for name in (*PARTS, "label", "sign", "sort", "split", "keywords", "active", "event_kind"):
            assert getattr(kind, name) == getattr(whole.kinds[key], name)


def test_the_parts_of_a_shipped_kind_are_read_when_asked_for(tmp_path: Path) -> None:
    kind = load_catalog(base=shipped_folder(tmp_path, RADWEG)).kinds["radweg"]
    assert (kind.label, kind.sign, kind.sort) == ("Radweg", "Rw", 100)
    (tmp_path / "catalog" / "requests" / "radweg.toml").unlink()
    assert [field.key for field in kind.fields] == ["art", "bis"]
    assert kind.outcome("zusage") is not None
    with pytest.raises(AttributeError):
        _ = kind.colour  # type: ignore[attr-defined]


def test_a_damaged_part_of_a_shipped_kind_refuses_with_file_and_place(tmp_path: Path) -> None:
    folder = shipped_folder(tmp_path, RADWEG.replace('type = "datum"', 'type = "datm"'))
    catalog = load_catalog(base=folder)
    assert catalog.problems == ()
    with pytest.raises(Refusal, match=r"radweg.toml \(mitgeliefert\), fields\[1\].type"):
        _ = catalog.kinds["radweg"].fields
    whole = load_catalog(base=folder, whole=True)
    assert [problem.key for problem in whole.problems] == ["fields[1].type"]
    assert "radweg" not in whole.kinds


def test_a_shipped_head_that_is_not_plain_is_read_whole(tmp_path: Path) -> None:
    text = RADWEG.replace('label = "Radweg"', "label = 'Radweg'", 1)
    kind = load_catalog(base=shipped_folder(tmp_path, text)).kinds["radweg"]
    assert not isinstance(kind, LateKind)
    assert kind.label == "Radweg"


def test_one_line_of_the_office_switches_a_kind_off_and_on(tmp_path: Path) -> None:
    assert load_catalog().kinds["grusswort"].active
    catalog = office(tmp_path, "kinds.grusswort = false\n", "office.toml")
    assert catalog.problems == ()
    assert not catalog.kinds["grusswort"].active
    assert "grusswort" not in [kind.key for kind in catalog.active_kinds]
    assert catalog.kinds["grusswort"].fields == load_catalog().kinds["grusswort"].fields
    catalog = office(tmp_path, RADWEG.replace('sign = "Rw"', 'sign = "Rw"\nactive = false'))
    assert not catalog.kinds["radweg"].active
    catalog = office(tmp_path, "[kinds]\nradweg = true\n", "office.toml")
    assert catalog.problems == ()
    assert catalog.kinds["radweg"].active
    assert catalog.kinds["grusswort"].active


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "kinds.gruswort = true",
            "office.toml, kinds.gruswort: Erwartet wird die Kennung einer Art, gefunden wurde „gruswort“. "
            "Gemeint ist vielleicht „grusswort“. Dieser Eintrag bleibt weg, alle anderen gelten.",
        ),
        (
            'kinds.grusswort = "nein"',
            "office.toml, kinds.grusswort: Erwartet wird true oder false, gefunden wurde „nein“. "
            "Dieser Eintrag bleibt weg, alle anderen gelten.",
        ),
        (
            'kinds = ["grusswort"]',
            "office.toml, kinds: Erwartet wird eine Tabelle von Arten mit true oder false, "
            "gefunden wurde eine Liste mit 1 Eintrag. Dieser Eintrag bleibt weg, alle anderen gelten.",
        ),
    ],
)
def test_a_wrong_switch_is_named_and_stops_nothing(line: str, sentence: str, tmp_path: Path) -> None:
    catalog = office(
        tmp_path, f"kinds.einladung = false\n{line}\n" if "kinds." in line else line, "office.toml"
    )
    assert [problem.sentence for problem in catalog.problems] == [sentence]
    assert catalog.kinds["grusswort"].active
    assert catalog.kinds["einladung"].active is ("kinds." not in line)


def test_a_switched_off_kind_frees_its_key_and_sign(tmp_path: Path) -> None:
    office(tmp_path, "kinds.einladung = false", "office.toml")
    catalog = office(tmp_path, RADWEG.replace('picker_key = "x"', 'picker_key = "e"').replace('"Rw"', '"Ei"'))
    assert catalog.problems == ()
    assert "radweg" in [kind.key for kind in catalog.active_kinds]


def test_two_wrong_values_for_the_new_keys_of_a_kind(tmp_path: Path) -> None:
    text = RADWEG.replace('sign = "Rw"', 'sign = "Rw"\nsplit = ""\nends_with_death = "ja"')
    assert [(one.key, one.expected) for one in office(tmp_path, text).problems] == [
        ("split", "ein Text, der nicht leer ist"),
        ("ends_with_death", "true oder false"),
    ]
