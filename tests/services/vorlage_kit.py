"""What the tests of the OB-Vorlage share: requests on the list of the next talk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.services.vorlage import selecting, verbs
from ob_buero_tui.services.vorlage.views import VorlageRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import VorlageItem
from ob_buero_tui.store.requests import Request


def when(text: str) -> datetime:
    """A wall time of the office."""
    return datetime.fromisoformat(text)


def listed(place: Workplace, split: str = selecting.NEXT) -> list[VorlageRow]:
    """The rows of a view in their order."""
    found = selecting.ids(place, split)
    rows = selecting.rows(place, found)
    return [rows[key] for key in found]


def item_of(place: Workplace, request_id: int) -> int:
    """The newest item of a request."""
    with place.reading() as session:
        return (
            session.scalars(
                select(VorlageItem.id)
                .where(VorlageItem.request_id == request_id)
                .order_by(VorlageItem.id.desc())
            ).first()
            or 0
        )


def stored(place: Workplace, request_id: int) -> Request:
    """A request as it stands in the database."""
    with place.reading() as session:
        found = session.get(Request, request_id)
        assert found is not None
        return found


@pytest.fixture
def on_list(place: Workplace, make_request: Callable[..., int]) -> Callable[..., list[int]]:
    """Puts so many requests on the list and returns their keys; columns may be given for all."""

    def put(count: int = 5, **values: Any) -> list[int]:
        given = {"kind": "einladung", "event_start": when("2026-12-15T18:00")} | values
        keys = [make_request(subject=f"Einladung {n}", **given) for n in range(1, count + 1)]
        verbs.put_on(place, keys, "zusage", "passt")
        return keys

    return put
