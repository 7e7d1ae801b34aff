"""Exchanges of letters: which requests belong together, and which mail came twice in different words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.store.requests import Message, Request

KEPT = (Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH)
"""Levels that a further letter of the same exchange takes over."""

# Built once: a folder of mails asks these thousands of times.
_UNDER = (
    select(Request.id)
    .where(Request.thread.in_(bindparam("threads", expanding=True)), Request.thread != "")
    .order_by(Request.id)
)
_CITED = (
    select(Message.message_id, Request.thread)
    .join(Request, Request.id == Message.request_id)
    .where(Message.message_id.in_(bindparam("cited", expanding=True)), Request.thread != "")
    .order_by(Request.id.desc())
)
_LEVELS = (
    select(Request.confidentiality, Request.owner)
    .where(
        or_(
            and_(Request.thread != "", Request.thread == bindparam("thread")),
            Request.id.in_(bindparam("others", expanding=True)),
        ),
        Request.confidentiality.in_([level.value for level in KEPT]),
    )
    .order_by(Request.id)
)
_SAME = (
    select(Request.id, Request.number)
    .join(Message, Message.request_id == Request.id)
    .where(Message.message_id == bindparam("message_id"), Request.trashed_at.is_(None))
    .order_by(Request.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a mail stands among those already there.

    Args:
        thread: The Message-ID of the exchange's first letter; "" when the mail has no Message-ID at all.
        double_of: The earlier request whose mail had the same Message-ID, with its number.
        joining: Keys of requests that stood under a later letter and now join this exchange.
        level: How confidential the mail is, by what is known of its exchange; "" where nothing is said.
        owner: The account that owns it, where that is personal.
    """

    thread: str
    double_of: tuple[int, str] | None = None
    joining: tuple[int, ...] = ()
    level: str = ""
    owner: str = ""


def place_of(session: Session, mail: MailRecord) -> Place:
    """Find the exchange a mail belongs to; it does not matter in which order letters are imported."""
    above = [
        one for one in dict.fromkeys((*mail.references, mail.in_reply_to)) if one and one != mail.message_id
    ]
    threads = _threads(session, above)
    thread = _root(above, threads) or mail.message_id
    # Letters that are cited here, or answers to this one, may have stood for the beginning of the exchange.
    stand_ins = ({mail.message_id} | (set(above) & set(threads.values()))) - {thread, ""}
    joining: Sequence[int] = ()
    if stand_ins:
        joining = session.connection().execute(_UNDER, {"threads": list(stand_ins)}).scalars().all()
    double = _double_of(session, mail)
    level, owner = _level(session, thread, [*joining, *([double[0]] if double else [])])
    return Place(thread=thread, double_of=double, joining=tuple(joining), level=level, owner=owner)


def _level(session: Session, thread: str, others: Sequence[int]) -> tuple[str, str]:
    """The strictest level of an exchange and its owner; empty where it holds nothing confidential."""
    found = session.connection().execute(_LEVELS, {"thread": thread, "others": list(others)}).all()
    if not found:
        return "", ""
    strict = strictest(Confidentiality(row.confidentiality) for row in found)
    return strict.value, next(row.owner for row in found if row.confidentiality == strict)


def _threads(session: Session, above: Sequence[str]) -> dict[str, str]:
    """The exchange of each cited letter that is known."""
    if not above:
        return {}
    rows = session.connection().execute(_CITED, {"cited": list(above)})
    return {row.message_id: row.thread for row in rows}


def _root(above: Sequence[str], threads: dict[str, str]) -> str:
    """The beginning of the exchange: the oldest cited letter, or what is known to stand above (RFC 5322)."""
    if not above:
        return ""
    if above[0] in threads:
        return threads[above[0]]
    return next((thread for thread in threads.values() if thread not in above), above[0])


def _double_of(session: Session, mail: MailRecord) -> tuple[int, str] | None:
    if not mail.message_id:
        return None
    row = session.connection().execute(_SAME, {"message_id": mail.message_id}).one_or_none()
    return None if row is None else (row.id, row.number)
