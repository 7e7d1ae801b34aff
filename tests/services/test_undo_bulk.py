"""Taking back a large import costs statements by the run of rows, not by the row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace


def calendar_file(folder: Path, count: int) -> Path:
    events = [
        f"BEGIN:VEVENT\r\nUID:u{number}\r\nSUMMARY:T\r\nDTSTART:20261125T100000\r\nEND:VEVENT\r\n"
        for number in range(count)
    ]
    path = folder / f"{count}.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n", encoding="utf-8", newline="")
    return path


def selects(engine: Engine, place: Workplace, step: object) -> int:
    """How many queries a step runs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        step(place)  # type: ignore[operator]
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_the_queries_of_a_step_do_not_grow(place: Workplace, tmp_path: Path, step: str) -> None:
    """Three hundred events cost as many queries as three."""
    counted = []
    for count in (3, 300):
        import_files(place, [calendar_file(tmp_path, count)])
        undone = selects(place.engine, place, undo)
        redone = selects(place.engine, place, redo)
        counted.append(undone if step == "undo" else redone)
        undo(place)
    assert counted[0] == counted[1]
