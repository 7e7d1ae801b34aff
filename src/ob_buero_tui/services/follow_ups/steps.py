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
Steps = Mapping[int, tuple[int, DeadlineView]]
"""What is due, by the key of its row: the key of the session, and the step."""

_KINDS = 100
"""More than an office has steps: a row's key is made of the session's and of the place of its step."""


def steps_due(place: Workplace) -> Steps:
    """What is due of the sessions, late ones first, by the keys of its rows.

    It is counted over all sessions: who asks for keys, rows and card at once counts once and passes it on.
    """
    places = {step.key: number for number, step in enumerate(place.catalog.council.steps)}
    until = place.today + timedelta(days=STEP_DAYS)
    return {
        meeting * _KINDS + places.get(step.kind, _KINDS - 1): (meeting, step)
        for meeting, step in due_steps(place, until)
    }


def step_ids(place: Workplace, known: Steps | None = None) -> tuple[int, ...]:
    """The keys of what is due of the sessions, late ones first.

    Args:
        known: What `steps_due` has counted already.
    """
    return tuple(steps_due(place) if known is None else known)


def step_rows(
    place: Workplace, wanted: Sequence[int], known: Steps | None = None
) -> Mapping[int, FollowUpRow]:
    """The rows with these keys; a step that is done meanwhile is left out.

    Args:
        known: What `steps_due` has counted already.
    """
    due = steps_due(place) if known is None else known
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


def step_card(place: Workplace, key: int, known: Steps | None = None) -> FollowUpView:
    """A deadline for the panel, with how it was counted and its session.

    Args:
        known: What `steps_due` has counted already.

    Raises:
        Refusal: it is done or gone.
    """
    found = (steps_due(place) if known is None else known).get(key)
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
    due = steps_due(place)
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
    due = steps_due(place)
    return tuple(dict.fromkeys(due[key][0] for key in keys if key in due))


def _gone() -> Refusal:
    return Refusal(
        "Diese Frist gibt es nicht mehr.",
        "Sie ist erledigt, oder die Sitzung ist weggefallen.",
        "Wählen Sie eine andere.",
    )


def _session(row: MeetingRow) -> str:
    day = f"{short_date(row.start.date())} " if row.start is not None else ""
    return f"{day}{row.organization or row.name}"
