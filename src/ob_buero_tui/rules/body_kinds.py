"""What sort of body an organization is: by the words of OParl (organizationType), else by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ob_buero_tui.rules.folding import fold


class BodyKind(StrEnum):
    """The sorts of bodies that are listed apart."""

    GREMIUM = "gremium"
    FRAKTION = "fraktion"
    EXTERN = "extern"
    VERWALTUNG = "verwaltung"


ORGANIZATION_TYPES: Final = (
    "Gremium",
    "Fraktion",
    "externes Gremium",
    "Verwaltungsbereich",
    "Partei",
    "Institution",
    "Sonstiges",
)
"""The values of OParl 1.1 for `organizationType`, the frequent ones first."""

_BY_TYPE: Final = {
    "gremium": BodyKind.GREMIUM,
    "fraktion": BodyKind.FRAKTION,
    "partei": BodyKind.FRAKTION,
    "externes gremium": BodyKind.EXTERN,
    "institution": BodyKind.EXTERN,
    "sonstiges": BodyKind.EXTERN,
    "verwaltungsbereich": BodyKind.VERWALTUNG,
}
_BY_NAME: Final = (
    ("fraktion", BodyKind.FRAKTION),
    ("zweckverband", BodyKind.EXTERN),
    ("aufsichtsrat", BodyKind.EXTERN),
    ("verwaltungsrat", BodyKind.EXTERN),
    ("gesellschafterversammlung", BodyKind.EXTERN),
)


def body_kind(organization_type: str, name: str = "") -> BodyKind:
    """The sort of a body; where the type is left out, as often, its name tells it, else it is a Gremium."""
    known = _BY_TYPE.get(" ".join(fold(organization_type).split()))
    if known is not None:
        return known
    folded = fold(name)
    return next((kind for word, kind in _BY_NAME if word in folded), BodyKind.GREMIUM)
