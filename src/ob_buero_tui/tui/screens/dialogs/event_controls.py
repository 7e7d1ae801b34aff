"""The controls of an appointment's form that no other form has: names, values entered before, the series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.form_specs import COMPANIONS, MET, SERIES
from ob_buero_tui.services.calendar.known_values import COLUMNS, known_values
from ob_buero_tui.services.suggesting import Suggestion, people_named
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood
from ob_buero_tui.tui.widgets.fields.names import NamesField, fitting
from ob_buero_tui.tui.widgets.fields.row import MakeControl
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

UNKNOWN: Final = "nicht in den Personen"


class SeriesField(AskedLine):
    """A sentence about a series; below it stand what it means and the next dates."""

    always_told: ClassVar[bool] = True

    def __init__(self, name: str, value: str, *, told: Callable[[str], str]) -> None:
        def understand(typed: str) -> Understood:
            if not typed.strip():
                return Understood("")
            try:
                return Understood(told(typed))
            except Refusal as refusal:
                return Understood(str(refusal), ok=False)

        super().__init__(line(value), understand=understand, id=name, select_on_focus=False)


def controls_for(place: Workplace, told: Callable[[str], str]) -> Mapping[str, MakeControl]:
    """The controls by the names of their fields.

    Args:
        told: How a sentence about a series is understood; raises a refusal.
    """
    names = {name: partial(_people, place) for name in (COMPANIONS, MET)}
    values = {name: partial(_before, _Remembered(place, name)) for name in (*COLUMNS, "attendee")}
    return {**names, **values, SERIES: lambda name, text: SeriesField(name, text, told=told)}


class _Remembered:
    """The values of one field entered before, read when one types there for the first time."""

    def __init__(self, place: Workplace, name: str) -> None:
        self._place, self._name = place, name
        self._known: tuple[str, ...] | None = None

    def suggest(self, typed: str) -> Sequence[Suggestion]:
        """Those that fit what is typed; none while another desk holds the file."""
        try:
            if self._known is None:
                self._known = known_values(self._place, self._name)
        except Refusal:
            return ()
        return fitting(self._known, typed)


def _before(remembered: _Remembered, name: str, text: str) -> SuggestField:
    return SuggestField(name, text, suggest=remembered.suggest, new="")


def _people(place: Workplace, name: str, text: str) -> NamesField:
    def suggest(typed: str) -> Sequence[Suggestion]:
        try:
            return people_named(place, typed)
        except Refusal:
            return ()

    return NamesField(name, text, suggest=suggest, new=UNKNOWN)
