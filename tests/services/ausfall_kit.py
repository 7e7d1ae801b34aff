"""What the tests of an Ausfall share: a full day, and the lines as words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ob_buero_tui.rules.ausfall_line import Absence, parse_absence
from ob_buero_tui.services.ausfall.beginning import begin_ausfall
from ob_buero_tui.services.ausfall.reading import ausfall_view
from ob_buero_tui.services.ausfall.views import AusfallLine, AusfallView
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace


def at(text: str) -> datetime:
    """A wall time."""
    return datetime.fromisoformat(text)


def absence(place: Workplace, text: str) -> Absence:
    """A typed line, understood."""
    return parse_absence(text, place.now, office_calendar(place))


def begun(place: Workplace, text: str = "krank bis fr") -> int:
    """An Ausfall that has begun."""
    return begin_ausfall(place, absence(place, text)).ids[0]


def view(place: Workplace, key: int) -> AusfallView:
    """The Ausfall as its screen shows it."""
    return ausfall_view(place, key)


def line(place: Workplace, key: int, title: str) -> AusfallLine:
    """The line with this title."""
    return next(one for one in view(place, key).lines if one.summary == title)


def words(place: Workplace, key: int) -> list[str]:
    """Every line with what was decided."""
    return [f"{one.summary}: {one.said}" if one.said else one.summary for one in view(place, key).lines]


def event_at(make_event: Callable[..., int], start: str, end: str, summary: str, **values: object) -> int:
    """An appointment of the mayor."""
    return make_event(dtstart=at(start), dtend=at(end), summary=summary, **values)
