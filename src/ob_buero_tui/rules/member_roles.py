"""What a member's role in a body means: the words of offices and of OParl, read as one of five kinds."""

from __future__ import annotations

import re
from enum import StrEnum

from ob_buero_tui.rules.folding import fold


class RoleKind(StrEnum):
    """What somebody is in a body, whatever the body calls it."""

    VORSITZ = "vorsitz"
    STELLVERTRETUNG = "stellvertretung"
    MITGLIED = "mitglied"
    BERATEND = "beratend"
    SCHRIFTFUEHRUNG = "schriftfuehrung"


# Read from top to bottom: „stellv. Schriftführerin“ takes minutes, „stellv. Vorsitzender“ does not preside.
_WORDS: tuple[tuple[RoleKind, re.Pattern[str]], ...] = (
    (RoleKind.SCHRIFTFUEHRUNG, re.compile(r"schriftfuehr|protokollfuehr|protokollant|geschaeftsfuehr")),
    (
        RoleKind.STELLVERTRETUNG,
        re.compile(
            r"^(stell?v|stv|vize)|stellvertret|^(ehrenamtliche[rn]?|[1-9]\.|erste[r]?|zweite[r]?|dritte[r]?)"
            r" buergermeister|^[2-9]\. vorsitz"
        ),
    ),
    (
        RoleKind.VORSITZ,
        re.compile(
            r"vorsitz|vorsteher|^sprecher|^praesident|leiter(in)?$|leitung$|^(ober|bezirks|orts)?buergermeister"
        ),
    ),
    (RoleKind.BERATEND, re.compile(r"beratend|ohne stimmrecht|^gast|^sachverstaendig")),
)
_DEPUTY_WORD = re.compile(r"^(stell?v|stv|vize)|stellvertretend")


def role_kind(role: str) -> RoleKind:
    """What a role means; every word that says nothing else is a member.

    „1. Bürgermeister“ is a deputy: where the first mayor presides himself (Bavaria) the office enters
    „Vorsitzender“.
    """
    folded = " ".join(fold(role).split())
    return next((kind for kind, words in _WORDS if words.search(folded)), RoleKind.MITGLIED)


def is_deputy_of_role(role: str) -> bool:
    """Whether a role is that of somebody who only stands in: „stellv. Schriftführerin“."""
    return _DEPUTY_WORD.search(" ".join(fold(role).split())) is not None
