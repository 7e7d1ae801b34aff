"""Rows of the council for tests: agendas, papers, files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.work import Work, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, File, FileLink, Paper
from ob_buero_tui.store.people import Organization


def write(place: Workplace, fill: Callable[[Work], Any]) -> Any:
    """Do something in one transaction of the journal."""
    with transaction(place, "note") as work:
        result = fill(work)
        work.session.flush()
        return result


def add_body(place: Workplace, name: str, **values: Any) -> int:
    """A body that sits."""

    def fill(work: Work) -> Organization:
        row = Organization(name=name, extra={}, categories=[], **values)
        work.session.add(row)
        return row

    return int(write(place, fill).id)


def add_item(
    place: Workplace,
    meeting_id: int,
    position: int,
    name: str,
    *,
    paper: dict[str, Any] | None = None,
    **values: Any,
) -> int:
    """An item of an agenda, with a paper if one is given; returns the key of the paper, else of the item."""

    def fill(work: Work) -> int:
        item = AgendaItem(meeting_id=meeting_id, position=position, name=name, extra={}, **values)
        work.session.add(item)
        work.session.flush()
        if paper is None:
            return item.id
        role = paper.pop("role", "Entscheidung")
        row = Paper(extra={}, **paper)
        work.session.add(row)
        work.session.flush()
        station = Consultation(
            paper_id=row.id, meeting_id=meeting_id, agenda_item_id=item.id, role=role, extra={}
        )
        work.session.add(station)
        return row.id

    return int(write(place, fill))


def add_file(place: Workplace, role: str, name: str, **owner: int) -> None:
    """A file of a session, an item or a paper."""

    def fill(work: Work) -> None:
        row = File(name=name, extra={})
        work.session.add(row)
        work.session.flush()
        work.session.add(FileLink(file_id=row.id, role=role, **owner))

    write(place, fill)
