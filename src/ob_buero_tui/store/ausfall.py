"""An absence of the mayor and what becomes of the appointments it hits: decisions and telephone calls."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled, one_of
from ob_buero_tui.store.types import Local, Utc


class AusfallState(StrEnum):
    """Whether an Ausfall is still worked on."""

    OFFEN = "offen"
    ABGESCHLOSSEN = "abgeschlossen"


class AusfallOutcome(StrEnum):
    """What becomes of one appointment; empty while nothing was decided."""

    OFFEN = ""
    VERTRETUNG = "vertretung"
    ABSAGEN = "absagen"
    VERSCHIEBEN = "verschieben"
    BLEIBT = "bleibt"


class CallRole(StrEnum):
    """Who is to be called about it."""

    VERANSTALTER = "veranstalter"
    FAHRER = "fahrer"
    VERTRETUNG = "vertretung"
    PRESSE = "presse"


class Ausfall(Journaled):
    """An absence that is worked through; `event_id` is the absence in the mayor's calendar."""

    __tablename__ = "ausfall"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=AusfallState.OFFEN.value)
    begun_at: Mapped[Utc]
    closed_at: Mapped[Utc | None]

    __table_args__ = (one_of("state", AusfallState), STRICT)


class AusfallItem(Journaled):
    """One appointment that is hit; `recurrence_id` names the date of a series as `occurrence` does.

    `status_before` and the office's wall times tell how it stood before anything was decided: „bleibt“
    brings that back.
    """

    __tablename__ = "ausfall_item"
    ausfall_id: Mapped[int] = mapped_column(ForeignKey("ausfall.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    recurrence_id: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default=AusfallOutcome.OFFEN.value)
    deputation_id: Mapped[int | None] = mapped_column(ForeignKey("deputation.id"), index=True)
    remark: Mapped[str] = mapped_column(default="")
    status_before: Mapped[str] = mapped_column(default="")
    start_before: Mapped[Local | None]
    end_before: Mapped[Local | None]

    __table_args__ = (
        one_of("outcome", AusfallOutcome),
        UniqueConstraint("ausfall_id", "event_id", "recurrence_id"),
        STRICT,
    )


class AusfallCall(Journaled):
    """One call that was made about an item; `told` is what there was to say, so that news calls anew."""

    __tablename__ = "ausfall_call"
    item_id: Mapped[int] = mapped_column(ForeignKey("ausfall_item.id"), index=True)
    role: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    done_at: Mapped[Utc | None]
    done_by: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    told: Mapped[str] = mapped_column(default="")

    __table_args__ = (one_of("role", CallRole), STRICT)
