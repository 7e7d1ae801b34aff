"""The registry of personal columns: every text column of the schema is in it, on one side or the other."""

from __future__ import annotations

import pytest
from sqlalchemy import CheckConstraint, Table

from ob_buero_tui.store.personal import CONTENT, DATES, HASHES, KEPT, text_columns
from ob_buero_tui.store.tables import METADATA


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_text_column_is_searched_or_holds_only_keys(table: Table) -> None:
    """A new column must be put into one of the two, or reports and erasures would miss it."""
    content, kept = set(CONTENT.get(table.name, ())), set(KEPT.get(table.name, ()))
    assert content | kept == set(text_columns(table))
    assert not content & kept


def test_a_column_of_fixed_values_is_no_content() -> None:
    """An erasure could not write into it: the database takes none but its own words."""
    for table in METADATA.sorted_tables:
        checks = [each for each in table.constraints if isinstance(each, CheckConstraint)]
        for name in CONTENT.get(table.name, ()):
            assert not any(str(each.sqltext).startswith(f"{name} IN") for each in checks), (table.name, name)


def test_the_registry_names_only_what_is_there() -> None:
    assert set(CONTENT) | set(KEPT) <= set(METADATA.tables)
    for name, column in HASHES.items():
        assert column in METADATA.tables[name].c
    for name, columns in DATES.items():
        assert set(columns) <= set(METADATA.tables[name].c.keys())
