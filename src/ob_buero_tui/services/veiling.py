"""Sichtschutz for a desk: everything it reads is covered, everything it does is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ob_buero_tui.services.workplace import Workplace


def veiled(place: Workplace) -> Workplace:
    """The same workplace, reading names and texts covered; it is a screen aid and no access control."""
    from ob_buero_tui.store.tables import METADATA
    from ob_buero_tui.store.veil import make_veiled

    with place.engine.connect() as connection:
        file = next(row[2] for row in connection.exec_driver_sql("PRAGMA database_list") if row[1] == "main")
    goes = {"OB", *(spec.short for spec in place.catalog.calendars.values())}
    return replace(place, veil=make_veiled(Path(file), METADATA.sorted_tables, sorted(goes)), chains={})


def unveil(place: Workplace) -> None:
    """Close what a covered workplace read by."""
    if place.veil is not None:
        place.veil.dispose()
