"""What is done with records whose time is over, and the proof of what was erased."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled, Row, one_of
from ob_buero_tui.store.types import Utc


class DisposalState(StrEnum):
    """How far the Aussonderung of a record is."""

    BEHALTEN = "behalten"
    ANGEBOTEN = "angeboten"
    UEBERNOMMEN = "uebernommen"
    ABGELEHNT = "abgelehnt"
    VERNICHTET = "vernichtet"


class ErasureGround(StrEnum):
    """Why something was erased: a person asked for it, or its retention was over."""

    ART_17 = "art_17"
    ABLAUF = "ablauf"


class Disposal(Journaled):
    """What a human decided about a record whose retention is over.

    `behalten` with `until_on` proposes it again then; `angeboten` waits for the archive's answer
    (`uebernommen` or `abgelehnt`), after which it may be destroyed. `retention_class` is a key of
    retention.toml.
    """

    __tablename__ = "disposal"
    table_name: Mapped[str]
    row_id: Mapped[int]
    retention_class: Mapped[str]
    state: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    until_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("table_name", "row_id"), one_of("state", DisposalState), STRICT)


class Erasure(Row):
    """The proof that a record's content was erased: its key, never what it said; outside the journal.

    The same lines stand in the list beside the database, which a restored copy is cleaned by
    (SDM Baustein 60, M60.S06 and M60.S10).
    """

    __tablename__ = "erasure"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Utc]
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    table_name: Mapped[str]
    row_id: Mapped[int]
    ground: Mapped[str]

    __table_args__ = (Index(None, "table_name", "row_id"), one_of("ground", ErasureGround), STRICT)
