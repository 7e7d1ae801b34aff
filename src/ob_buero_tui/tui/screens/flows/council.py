"""What the verbs ask and do on a session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import clock, long_date, plural, short_date
from ob_buero_tui.services.council import sessions, verbs
from ob_buero_tui.services.council.chain import next_open
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.flows import ladungsfrist
from ob_buero_tui.tui.widgets.due_lines import DueLine, DueLines
from ob_buero_tui.tui.widgets.meeting_rows import WORDS
from ob_buero_tui.tui.widgets.title_line import Piece

if TYPE_CHECKING:
    from ob_buero_tui.services.council.views import MeetingRow, MeetingView
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.council import CouncilScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch

WEEK = timedelta(days=7)
COPY_LIMIT = limits.COPIED
AGENDA = "Tagesordnung"


def name_of(row: MeetingRow, *, year: bool = False) -> str:
    """What dialogs call a session: body and day, with its year where sessions of several years stand."""
    told = long_date if year else short_date
    day = f" {told(row.start.date())}" if row.start else ""
    return f"{shorten(row.organization or row.name, 40)}{day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due of all sessions within a week, late ones first.

    Args:
        lines: Each step with its session.
        meeting_ids: The sessions, each once, by their first step.
        pieces: What the title line says of it.
    """

    lines: Sequence[DueLine] = ()
    meeting_ids: Sequence[int] = ()
    pieces: list[Piece] = field(default_factory=list)


def due(place: Workplace) -> Due:
    """What is due within a week, read now."""
    steps = sessions.due_steps(place, place.today + WEEK)
    ids = list(dict.fromkeys(key for key, _ in steps))
    rows = sessions.meeting_rows(place, ids[: DueLines.most])
    lines = [DueLine(step=step, session=name_of(rows[key]) if key in rows else "") for key, step in steps]
    return Due(lines=lines, meeting_ids=ids, pieces=_pieces([step for _, step in steps]))


def _pieces(steps: Sequence[DeadlineView]) -> list[Piece]:
    """Pieces for the title line: how many steps are late, and how many are due within a week."""
    late = sum(step.light is Light.LATE for step in steps)
    pieces = []
    if late:
        text = plural(late, "Frist überschritten", "Fristen überschritten")
        pieces.append(Piece(text=f"! {text}", tone="error", keep=2))
    if len(steps) > late:
        text = plural(len(steps) - late, "Frist", "Fristen")
        pieces.append(Piece(text=f"{text} in 7 Tagen", tone="warning", keep=3))
    return pieces


async def tick(screen: CouncilScreen, batch: Batch) -> Done | None:
    """Tick a step of the chain: the next open one is offered first; a ticked one is opened again."""
    if batch.many:
        if not await _ticked_together(screen, batch):
            return None
        return await screen.carry_out(lambda place, ids: verbs.tick_step(place, list(ids)), batch)
    view = meeting(screen.place, batch.ids[0])
    steps = view.row.deadlines
    if not steps:
        screen.notify(view.row.remark or "Diese Sitzung hat keine Fristen.")
        return None
    choices = [
        Choice(
            key=step.kind,
            label=f"{step.label} {short_date(step.on)}",
            hint=WORDS[step.light],
            help="nochmals: wieder offen" if step.light is Light.DONE else clean(step.rule, limit=120),
        )
        for step in steps
    ]
    first = next((step.kind for step in steps if step.light is not Light.DONE), steps[0].kind)
    kind = await screen.app.push_screen_wait(
        Choose(f"{batch.name}: Was ist erledigt?", choices, current=first)
    )
    if kind is None:
        return None
    return await screen.carry_out(lambda place, ids: verbs.tick_step(place, list(ids), kind), batch)


async def _ticked_together(screen: CouncilScreen, batch: Batch) -> bool:
    """Say which steps of marked sessions would count as done, and how many of them are not even due."""
    rows = sessions.meeting_rows(screen.place, batch.ids)
    steps = [step for row in rows.values() if (step := next_open(row.deadlines)) is not None]
    counts = Counter(step.label for step in steps)
    text = "\n".join(f"{count} × {name}" for name, count in counts.most_common())
    early = sum(step.light is Light.COMING for step in steps)
    if early:
        text += f"\n\n{early} davon {'ist' if early == 1 else 'sind'} noch gar nicht fällig."
    question = Confirm(
        f"{batch.name}: den nächsten Schritt als erledigt abhaken?",
        text=text,
        yes="abhaken",
        enter_is_yes=not early,
    )
    yes = await screen.app.push_screen_wait(question)
    return yes is True


async def note(screen: CouncilScreen, batch: Batch) -> Done | None:
    """Ask for the remark; what was typed and not saved is kept as a draft."""
    form = f"note:meeting:{batch.ids[0]}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Notiz zu {batch.name}"))
    if text is None:
        return None
    done = await screen.carry_out(lambda place, ids: verbs.note_meeting(place, list(ids), text), batch)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def choose_rule(screen: CouncilScreen, batch: Batch) -> Done | None:
    """Choose the Ladungsfrist of the leading body; it counts for all its sessions."""
    view = meeting(screen.place, batch.ids[0])
    if view.organization_id is None:
        screen.notify("Zu dieser Sitzung ist kein Gremium bekannt.")
        return None
    return await ladungsfrist.choose_rule(screen, view.organization_id, view.row.organization)


async def toggle_attendance(screen: CouncilScreen, batch: Batch) -> Done | None:
    """Say whether the sessions of this body take up the mayor's time."""
    view = meeting(screen.place, batch.ids[0])
    if view.organization_id is None:
        screen.notify("Zu dieser Sitzung ist kein Gremium bekannt.")
        return None
    body_id, attends = view.organization_id, not view.mayor_attends
    return await screen.desk.act(lambda place: verbs.set_mayor_attends(place, body_id, attends))


async def copy(screen: CouncilScreen, view: MeetingView) -> None:
    """Choose which value to copy into the terminal's clipboard."""
    values = {"Sitzung": _sentence(view), "Fristen": _chain(view), AGENDA: _agenda(view)}
    choices = [
        Choice(key=name, label=name, hint=clean(value, limit=40)) for name, value in values.items() if value
    ]
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices))
    if chosen is not None:
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=COPY_LIMIT))
        screen.notify(f"{chosen} kopiert.{_left_out(view) if chosen == AGENDA else ''}")


async def show_event(screen: CouncilScreen, view: MeetingView) -> None:
    """To the session's entry in the calendar."""
    if view.event_id is None:
        screen.notify("Diese Sitzung hat noch keinen Tag und steht nicht im Kalender.")
    else:
        await screen.desk.open_record("event", view.event_id)


def _sentence(view: MeetingView) -> str:
    row = view.row
    when = f"{long_date(row.start.date())}, {clock(row.start)} Uhr" if row.start else "Tag noch offen"
    return ", ".join(part for part in (row.organization or row.name, when, row.place) if part)


def _chain(view: MeetingView) -> str:
    lines = [f"{step.label}: {long_date(step.on)} ({step.text})" for step in view.row.deadlines]
    return "\n".join([_sentence(view), *lines]) if lines else ""


def _agenda(view: MeetingView) -> str:
    """The public part only: what is copied goes anywhere."""
    items = [item for item in view.agenda if item.public is True]
    lines = [f"{item.number} {item.name} {item.paper_reference}".strip() for item in items]
    return "\n".join([_sentence(view), "", *lines]) if lines else ""


def _left_out(view: MeetingView) -> str:
    """How many items stay, for a part of them is not public and of some nobody said that they are."""
    count = sum(item.public is not True for item in view.agenda)
    if not count:
        return ""
    return f" {plural(count, 'Punkt fehlt', 'Punkte fehlen')}: nicht als öffentlich gekennzeichnet."
