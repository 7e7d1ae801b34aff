"""Placeholders in text modules: `{betreff}` becomes the subject, what is missing a visible gap."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDERS: Mapping[str, str] = {
    "anrede": "Anrede",
    "person": "Name der Person",
    "organisation": "Organisation",
    "nummer": "Vorgangsnummer",
    "betreff": "Betreff",
    "anlass": "Anlass",
    "eingang": "Eingangsdatum",
    "termin": "Termin",
    "ort": "Ort",
    "frist": "Frist",
    "rueckmeldung": "Datum der Rückmeldung",
    "grund": "Grund",
    "amt": "Fachamt",
    "name": "Name",
    "auskunft": "Auskunft",
    "frage": "Frage",
    "vertretung": "Vertretung",
    "ob": "Oberbürgermeisterin oder Oberbürgermeister",
    "rat": "Rat",
    "stadt": "Stadt",
    "heute": "Datum",
    "kuerzel": "Kürzel",
}
"""Every placeholder there is, with the word that stands in the gap."""

_INNER = str.maketrans("„“”", "‚‘‘")
"""Quotation marks inside of others."""
_BRACED = re.compile(r"\{([^{}\n]*)\}")


def unknown_placeholders(text: str) -> tuple[str, ...]:
    """Return what stands in braces without being a placeholder, and lone braces, each once."""
    found = [one for one in _BRACED.findall(text) if one not in PLACEHOLDERS]
    rest = _BRACED.sub("", text)
    return tuple(dict.fromkeys([*found, *(brace for brace in "{}" if brace in rest)]))


def placeholders_of(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text in their order, each once."""
    return tuple(dict.fromkeys(one for one in _BRACED.findall(text) if one in PLACEHOLDERS))


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its values; a missing one becomes a gap such as „[Termin]“.

    Args:
        values: Text by placeholder; empty text counts as missing. Braces in a value are no placeholders.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        found = values.get(name, "").strip() or f"[{PLACEHOLDERS.get(name, name)}]"
        quoted = text[: match.start()].endswith("„") and text[match.end() :].startswith("“")
        return found.translate(_INNER) if quoted else found

    return _BRACED.sub(value, text)


def gaps_of(text: str) -> tuple[str, ...]:
    """Return what still has to be filled in, such as „[Termin]“ or „{ort}“, in the order above."""
    found = []
    for key, word in PLACEHOLDERS.items():
        found += [gap for gap in (f"[{word}]", f"{{{key}}}") if gap in text]
    return tuple(found)
