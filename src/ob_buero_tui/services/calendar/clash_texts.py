"""German sentences on what stands in the way of an appointment, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ob_buero_tui.rules import german
from ob_buero_tui.rules.clashing import ClashKind, Taken
from ob_buero_tui.rules.conflicts import Slot
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.dated_names import clash_sentence, clash_text
from ob_buero_tui.services.calendar.excused import Excuse
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride

NAMED = 5
"""So many conflicts are named one by one; the rest is counted."""

_TWICE = {
    ClashKind.FAHRER: "Fahrer {} ist schon eingeteilt: {}",
    ClashKind.WAGEN: "Wagen „{}“ ist schon eingeteilt: {}",
    ClashKind.RAUM: "Raum „{}“ ist schon vergeben: {}",
}


def sentence_of(
    place: Workplace,
    kind: ClashKind,
    names: Sequence[str],
    other: Taken,
    date_of: tuple[Event, EventOverride | None],
    on: date | None,
) -> str:
    """What stands in the way, when and why: „Fahrer Weber ist schon eingeteilt: „Messe“ 09:00–10:00“.

    Args:
        names: Who or what is taken twice, as it is written; empty where it goes without saying.
        other: The date that stands in the way.
        date_of: Its event and override.
        on: The day of the appointment itself, which is not repeated; None where every day is named.
    """
    event, override = date_of
    full = seen_of(place, event, override) is View.FULL
    slot = Slot(
        key=other.key, starts=other.starts, ends=other.ends, busy_from=other.busy_from, busy_to=other.busy_to
    )
    text = clash_text(place, slot, event, override, on or date.min, full=full)
    if kind is ClashKind.PERSON:
        return f"{german.join(names)} {'ist' if len(names) == 1 else 'sind'} schon eingeplant: {text}"
    if kind in _TWICE:
        return _TWICE[kind].format(german.join(names), text)
    if kind is ClashKind.FAHRT:
        return f"Die Fahrt überschneidet sich mit {text}"
    return f"{german.join(names)}: {clash_sentence(text)}" if names else clash_sentence(text)


def excused_text(place: Workplace, text: str, excuse: Excuse) -> str:
    """A conflict that stands on purpose: „… begründet: OB geht früher (PS, Mi 25.11.)“."""
    on = german.short_date(place.local(excuse.given_at).date())
    return f"{text}, begründet: {excuse.reason} ({excuse.given_by}, {on})"


def bounded(sentences: Sequence[str], most: int = NAMED) -> tuple[str, ...]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - most
    if more <= 0:
        return tuple(sentences)
    return (*sentences[:most], f"und {german.plural(more, 'weiterer Konflikt', 'weitere Konflikte')}")
