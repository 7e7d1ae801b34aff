"""retention.toml: shipped classes name their source, an office replaces them, a mistake costs one entry."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.retention import retention_classes
from ob_buero_tui.rules.retention import RetentionEnd, class_of

OWN = """\
[[classes]]
key = "anliegen"
label = "Anliegen"
table = "request"
kinds = ["anliegen"]
years = 1
then = "vernichten"
ground = "Aktenplan der Stadt"
source = "Aktenordnung Nr. 7"

[[classes]]
key = "lang"
label = "Zu lang"
table = "request"
years = 101
ground = "x"
source = "x"

[[classes]]
key = "immer"
label = "Dauernd und Jahre"
table = "event"
permanent = true
years = 3
ground = "x"
source = "x"
"""


def test_every_kind_has_a_class_with_ground_and_source(catalog: Catalog) -> None:
    classes = retention_classes(catalog)
    named = [kind for one in classes for kind in one.kinds]
    assert len(named) == len(set(named))
    assert set(named) <= set(catalog.kinds)
    for kind in catalog.kinds:
        found = class_of(classes, "request", kind)
        assert found is not None
        assert found.ground
        assert found.source
        assert found.unconfirmed
    assert {one.table.value for one in classes} == {"request", "event", "person", "meeting", "paper"}


def test_an_office_replaces_a_class_and_its_mistakes_are_named(tmp_path: Path) -> None:
    path = tmp_path / "catalog" / "retention.toml"
    path.parent.mkdir()
    path.write_text(OWN, encoding="utf-8")
    catalog = load_catalog(tmp_path)
    found = class_of(retention_classes(catalog), "request", "anliegen")
    assert found is not None
    assert (found.years, found.then, found.unconfirmed) == (1, RetentionEnd.VERNICHTEN, False)
    told = [problem.sentence for problem in catalog.problems]
    assert len(told) == 2
    assert "retention.toml" in told[0]
    assert "classes[1].years" in told[0]
    assert "immer" in told[1]
    assert class_of(retention_classes(catalog), "event", None) is not None
