"""Who sits at the desk: the operating system's account, mapped to initials."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, Engine, Row, insert, select, update

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import DeskIdentity, Workplace
from ob_buero_tui.store.desk import Desk
from ob_buero_tui.store.engine import WORKER_PATIENCE_MS
from ob_buero_tui.store.requests import Request

BASKET, BASKET_INITIALS = "eingangskorb", "Korb"
"""Account and initials of the desk that the drop folder's imports are steps of."""
REREADING, REREADING_INITIALS = "kalenderabgleich", "Abgleich"
"""The same for what is reread from calendars that somebody else leads."""


def default_initials(account: str) -> str:
    """Initials made of an account's name: `petra.sander` becomes PS, `kl` KL."""
    parts = [part for part in clean(account).replace("-", ".").replace("_", ".").split(".") if part]
    letters = "".join(part[0] for part in parts) if len(parts) > 1 else "".join(parts)[:3]
    return letters.upper() or "NN"


def desk_identity(
    engine: Engine, account: str, initials: str = "", *, read_only: bool = False
) -> DeskIdentity:
    """Find this account's desk, or enter it into the register.

    Args:
        initials: From the settings; empty keeps the registered ones, or makes them of the account.
        read_only: An unknown desk is not registered then and gets the key 0.
    """
    account = clean(account) or "unbekannt"
    with translated():
        reading = engine.connect().execution_options(patience=WORKER_PATIENCE_MS)
        with reading, reading.begin():
            known = _find(reading, account)
        if known is not None and (read_only or not initials or known.initials == initials):
            return DeskIdentity(id=known.id, initials=known.initials, account=account)
        if read_only:
            return DeskIdentity(id=0, initials=initials or default_initials(account), account=account)
        writing = engine.connect().execution_options(writing=True, patience=WORKER_PATIENCE_MS)
        with writing, writing.begin():
            return _register(writing, account, initials)


def _find(connection: Connection, account: str) -> Row[int, str] | None:
    return connection.execute(select(Desk.id, Desk.initials).where(Desk.account == account)).one_or_none()


def _register(connection: Connection, account: str, initials: str) -> DeskIdentity:
    """Under the lock the account is looked up again: the same one may have started twice."""
    wanted = initials or default_initials(account)
    known = _find(connection, account)
    if known is None:
        entry = insert(Desk).values(account=account, initials=wanted).returning(Desk.id)
        return DeskIdentity(id=connection.execute(entry).scalar_one(), initials=wanted, account=account)
    if not initials:
        return DeskIdentity(id=known.id, initials=known.initials, account=account)
    connection.execute(update(Desk).where(Desk.id == known.id).values(initials=wanted))
    return DeskIdentity(id=known.id, initials=wanted, account=account)


def basket_desk(place: Workplace) -> DeskIdentity:
    """The drop folder's own desk: what it takes in is no step of the clerk's, and `u` passes it by.

    Its account is that of whoever runs it, so that what is personal in an imported file belongs to somebody.

    Raises:
        Refusal: another desk holds the lock while it is entered for the first time.
    """
    return _beside(place, BASKET, BASKET_INITIALS)


def rereading_desk(place: Workplace) -> DeskIdentity:
    """The desk „Kalenderabgleich“: what is reread is no step of the clerk's, and `u` passes it by.

    Raises:
        Refusal: as with the drop folder's.
    """
    return _beside(place, REREADING, REREADING_INITIALS)


def _beside(place: Workplace, account: str, initials: str) -> DeskIdentity:
    desk = desk_identity(place.engine, account, initials, read_only=place.read_only)
    return replace(desk, account=place.desk.account)


def known_initials(place: Workplace) -> tuple[str, ...]:
    """The initials of the office: this desk's first, then the others' and those already assigned."""
    with place.reading() as session:
        people = select(Desk.initials).where(Desk.account.not_in((BASKET, REREADING))).order_by(Desk.initials)
        desks = session.scalars(people).all()
        used = session.scalars(
            select(Request.assigned_to).where(Request.assigned_to != "", Request.closed.is_(False)).distinct()
        ).all()
    return tuple(dict.fromkeys([place.desk.initials, *desks, *sorted(used)]))
