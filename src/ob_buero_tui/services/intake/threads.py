"""Exchanges of letters: which requests belong together, and which mail came twice in different words."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.requests import THREADED, Message, Request

KEPT = (Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH)
"""Levels that a further letter of the same exchange takes over."""

# Built once: a folder of mails asks these thousands of times.
_UNDER = (
    select(Request.id)
    .where(Request.thread.in_(bindparam("threads", expanding=True)), THREADED)
    .order_by(Request.id)
)
_CITED = (
    select(Message.message_id, Request.thread)
    .join(Request, Request.id == Message.request_id)
    .where(Message.message_id.in_(bindparam("cited", expanding=True)), THREADED)
    .order_by(Request.id.desc())
)
_ANSWERED = (
    select(Document.message_id, Document.request_id, Request.thread)
    .join(Request, Request.id == Document.request_id)
    .where(Document.message_id.in_(bindparam("cited", expanding=True)), Document.message_id != "")
    .order_by(Document.id.desc())
)
_LEVELS = (
    select(Request.confidentiality, Request.owner)
    .where(
        or_(
            and_(THREADED, Request.thread == bindparam("thread")),
            Request.id.in_(bindparam("others", expanding=True)),
        ),
        Request.confidentiality.in_([level.value for level in KEPT]),
    )
    .order_by(Request.id)
)
# fmt: off
_SAME = (
    select(
        Request.id, Request.number, Request.trashed_at,
        Message.subject, Message.sender_address, Message.sent_at, Message.body,
    )
    .join(Message, Message.request_id == Request.id)
    .where(Message.message_id == bindparam("message_id"))
    .order_by(Request.id)
)
# fmt: on
_FILES = select(Attachment.sha256).where(Attachment.request_id == bindparam("request"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a mail stands among those already there.

    Args:
        thread: The Message-ID of the exchange's first letter; "" when the mail has no Message-ID at all.
        double_of: The earlier request whose mail had the same Message-ID, with its number.
        same_as: Number of the earlier request that this very letter became, "" where it is new; also one in
            the trash counts.
        joining: Keys of requests that stood under a later letter and now join this exchange.
        answers: Keys of requests whose sent answer this letter cites.
        level: How confidential the mail is, by what is known of its exchange; "" where nothing is said.
        owner: The account that owns it, where that is personal.
    """

    thread: str
    double_of: tuple[int, str] | None = None
    same_as: str = ""
    joining: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    level: str = ""
    owner: str = ""


def place_of(session: Session, mail: MailRecord, files: Set[str] = frozenset()) -> Place:
    """Find the exchange a mail belongs to; it does not matter in which order letters are imported.

    Args:
        files: Hashes of its attachments.
    """
    above = [
        one for one in dict.fromkeys((*mail.references, mail.in_reply_to)) if one and one != mail.message_id
    ]
    threads = _threads(session, above)
    answers = _answered(session, above)
    # What we sent ourselves is no letter of the database; it stands for the exchange it answers.
    threads |= {cited: thread for cited, (_, thread) in answers.items() if thread and cited not in threads}
    thread = _root(above, threads) or mail.message_id
    # Letters that are cited here, or answers to this one, may have stood for the beginning of the exchange.
    stand_ins = ({mail.message_id} | (set(above) & set(threads.values()))) - {thread, ""}
    joining: Sequence[int] = ()
    if stand_ins:
        joining = session.connection().execute(_UNDER, {"threads": list(stand_ins)}).scalars().all()
    double, same = _known(session, mail, files)
    others = [*joining, *(key for key, _ in answers.values()), *([double[0]] if double else [])]
    level, owner = _level(session, thread, others)
    return Place(
        thread=thread,
        double_of=double,
        same_as=same,
        joining=tuple(joining),
        answers=tuple(sorted({key for key, _ in answers.values()})),
        level=level,
        owner=owner,
    )


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


def _answered(session: Session, above: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The requests, with their exchange, whose sent answers are cited."""
    if not above:
        return {}
    rows = session.connection().execute(_ANSWERED, {"cited": list(above)})
    return {row.message_id: (row.request_id, row.thread) for row in rows}


def _root(above: Sequence[str], threads: dict[str, str]) -> str:
    """The beginning of the exchange: the oldest cited letter, or what is known to stand above (RFC 5322)."""
    if not above:
        return ""
    if above[0] in threads:
        return threads[above[0]]
    return next((thread for thread in threads.values() if thread not in above), above[0])


def _known(session: Session, mail: MailRecord, files: Set[str]) -> tuple[tuple[int, str] | None, str]:
    """The first request with this Message-ID that is not in the trash, and the one with this very letter."""
    if not mail.message_id:
        return None, ""
    rows = session.connection().execute(_SAME, {"message_id": mail.message_id}).all()
    double = next(((row.id, row.number) for row in rows if row.trashed_at is None), None)
    return double, next((row.number for row in rows if _is_same(session, row, mail, files)), "")


def _is_same(session: Session, row: Any, mail: MailRecord, files: Set[str]) -> bool:
    """Whether sender, date, words and attachments agree; how a file writes them down does not matter."""
    sent = mail.date.astimezone(UTC).replace(microsecond=0) if mail.date else None
    said = (mail.subject, mail.sender_address, sent, mail.body.strip())
    if said != (row.subject, row.sender_address, row.sent_at, row.body.strip()):
        return False
    if not files:
        return True
    return files <= set(session.connection().execute(_FILES, {"request": row.id}).scalars())
