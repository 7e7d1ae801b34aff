"""Takes the display name of a sender apart into form of address, title, given and family name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ob_buero_tui.rules.gender import split_form

_TITLES = frozenset(
    {"dr", "dres", "prof", "dipl", "ing", "med", "jur", "phil", "nat", "rer", "oec", "h", "c", "mag", "pfr"}
)
_PARTICLES = frozenset(
    {"von", "vom", "van", "de", "del", "della", "di", "da", "zu", "zum", "zur", "der", "den", "ter", "af"}
)
# Words of bodies, and word ends of their compounds: such a name is no person's and stays in one piece.
_BODY = re.compile(
    r"(?i)\be\.? ?v\b|\b(?:gmbh|ggmbh|mbh|ag|kg|team|info|service|club|stadt|landkreis|presse|forum)\b"
    r"|(?:verein|verband|schule|gymnasium|stiftung|gemeinde|ministerium|sekretariat|redaktion|feuerwehr|amt|büro"
    r"|zentrum|zentrale|museum|theater|verwaltung|bund|bündnis|chor|orchester|vereinigung|gemeinschaft"
    r"|gesellschaft|kanzlei|dezernat|vorzimmer|abteilung|fraktion|kapelle|klinikum|rathaus|formular|server)\b"
    r"|[0-9&]| [–—|-] "
)
# A household shares its name and has no given one.
_HOUSEHOLD = re.compile(r"(?i)(?:familie|eheleute|ehepaar)\b")
_ASIDE = re.compile(r"[ ]*(?:\([^()]*\)|\[[^\[\]]*\])$")
_EDGES = " ,;'\"„“”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The parts of a name; a body's name stands whole in `family`.

    Args:
        form: „Frau“, „Herr“ or "".
        prefix: Academic titles.
    """

    form: str = ""
    prefix: str = ""
    given: str = ""
    family: str = ""


def split_name(display: str) -> Name:
    """Return the parts of a display name: „Dr. Anna von der Au“, „Au, Anna (Wehre-Bote)“; "" in, nothing out.

    Args:
        display: The cleaned display name of a mail's sender; an address instead of a name gives nothing.
    """
    display = " ".join(display.split()).strip(_EDGES)
    if not display or "@" in display:
        return Name()
    bare = _ASIDE.sub("", display).strip(_EDGES) or display
    if _BODY.search(bare):
        return _colleague(bare) or Name(family=display)
    if _HOUSEHOLD.match(bare):
        return Name(family=bare)
    before, comma, after = bare.partition(",")
    if comma and after.strip():
        form, rest = split_form(after.split())
        prefix, words = _without_title(rest)
        prefix_before, family = _without_title(before.split())
        return Name(
            form=form,
            prefix=" ".join([*prefix_before, *prefix]),
            given=" ".join(words),
            family=" ".join(family),
        )
    return _in_order(bare)


def _colleague(display: str) -> Name | None:
    """Who is named after a body with a form of address: „Sekretariat Bücherei, Frau Meier“."""
    after = display.rpartition(",")[2].strip()
    if _BODY.search(after) or not split_form(after.split()[:1])[0]:
        return None
    name = _in_order(after)
    return name if name.form else None


def _in_order(display: str) -> Name:
    """The parts of a name in the order in which it is spoken."""
    form, rest = split_form(display.split())
    prefix, words = _without_title(rest)
    if not words:
        return Name(family=display)
    cut = next(
        (place for place, word in enumerate(words[:-1]) if place and word.lower() in _PARTICLES),
        len(words) - 1,
    )
    return Name(form=form, prefix=" ".join(prefix), given=" ".join(words[:cut]), family=" ".join(words[cut:]))


def _without_title(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the leading academic titles and the rest."""
    count = 0
    for word in words:
        if (
            not word.endswith(".")
            or not {part.lower() for part in re.split(r"[.-]", word) if part} <= _TITLES
        ):
            break
        count += 1
    return words[:count], words[count:]
