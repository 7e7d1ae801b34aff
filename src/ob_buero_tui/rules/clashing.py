"""In which ways two appointments cannot both be kept."""

from __future__ import annotations

from enum import StrEnum


class ClashKind(StrEnum):
    """What an appointment clashes with."""

    TERMIN = "termin"
    FAHRT = "fahrt"
    SITZUNG = "sitzung"
    ABWESENHEIT = "abwesenheit"
    FAHRER = "fahrer"
    WAGEN = "wagen"
    RAUM = "raum"
    PERSON = "person"
