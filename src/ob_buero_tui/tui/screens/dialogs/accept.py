"""Accepting in one dialog: appointment, travel, conflicts and tasks; Enter does all as one step."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_clock
from ob_buero_tui.services.requests.accepting import Plan, Proposal, propose
from ob_buero_tui.services.requests.values import parse_date
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine


class AcceptDialog(Dialog[Plan | None]):
    """Returns the plan to carry out, or None.

    Date, times and place may be changed; what follows from them is shown at once. An empty date accepts
    without an appointment.

    Args:
        proposal: What the request itself proposes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "alles annehmen", priority=True),
        Binding("escape", "cancel", "abbrechen"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    AcceptDialog {
        & > .dialog-box { width: 90; }
        & Horizontal { height: 1; }
        & .name { width: 10; color: $quiet; }
        & Input {
            border: none; height: 1; padding: 0 1; width: 1fr; background: $panel;
            &:focus { border: none; background: $cursor-row; }
        }
        & #from, & #to { max-width: 9; }
        & .dash { width: 5; color: $quiet; content-align: center middle; }
        & #follows { height: auto; max-height: 22; padding: 1 0 0 0; }
        & #follows Static { height: auto; }
        & .conflict { color: $error; }
        & .refused { color: $error; }
    }
    """

    def __init__(self, place: Workplace, proposal: Proposal) -> None:
        super().__init__(
            f"{proposal.number} annehmen",
            keys="Enter Termin und Aufgaben anlegen · Tab nächstes Feld · Esc abbrechen",
        )
        self._place = place
        self._proposal: Proposal | None = proposal
        self._request_id = proposal.plan.request_id
        event = proposal.plan.event
        self._inputs = {
            "date": OneLine(
                f"{event.start:%d.%m.%Y}" if event else "",
                placeholder="z. B. 12.12. – leer: ohne Termin",
                id="date",
            ),
            "from": OneLine(german.clock(event.start) if event else "", placeholder="von", id="from"),
            "to": OneLine(german.clock(event.end) if event else "", placeholder="bis", id="to"),
            "place": OneLine(line(event.location) if event else "", placeholder="Ort", id="place"),
        }

    def body(self) -> list[Widget]:
        """The fields, and what follows from them."""
        return [
            Horizontal(Static("Tag", classes="name"), self._inputs["date"]),
            Horizontal(
                Static("Zeit", classes="name"),
                self._inputs["from"],
                Static("bis", classes="dash"),
                self._inputs["to"],
            ),
            Horizontal(Static("Ort", classes="name"), self._inputs["place"]),
            VerticalScroll(id="follows", can_focus=False),
        ]

    def on_mount(self) -> None:
        """Begin in the date, with what follows from the proposal."""
        self._inputs["date"].focus()
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Propose anew while one types."""
        event.stop()
        self._show()

    def action_take(self) -> None:
        """Return the plan, unless a field is not understood."""
        if self._proposal is not None:
            self.dismiss(self._proposal.plan)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _show(self) -> None:
        follows = self.query_one("#follows", VerticalScroll)
        follows.remove_children()
        try:
            self._proposal = self._read()
        except Refusal as refusal:
            self._proposal = None
            follows.mount(Static(label(f"! {refusal}"), classes="refused"))
            return
        follows.mount(*self._consequences(self._proposal))

    def _read(self) -> Proposal:
        typed = {name: field.value.strip() for name, field in self._inputs.items()}
        if not typed["date"]:
            return propose(self._place, self._request_id, dated=False)
        day = parse_date(typed["date"], self._place.today, office_calendar(self._place))
        if not typed["from"]:
            raise Refusal("Es fehlt die Uhrzeit, zu der es beginnt.", "", "Zum Beispiel 14 oder 14:30.")
        start = datetime.combine(day, parse_clock(typed["from"]))
        end = datetime.combine(day, parse_clock(typed["to"])) if typed["to"] else None
        if end is not None and end <= start:
            raise Refusal(
                "Das Ende liegt nicht nach dem Beginn.", "", "Lassen Sie „bis“ leer für die übliche Dauer."
            )
        return propose(self._place, self._request_id, start=start, end=end, location=typed["place"])

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
                lines.append(Static("✓ keine Überschneidung, Fahrt eingerechnet"))
        lines.append(Static(""))
        for task in proposal.plan.tasks:
            due = german.short_date(task.due_on, aligned=True) if task.due_on else "ohne Termin"
            lines.append(Static(label(f"Aufgabe  {due:<11} {task.label}")))
        if not proposal.plan.tasks:
            lines.append(Static("Keine Aufgaben: der Eingang hat noch keine Art (mit b wählen)."))
        return lines
