"""Reads vCard files of all versions (2.1, 3.0, 4.0) into plain records; a bad card costs no other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ob_buero_tui.exchange.vcard_lines import RawCard, file_text, raw_cards
from ob_buero_tui.exchange.vcard_records import BadCard, CardFile, CardRecord, PostalAddress
from ob_buero_tui.exchange.vcard_values import Property, Unreadable, instant, parse, whole_day
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import number

MAX_CARDS = limits.CARDS
"""Cards of one file; an address book of an office has hundreds, a crafted file millions."""
MAX_EXTRA = limits.CARD_EXTRA
"""Properties of a card that are kept though they have no field of their own."""

_SILENT = frozenset({"BEGIN", "END", "VERSION", "PRODID", "PROFILE", "X-ABUID", "SOURCE", "NAME"})
_COMPANY = frozenset({"company", "org", "organization"})
# RELATED may point to another card, by urn:uuid: and the like, instead of naming somebody.
_POINTER = re.compile(r"(?i)(?:urn|https?|mailto|tel|data|cid):")
_NAMING = ("full_name", "family_name", "given_name", "organization", "email")


def read_cards(data: bytes) -> CardFile:
    """Read a vCard file; never raises, whatever the bytes are.

    Args:
        data: The bytes of the file, any number of cards.
    """
    cards: list[CardRecord] = []
    bad: list[BadCard] = []
    notes: list[str] = []
    for raw in raw_cards(file_text(data)):
        if raw.position > MAX_CARDS:
            notes.append(f"Nach der {number(MAX_CARDS)}. Karte wurde nicht weitergelesen.")
            break
        card = _card(raw)
        if isinstance(card, BadCard):
            bad.append(card)
        else:
            cards.append(card)
    if not cards and not bad:
        bad.append(BadCard(position=0, reason="Die Datei enthält keine vCard (BEGIN:VCARD fehlt)."))
    return CardFile(cards=tuple(cards), bad=tuple(bad), notes=tuple(notes))


def _card(raw: RawCard) -> CardRecord | BadCard:
    if raw.fault:
        return BadCard(position=raw.position, reason=raw.fault)
    found = _Collected()
    for line in raw.lines:
        try:
            found.take(parse(line))
        except Unreadable:
            found.notes.append(f"Zeile „{shorten(line, 40)}“ nicht verstanden.")
    if raw.media:
        found.notes.append("Bilder und Schlüssel der Karte werden nicht übernommen.")
    found.finish()
    if found.group:
        return BadCard(
            position=raw.position, reason="Die Karte ist eine Gruppe von Kontakten und keine Person."
        )
    if not any(found.values.get(name) for name in _NAMING):
        return BadCard(position=raw.position, reason="Die Karte hat weder Namen noch E-Mail-Adresse.")
    return CardRecord(position=raw.position, notes=tuple(found.notes), **found.values)


@dataclass(slots=True)
class _Collected:
    """What has been read of one card."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    extra: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[str, str] = field(default_factory=dict)
    grouped: list[tuple[str, int, str]] = field(default_factory=list)
    chosen: set[str] = field(default_factory=set)
    group: bool = False

    def take(self, item: Property) -> None:
        """Put one property where it belongs."""
        if item.name in _SILENT or not item.value.strip():
            return
        reader = _READERS.get(item.name)
        if reader is not None:
            reader(self, item)
        elif item.name == "X-ABLABEL" and item.group:
            self.labels[item.group] = item.text
        else:
            self.keep(item)

    def first(self, name: str, value: Any, item: Property) -> bool:
        """Set a field that is still empty, or set by one less preferred; returns whether it was taken."""
        if self.values.get(name) and (not item.preferred or name in self.chosen):
            return False
        if item.preferred:
            self.chosen.add(name)
        old, self.values[name] = self.values.get(name), value
        if old and old != value:
            self.extra[item.name].append(old.one_line if isinstance(old, PostalAddress) else old)
        return True

    def keep(self, item: Property) -> None:
        """Keep what has no field of its own."""
        if sum(map(len, self.extra.values())) >= MAX_EXTRA:
            self.notes.append(f"„{item.name}“ ist zu viel für eine Karte und bleibt weg.")
            return
        kinds = ", ".join(sorted(item.types - {"pref", "internet", "voice"}))
        text = f"{item.lines} ({kinds})" if kinds else item.lines
        name = clean(item.name, limit=40)
        self.extra[name].append(text)
        if item.group:
            self.grouped.append((name, len(self.extra[name]) - 1, item.group))

    def finish(self) -> None:
        """Decide what only the whole card tells."""
        for name, index, group in self.grouped:
            label = self.labels.get(group, "").strip("_$!<>")
            if label:
                self.extra[name][index] += f" [{label}]"
        named = bool(self.values.get("family_name") or self.values.get("given_name"))
        body = self.values.get("organization", "")
        if body and not named and self.values.get("full_name", body) == body:
            self.values["is_organization"] = True
        self.values["extra"] = {name: tuple(texts) for name, texts in self.extra.items()}


def _name(card: _Collected, item: Property) -> None:
    family, given, additional, prefix, suffix, *_ = item.parts(5)
    names = {
        "family_name": family,
        "given_name": " ".join(one for one in (given, additional) if one),
        "prefix": prefix.replace(",", " "),
        "suffix": suffix,
    }
    card.values |= {name: " ".join(value.split()) for name, value in names.items()}


def _text(name: str) -> Callable[[_Collected, Property], None]:
    def read(card: _Collected, item: Property) -> None:
        if not card.first(name, item.text, item):
            card.keep(item)

    return read


def _organization(card: _Collected, item: Property) -> None:
    parts = [" ".join(part.split()) for part in item.parts(1)]
    if card.first("organization", parts[0], item):
        card.values["unit"] = ", ".join(part for part in parts[1:] if part)
    else:
        card.keep(item)


def _address(card: _Collected, item: Property) -> None:
    box, extended, street, locality, _region, code, country, *_ = item.parts(7)
    lines = [one for one in (extended, street, f"Postfach {box}" if box.isdigit() else box) if one]
    address = PostalAddress(
        street="\n".join(lines),
        postal_code=" ".join(code.split()),
        locality=" ".join(locality.split()),
        country=" ".join(country.split()),
    )
    if not address or not card.first("home" if "home" in item.types else "work", address, item):
        card.keep(item)


def _tel(card: _Collected, item: Property) -> None:
    number = item.text.removeprefix("tel:").replace(";ext=", "-")
    if item.types & {"fax", "pager", "x400"}:
        card.keep(item)
        return
    private = "home" in item.types
    name = "mobile" if "cell" in item.types else "private_tel" if private else "tel"
    if not card.first(name, number, item):
        card.keep(item)


def _email(card: _Collected, item: Property) -> None:
    address = item.text.removeprefix("mailto:")
    if "@" not in address or not card.first("email", address, item):
        card.keep(item)


def _birthday(card: _Collected, item: Property) -> None:
    day = whole_day(item.text)
    if day is not None and "X-APPLE-OMIT-YEAR" in item.params:
        card.values["birthday_text"] = f"--{day:%m-%d}"
    elif day is not None:
        card.values["birthday"] = day
    else:
        card.values["birthday_text"] = item.text


def _death(card: _Collected, item: Property) -> None:
    day = whole_day(item.text)
    if day is None:
        card.keep(item)
    else:
        card.values["deceased_on"] = day


def _related(card: _Collected, item: Property) -> None:
    """Who may be spoken to instead (RFC 6350, 6.6.6); all other relations are only kept."""
    named = "agent" in item.types and not _POINTER.match(item.text)
    if not named or not card.first("assistant", item.text, item):
        card.keep(item)


def _revised(card: _Collected, item: Property) -> None:
    card.values["revised"] = instant(item.text)


def _categories(card: _Collected, item: Property) -> None:
    known = card.values.get("categories", ())
    card.values["categories"] = tuple(dict.fromkeys((*known, *item.items)))


def _note(card: _Collected, item: Property) -> None:
    card.values["note"] = "\n".join(one for one in (card.values.get("note", ""), item.lines) if one)


def _kind(card: _Collected, item: Property) -> None:
    if item.text.lower() in _COMPANY:
        card.values["is_organization"] = True
    card.group = card.group or item.text.lower() == "group"


def _gender(card: _Collected, item: Property) -> None:
    letter = item.text[:1].upper()
    card.values["gender"] = letter if letter in "MFONU" else ""


_READERS: dict[str, Callable[[_Collected, Property], None]] = {
    "N": _name,
    "FN": _text("full_name"),
    "ORG": _organization,
    "TITLE": _text("title"),
    "ROLE": _text("role"),
    "ADR": _address,
    "TEL": _tel,
    "EMAIL": _email,
    "BDAY": _birthday,
    "DEATHDATE": _death,
    "CATEGORIES": _categories,
    "NOTE": _note,
    "LANG": _text("language"),
    "LANGUAGE": _text("language"),
    "X-MS-ASSISTANT": _text("assistant"),
    "X-ASSISTANT": _text("assistant"),
    "RELATED": _related,
    "UID": _text("uid"),
    "REV": _revised,
    "URL": _text("url"),
    "GENDER": _gender,
    "KIND": _kind,
    "X-KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "X-ABSHOWAS": _kind,
}
