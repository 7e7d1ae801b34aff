"""Where an appointment takes place, as the end of its line says it: after a comma, or „im Ratssaal“."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ob_buero_tui.rules.folding import fold

_COMMA = re.compile(r",\s+")
_STREET = re.compile(
    r"\b\w*(?:str(?:\.|aße|asse)|weg|platz|allee|gasse|ring|ufer|damm|markt|brücke|park|chaussee|stieg)"
    r"(?:\s+\d+\s?[a-z]?)?\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b\w*(?:saal|säle|haus|häuser|halle|zimmer|museum|kirche|dom|kapelle|schule|gymnasium|stadion|büro|amt"
    r"|theater|kita|kindergarten|zentrum|heim|bad|wache|hotel|gasthof|raum|bibliothek|bücherei|schloss|burg"
    r"|friedhof|bahnhof|hafen|hof|garten|klinikum|krankenhaus|werk|feld|anlage|aula|foyer|café|mensa)\b",
    re.IGNORECASE,
)
_LEADING = r"(?:im|in der|in den|in|am|an der|auf dem|auf der|beim|bei der|vor dem|vor der)"
_LED = re.compile(rf"^{_LEADING}\s+(?=\S)", re.IGNORECASE)
_INSIDE = re.compile(rf"\s+{_LEADING}\s+(?=[A-ZÄÖÜ0-9])")
_NO_PLACE = re.compile(
    r"^(?:herr|herrn|frau|dr|prof|und|oder|mit|ohne|anschl\w*|danach|dann|inkl\w*|sowie|auch|bitte|ca|evtl"
    r"|eventuell|vorher|nachher|erst|nur|noch|ggf|vgl|siehe|mitbringen|u\. ?a|usw|etc)\b",
    re.IGNORECASE,
)


def split_place(text: str, places: Sequence[str] = ()) -> tuple[str, str]:
    """Split what is left of a line into title and place.

    Args:
        text: The line without its day, time and length.
        places: Names of places that the office knows.

    Returns:
        The title, and the place or "".
    """
    text = text.strip(" ,")
    known = tuple(fold(one) for one in places if one.strip())
    cuts = list(_COMMA.finditer(text))
    for cut in cuts:
        # The first comma whose rest is a place: an address has commas of its own.
        rest = text[cut.end() :]
        if _is_place(rest.partition(", ")[0], known):
            return text[: cut.start()].strip(" ,"), _bare(rest)
    if cuts:
        rest = text[cuts[-1].end() :]
        if _may_be_place(rest):
            return text[: cuts[-1].start()].strip(" ,"), _bare(rest)
        return text, ""
    return _inside(text, known)


def _inside(text: str, known: Sequence[str]) -> tuple[str, str]:
    """„Empfang im Ratssaal“: only where what follows is surely a place („im Dezember“ is none)."""
    for match in _INSIDE.finditer(text):
        rest = text[match.end() :]
        if _is_place(rest, known, begins=True):
            return text[: match.start()].strip(), rest.strip()
    return text, ""


def _is_place(text: str, known: Sequence[str], *, begins: bool = False) -> bool:
    """Whether a text surely names a place: one that is known, a street, or a kind of building.

    Args:
        begins: Whether its first words have to be the place.
    """
    bare = _bare(text)
    folded = fold(bare)
    if any(folded.startswith(one) if begins else one in folded for one in known):
        return True
    if _NO_PLACE.match(bare):
        return False
    shown = " ".join(bare.split()[:3]) if begins else bare
    return bool(_STREET.search(shown) or _HOUSE.search(shown))


def _may_be_place(text: str) -> bool:
    """Whether what stands after the last comma may be a place: a name, and not a person or a remark."""
    if _NO_PLACE.match(text):
        return False
    return text[:1].isupper() or text[:1].isdigit() or _LED.match(text) is not None


def _bare(text: str) -> str:
    """A place without its „im“ or „in der“."""
    return _LED.sub("", text.strip(" ,"), count=1)
