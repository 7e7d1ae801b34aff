"""salutations.toml: what is wrong with a row is named, and the others count."""

from __future__ import annotations

from pathlib import Path

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.salutation import Addressee, forms

ROW = """[[salutations]]
key = "{key}"
label = "Probe"
by = "{by}"
match = ["Deichgraf"]
address = ["{address}"]
salutation = "{salutation}"
"""


def row(
    key: str = "deichgraf",
    by: str = "amt",
    address: str = "{Herrn|Frau} {vorname} {name}",
    salutation: str = "Moin {name},",
) -> str:
    """A row that is right, unless said otherwise."""
    return ROW.format(key=key, by=by, address=address, salutation=salutation)


def catalog_with(folder: Path, text: str) -> Catalog:
    """The catalog of an office with this file."""
    (folder / "catalog").mkdir()
    (folder / "catalog" / "salutations.toml").write_text(text, encoding="utf-8")
    return load_catalog(folder)


def test_the_shipped_table_is_sound() -> None:
    catalog = load_catalog()
    assert len(catalog.salutations) >= 25
    assert {one.key for one in catalog.salutations} >= {"person", "neutral", "organisation", "mdb", "adel"}
    assert not catalog.problems


def test_an_office_adds_a_row(tmp_path: Path) -> None:
    catalog = catalog_with(tmp_path, row())
    who = Addressee(
        form_of_address="Herr", given_name="Hauke", family_name="Beispiel", job_title="Deichgraf von Ostheim"
    )
    assert forms(who, catalog.salutations).salutation == "Moin Beispiel,"
    assert not catalog.problems


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (row(salutation="Moin {nahme},"), "Platzhalter"),
        (row(salutation="Moin {name"), "geschweifte Klammern"),
        (row(salutation="Moin {name}"), "Komma"),
        (row(by="standard"), "nur für diese"),
        (row(key="person"), "nur für diese"),
        (row(by="haarfarbe"), "eines von"),
        ("salutations = 3", "eine Liste von Tabellen"),
    ],
)
def test_what_is_wrong_is_named_and_the_shipped_rows_count(tmp_path: Path, wrong: str, expected: str) -> None:
    catalog = catalog_with(tmp_path, wrong)
    assert [one for one in catalog.problems if expected in one.sentence]
    assert {"person", "neutral", "organisation"} <= {one.key for one in catalog.salutations}
    assert "deichgraf" not in {one.key for one in catalog.salutations}
