"""Accepting in one dialog: appointment, travel, conflicts and tasks; Enter does all as one step."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, When, parse_any_when, parse_clock
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.services.requests.accepting import Plan, PlannedEvent, Proposal, propose
from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.services.requests.follow_ups import PlannedTask
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.decided import DECIDER_KEY, DeciderLine
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, after_typing
from ob_buero_tui.tui.widgets.asked_line import AskedLine, OneLine, shown
from ob_buero_tui.tui.widgets.date_input import understood_day


def draft_name(request_id: int) -> str:
    """The name under which the changes to a request's proposal are kept."""
    return f"accept:{request_id}"


class AcceptDialog(Drafting[Plan | None]):
    """Returns the plan to carry out, or None.

    Date, times and place may be changed; what follows from them is shown at once. An empty date accepts
    without an appointment. What was changed is kept as a draft, which whoever carries out the plan drops.

    Args:
        proposal: What the request itself proposes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "alles annehmen", priority=True),
        DECIDER_KEY,
        Binding("escape", "cancel", "abbrechen"),
        *FIELD_BINDINGS,
    ]
    DEFAULT_CSS = """
    AcceptDialog {
        & > .dialog-box { width: 90; }
        & Horizontal { height: 1; }
        & .name { width: 10; color: $quiet; }
        & Input { width: 1fr; }
        & #from, & #to { max-width: 14; }
        & .dash { width: 5; color: $quiet; content-align: center middle; }
        & #follows { height: auto; max-height: 50vh; padding: 1 0 0 0; }
        & #follows Static { height: auto; }
        & .conflict { color: $error; }
        & .refused { color: $error; }
    }
    """

    def __init__(self, place: Workplace, proposal: Proposal, *, votum: str = "") -> None:
        super().__init__(
            f"{proposal.number} annehmen",
            keys="Enter Termin und Aufgaben anlegen · Tab nächstes Feld · Esc schließen",
        )
        self._place = place
        self._first = proposal
        self._proposal: Proposal | None = proposal
        self.decider_line = DeciderLine(place, votum)
        self._request_id = proposal.plan.request_id
        self._start = _start_values(proposal.plan)
        values = self._start | self.keep_as(place, draft_name(self._request_id))
        day = place.today + timedelta(days=21)
        hints = {
            "title": "leer: der Betreff",
            "date": f"z. B. {day.day}.{day.month}. – leer: ohne Termin",
            "from": "z. B. 14:00",
            "to": "z. B. 16:00",
            "place": "leer: ohne Ort",
        }
        self._inputs: dict[str, OneLine] = {
            name: OneLine(
                values[name], placeholder=hint, id=name, select_on_focus=name in ("date", "from", "to")
            )
            for name, hint in hints.items()
        }
        self._inputs["date"] = AskedLine(
            values["date"], understand=understood_day(self._read_when), placeholder=hints["date"], id="date"
        )
        self._shown = {name: text.strip() for name, text in self._start.items()}

    def body(self) -> list[Widget]:
        """The fields, and what follows from them."""
        return [
            Horizontal(Static("Titel", classes="name"), self._inputs["title"]),
            Horizontal(Static("Tag", classes="name"), self._inputs["date"]),
            Horizontal(
                Static("Zeit", classes="name"),
                self._inputs["from"],
                Static("bis", classes="dash"),
                self._inputs["to"],
            ),
            Horizontal(Static("Ort", classes="name"), self._inputs["place"]),
            self.decider_line,
            # Read before the dialog is shown, so that it is never empty at first.
            VerticalScroll(*self._consequences(self._first), id="follows", can_focus=False),
        ]

    def on_mount(self) -> None:
        """Begin in the date, with what follows from the proposal."""
        self._inputs["date"].focus()
        if self._saved:
            self._show()
        if self._saved:
            self.notify("Was Sie zuletzt geändert hatten, ist wieder da.")

    def to_keep(self) -> dict[str, str]:
        """What was changed so far."""
        values = {name: field.value for name, field in self._inputs.items()}
        return {name: text for name, text in values.items() if text != self._start[name]}

    def on_input_changed(self, event: Input.Changed) -> None:
        """Propose anew while one types."""
        event.stop()
        if self._typed() != self._shown:
            self._show()

    @property
    def decision(self) -> Decision:
        """Who decided, as the dialog was left."""
        return self.decider_line.decision

    def action_next_decider(self) -> None:
        """F9."""
        self.decider_line.advance()

    @after_typing
    def action_take(self) -> None:
        """Return the plan, unless a field is not understood."""
        if self._proposal is not None:
            self.save_draft()
            self.dismiss(self._proposal.plan)
        elif self._date.answer.options:
            self.set_focus(self._date)
            self._date.ask()

    def on_asked_line_asking(self, event: AskedLine.Asking) -> None:
        """Say that a digit chooses the day now."""
        event.stop()
        self._show()

    @property
    def _date(self) -> AskedLine:
        return self.query_one("#date", AskedLine)

    def _read_when(self, text: str) -> When:
        return parse_any_when(text, self._place.now, office_calendar(self._place))

    def _show(self) -> None:
        self._shown = self._typed()
        follows = self.query_one("#follows", VerticalScroll)
        follows.remove_children()
        try:
            self._proposal = self._read()
        except Ambiguous:
            self._proposal = None
            follows.mount(Static(label(shown(self._date)[0], multiline=True)))
            return
        except Refusal as refusal:
            self._proposal = None
            follows.mount(Static(label(f"! {refusal}"), classes="refused"))
            return
        follows.mount(*self._consequences(self._proposal))

    def _typed(self) -> dict[str, str]:
        return {name: field.value.strip() for name, field in self._inputs.items()}

    def _read(self) -> Proposal:
        typed = self._typed()
        if not typed["date"]:
            return propose(self._place, self._request_id, dated=False)
        start, end = self._read_span(self._read_when(typed["date"]), typed["from"], typed["to"])
        if end is not None and end <= start:
            raise Refusal(
                "Das Ende liegt nicht nach dem Beginn.", "", "Lassen Sie „bis“ leer für die übliche Dauer."
            )
        return propose(
            self._place,
            self._request_id,
            start=start,
            end=end,
            location=typed["place"],
            summary=typed["title"],
        )

    def _read_span(self, when: When, begins: str, ends: str) -> tuple[datetime, datetime | None]:
        """Beginning and end; a time typed with the day counts before those of the other fields."""
        first = when.start or (parse_clock(begins) if begins else None)
        if first is None:
            raise Refusal("Es fehlt die Uhrzeit, zu der es beginnt.", "", "Zum Beispiel 14 oder 14:30.")
        last = when.end or (parse_clock(ends, end=True) if ends and when.start is None else None)
        return (
            datetime.combine(when.day, first),
            end_on(when.day, last) if last is not None else None,
        )

    def _consequences(self, proposal: Proposal) -> list[Static]:
        event = proposal.plan.event
        lines: list[Static] = []
        if event is None:
            lines.append(Static("Ohne Datum: nur die Zusage wird festgehalten, kein Termin."))
        else:
            span = f"{german.clock(event.start)}–{german.clock(event.end)}"
            when = f"{german.long_date(event.start.date())} {span}"
            travel = (
                f" · Fahrt je {german.duration(event.travel_before_min)}" if event.travel_before_min else ""
            )
            lines.append(Static(label(f"Termin   {when}{travel}")))
            if proposal.conflicts:
                lines += [Static(label(f"! {text}"), classes="conflict") for text in proposal.conflicts]
            else:
                lines.append(Static(label(_no_conflict(event))))
        lines.append(Static(""))
        for task in sorted(proposal.plan.tasks, key=_by_date):
            lines.append(Static(label(f"Aufgabe  {self._due(task):<14} {task.label}")))
        if not proposal.plan.tasks:
            lines.append(Static("Keine Aufgaben: der Eingang hat noch keine Art (mit b wählen)."))
        return lines

    def _due(self, task: PlannedTask) -> str:
        """The day of a task, with its year where it is another one."""
        if task.due_on is None:
            return "ohne Termin"
        text = german.short_date(task.due_on, aligned=True)
        return text if task.due_on.year == self._place.today.year else f"{text}{task.due_on.year}"


def _start_values(plan: Plan) -> dict[str, str]:
    """What the fields hold before anything is typed."""
    event = plan.event
    if event is None:
        return dict.fromkeys(("title", "date", "from", "to", "place"), "")
    return {
        "title": line(event.summary),
        "date": f"{event.start:%d.%m.%Y}",
        "from": german.clock(event.start),
        "to": german.clock(event.end),
        "place": line(event.location),
    }


def _by_date(task: PlannedTask) -> tuple[bool, date]:
    return task.due_on is None, task.due_on or date.max


def _no_conflict(event: PlannedEvent) -> str:
    if event.travel_before_min or event.travel_after_min:
        return "✓ keine Überschneidung, Fahrt eingerechnet"
    if not event.location:
        return "✓ keine Überschneidung; ohne Ort ist keine Fahrt gerechnet"
    return "✓ keine Überschneidung; keine Fahrt gerechnet"
