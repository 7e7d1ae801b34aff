"""How a body sits, as a form of texts: what stands in its fields, and what is meant by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, duration
from ob_buero_tui.rules.plan_typed import parse_numbers, parse_weekdays, weekdays_text, weekdays_words
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_clock
from ob_buero_tui.services.council.planning_views import PatternForm, PatternView

TEXT_LIMIT: Final = 200
_YES, _NO = ("ja", "j"), ("nein", "n")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternField:
    """A field of the form.

    Args:
        help: What may be typed, and what an empty field means.
        read: Its value from the typed text; raises a refusal.
        told: The value in words.
    """

    name: str
    label: str
    help: str
    read: Callable[[str], Any]
    told: Callable[[Any], str]


def _number(least: int, most: int, word: str, empty: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        typed = text.strip().removesuffix("Tage").removesuffix("Min.").strip()
        if not typed:
            return empty
        if not typed.isascii() or not typed.isdigit() or not least <= int(typed[:6]) <= most:
            raise Refusal(
                f"„{clean(text, limit=20)}“ geht nicht.", "", f"Möglich sind {least} bis {most} {word}."
            )
        return int(typed)

    return read


def _yes(text: str) -> bool:
    word = text.strip().casefold()
    if word not in (*_YES, *_NO):
        raise Refusal(f"„{clean(text, limit=20)}“ sagt nicht, ob.", "", "Tippen Sie ja oder nein.")
    return word in _YES


def _text(text: str) -> str:
    return clean(text, limit=TEXT_LIMIT).strip()


FIELDS: Final = (
    PatternField(
        name="weekdays",
        label="Wochentage",
        help="Der liebste zuerst: di, do",
        read=parse_weekdays,
        told=weekdays_words,
    ),
    PatternField(
        name="start",
        label="Beginn",
        help="Zum Beispiel 17:00",
        read=lambda text: parse_clock(text) if text.strip() else None,
        told=lambda value: f"{clock(value)} Uhr" if value else "",
    ),
    PatternField(
        name="duration_min",
        label="Dauer (Min.)",
        help="Leer: 120",
        read=_number(15, 720, "Minuten", 120),
        told=duration,
    ),
    PatternField(
        name="room", label="Raum", help="Leer: Es wird kein Raum belegt", read=_text, told=lambda _: ""
    ),
    PatternField(
        name="step",
        label="Stufe",
        help="1 berät zuerst, eine höhere danach; 0: außerhalb der Beratungsfolge",
        read=_number(0, 9, "Stufen", 1),
        told=lambda value: "außerhalb der Beratungsfolge" if value == 0 else "",
    ),
    PatternField(
        name="rounds",
        label="Runden",
        help="Zum Beispiel 1, 3, 5; leer: alle",
        read=parse_numbers,
        told=lambda value: f"Runden {', '.join(map(str, value))}" if value else "alle Runden",
    ),
    PatternField(
        name="gap_days",
        label="Abstand (Tage)",
        help="So viele Tage liegen wenigstens zwischen ihm und der Stufe davor",
        read=_number(0, 120, "Tage", 0),
        told=lambda _: "",
    ),
    PatternField(
        name="pause_days",
        label="Pause (Tage)",
        help="So viele Tage liegen wenigstens zwischen zwei eigenen Sitzungen",
        read=_number(0, 180, "Tage", 14),
        told=lambda _: "",
    ),
    PatternField(
        name="planned",
        label="Planen",
        help="ja oder nein: ob das Rechnen ihm Termine gibt",
        read=_yes,
        told=lambda value: "bekommt Termine" if value else "bekommt keine Termine",
    ),
    PatternField(name="note", label="Anmerkung", help="", read=_text, told=lambda _: ""),
)


def typed_pattern(view: PatternView) -> dict[str, str]:
    """What stands in the fields at first."""
    return {
        "weekdays": weekdays_text(view.weekdays),
        "start": clock(view.start) if view.start else "",
        "duration_min": str(view.duration_min),
        "room": view.room,
        "step": str(view.step),
        "rounds": ", ".join(map(str, view.rounds)),
        "gap_days": str(view.gap_days),
        "pause_days": str(view.pause_days),
        "planned": "ja" if view.planned else "nein",
        "note": view.note,
    }


def read_pattern(typed: Mapping[str, str]) -> PatternForm:
    """What the fields mean.

    Raises:
        Refusal: one of them cannot be; or the body is to be planned without a weekday or a time.
    """
    values = {field.name: field.read(typed.get(field.name, "")) for field in FIELDS}
    if values["planned"] and not (values["weekdays"] and values["start"]):
        lacks = "ein Wochentag" if not values["weekdays"] else "der Beginn"
        raise Refusal(
            f"Zum Planen fehlt {lacks}.", "", "Tragen Sie ihn ein, oder setzen Sie „Planen“ auf nein."
        )
    return PatternForm(**values)
