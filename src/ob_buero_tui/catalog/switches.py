"""Which kinds of requests are offered: an office says so in one line of its office.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ob_buero_tui.catalog.reading import Reader, expecting, meant
from ob_buero_tui.catalog.values import boolean


@expecting("eine Tabelle von Arten mit true oder false")
def switches(value: object, at: Reader) -> dict[str, bool]:
    """Read a table like `[kinds]`, in which each key is a kind and says whether it is offered."""
    if not isinstance(value, dict):
        at.wrong("eine Tabelle von Arten mit true oder false", value)
        return {}
    found = {name: boolean(one, at.at(name)) for name, one in value.items()}
    return {name: one for name, one in found.items() if one is not None}


def known_switches(
    wanted: Mapping[str, bool], kinds: Iterable[str], reader: Reader, effect: str
) -> dict[str, bool]:
    """Return the switches of kinds that there are, and name the others."""
    known = list(kinds)
    for name in wanted:
        if name not in known:
            place = reader.at("kinds").at(name)
            place.wrong("die Kennung einer Art", name, hint=meant(name, known), effect=effect)
    return {name: on for name, on in wanted.items() if name in known}
