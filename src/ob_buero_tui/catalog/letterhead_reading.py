"""Reads letterhead.toml: an office's keys count over the shipped ones one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ob_buero_tui.catalog.layers import Layer, read_file
from ob_buero_tui.catalog.letterhead import Letterhead, Signatory
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader, expecting
from ob_buero_tui.catalog.values import ident, matching, tables, text, texts

FILE = "letterhead.toml"


@expecting("eine Tabelle von Kürzeln und Namen")
def _names(value: object, at: Reader) -> dict[str, str]:
    """Read initials with their names."""
    if not isinstance(value, dict):
        at.wrong("eine Tabelle von Kürzeln und Namen", value)
        return {}
    single = text(80)
    found = {str(key): single(one, at.at(str(key))) for key, one in value.items()}
    return {key: one for key, one in found.items() if one is not None}


_ADDRESS = matching(r"[^\s@]+@[^\s@]+\.[^\s@]+|", "eine E-Mail-Adresse")
_PLAIN = text(100, empty=True)
_SIGNATORY = (Key("key", ident), Key("label", text(60)), Key("lines", texts()))
_KEYS = (
    *(Key(name, _PLAIN) for name in ("office", "city", "street_address", "postal_code", "locality")),
    *(Key(name, _PLAIN) for name in ("tel", "web", "sender_line")),
    Key("email", _ADDRESS),
    Key("footer", texts()),
    Key("names", _names),
    Key("signatories", tables(_SIGNATORY, Signatory)),
)


def load_letterhead(layers: Sequence[Layer], problems: list[Problem]) -> Letterhead:
    """The office's letterhead; what its file does not name is as shipped."""
    merged: dict[str, Any] = {}
    for layer in layers:
        merged |= read_file(layer, FILE, _read, problems) or {}
    return Letterhead(**merged)


def _read(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """A key that is wrong is left out, the others count."""
    known = {key.name: key for key in _KEYS}
    reader.only(data, list(known))
    found = {name: known[name].value(data[name], reader.at(name)) for name in known if name in data}
    return {name: value for name, value in found.items() if value is not None}
