"""A session's panel and the list of papers find their rows by an index: no other paper's steps are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from council_kit import add_item
from test_query_plans import plans_of, scans

from ob_buero_tui.services.council.meeting_page import meeting_page
from ob_buero_tui.services.council.papers import COMING, paper_ids, paper_record, splits
from ob_buero_tui.services.workplace import Workplace


def test_neither_all_steps_nor_all_sessions_are_read(
    place: Workplace, make_meeting: Callable[..., int]
) -> None:
    key = make_meeting(body="Stadtrat", start=datetime.fromisoformat("2026-12-10T17:00"))
    paper = add_item(place, key, 1, "Satzung", paper={"name": "Satzung", "reference": "BV 1"}, public=True)
    with plans_of(place) as found:
        assert meeting_page(place, key).lacks
        assert paper_ids(place, COMING) == [paper]
        assert splits(place)[1].count == 1
        assert paper_record(place, paper).stations
    assert len(found) < 45
    for table in ("consultation", "meeting", "agenda_item", "membership"):
        assert scans(found, table) == [], table
