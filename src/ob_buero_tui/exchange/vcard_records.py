"""What a vCard file holds, as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """Where letters go; `street` may have several lines (RFC 6350, 6.3.1)."""

    street: str = ""
    postal_code: str = ""
    locality: str = ""
    country: str = ""

    def __bool__(self) -> bool:
        return bool(self.street or self.postal_code or self.locality)

    @property
    def one_line(self) -> str:
        """The address in one line."""
        town = f"{self.postal_code} {self.locality}".strip()
        return ", ".join(one for one in (*self.street.split("\n"), town, self.country) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRecord:
    """One card. All text is cleaned.

    Args:
        position: Which card of its file, counted from 1.
        uid: UID, or "".
        revised: Aware instant of REV; None where missing or unreadable.
        is_organization: The card is a body's and not a person's.
        full_name: FN, or "".
        prefix: Honorific prefixes as written, for example „Frau Dr.“.
        suffix: Honorific suffixes, for example „MdL“.
        organization: The first part of ORG; `unit` holds the others.
        birthday: BDAY where its year is known; else `birthday_text` holds it as written.
        assistant: Who may be spoken to instead, as written.
        gender: The first letter of GENDER: M, F, O, N, U or "".
        deceased_on: DEATHDATE (RFC 6474) where it is a whole date.
        categories: Distribution lists, each once.
        extra: What has no field of its own, by property, with its group's label and types.
        notes: German sentences on what was repaired, left out or cut.
    """

    position: int
    uid: str = ""
    revised: datetime | None = None
    is_organization: bool = False
    full_name: str = ""
    family_name: str = ""
    given_name: str = ""
    prefix: str = ""
    suffix: str = ""
    organization: str = ""
    unit: str = ""
    title: str = ""
    role: str = ""
    assistant: str = ""
    work: PostalAddress = field(default_factory=PostalAddress)
    home: PostalAddress = field(default_factory=PostalAddress)
    email: str = ""
    tel: str = ""
    mobile: str = ""
    private_tel: str = ""
    birthday: date | None = None
    birthday_text: str = ""
    deceased_on: date | None = None
    gender: str = ""
    language: str = ""
    url: str = ""
    note: str = ""
    categories: tuple[str, ...] = ()
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCard:
    """A card that gave no record: its position in the file, counted from 1, and the German reason."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFile:
    """All of a file: its cards, those left out, and German sentences on the file as a whole."""

    cards: tuple[CardRecord, ...]
    bad: tuple[BadCard, ...] = ()
    notes: tuple[str, ...] = ()
