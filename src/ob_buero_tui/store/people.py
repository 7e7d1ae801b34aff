"""People and bodies: one base for contacts, officials and council members."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, one_of


class Person(Journaled):
    """A human being: requester, official or council member (vCard and OParl names)."""

    __tablename__ = "person"
    family_name: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    honorific_prefix: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    tel: Mapped[str] = mapped_column(default="")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    deceased_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERN.value)

    __table_args__ = (
        one_of("confidentiality", Confidentiality),
        Index(None, "email"),
        Index(None, "family_name", "given_name"),
        STRICT,
    )


class Organization(Journaled):
    """A body, association, company or office (OParl Organization)."""

    __tablename__ = "organization"
    name: Mapped[str]
    organization_type: Mapped[str] = mapped_column(default="")
    classification: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    tel: Mapped[str] = mapped_column(default="")
    street_address: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERN.value)

    __table_args__ = (one_of("confidentiality", Confidentiality), Index(None, "name"), STRICT)


class Membership(Journaled):
    """A person's place in an organization, with its term (OParl Membership)."""

    __tablename__ = "membership"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[str] = mapped_column(default="")
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    __table_args__ = (STRICT,)
