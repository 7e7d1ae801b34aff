"""The Themenspeicher, and the register of numbers given to papers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, Row, one_of
from ob_buero_tui.store.types import Flag

TOPIC_STATES = ("offen", "eingeplant", "erledigt", "entfallen")


class Topic(Journaled):
    """Something that waits for a session.

    Args:
        earliest_on, latest_on: Between which days the session may be; None: open.
        contributor: Who brings it in: a department, a fraction, a person.
        public: Whether it belongs into the public part.
        general_name: What the public reads instead of its title in the non-public part.
        agenda_item_id: Its place on an agenda once it has one.
    """

    __tablename__ = "topic"
    title: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    earliest_on: Mapped[date | None]
    latest_on: Mapped[date | None]
    contributor: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    public: Mapped[Flag] = mapped_column(default=True)
    general_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="offen")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERN.value)

    __table_args__ = (
        one_of("state", TOPIC_STATES),
        one_of("confidentiality", Confidentiality),
        Index(None, "state"),
        STRICT,
    )


class PaperNumber(Row):
    """The register of numbers given to papers; an undone paper leaves its number here as `storniert`.

    Args:
        series: What is counted apart: kind and year or Wahlperiode, as the number's template says.
        supplement: 0 for the paper itself, n for its „/n“.
        reference: The number as it is written.
    """

    __tablename__ = "paper_number"
    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    serial: Mapped[int]
    supplement: Mapped[int] = mapped_column(default=0)
    reference: Mapped[str]
    paper_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="vergeben")

    __table_args__ = (
        UniqueConstraint("series", "serial", "supplement"),
        one_of("state", ("vergeben", "storniert")),
        Index(None, "paper_id"),
        STRICT,
    )
