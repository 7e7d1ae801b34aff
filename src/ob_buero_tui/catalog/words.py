"""The office's own words and its text modules: begriffe.toml and text_modules.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ob_buero_tui.catalog.reading import Key, Reader, Value, expecting, meant
from ob_buero_tui.catalog.values import ident, matching, one_of, text, texts
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.occasions import Occasion
from ob_buero_tui.rules.placeholders import PLACEHOLDERS, unknown_placeholders
from ob_buero_tui.rules.states import RequestState

BEGRIFFE: Mapping[str, str] = {
    "ob": "Oberbürgermeisterin",
    "ob_kurz": "OB",
    "ob_brief": "Frau Oberbürgermeisterin",
    "stadt": "Stadt",
    "rat": "Stadtrat",
    "gremium": "Gremium",
    "gremien": "Gremien",
    "ausschuss": "Ausschuss",
    "fraktion": "Fraktion",
    "sitzung": "Sitzung",
    "sitzungen": "Sitzungen",
    "tagesordnung": "Tagesordnung",
    "vorlage": "Vorlage",
    "vorlagen": "Vorlagen",
    "vorlagenschluss": "Vorlagenschluss",
    "antragsschluss": "Antragsschluss",
    "ladung": "Einladung",
    "bekanntmachung": "Bekanntmachung",
    "niederschrift": "Niederschrift",
    "amt": "Fachamt",
    "dezernat": "Dezernat",
    "bezirk": "Stadtbezirk",
}
"""Every word an office may replace by its own, with the one that counts otherwise."""

_LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModule:
    """A piece of a letter to copy.

    Args:
        key: Its name in files.
        label: Its German name.
        text: The text with placeholders such as `{betreff}`.
        kinds: Kinds of requests it is offered for; empty for all.
        states: States of a request it is offered in; empty for all.
        reasons: Reasons of a decision it is meant for; empty for every one.
        occasions: What it answers, such as `zusage`; empty: it is only copied.
    """

    key: str
    label: str
    text: str
    kinds: tuple[str, ...] = ()
    states: tuple[RequestState, ...] = ()
    reasons: tuple[str, ...] = ()
    occasions: tuple[Occasion, ...] = ()


@expecting("ein Text")
def _letter(value: object, at: Reader) -> str | None:
    """Read a text of several lines whose placeholders are all known."""
    if not isinstance(value, str) or not value.strip():
        at.wrong("ein Text, der nicht leer ist", value)
        return None
    if len(value) > _LONGEST:
        at.wrong(f"ein Text mit höchstens {_LONGEST} Zeichen", value)
        return None
    if clean(value, multiline=True, limit=_LONGEST) != value:
        at.wrong("ein Text ohne Steuerzeichen", value)
        return None
    unknown = unknown_placeholders(value)
    for one in unknown:
        found = one if one in ("{", "}") else f"{{{one}}}"
        at.wrong(f"einer der Platzhalter {_listed()}", clean(found), hint=meant(one, PLACEHOLDERS))
    return None if unknown else value.strip("\n")


def _listed() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def _listing(kinds: type[StrEnum], expected: str) -> Value:
    """Read a list of values of an enumeration."""
    single = one_of(kinds)

    @expecting(expected)
    def read(value: object, at: Reader) -> tuple[StrEnum, ...]:
        if not isinstance(value, list):
            at.wrong(expected, value)
            return ()
        found = (single(one, at.item(index)) for index, one in enumerate(value))
        return tuple(one for one in found if one is not None)

    return read


TEXT_MODULE = (
    Key("key", ident),
    Key("label", text(60)),
    Key("text", _letter),
    Key("kinds", texts(), ()),
    Key("states", _listing(RequestState, "eine Liste von Zuständen"), ()),
    Key("reasons", texts(), ()),
    Key("occasions", _listing(Occasion, "eine Liste von Anlässen"), ()),
)

_WORD = matching(r"[^\x00-\x1f\x7f]{1,60}", "ein Wort oder mehrere, zusammen höchstens 60 Zeichen")


def read_words(data: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """Read begriffe.toml; a word that is wrong is left out, the others count."""
    reader.only(data, ["begriffe"])
    table, place = data.get("begriffe", {}), reader.at("begriffe")
    if not isinstance(table, dict):
        place.wrong("eine Tabelle von Begriffen", table)
        return {}
    place.only(table, BEGRIFFE)
    read = {key: _WORD(value, place.at(key)) for key, value in table.items() if key in BEGRIFFE}
    return {key: clean(word).strip() for key, word in read.items() if word and clean(word).strip()}
