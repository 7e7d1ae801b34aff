"""People and bodies: one base for contacts, officials and council members."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, one_of
from ob_buero_tui.store.types import Fields, Flag, Strings

ONCE = text("oparl_id IS NOT NULL")
"""An object of a council information system comes in once; what the office enters has no such id."""

SORT_NAME = (
    "replace(replace(replace(replace(replace(replace(replace(lower(family_name), 'ä', 'ae'), 'ö', 'oe'),"
    " 'ü', 'ue'), 'Ä', 'ae'), 'Ö', 'oe'), 'Ü', 'ue'), 'ß', 'ss')"
)
"""How family names are sorted (DIN 5007-2, for lists of names), in SQL that an index may hold."""

LOCKED = "locks <> '[]'"
"""Who has a blocking notice; by an index of its own, so that no request reads all people for it."""


class Person(Journaled):
    """A human being: requester, official or council member (vCard and OParl names).

    The first address is the one letters go to; `private_*` is the one at home. `salutation`,
    `spoken_salutation` and `postal_address` are set only where the office overrides what is computed.
    `locks` are blocking notices, `categories` distribution lists, `extra` what else a foreign file said.
    """

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
    uid: Mapped[str | None]
    oparl_id: Mapped[str | None]
    form_of_address: Mapped[str] = mapped_column(default="")
    praedikat: Mapped[str] = mapped_column(default="")
    affix: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str] = mapped_column(default="")
    mandate: Mapped[str] = mapped_column(default="")
    mobile: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    private_street_address: Mapped[str] = mapped_column(default="")
    private_postal_code: Mapped[str] = mapped_column(default="")
    private_locality: Mapped[str] = mapped_column(default="")
    private_tel: Mapped[str] = mapped_column(default="")
    salutation: Mapped[str] = mapped_column(default="")
    spoken_salutation: Mapped[str] = mapped_column(default="")
    postal_address: Mapped[str] = mapped_column(default="")
    rank: Mapped[int | None]
    language: Mapped[str] = mapped_column(default="")
    assistant: Mapped[str] = mapped_column(default="")
    birthday: Mapped[date | None]
    locks: Mapped[Strings] = mapped_column(default=list)
    categories: Mapped[Strings] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(default="")
    source_on: Mapped[date | None]
    extra: Mapped[Fields] = mapped_column(default=dict)

    __table_args__ = (
        one_of("confidentiality", Confidentiality),
        Index(None, "email"),
        Index(None, "family_name", "given_name"),
        Index(
            "ix_person_listed",
            text(SORT_NAME),
            "given_name",
            "confidentiality",
            "deceased_on",
            "family_name",
            sqlite_where=text("deceased_on IS NULL"),
        ),
        Index(
            "ix_person_deceased",
            "deceased_on",
            "confidentiality",
            "family_name",
            sqlite_where=text("deceased_on IS NOT NULL"),
        ),
        Index("ix_person_locked", "locks", sqlite_where=text(LOCKED)),
        Index(None, "uid"),
        Index("uq_person_oparl_id", "oparl_id", unique=True, sqlite_where=ONCE),
        STRICT,
    )


class Organization(Journaled):
    """A body, association, company or office (OParl Organization).

    `ladungsfrist` names the rule of the catalog that counts for its sessions, empty: that of the Land.
    `ladungsfrist_confirmed_on` and `_by` say when and by whom the office confirmed it for this body, `_as`
    which count it was.
    `mayor_attends` says whether its sessions take up the mayor's time. `agenda_led_by` is `ris` where the
    council information system leads its agendas and papers, which are read-only here then; `wir` where they
    are edited here; empty: what the catalog says.
    """

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
    uid: Mapped[str | None]
    oparl_id: Mapped[str | None]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    short_name: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    member_count: Mapped[int | None]
    voting_member_count: Mapped[int | None]
    ladungsfrist: Mapped[str] = mapped_column(default="")
    mayor_attends: Mapped[Flag] = mapped_column(default=True)
    ladungsfrist_confirmed_on: Mapped[date | None]
    ladungsfrist_confirmed_by: Mapped[str] = mapped_column(default="")
    ladungsfrist_confirmed_as: Mapped[str] = mapped_column(default="")
    agenda_led_by: Mapped[str] = mapped_column(default="")
    categories: Mapped[Strings] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(default="")
    source_on: Mapped[date | None]
    extra: Mapped[Fields] = mapped_column(default=dict)

    __table_args__ = (
        one_of("confidentiality", Confidentiality),
        Index(None, "name"),
        Index(None, "uid"),
        one_of("agenda_led_by", ("", "wir", "ris")),
        Index("uq_organization_oparl_id", "oparl_id", unique=True, sqlite_where=ONCE),
        STRICT,
    )


class Membership(Journaled):
    """A person's place in an organization, with its term (OParl Membership).

    One that came from a council information system may still wait for its person or its organization.
    `substitute_for_id` is the membership for which this person stands in when its holder is away.
    """

    __tablename__ = "membership"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[str] = mapped_column(default="")
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    oparl_id: Mapped[str | None]
    voting_right: Mapped[Flag | None]
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    extra: Mapped[Fields] = mapped_column(default=dict)

    __table_args__ = (Index("uq_membership_oparl_id", "oparl_id", unique=True, sqlite_where=ONCE), STRICT)
