"""Names of time zones as Windows shows them to people; some programs write these into calendar files."""

from __future__ import annotations

import re

# By the places in the brackets' tail, English and German; the offset before them varies with the program.
_PLACES = {
    "amsterdam, berlin, bern": "Europe/Berlin",
    "brussels, copenhagen, madrid, paris": "Europe/Paris",
    "brüssel, kopenhagen, madrid, paris": "Europe/Paris",
    "belgrade, bratislava, budapest, ljubljana, prague": "Europe/Budapest",
    "belgrad, bratislava, budapest, ljubljana, prag": "Europe/Budapest",
    "belgrad, bratislava (pressburg), budapest, ljubljana, prag": "Europe/Budapest",
    "sarajevo, skopje, warsaw, zagreb": "Europe/Warsaw",
    "sarajevo, skopje, warschau, zagreb": "Europe/Warsaw",
    "dublin, edinburgh, lisbon, london": "Europe/London",
    "dublin, edinburgh, lissabon, london": "Europe/London",
    "athens, bucharest": "Europe/Bucharest",
    "athen, bukarest": "Europe/Bucharest",
    "helsinki, kyiv, riga, sofia, tallinn, vilnius": "Europe/Kyiv",
    "helsinki, kiew, riga, sofia, tallinn, wilna": "Europe/Kyiv",
    "istanbul": "Europe/Istanbul",
    "moscow, st. petersburg": "Europe/Moscow",
    "moskau, st. petersburg": "Europe/Moscow",
    "jerusalem": "Asia/Jerusalem",
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "pacific time (us & canada)": "America/Los_Angeles",
    "beijing, chongqing, hong kong, urumqi": "Asia/Shanghai",
    "osaka, sapporo, tokyo": "Asia/Tokyo",
    "coordinated universal time": "UTC",
    "koordinierte weltzeit": "UTC",
}
_NAMES = {
    "mitteleuropäische zeit": "Europe/Berlin",
    "mitteleuropäische sommerzeit": "Europe/Berlin",
    "mitteleuropäische normalzeit": "Europe/Berlin",
    "w. europe": "Europe/Berlin",
    "westeuropäische normalzeit": "Europe/Berlin",
}
_SHOWN = re.compile(r"\((?:UTC|GMT)(?: ?[+\-−–]\d{1,2}:\d\d)?\) *(?P<places>.+)", re.IGNORECASE)


def zone_shown(name: str) -> str:
    """The IANA name for a name as Windows shows it, such as „(UTC+01:00) Amsterdam, Berlin, Bern“, or "".

    Args:
        name: Without quotation marks around it.
    """
    found = _SHOWN.fullmatch(name)
    if found is None:
        return _NAMES.get(name.casefold(), "")
    places = " ".join(found["places"].casefold().split())
    if places in _PLACES:
        return _PLACES[places]
    # The list of places grew with the years: „…, Rom, Stockholm, Wien“ was added to this one.
    return "Europe/Berlin" if places.startswith("amsterdam, berlin, ") else ""
