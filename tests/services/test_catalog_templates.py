"""Templates: the office's file counts over the shipped one with the same name."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.catalog.layers import Layer
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.templates import load_templates


def test_an_office_puts_its_template_over_the_shipped_one(tmp_path: Path) -> None:
    layers = [
        Layer(tmp_path / "shipped/catalog", shipped=True),
        Layer(tmp_path / "office/catalog", shipped=False),
    ]
    for name in (
        "shipped/brief.typ",
        "shipped/liste.typ",
        "office/brief.typ",
        "office/~$brief.docx",
        "office/x.txt",
    ):
        path = tmp_path / name.split("/")[0] / "templates" / name.split("/")[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    problems: list[Problem] = []
    found = load_templates(layers, problems)
    assert found == {
        "brief.typ": tmp_path / "office/templates/brief.typ",
        "liste.typ": tmp_path / "shipped/templates/liste.typ",
    }
    assert problems == []


def test_an_office_without_templates_has_the_shipped_ones(tmp_path: Path) -> None:
    assert load_catalog(tmp_path).templates == load_catalog().templates
