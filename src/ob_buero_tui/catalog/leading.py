"""Who leads a calendar: the office, or Outlook with files that are reread and drafts that go there."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ob_buero_tui.catalog.reading import Key, Reader, Table
from ob_buero_tui.catalog.values import boolean, integer, matching, one_of, text
from ob_buero_tui.rules.visibility import Audience

if TYPE_CHECKING:
    from ob_buero_tui.catalog.representation import CalendarSpec

EVERY_MIN: Final = 5
"""Minutes between two looks at a calendar that somebody else leads, where the office says nothing."""
LONGEST_MIN: Final = 1440
LEADS: Final = "leads"
SOURCE: Final = "source"
_NOT_LED = "Bis dahin führt das Büro diesen Kalender."
_NO_MATTER = "Für diesen Kalender ändert das nichts."
_NOT_OUT = "Bis dahin wird dieser Kalender nicht veröffentlicht."


class Leader(StrEnum):
    """Who has the last word on a calendar: we do, or Outlook and we reread it."""

    WIR = "wir"
    OUTLOOK = "outlook"


LEADING: Final[Table] = (
    Key(LEADS, one_of(Leader), Leader.WIR),
    Key(SOURCE, text(500), ""),
    Key("every_min", integer(1, LONGEST_MIN), EVERY_MIN),
    Key("address", matching(r"[^@\s]{1,64}@[^@\s]{1,255}", "eine E-Mail-Adresse"), ""),
    Key("publish", text(500), ""),
    Key("publish_audience", one_of(Audience), Audience.INTERN),
    Key("blocks", boolean, False),
)
"""The keys of a calendar that say who leads it."""


def settled(spec: CalendarSpec, place: Reader) -> CalendarSpec:
    """The calendar without what contradicts itself; each contradiction is named.

    Args:
        place: Where the calendar stands in the file.
    """
    led = spec.leads is Leader.OUTLOOK
    if led and not spec.source:
        place.at("source").wrong("der Pfad einer .ics-Datei oder eines Ordners", effect=_NOT_LED)
        spec = replace(spec, leads=Leader.WIR)
    elif spec.source and not led:
        place.at("leads").wrong("„outlook“, weil source angegeben ist", spec.leads.value, effect=_NOT_LED)
        spec = replace(spec, source="")
    if led and spec.publish:
        expected = "kein Ordner: was Outlook führt, veröffentlicht Outlook"
        place.at("publish").wrong(expected, spec.publish, effect=_NOT_OUT)
        spec = replace(spec, publish="")
    if spec.blocks and spec.role != "extern":
        place.at("blocks").wrong("ein Kalender mit role = „extern“", True, effect=_NO_MATTER)
    return spec
