"""After the first paint the desk looks at its file: what is derived is offered for repair, damage is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app_kit import Desk, at_desk

from broken_kit import root_page, spoil_page
from ob_buero_tui.office import Office
from ob_buero_tui.services import repairing
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup import make_backup
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm


async def ask(desk: Desk) -> None:
    await desk.press("ctrl+p")
    await desk.type("Reparieren")
    await desk.press("enter")
    await desk.opened(Confirm)


async def test_a_wrong_register_is_offered_and_repaired_after_a_question(
    office: Office, database: Path, make_request: Callable[..., int]
) -> None:
    make_request()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE request_number SET state = 'storniert'")
        connection.execute("DELETE FROM search_doc")
        connection.commit()
    async with at_desk(office) as desk:
        await desk.says("In der Suche fehlt oder steht zu viel: 1 Eintrag")
        await desk.says("„Reparieren“")
        await ask(desk)
        await desk.press("enter")  # takes the answer that changes nothing
        await desk.closed()
        assert repairing.faults(desk.app.patient)
        await ask(desk)
        await desk.press("j")
        await desk.says("Die Suche wurde neu aufgebaut")
        assert repairing.faults(desk.app.patient) == ()
    assert [copy.name for copy in (database.parent / "sicherungen").glob("*vor-reparatur.sqlite")]


async def test_damage_is_told_with_the_way_back_and_seen_at_the_next_opening(
    office: Office, database: Path
) -> None:
    copy = make_backup(database, database.parent / "sicherungen", datetime(2026, 11, 25, 7, tzinfo=UTC))
    spoil_page(database, root_page(database, "year_plan"))
    async with at_desk(office) as desk:
        await desk.says("beschädigt")
        await desk.says(copy.name)
    office.close()
    assert unclean.left_open(database)
