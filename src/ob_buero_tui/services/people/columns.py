"""The columns of people and bodies that a form shows: their labels, and values as typed text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.names import joined
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.salutation import FRAU, HERR
from ob_buero_tui.services.people.seeing import Contact
from ob_buero_tui.store.people import Person

_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
TEXT_LIMIT, NOTE_LIMIT = 300, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a form.

    Args:
        choices: The only values it takes; "" stands for none.
        lines: Whether it may have several lines.
    """

    name: str
    label: str
    choices: tuple[str, ...] = ()
    lines: bool = False
    kind: str = "text"


def _texts(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name=name, label=label) for name, label in pairs)


PERSON: tuple[Column, ...] = (
    Column(name="form_of_address", label="Anrede", choices=("", FRAU, HERR)),
    *_texts(
        ("praedikat", "Prädikat"),
        ("honorific_prefix", "Akademische Grade"),
        ("given_name", "Vorname"),
        ("affix", "Namenszusatz"),
        ("family_name", "Nachname"),
        ("job_title", "Amt oder Funktion"),
        ("mandate", "Mandat"),
    ),
    Column(name="email", label="E-Mail", kind="email"),
    *_texts(("tel", "Telefon"), ("mobile", "Mobil"), ("private_tel", "Telefon privat")),
    Column(name="street_address", label="Straße", lines=True),
    *_texts(("postal_code", "PLZ"), ("locality", "Ort"), ("country", "Land")),
    Column(name="private_street_address", label="Straße privat", lines=True),
    *_texts(("private_postal_code", "PLZ privat"), ("private_locality", "Ort privat")),
    *_texts(("salutation", "Briefanrede (eigene)"), ("spoken_salutation", "Mündliche Anrede (eigene)")),
    Column(name="postal_address", label="Anschrift (eigene)", lines=True),
    Column(name="rank", label="Rang", kind="number"),
    *_texts(("language", "Sprache"), ("assistant", "Vorzimmer")),
    Column(name="birthday", label="Geburtstag", kind="day"),
    Column(name="categories", label="Verteiler", kind="list"),
    Column(name="note", label="Notizen", lines=True),
)

ORGANIZATION: tuple[Column, ...] = (
    *_texts(("name", "Name"), ("short_name", "Kurzname"), ("classification", "Art")),
    Column(name="email", label="E-Mail", kind="email"),
    *_texts(("tel", "Telefon"), ("website", "Website")),
    Column(name="street_address", label="Straße", lines=True),
    *_texts(("postal_code", "PLZ"), ("locality", "Ort"), ("country", "Land")),
    Column(name="categories", label="Verteiler", kind="list"),
    Column(name="note", label="Notizen", lines=True),
)

COLUMNS: dict[str, tuple[Column, ...]] = {"person": PERSON, "organization": ORGANIZATION}


def typed(column: Column, value: Any) -> str:
    """A stored value as the text a form starts from."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if column.kind == "list":
        return ", ".join(value)
    return str(value)


def typed_values(table: str, row: Contact) -> dict[str, str]:
    """All values of a contact as a form starts from."""
    return {column.name: typed(column, getattr(row, column.name)) for column in COLUMNS[table]}


def parsed(column: Column, text: str) -> Any:
    """The value to store of what was typed.

    Raises:
        Refusal: it does not fit; names the column and what fits.
    """
    limit = NOTE_LIMIT if column.name == "note" else TEXT_LIMIT
    found = clean(text, multiline=column.lines, limit=max(len(text), 1)).strip()
    if len(found) > limit:
        size = f"{limit:,}".replace(",", ".")
        raise _not_taken(column, "Der Text ist zu lang.", f"Höchstens {size} Zeichen; kürzen Sie ihn.")
    if column.choices and found not in column.choices:
        shown = ", ".join(one or "(keine)" for one in column.choices)
        raise _not_taken(column, f"„{found}“ ist keine Auswahl.", f"Möglich sind: {shown}.")
    if column.lines:
        return found
    return _PARSERS.get(column.kind, _text)(column, " ".join(found.split()))


def contact_name(row: Contact) -> str:
    """What a contact is called: a person in full, a body by its name."""
    if isinstance(row, Person):
        name = joined(row.honorific_prefix, row.given_name, row.affix, row.family_name)
        return name or row.email or "ohne Namen"
    return row.name


def _text(_column: Column, text: str) -> str:
    return text


def _email(column: Column, text: str) -> str | None:
    if text and ("@" not in text or " " in text):
        raise _not_taken(column, f"„{text}“ ist keine E-Mail-Adresse.", "Zum Beispiel: name@example.org")
    return text.lower() or None


def _number(column: Column, text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 4:
        raise _not_taken(column, f"„{text}“ ist kein Rang.", "Zum Beispiel: 90; kleiner wird zuerst begrüßt.")
    return int(text)


def _day(column: Column, text: str) -> date | None:
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match is not None:
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise _not_taken(column, f"„{text}“ ist kein Tag.", "Zum Beispiel: 17.05.1960")


def _list(_column: Column, text: str) -> list[str]:
    return list(dict.fromkeys(one for part in text.split(",") if (one := part.strip())))


_PARSERS: dict[str, Callable[[Column, str], Any]] = {
    "email": _email,
    "number": _number,
    "day": _day,
    "list": _list,
}


def _not_taken(column: Column, why: str, now: str) -> Refusal:
    return Refusal(f"„{column.label}“ wurde nicht übernommen.", why, now)
