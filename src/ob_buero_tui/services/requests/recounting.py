"""Counts a request's date for the answer anew after something it depends on has changed."""

from __future__ import annotations

from ob_buero_tui.services.requests.due import answer_due
from ob_buero_tui.services.requests.facts import request_bases
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.requests import Request


def recount(work: Work, request: Request) -> None:
    """Count the date for the answer anew."""
    kind = work.catalog.kinds.get(request.kind or "")
    bases = request_bases(work.place, kind, request) if kind is not None else None
    answer = answer_due(kind, bases, work.calendar)
    request.due_on, request.due_time, request.due_text = answer.on, answer.at, answer.text
