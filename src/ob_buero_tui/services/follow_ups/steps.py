"""The council's deadlines of the next days as rows of the Wiedervorlagen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.sessions import due_steps, meeting_rows
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.council.views import DeadlineView, Light, MeetingRow
from ob_buero_tui.services.follow_ups.views import FollowUpRow, FollowUpView
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workplace import Workplace

STEP_DAYS = 14
"""How far ahead the council's deadlines are shown."""
_KINDS = 100
"""More than an office has steps: a row's key is made of the session's and of the place of its step."""


def step_ids(place: Workplace) -> tuple[int, ...]:
    """The keys of what is due of the sessions, late ones first."""
    return tuple(_due(place))


def step_rows(place: Workplace, wanted: Sequence[int]) -> Mapping[int, FollowUpRow]:
    """The rows with these keys; a step that is done meanwhile is left out."""
    due = _due(place)
    found = {key: due[key] for key in wanted if key in due}
    meetings = meeting_rows(place, sorted({meeting for meeting, _ in found.values()}))
    return {
        key: FollowUpRow(
            id=key,
            on=step.on,
            at=step.at,
            overdue=step.light is Light.LATE,
            what=step.label,
            about=_session(meetings[meeting]),
        )
        for key, (meeting, step) in found.items()
        if meeting in meetings
    }


def step_card(place: Workplace, key: int) -> FollowUpView:
    """A deadline for the panel, with how it was counted and its session.

    Raises:
        Refusal: it is done or gone.
    """
    found = _due(place).get(key)
    if found is None:
        raise _gone()
    meeting, step = found
    row = meeting_rows(place, [meeting]).get(meeting)
    if row is None:  # gone between the two reads
        raise _gone()
    late = " · überschritten" if step.light is Light.LATE else ""
    hour = f" {clock(step.at)}" if step.at is not None else ""
    facts = [
        ("Spätestens", f"{long_date(step.on)}{hour}{late}"),
        ("Gezählt", step.text),
        ("Regel", step.rule),
    ]
    if step.unconfirmed:
        facts.append(("Hinweis", "Die Regel ist noch nicht bestätigt."))
    when = f"{long_date(row.start.date())} {clock(row.start)}" if row.start is not None else ""
    about = (("Gremium", row.organization), ("Wann", when), ("Wo", row.place), ("Stand", row.state_label))
    return FollowUpView(
        table="step",
        id=key,
        title=step.label,
        facts=tuple(pair for pair in facts if pair[1]),
        heading="Sitzung",
        about=tuple(pair for pair in about if pair[1]),
        notes=(row.remark,) if row.remark else (),
        opens=("meeting", meeting),
        copies=(("Sitzung", ", ".join(part for part in (row.organization, when, row.place) if part)),),
        overdue=step.light is Light.LATE,
    )


def tick_steps(place: Workplace, keys: Sequence[int]) -> Done:
    """Tick deadlines of one kind as done, in one step."""
    due = _due(place)
    chosen = [due[key] for key in keys if key in due]
    kinds = {step.kind for _, step in chosen}
    if len(kinds) != 1:
        raise Refusal(
            "Die Fristen wurden nicht abgehakt.",
            "Markiert sind Schritte verschiedener Art." if kinds else "Sie sind schon erledigt.",
            "Haken Sie jede Art für sich ab, zum Beispiel erst alle Einladungen." if kinds else "",
        )
    return tick_step(place, [meeting for meeting, _ in chosen], kinds.pop())


def meetings_of(place: Workplace, keys: Sequence[int]) -> tuple[int, ...]:
    """The sessions that deadlines belong to, each once."""
    due = _due(place)
    return tuple(dict.fromkeys(due[key][0] for key in keys if key in due))


def _due(place: Workplace) -> dict[int, tuple[int, DeadlineView]]:
    places = {step.key: number for number, step in enumerate(place.catalog.council.steps)}
    until = place.today + timedelta(days=STEP_DAYS)
    return {
        meeting * _KINDS + places.get(step.kind, _KINDS - 1): (meeting, step)
        for meeting, step in due_steps(place, until)
    }


def _gone() -> Refusal:
    return Refusal(
        "Diese Frist gibt es nicht mehr.",
        "Sie ist erledigt, oder die Sitzung ist weggefallen.",
        "Wählen Sie eine andere.",
    )


def _session(row: MeetingRow) -> str:
    day = f"{short_date(row.start.date())} " if row.start is not None else ""
    return f"{day}{row.organization or row.name}"
