"""Who sits at the desk: the operating system's account, mapped to initials."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select, update

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import DeskIdentity
from ob_buero_tui.store.desk import Desk
from ob_buero_tui.store.engine import WORKER_PATIENCE_MS


def default_initials(account: str) -> str:
    """Initials made of an account's name: `petra.sander` becomes PS, `kl` KL."""
    parts = [part for part in clean(account).replace("-", ".").replace("_", ".").split(".") if part]
    letters = "".join(part[0] for part in parts) if len(parts) > 1 else "".join(parts)[:3]
    return letters.upper() or "NN"


def desk_identity(engine: Engine, account: str, initials: str = "", *, read_only: bool = False) -> DeskIdentity:
    """Find this account's desk, or enter it into the register.

    Args:
        initials: The initials from the settings; empty keeps the registered ones, or makes them of the account.
        read_only: An unknown desk is not registered then and gets the key 0.
    """
    account = clean(account) or "unbekannt"
    with translated():
        with engine.connect().execution_options(patience=WORKER_PATIENCE_MS) as connection, connection.begin():
            known = connection.execute(select(Desk.id, Desk.initials).where(Desk.account == account)).one_or_none()
        if known is not None and (not initials or known.initials == initials or read_only):
            return DeskIdentity(id=known.id, initials=known.initials, account=account)
        wanted = initials or default_initials(account)
        if read_only:
            return DeskIdentity(id=0, initials=wanted, account=account)
        options = {"writing": True, "patience": WORKER_PATIENCE_MS}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            if known is not None:
                connection.execute(update(Desk).where(Desk.id == known.id).values(initials=wanted))
                return DeskIdentity(id=known.id, initials=wanted, account=account)
            register = insert(Desk).values(account=account, initials=wanted).returning(Desk.id)
            key = connection.execute(register).scalar_one()
            return DeskIdentity(id=key, initials=wanted, account=account)
