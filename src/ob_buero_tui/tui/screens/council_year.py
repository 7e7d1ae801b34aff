"""Sitzungen as a calendar of bodies by weeks, in place of the list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Vertical

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.views import Light
from ob_buero_tui.services.council.year import CouncilYear, council_year
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.council_editing import CouncilEditing
from ob_buero_tui.tui.spoilt import told_empty
from ob_buero_tui.tui.widgets.body_weeks import HEAD, BodyWeeks, Lane, Mark, Week
from ob_buero_tui.tui.widgets.meeting_rows import SIGNS

if TYPE_CHECKING:
    from ob_buero_tui.services.council.views import MeetingRow
    from ob_buero_tui.services.council.year import WeekOfYear

LEGEND: Final = "! überschritten · • fällig · > verschoben · x abgesagt · F Schulferien · H L Jahr"
EMPTY: Final = "In diesem Jahr steht keine Sitzung. H und L blättern, + legt eine an."
EVERY: Final = "alle"
SCHOOL_DAYS: Final = 3
"""Working days of a week from which on it counts as school holidays."""
FRAME, LEAST = 2, 10
"""Lines of the frame of the weeks, and how many they have at least."""
PAGES: Final = frozenset(("year_before", "year_after"))


class CouncilYearView(CouncilEditing):
    """The weeks of a year for `CouncilScreen`; W goes to and fro."""

    DEFAULT_CSS: ClassVar[str] = """
    CouncilYearView {
        & #weeks-pane { display: none; width: 100%; max-height: 70%; }
        &.-weeks #work { layout: vertical; }
        &.-weeks #side { display: none; }
        &.-weeks #weeks-pane { display: block; }
        &.-weeks #record { width: 100%; height: 1fr; }
        &.-weeks.-narrow #weeks-pane { max-height: 100%; height: 1fr; }
        &.-weeks.-narrow.-reading #weeks-pane { display: none; }
    }
    """

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.weeks = BodyWeeks(id="weeks")
        self.year = 0
        self._lanes = 0

    def weeks_side(self) -> Vertical:
        """The weeks in their frame."""
        pane = Vertical(self.weeks, id="weeks-pane", classes="pane")
        pane.border_subtitle = label(LEGEND)
        return pane

    @property
    def shows_weeks(self) -> bool:
        """Whether the weeks stand in place of the list."""
        return self.has_class("-weeks")

    def action_show_weeks(self) -> None:
        """The year in weeks, or the list again; the cursor stays on its session."""
        if self.shows_weeks:
            self.remove_class("-weeks")
            self.list.focus()
            self.refresh_bindings()
            return
        self.add_class("-weeks")
        self.remove_class("-reading")
        self.weeks.focus()
        self.read(self._enter)

    def _enter(self) -> None:
        """Show the year of the session under the cursor, all bodies."""
        here = self.list.cursor
        self.year = self.year_of(here) or self.place.today.year
        if self.split != EVERY:
            self.split = EVERY
            self.reload((("meeting", here),) if here is not None else ())
        else:
            self.show_weeks()
        if here is not None:
            self.weeks.select(here)
        self.refresh_bindings()

    def year_of(self, meeting_id: int | None) -> int | None:
        """The year of a session."""
        raise NotImplementedError

    def show_weeks(self) -> None:
        """Read the weeks anew."""
        shown = council_year(self.place, self.year or self.place.today.year)
        pane = self.query_one("#weeks-pane", Vertical)
        pane.border_title = label(f"Sitzungen {shown.year}")
        self._lanes = len(shown.lanes)
        self._fit()
        self.weeks.show(
            _lanes(shown), [_week(one) for one in shown.weeks], empty=told_empty(self.place, EMPTY)
        )

    def on_resize(self) -> None:
        """Another size leaves the weeks another height."""
        super().on_resize()
        self._fit()

    def _fit(self) -> None:
        """As tall as its bodies, and the record below has the rest; a narrow terminal shows one of both."""
        tall: int | str = max(LEAST, self._lanes + HEAD + FRAME)
        self.query_one("#weeks-pane").styles.height = "1fr" if self.has_class("-narrow") else tall

    def action_year_before(self) -> None:
        """One year back."""
        self._turn(-1)

    def action_year_after(self) -> None:
        """One year on."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        if date.min.year < self.year + by < date.max.year:
            self.year += by
            self.read(self.show_weeks)

    @on(BodyWeeks.Highlighted, "#weeks")
    def _mark_moved(self, message: BodyWeeks.Highlighted) -> None:
        """The list's cursor, on which all verbs act, goes along."""
        if self.shows_weeks and message.mark_id is not None:
            self.list.select(message.mark_id)

    @on(BodyWeeks.Opened, "#weeks")
    def _mark_opened(self, message: BodyWeeks.Opened) -> None:
        if message.mark_id is not None:
            try:
                self.show_by_id("meeting", message.mark_id)
            except Refusal as refusal:
                self.desk.refuse(refusal)

    def choose_split(self, key: str) -> None:
        """A split is a list."""
        self.remove_class("-weeks")
        super().choose_split(key)

    def arrive(self) -> None:
        """Into the weeks, where they are shown."""
        super().arrive()
        if self.shows_weeks:
            self.weeks.focus()

    async def action_back(self) -> None:
        """From the weeks to the list."""
        if self.shows_weeks and self.weeks.has_focus:
            self.action_show_weeks()
        else:
            await super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Years are turned where they are shown."""
        if action in PAGES and not self.shows_weeks:
            return False
        return super().check_action(action, parameters)


def _lanes(shown: CouncilYear) -> list[Lane]:
    return [Lane(name=lane.name, marks=tuple(_marks(lane.rows))) for lane in shown.lanes]


def _marks(rows: tuple[MeetingRow, ...]) -> list[Mark]:
    found = []
    for row in rows:
        if row.start is not None:
            sign, tone = _sign(row)
            found.append(Mark(id=row.id, day=row.start.date(), sign=sign, tone=tone))
    return found


def _sign(row: MeetingRow) -> tuple[str, str]:
    """What stands beside the day: called off, late, due, postponed; the first that holds."""
    if row.cancelled:
        return "x", "struck"
    lights = {one.light for one in row.deadlines}
    for light in (Light.LATE, Light.DUE):
        if light in lights:
            return SIGNS[light]
    return (">", "strong") if row.moved else ("", "strong")


def _week(week: WeekOfYear) -> Week:
    school = week.school_days >= SCHOOL_DAYS
    return Week(monday=week.monday, ground="school" if school else "", sign="F" if school else "")
