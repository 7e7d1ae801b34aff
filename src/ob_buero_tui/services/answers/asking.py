"""What an answer's text needs and the record lacks: asked once, and put where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.placeholders import PLACEHOLDERS, placeholders_of
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_when
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.answers.views import Question
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.requests import Request

_TYPES = {
    "termin": "datumzeit",
    "frist": "datum",
    "rueckmeldung": "datum",
    "auskunft": "langtext",
    "frage": "langtext",
}
_LONGEST = 4000


def questions_of(text: str, values: Mapping[str, str], given: Mapping[str, str]) -> tuple[Question, ...]:
    """What must be asked before a text is whole.

    Args:
        values: What is known, by placeholder.
        given: What was typed already.
    """
    return tuple(
        Question(key=key, label=PLACEHOLDERS[key], type=_TYPES.get(key, "text"), value=given.get(key, ""))
        for key in placeholders_of(text)
        if not values.get(key, "").strip()
    )


def understood(
    given: Mapping[str, str], now: datetime, calendar: WorkCalendar
) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, as a letter writes it, and what could not be understood, as a reason by placeholder."""
    values: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for key, typed in given.items():
        try:
            values[key] = _written(key, typed, now, calendar)
        except Refusal as refusal:
            wrong[key] = str(refusal)
    return {key: one for key, one in values.items() if one}, wrong


def _written(key: str, typed: str, now: datetime, calendar: WorkCalendar) -> str:
    text = clean(typed, multiline=True, limit=_LONGEST).strip()
    if not text or key not in ("termin", "frist", "rueckmeldung"):
        return text
    when = parse_when(text, now, calendar)
    day = german.letter_date(when.day)
    return day if when.start is None or key != "termin" else f"{day}, {german.clock(when.start)} Uhr"


def store_back(work: Work, request: Request, given: Mapping[str, str]) -> None:
    """Put date and place of the event into the record, where it had none, and count its deadlines anew."""
    typed = clean(given.get("termin", "")).strip()
    if typed and request.event_start is None:
        when = parse_when(typed, work.now, work.calendar)
        if when.start is not None:
            request.event_start = datetime.combine(when.day, when.start)
            request.event_end = end_on(when.day, when.end) if when.end is not None else None
            recount(work, request)
    place = clean(given.get("ort", ""), limit=300).strip()
    if place and not request.event_place:
        request.event_place = place
