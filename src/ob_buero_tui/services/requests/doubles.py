"""Requests that may be one matter that came twice: proposed to a person, never merged by themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Message, Request

SAME_LETTER: Final = "dieselbe E-Mail kam zweimal"
SAME_SUBJECT: Final = "gleicher Absender, gleicher Betreff"
ANSWER: Final = "Antwort im selben Schriftwechsel"
SAME_DAY: Final = "gleicher Absender, gleicher Anlasstag, bitte prüfen"
LOOKED_AT: Final = timedelta(days=180)
"""Closed requests received before that are not looked at."""
NEAR: Final = timedelta(days=60)
"""How far apart letters of one subject may be; the invitation of every year is no double."""
_REPLY: Final = re.compile(r"^(?:\s*(?:re|aw|antw|antwort|wg|fwd?|wtr)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Requests that may be one.

    Args:
        ids: Their keys, the one received first first.
        label: The subject of the first one.
        numbers: Their numbers.
        reason: Why they are proposed.
        sure: Whether more than sender and day agree.
    """

    ids: tuple[int, ...]
    label: str
    numbers: tuple[str, ...]
    reason: str
    sure: bool


def request_doubles(place: Workplace) -> tuple[Double, ...]:
    """Requests that may be there twice, the surest first; at least one of each is open.

    Takes as long as reading the requests of half a year.
    """
    rows = [row for row in _rows(place) if place.sees(row.confidentiality, row.owner) is View.FULL]
    found: list[Double] = []
    taken: list[frozenset[int]] = []
    for reason, sure, mark in _MARKS:
        for group in _near(_grouped(rows, mark)):
            ids = frozenset(row.id for row in group)
            if all(row.closed for row in group) or any(ids <= known for known in taken):
                continue
            taken.append(ids)
            found.append(
                Double(
                    ids=tuple(row.id for row in group),
                    label=group[0].subject,
                    numbers=tuple(row.number for row in group),
                    reason=reason,
                    sure=sure,
                )
            )
    return tuple(found)


def bare_subject(subject: str) -> str:
    """A subject as it is compared: folded, without what answering and forwarding put before it."""
    return " ".join(fold(_REPLY.sub("", subject)).split())


def _rows(place: Workplace) -> Sequence[Any]:
    """What is compared: each request with its first letter, in the order of receipt."""
    first = select(func.min(Message.id)).where(Message.request_id == Request.id).correlate(Request)
    query = (
        select(
            Request.id, Request.number, Request.subject, Request.requester_id, Request.organization_id,
            Request.event_start, Request.thread, Request.double_of_id, Request.closed, Request.received_at,
            Request.confidentiality, Request.owner, Message.message_id, Message.in_reply_to,
            Message.sender_address,
        )
        .outerjoin(Message, Message.id == first.scalar_subquery())
        .where(Request.trashed_at.is_(None), Request.merged_into_id.is_(None))
        .where(or_(Request.closed.is_(False), Request.received_at >= place.clock() - LOOKED_AT))
        .order_by(Request.received_at, Request.id)
    )  # fmt: skip
    with place.reading() as session:
        return session.execute(query).all()


def _sender(row: Any) -> str:
    """Who it is from: the known person or body, else the address."""
    if row.requester_id is not None:
        return f"p{row.requester_id}"
    if row.organization_id is not None:
        return f"o{row.organization_id}"
    return f"a{row.sender_address.lower()}" if row.sender_address else ""


def _by_letter(row: Any) -> str:
    return str(row.message_id or "")


def _by_mark(row: Any) -> str:
    """The earlier request that the import took for the same; it stands for itself."""
    return str(row.double_of_id or row.id)


def _by_subject(row: Any) -> str:
    sender, subject = _sender(row), bare_subject(row.subject)
    return f"{sender} {subject}" if sender and subject else ""


def _by_day(row: Any) -> str:
    sender = _sender(row)
    return f"{sender} {row.event_start:%Y-%m-%d}" if sender and row.event_start is not None else ""


def _by_thread(row: Any) -> str:
    return str(row.thread or "")


_MARKS: Final[tuple[tuple[str, bool, Callable[[Any], str]], ...]] = (
    (SAME_LETTER, True, _by_letter),
    (SAME_LETTER, True, _by_mark),
    (ANSWER, True, _by_thread),
    (SAME_SUBJECT, True, _by_subject),
    (SAME_DAY, False, _by_day),
)


def _grouped(rows: Iterable[Any], mark: Callable[[Any], str]) -> list[list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        key = mark(row)
        if key:
            groups[key].append(row)
    return [group for group in groups.values() if len(group) > 1]


def _near(groups: Iterable[list[Any]]) -> Iterable[list[Any]]:
    """The groups cut where a long time lies between two letters."""
    for group in groups:
        part = [group[0]]
        for row in group[1:]:
            if row.received_at - part[-1].received_at > NEAR:
                if len(part) > 1:
                    yield part
                part = []
            part.append(row)
        if len(part) > 1:
            yield part
