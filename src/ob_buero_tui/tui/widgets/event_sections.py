"""The panel of an appointment as lines: what is needed on the way there first, what was done to it last."""

from __future__ import annotations

from dataclasses import dataclass, field

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, duration, join, long_date, short_date
from ob_buero_tui.rules.span_text import span_text
from ob_buero_tui.rules.states import label as state_label
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.calendar.detail_views import EventDetails
from ob_buero_tui.services.views import DayEvent, EventView, TaskView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.day_text import title
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.panel_lines import block, pair, task_line

NOTHING = EventDetails()


@dataclass(slots=True)
class PanelLines:
    """The lines of a panel for one width, and where its tasks stand.

    Args:
        lines: All lines.
        tasks: The keys of the tasks by the number of their first line.
    """

    lines: list[Line] = field(default_factory=list)
    tasks: dict[int, int] = field(default_factory=dict)

    def add_tasks(self, tasks: tuple[TaskView, ...], width: int) -> None:
        """The checklist, each task in a line of its own."""
        if not tasks:
            return
        done = sum(task.done for task in tasks)
        self.lines += [(), (("Vorbereitung", "strong"), (f"  {done} von {len(tasks)} erledigt", "quiet"))]
        for task in tasks:
            self.tasks[len(self.lines)] = task.id
            first, *rest = wrap(line(task_line(task)), max(1, width - 2)) or [""]
            tone = "quiet" if task.done else "error" if task.overdue else ""
            self.lines += [((f"  {first}", tone),), *(((f"    {part}", tone),) for part in rest)]


def panel_lines(view: EventView, width: int) -> PanelLines:
    """An appointment as lines for a width in cells; its texts are cleaned here."""
    event = view.day
    full = event.view != "belegt"
    found = PanelLines([((text, "strong"),) for text in wrap(title(event), width)])
    found.lines += [((_state(view, full=full), "quiet"),), ()]
    for name, value in _facts(view, full=full):
        found.lines += pair(name, value, width)
    if full:
        _more(found, view, width)
    return found


def _state(view: EventView, *, full: bool) -> str:
    event, more = view.day, view.details or NOTHING
    if not full:
        return state_label(event.status)
    important = ("wichtig",) if more.important else ()
    return " · ".join((state_label(event.status), level_label(event.confidentiality), *important))


def _more(found: PanelLines, view: EventView, width: int) -> None:
    more = view.details or NOTHING
    lines = found.lines
    lines += block("! Konflikte", "error", view.conflicts, width)
    lines += block("Konflikte, die bleiben", "strong", more.waived, width)
    if view.meeting_id is not None:
        lines += [(), (("Enter öffnet die Sitzung", "quiet"),)]
    found.add_tasks(view.tasks, width)
    lines += block("Vorgang (Enter öffnet ihn)", "strong", [text for _, text in view.requests], width)
    lines += block("Begleitung", "strong", more.companions, width)
    lines += block("Gespräch mit", "strong", more.met, width)
    lines += block("Unterlagen (A öffnet sie)", "strong", more.documents, width)
    lines += block("Notizen", "strong", view.notes, width)
    if view.description:
        lines += [(), (("Beschreibung", "strong"),)]
        text = clean(view.description, multiline=True, limit=20_000)
        lines += [((part, ""),) for part in wrap(text, width)]
    lines += block("Nächste Termine der Serie", "strong", more.next_dates, width)
    history = [f"{short_date(at.at.date())} {clock(at.at)} {at.desk}  {at.text}" for at in view.history]
    lines += block("Verlauf", "strong", history, width)


def _facts(view: EventView, *, full: bool) -> list[tuple[str, str]]:
    event, more = view.day, view.details or NOTHING
    rows = [("Wann", span_text(event.start, event.end, all_day=event.all_day, minutes=event.length_min))]
    if not full:
        return rows
    moved = more.moved_from
    speech = duration(more.speech_min) if more.speech_min else ""
    contact = ", ".join(part for part in (line(more.contact_name), line(more.contact_phone)) if part)
    return [
        *rows,
        ("Verschoben", f"von {long_date(moved.date())}, {clock(moved)}" if moved is not None else ""),
        ("Wo", line(event.location)),
        ("Raum", line(more.room)),
        ("Wer", line(event.attendee)),
        ("Ansprechp.", contact),
        ("Fahrt", _travel(event)),
        ("Fahrer", ", ".join(part for part in (line(more.driver), line(more.car)) if part)),
        ("Rede", speech),
        ("Kleidung", line(more.dress)),
        ("Geschenk", line(more.gift)),
        ("Presse", line(more.press)),
        ("Art", line(view.kind_label)),
        ("Gastgeber", line(more.host)),
        ("Veranstalter", line(view.organizer)),
        ("Kalender", line(more.calendar)),
        ("Outlook", line(more.outlook)),
        ("Serie", line(view.series)),
        ("Gehörte zu", line(more.related)),
        ("Abgesagt", line(view.cancel_reason)),
    ]


def _travel(event: DayEvent) -> str:
    parts = []
    if event.travel_before_min:
        parts.append(f"hin {duration(event.travel_before_min)}")
    if event.travel_after_min:
        parts.append(f"zurück {duration(event.travel_after_min)}")
    return join(parts)
