"""planning.toml: the office's own points, fairs and places in the Beratungsfolge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.planning import occasions_of, planning_rules, step_of
from ob_buero_tui.rules.year_plan import Wish


def own(tmp_path: Path, text: str) -> Catalog:
    """The catalog of an office with this file."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "planning.toml").write_text(text, encoding="utf-8")
    return load_catalog(tmp_path)


def test_every_wish_has_points_and_karneval_its_days(catalog: Catalog) -> None:
    rules = planning_rules(catalog)
    assert set(rules.weights) == set(Wish)
    (karneval,) = [one for one in occasions_of(rules.occasions, 2027) if one.label == "Karneval"]
    assert (karneval.first, karneval.last) == (date(2027, 2, 4), date(2027, 2, 10))
    assert karneval.first.weekday() == 3  # Weiberfastnacht, until Aschermittwoch
    assert not catalog.problems


@pytest.mark.parametrize(
    ("names", "step"),
    [
        (("Stadtrat", "", "Stadtrat"), 3),
        (("Rat der Stadt Lindenau",), 3),
        (("Haupt- und Finanzausschuss",), 2),
        (("Ausschuss für Umwelt",), 1),
        (("Seniorenbeirat",), 0),
        (("Integrationsrat",), 1),
    ],
)
def test_who_consults_when(catalog: Catalog, names: tuple[str, ...], step: int) -> None:
    assert step_of(planning_rules(catalog), *names).step == step


def test_an_office_changes_single_points_and_adds_its_fair(tmp_path: Path) -> None:
    catalog = own(
        tmp_path,
        "rounds = 5\n[weights]\nanlass = 30\n"
        '[[occasions]]\nlabel = "Kirmes"\nmonth = 9\nday = 3\ndays = 5\nyear = 2027\n',
    )
    rules = planning_rules(catalog)
    assert not catalog.problems
    assert (rules.rounds, rules.weights[Wish.ANLASS], rules.weights[Wish.WOCHENTAG]) == (5, 30, 20)
    assert [one.last for one in occasions_of(rules.occasions, 2027)] == [date(2027, 9, 7)]
    assert not list(occasions_of(rules.occasions, 2028))


def test_what_is_wrong_is_named_and_costs_only_itself(tmp_path: Path) -> None:
    catalog = own(
        tmp_path,
        "runden = 5\nspread_days = 0\n[weights]\nanlas = 30\nferien = -1\nabstand = 10\n"
        '[[occasions]]\nlabel = "Irgendwann"\n[[occasions]]\nlabel = "Markt"\nmonth = 5\nday = 1\n',
    )
    rules = planning_rules(catalog)
    said = {(one.key, one.found) for one in catalog.problems}
    assert {key for key, _found in said} == {
        *("runden", "spread_days", "weights.anlas", "weights.ferien", "occasions"),
    }
    assert rules.spread_days == 14
    assert (rules.weights[Wish.ABSTAND], rules.weights[Wish.FERIEN]) == (10, 40)
    assert [one.label for one in rules.occasions] == ["Markt"]
