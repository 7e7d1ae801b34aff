"""Takes the display name of a sender apart into title, given and family name."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    r"|zentrum|museum|theater|verwaltung|bund|chor|orchester)\b|[0-9]"
)
_EDGES = " ,;'\"„“”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The parts of a name; a body's name stands whole in `family`."""

    prefix: str = ""
    given: str = ""
    family: str = ""


def split_name(display: str) -> Name:
    """Return the parts of a display name: „Dr. Anna von der Au“, „Au, Anna“; "" in, nothing out.

    Args:
        display: The cleaned display name of a mail's sender; an address instead of a name gives nothing.
    """
    display = " ".join(display.split()).strip(_EDGES)
    if not display or "@" in display:
        return Name()
    if _BODY.search(display):
        return Name(family=display)
    before, comma, after = display.partition(",")
    if comma and after.strip():
        prefix, words = _without_title(after.split())
        prefix_before, family = _without_title(before.split())
        return Name(
            prefix=" ".join([*prefix_before, *prefix]), given=" ".join(words), family=" ".join(family)
        )
    prefix, words = _without_title(display.split())
    if not words:
        return Name(family=display)
    cut = next(
        (place for place, word in enumerate(words[:-1]) if place and word.lower() in _PARTICLES),
        len(words) - 1,
    )
    return Name(prefix=" ".join(prefix), given=" ".join(words[:cut]), family=" ".join(words[cut:]))


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
