"""What a card changes of a contact that is known: only what it says otherwise than the card before it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2s
from typing import Any

from ob_buero_tui.exchange.vcard_records import CardRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.services.intake.people_known import Entry
from ob_buero_tui.services.intake.people_rows import CARDS, MERGED_UIDS, REVISED, Row

LABELS = {
    "family_name": "Nachname", "given_name": "Vorname", "affix": "Namenszusatz", "email": "E-Mail",
    "honorific_prefix": "Titel", "form_of_address": "Anrede", "tel": "Telefon", "mobile": "Mobil",
    "private_tel": "Telefon privat", "street_address": "Straße", "postal_code": "PLZ", "locality": "Ort",
    "private_street_address": "Straße privat", "private_postal_code": "PLZ privat",
    "private_locality": "Ort privat", "country": "Land", "job_title": "Funktion", "mandate": "Mandat",
    "birthday": "Geburtstag", "deceased_on": "verstorben am", "language": "Sprache", "website": "Website",
    "name": "Name", "assistant": "Vorzimmer", "gender": "Geschlecht",
}  # fmt: skip
_APART = ("source", "source_on")
_LISTED = ("categories", "extra", "note", "uid")
"""Columns that are added to, not replaced."""

Said = dict[str, Any]
"""Fingerprints of what a card said: by column, those of its lists one by one."""


@dataclass(slots=True)
class Filled:
    """What a card did to a contact.

    Args:
        kept: Labels of columns that stay although the card says otherwise.
        replaced: Label and former value of those that the card has changed.
        off_lists: Whether the card names new distribution lists of somebody who has died.
    """

    kept: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    off_lists: bool = False


def remembered(row: Row) -> Row:
    """The values of a new contact, with what its card said; the dead are on no distribution list."""
    values = dict(row)
    extra = dict(values.get("extra") or {})
    extra[CARDS] = {row.get("uid", ""): _said(row)}
    values["extra"] = extra
    if values.get("deceased_on"):
        values.pop("categories", None)
    return values


def fill(entry: Entry, card: CardRecord, row: Row) -> Filled:
    """Bring a card to a known contact: a newer one counts where it has changed, an older one fills gaps."""
    newer = _newer(card, entry.values)
    filled = Filled()
    cards: dict[str, Said] = dict((entry.values.get("extra") or {}).get(CARDS) or {})
    uid = row.get("uid", "")
    before = cards.get(uid)
    now = dict(before or {})
    for name, value in row.items():
        if name in _LISTED or name in _APART:
            continue
        print_ = _print(value)
        old = entry.values.get(name)
        if _plain(old) == _plain(value):
            now[name] = print_
        elif before is not None and before.get(name) == print_:
            filled.kept += [LABELS[name]] if name in LABELS and old else []
        elif not old:
            entry.set(name, value)
            now[name] = print_
        elif newer and (before is not None or _of_a_card(cards, name, old)):
            filled.replaced += [_replaced(name, old)] if name in LABELS else []
            entry.set(name, value)
            now[name] = print_
        elif name in LABELS:
            filled.kept.append(LABELS[name])
    _add_lists(entry, row, now, before, filled)
    _add_note(entry, row, now, before)
    if entry.changed and newer:
        for name in _APART:
            entry.set(name, row[name])
    extra = _extra(entry.values, row, newer=newer)
    extra[CARDS] = {**cards, uid: now}
    if extra != (entry.values.get("extra") or {}):
        entry.set("extra", extra)
    if uid and not entry.values.get("uid"):
        entry.set("uid", uid)
    return filled


def _add_lists(entry: Entry, row: Row, now: Said, before: Said | None, filled: Filled) -> None:
    """Add the distribution lists that this card names for the first time; none for the dead."""
    said = list((before or {}).get("categories", ()))
    have = entry.values.get("categories") or []
    new = [one for one in row.get("categories", ()) if _print(one) not in said and one not in have]
    listed = list(dict.fromkeys([*said, *map(_print, row.get("categories", ()))]))
    if listed:
        now["categories"] = listed
    if not new:
        return
    if entry.values.get("deceased_on"):
        filled.off_lists = True
    else:
        entry.set("categories", [*have, *new])


def _add_note(entry: Entry, row: Row, now: Said, before: Said | None) -> None:
    value = row.get("note", "")
    if not value or (before or {}).get("note") == _print(value):
        return
    now["note"] = _print(value)
    old = entry.values.get("note") or ""
    if value not in old:
        entry.set("note", "\n".join(part for part in (old, value) if part))


def _extra(stored: Row, row: Row, *, newer: bool) -> Row:
    """What has no column: a newer card's counts; another uid of the same person is remembered."""
    before, value = dict(stored.get("extra") or {}), row.get("extra") or {}
    extra = before | value if newer else value | before
    uid, own = row.get("uid", ""), stored.get("uid") or ""
    known = list(before.get(MERGED_UIDS, ()))
    if uid and own and uid != own and uid not in known:
        extra[MERGED_UIDS] = [*known, uid]
    return extra


def _newer(card: CardRecord, stored: Row) -> bool:
    """Whether the card was changed after what is stored; without both dates nobody knows."""
    before = (stored.get("extra") or {}).get(REVISED)
    if card.revised is None or not before:
        return False
    try:
        return card.revised > datetime.fromisoformat(before)
    except (TypeError, ValueError):
        return False


def _of_a_card(cards: dict[str, Said], name: str, stored: Any) -> bool:
    """Whether a stored value is what some card said, and not the office's own."""
    return any(said.get(name) == _print(stored) for said in cards.values())


def _said(row: Row) -> Said:
    said: Said = {name: _print(value) for name, value in row.items() if name not in (*_APART, "extra", "uid")}
    if row.get("categories"):
        said["categories"] = [_print(one) for one in row["categories"]]
    return said


def _print(value: Any) -> str:
    """A fingerprint: enough to see a change, and no second copy of what the office may have to delete."""
    text = json.dumps(_plain(value), default=str, ensure_ascii=False)
    return blake2s(text.encode(), digest_size=6).hexdigest()


def _replaced(name: str, old: Any) -> str:
    shown = f"{old:%d.%m.%Y}" if isinstance(old, date) else " ".join(str(old).split())
    return f"{LABELS[name]} (bisher „{shorten(shown, 60)}“)"


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
