"""What a card says, as column values of a person or an organization; empty values are left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from ob_buero_tui.exchange.vcard_records import CardRecord
from ob_buero_tui.rules.gender import form_of, form_of_word, gender_of
from ob_buero_tui.rules.names import split_noble
from ob_buero_tui.services.intake.names import split_name

Row = dict[str, Any]

REVISED = "REV"
"""Key in `extra`: when the foreign address book last changed the card, ISO 8601 in UTC."""

MERGED_UIDS = "merged_uids"
"""Key in `extra`: uids of cards that mean this contact too, as others were merged into it."""

CARDS = "cards"
"""Key in `extra`: by uid, fingerprints of what the last card said, so that what it changed is known."""

EXTRA_LABELS = {"BDAY": "Geburtstag", "URL": "Website", "ORG": "Abteilung", "EMAIL": "Weitere E-Mail",
                "TEL": "Weitere Nummer", "ADR": "Weitere Anschrift", "ROLE": "Rolle",
                "RELATED": "Vorzimmer"}  # fmt: skip
"""What the keys of `extra` that a view shows are called."""

_MANDATES = {"mdb": "MdB", "mdl": "MdL", "mdep": "MdEP"}


def person_row(card: CardRecord, source: str, today: date) -> Row:
    """The values of a person.

    Args:
        source: What the office will know the origin by.
        today: The office's date; the date of the source where the card has none.
    """
    work, home = card.work, card.home
    row = {
        **_names(card),
        "gender": gender_of(card.gender) or "",
        "email": card.email.lower(),
        "tel": card.tel,
        "mobile": card.mobile,
        "private_tel": card.private_tel,
        "street_address": work.street,
        "postal_code": work.postal_code,
        "locality": work.locality,
        "private_street_address": home.street,
        "private_postal_code": home.postal_code,
        "private_locality": home.locality,
        "country": work.country or home.country,
        "job_title": card.title or card.role,
        "assistant": card.assistant,
        "language": card.language,
        "birthday": card.birthday,
        "deceased_on": card.deceased_on,
        **_common(card, source, today, {"URL": card.url, "ORG": card.unit, "BDAY": card.birthday_text}),
    }
    return {name: value for name, value in row.items() if value}


def organization_row(card: CardRecord, source: str, today: date) -> Row:
    """The values of an organization that has a card of its own."""
    address = card.work or card.home
    row = {
        "name": card.organization or card.full_name,
        "email": card.email.lower(),
        "tel": card.tel or card.mobile or card.private_tel,
        "street_address": address.street,
        "postal_code": address.postal_code,
        "locality": address.locality,
        "country": address.country,
        "website": card.url,
        **_common(card, source, today, {"ORG": card.unit, "RELATED": card.assistant}),
    }
    return {name: value for name, value in row.items() if value}


def named_organization_row(card: CardRecord, source: str, today: date) -> Row:
    """The values of an organization of which only a member's card tells."""
    return {"name": card.organization, "source": source, "source_on": _revised(card, today)}


def _common(card: CardRecord, source: str, today: date, more: Row) -> Row:
    extra: Row = {name: list(texts) for name, texts in card.extra.items()}
    extra |= {name: value for name, value in more.items() if value}
    if card.revised is not None:
        extra[REVISED] = card.revised.isoformat()
    return {
        "uid": card.uid,
        "note": card.note,
        "categories": list(card.categories),
        "source": source,
        "source_on": _revised(card, today),
        "extra": extra,
    }


def _revised(card: CardRecord, today: date) -> date:
    return card.revised.date() if card.revised is not None else today


def _names(card: CardRecord) -> Row:
    """The parts of the name; „Frau Dr.“ before it is a form of address and a title."""
    given, family, prefix = card.given_name, card.family_name, card.prefix
    if not (given or family):
        name = split_name(card.full_name)
        given, family, prefix = name.given, name.family, prefix or f"{name.form} {name.prefix}"
    words = prefix.split()
    said = [form for word in words if (form := form_of_word(word))]
    suffixes = card.suffix.replace(",", " ").split()
    mandates = [_MANDATES[word.lower()] for word in suffixes if word.lower() in _MANDATES]
    affix, family = split_noble(family)
    return {
        "given_name": given,
        "affix": affix,
        "family_name": family,
        "honorific_prefix": " ".join(word for word in words if not form_of_word(word)),
        "form_of_address": said[0] if said else form_of(gender_of(card.gender)),
        "mandate": " ".join(mandates),
    }
