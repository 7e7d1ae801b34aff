"""What the folder for one appointment of the day must hold, and what is not there yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """What is missing for an appointment."""

    REDE = "rede"
    ANFAHRT = "anfahrt"
    KONTAKT = "kontakt"
    ORT = "ort"


LABELS = {
    Lack.REDE: "Rede",
    Lack.ANFAHRT: "Anfahrt",
    Lack.KONTAKT: "Kontakt vor Ort",
    Lack.ORT: "Ort",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is there for one appointment.

    Args:
        location: Where it is.
        inside: Whether the place is in the house or next door: no minutes of travel are known for it.
        travel_min: Minutes there, 0 where nobody entered any.
        driver: Who drives.
        contact: Name or telephone of the contact on the day.
        meeting: Whether it is a session or one of the house's own round, where nobody is to be called.
        speech_min: Length of the speech in minutes; None or 0 for none.
        speech_text: Whether a text for it is there.
    """

    location: str
    inside: bool
    travel_min: int
    driver: str
    contact: str
    meeting: bool
    speech_min: int | None
    speech_text: bool


def lacks(one: Prepared) -> tuple[Lack, ...]:
    """What the folder of the day still lacks for an appointment (domain.md 7, Tagesmappe)."""
    away = bool(one.location) and not one.inside
    found = (
        (Lack.ORT, not one.location),
        (Lack.ANFAHRT, away and not one.travel_min and not one.driver),
        (Lack.KONTAKT, away and not one.meeting and not one.contact),
        (Lack.REDE, bool(one.speech_min) and not one.speech_text),
    )
    return tuple(lack for lack, missing in found if missing)
