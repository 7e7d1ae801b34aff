"""The Jahresplan as it is read: the plans, the dates of one in several orders, its weeks, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from ob_buero_tui.services.council import plan_paper, planning
from ob_buero_tui.services.council.patterns import patterns
from ob_buero_tui.services.council.plan_lists import (
    BODIES,
    COMPARED,
    COSTS,
    HABITS,
    ROUNDS,
    WEEKS,
    ordered,
    rival,
    weeks_of,
)
from ob_buero_tui.services.council.planning_views import (
    CompareRow,
    CompareView,
    DateView,
    PatternView,
    PlanLine,
    PlanView,
)
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.command import JAHRESPLAN
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.spoilt import told_empty
from ob_buero_tui.tui.widgets.body_weeks import BodyWeeks, Lane, Mark, Week
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.drawing import Line
from ob_buero_tui.tui.widgets.plan_panel import PlanPanel
from ob_buero_tui.tui.widgets.plan_rows import DateRow, Row, draw_row, heading, light
from ob_buero_tui.tui.widgets.plan_tabs import PlanTabs
from ob_buero_tui.tui.widgets.split_bar import UNKNOWN
from ob_buero_tui.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from ob_buero_tui.rules.workdays import WorkCalendar
    from ob_buero_tui.services.workplace import Workplace

NO_PLAN = (
    "Mit + rechnen Sie die Varianten A und B; 6 zeigt die Vorgaben der Gremien, von denen das Rechnen"
    " ausgeht, b ändert sie."
)
EMPTY = {
    COSTS: "Jeder Termin passt: Dieser Plan kostet nichts.",
    COMPARED: "Zum Vergleichen gehört ein zweiter Plan desselben Jahres. + rechnet Varianten.",
    HABITS: "Noch kein Gremium. Holen Sie Ratsdaten herein, oder legen Sie unter „Gremien“ eines an.",
}
NOTHING = "Dieser Plan hat noch keinen Termin. R rechnet ihn."
LEGEND = "! geht nicht · • kostet Punkte · = steht fest · F Schulferien"


class PlanSheet(VerbList):
    """What the Jahresplan shows; `PlanScreen` adds what can be done."""

    screen_key = JAHRESPLAN
    title_text = "Jahresplan"
    many = "Termine"
    first_split: ClassVar[str] = ROUNDS
    DEFAULT_CSS = """
    PlanSheet {
        & #side { width: 62%; }
        &.-narrow #side { width: 100%; }
        & #weeks-pane { display: none; height: auto; max-height: 70%; width: 100%; }
        & #weeks { height: auto; min-height: 5; max-height: 100%; }
        &.-weeks #work { layout: vertical; }
        &.-weeks #side { display: none; }
        &.-weeks #weeks-pane { display: block; }
        &.-weeks #record { width: 100%; height: 1fr; }
        &.-weeks.-narrow #weeks-pane { height: 1fr; max-height: 100%; }
        &.-weeks.-narrow.-reading #weeks-pane { display: none; }
    }
    """

    def __init__(self) -> None:
        self.panel = PlanPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_row)
        self.tabs = PlanTabs(id="tabs")
        self.weeks = BodyWeeks(id="weeks")
        self.head = ColumnHead(self._heading)
        self.plans: tuple[PlanLine, ...] = ()
        self.plan: PlanView | None = None
        self.compared: CompareView | None = None
        self.habits: tuple[PatternView, ...] = ()
        self._rows: dict[int, Row] = {}

    def compose(self) -> ComposeResult:
        """The frame of the design, with the plans of the year below the views."""
        yield self.title_line
        yield self.splits
        yield self.tabs
        with Horizontal(id="work"):
            yield self.headed_list(self.head)
            with Vertical(id="weeks-pane", classes="pane") as pane:
                pane.border_subtitle = label(LEGEND)
                yield self.weeks
            yield self.record_pane
        yield self.footer
        yield TooSmall()

    def _heading(self, width: int) -> Line:
        kind = {COMPARED: "compare", HABITS: "patterns"}.get(self.split, "dates")
        names = (self.compared.first, self.compared.second) if self.compared is not None else ("", "")
        return heading(kind, width, names)

    # What is shown

    @property
    def plan_id(self) -> int:
        """The plan that is shown; 0 where there is none."""
        return self.plan.id if self.plan is not None else 0

    @property
    def plan_line(self) -> PlanLine | None:
        """It as a line of the list of plans."""
        return next((one for one in self.plans if one.id == self.plan_id), None)

    def date_of(self, id: int | None) -> DateView | None:
        """A slot of the plan."""
        dates = self.plan.dates if self.plan is not None else ()
        return next((one for one in dates if one.id == id), None)

    @property
    def current_date(self) -> DateView | None:
        """The slot under the cursor, None where the list shows habits."""
        return None if self.split == HABITS else self.date_of(self.list.cursor)

    @property
    def current_body(self) -> int | None:
        """The body under the cursor."""
        row = self.list.cursor
        if self.split == HABITS:
            return row
        view = self.current_date
        return view.organization_id if view is not None else None

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """The orders of a plan's dates, with what there is of each."""
        self.plans = planning.plans(self.place)
        wanted = self.plan_id if self.plan_line is not None else self._first_plan()
        self.plan = planning.plan_view(self.place, wanted) if wanted else None
        if self.split == COMPARED:
            other = rival(self.plans, self.plan_id)
            self.compared = planning.compare(self.place, self.plan_id, other.id) if other else None
        if self.split == HABITS or not self.habits:
            self.habits = patterns(self.place)
        self.tabs.show(self.plans, self.plan_id)
        self._rows = {}
        dates = self.plan.dates if self.plan is not None else ()
        costly = ordered(self.plan, COSTS) if self.plan is not None else ()
        counts = (
            (ROUNDS, "Runden", len({one.round for one in dates})),
            (BODIES, "je Gremium", len({one.organization_id for one in dates})),
            (WEEKS, "Wochen", len({one.start.isocalendar()[:2] for one in dates if one.start is not None})),
            (COSTS, "Kompromisse", len(costly)),
            # Only looked at when it is asked for: it reads a second plan.
            (COMPARED, "Vergleich", self._differing()),
            (HABITS, "Vorgaben", len(self.habits)),
        )
        return [SplitView(key=key, label=name, count=count) for key, name, count in counts]

    def _differing(self) -> int:
        if self.split != COMPARED:
            return UNKNOWN if rival(self.plans, self.plan_id) is not None else 0
        return self.compared.differing if self.compared is not None else 0

    def _first_plan(self) -> int:
        """The plan to begin with: a draft before what is decided or discarded."""
        found = sorted(self.plans, key=lambda one: (one.state != "entwurf", one.state == "verworfen"))
        return found[0].id if found else 0

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:  # noqa: ARG002 read with the splits
        """The rows of a view in their order; the keys are those of the dates, or of the bodies."""
        if split == HABITS:
            self._rows = {one.organization_id: one for one in self.habits}
        elif split == COMPARED:
            self._rows = _compared_rows(self.plan, self.compared)
        else:
            self._rows = _date_rows(self.plan, split)
        return list(self._rows)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows, which are read with the plan."""
        return {id: self._rows[id] for id in ids if id in self._rows}

    def placeholder(self, id: int) -> Row:
        """The row to draw while the database does not answer."""
        return CompareRow(organization_id=id, organization="…", round=0, first=None, second=None)

    def table_of(self, split: str) -> str:
        """Dates of the plan; the habits belong to their bodies."""
        return "organization" if split == HABITS else "year_plan_date"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        if self.plan is None and split != HABITS:
            return NO_PLAN
        return EMPTY.get(split, NOTHING) if self.plan is None or self.plan.dates else NOTHING

    def name_of(self, split: str, views: Sequence[SplitView]) -> str:
        """What stands above the list: the plan, and the view."""
        name = super().name_of(split, views)
        if self.plan is None or split == HABITS:
            return name
        if split == COMPARED and self.compared is not None:
            return f"{self.compared.first} und {self.compared.second}"
        return f"{self.plan.year} {self.plan.variant} · {name}"

    def name_of_record(self, id: int) -> str:
        """The body and its round."""
        view = self.date_of(id)
        if view is not None:
            return f"{view.organization}, Runde {view.round}"
        return next((one.organization for one in self.habits if one.organization_id == id), "")

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read everything anew, and draw the weeks where they are shown."""
        self.set_class(self.split == WEEKS, "-weeks")
        super().reload(focus)
        self.head.refresh()
        if self.split == WEEKS:
            self._show_weeks()

    def _show_weeks(self) -> None:
        plan, cursor = self.plan, self.list.cursor
        weeks = _weeks(plan, office_calendar(self.place)) if plan is not None else []
        nothing = told_empty(self.place, NO_PLAN if plan is None else NOTHING)
        self.weeks.show(_lanes(plan), weeks, empty=nothing)
        if cursor is not None:
            self.weeks.select(cursor)
        pane = self.query_one("#weeks-pane")
        pane.border_title = label(f"{plan.year} {plan.variant} · Wochen" if plan is not None else "Wochen")

    def show_record(self) -> None:
        """Draw what is under the cursor: a date with the plan around it, a comparison, a body's habits."""
        habit = next((one for one in self.habits if one.organization_id == self.list.cursor), None)
        if self.split == HABITS and habit is not None:
            self.panel.show_pattern(habit)
        elif self.split == COMPARED and self.compared is not None:
            self.panel.show_compared(self.compared)
        elif self.plan is not None:
            self.panel.show_date(self.current_date, self.plan)
        else:
            self.panel.tell("Kein Plan ausgewählt.")
        self.refresh_bindings()

    def show_by_id(self, table: str, row_id: int) -> None:
        """Show a plan, or the plan that has a date, with the cursor on it.

        Raises:
            Refusal: it is gone.
        """
        for one in planning.plans(self.place):
            found = planning.plan_view(self.place, one.id)
            dates = found.dates if found is not None else ()
            if (table == "year_plan" and one.id == row_id) or any(each.id == row_id for each in dates):
                self.plan = found
                if table == "year_plan":
                    self.choose_split(ROUNDS)
                else:
                    self.go_to(row_id, ROUNDS)
                return
        raise plan_paper.GONE

    # The weeks

    @on(BodyWeeks.Highlighted, "#weeks")
    def _week_moved(self, message: BodyWeeks.Highlighted) -> None:
        """The hidden list keeps the cursor, so that verbs act on what the weeks show."""
        if message.mark_id is not None and self.split == WEEKS:
            self.list.select(message.mark_id)

    @on(BodyWeeks.Opened, "#weeks")
    def _week_opened(self) -> None:
        self.read_record()

    @on(PlanTabs.Chosen)
    def _plan_clicked(self, message: PlanTabs.Chosen) -> None:
        self.choose_plan(message.plan_id)

    def choose_plan(self, plan_id: int) -> None:
        """Show another plan in the same view."""
        self.plan = planning.plan_view(self.place, plan_id)
        self.read(self.reload)

    def choose_split(self, key: str) -> None:
        """Show another view."""
        super().choose_split(key)
        self.arrive()

    def arrive(self) -> None:
        """Into the list, or into the weeks."""
        super().arrive()
        if self.split == WEEKS:
            self.weeks.focus()


def _date_rows(plan: PlanView | None, split: str) -> dict[int, Row]:
    """The dates in the order of a view; the first of each round or body stands out."""
    rows: dict[int, Row] = {}
    before, draft = None, plan is not None and plan.draft
    for one in ordered(plan, split) if plan is not None else ():
        group = one.organization_id if split == BODIES else one.round
        first = group != before or split == COSTS
        rows[one.id] = DateRow(view=one, first=first, by_body=split == BODIES, draft=draft)
        before = group
    return rows


def _compared_rows(plan: PlanView | None, compared: CompareView | None) -> dict[int, Row]:
    """By the key of this plan's date; what only the other plan has gets a key below zero."""
    keys = {(one.organization_id, one.round): one.id for one in (plan.dates if plan is not None else ())}
    found: Sequence[CompareRow] = compared.rows if compared is not None else ()
    return {
        keys.get((one.organization_id, one.round), -place): one for place, one in enumerate(found, start=1)
    }


def _lanes(plan: PlanView | None) -> list[Lane]:
    """The bodies in their order, each with its dates."""
    lanes: dict[int, Lane] = {}
    for one in ordered(plan, BODIES) if plan is not None else ():
        before = lanes.get(one.organization_id, Lane(name=one.organization, marks=()))
        marks = before.marks if one.start is None else (*before.marks, _mark(one, one.start.date(), plan))
        lanes[one.organization_id] = Lane(name=before.name, marks=marks)
    return list(lanes.values())


def _weeks(plan: PlanView, calendar: WorkCalendar) -> list[Week]:
    return [
        Week(monday=one.monday, ground="school" if one.school else "", sign="F" if one.school else "")
        for one in weeks_of(plan, calendar)
    ]


def _mark(one: DateView, day: date, plan: PlanView | None) -> Mark:
    sign, _, tone = light(one)
    stays = one.fixed or (one.held and plan is not None and plan.draft)
    sign = "=" if stays and tone == "success" else sign if tone != "success" else ""
    return Mark(
        id=one.id, day=day, sign=sign, tone="accent" if sign == "=" else "strong" if not sign else tone
    )
