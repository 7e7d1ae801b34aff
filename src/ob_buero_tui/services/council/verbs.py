"""The verbs on sessions and their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select

from ob_buero_tui.catalog.council import ladungsfrist_for, steps_for
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import join, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.council.chain import chains_of, next_open, remark, ticked_steps
from ob_buero_tui.services.council.sittings import Sitting, read_sittings
from ob_buero_tui.services.council.views import DeadlineView, RuleChoice
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl_sessions import Sessions
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting, MeetingOrganization, MeetingStep
from ob_buero_tui.store.people import Organization


@use_case("tick_step")
def tick_step(work: Work, meeting_ids: Sequence[int], kind: str = "") -> Done:
    """Tick a step of sessions as done; where it is ticked in all of them, open it again.

    Args:
        kind: The key of the step; empty: in each session the next one that is open.
    """
    rows = _load(work, meeting_ids)
    sittings = read_sittings(work.session, Meeting.id.in_([row.id for row in rows]))
    chains = chains_of(work.session, work.place, sittings)
    chosen = {one.id: _chosen(work, one, chains[one.id], kind) for one in sittings}
    ticked = ticked_steps(work.session, list(chosen))
    again = all(step.kind in ticked.get(key, {}) for key, step in chosen.items())
    for key, step in chosen.items():
        old = ticked.get(key, {}).get(step.kind)
        if old is not None and again:
            work.session.delete(old)
        elif old is None:
            work.session.add(
                MeetingStep(meeting_id=key, kind=step.kind, done_on=work.today, done_by=work.desk.initials)
            )
        work.refer("meeting", key)
    labels = list(dict.fromkeys(step.label for step in chosen.values()))
    work.tell(steps=labels, done=not again)
    return _done(rows, f"{join(labels)} {'wieder offen' if again else 'erledigt'}")


@use_case("note_meeting")
def note_meeting(work: Work, meeting_ids: Sequence[int], text: str) -> Done:
    """Add a remark to sessions, with day and initials before it."""
    text = clean(text, multiline=True, limit=20_000).strip()
    if not text:
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    rows = _load(work, meeting_ids)
    written = f"{short_date(work.today)} {work.desk.initials}: {text}"
    for row in rows:
        row.note = f"{row.note}\n{written}" if row.note else written
    return _done(rows, "Notiz gespeichert")


@use_case("set_ladungsfrist")
def set_ladungsfrist(work: Work, organization_id: int, key: str) -> Done:
    """Lay down which Ladungsfrist counts for a body; an empty key: the one of the Land.

    Raises:
        Refusal: the catalog has no such rule.
    """
    body = work.get(Organization, organization_id)
    if key and key not in work.catalog.ladungsfristen:
        raise Refusal(
            f"Die Ladungsfrist „{clean(key)}“ gibt es nicht.", "", "Sie steht in ladungsfristen.toml."
        )
    if body.ladungsfrist != key:
        # What was confirmed was another rule.
        body.ladungsfrist_confirmed_on, body.ladungsfrist_confirmed_by = None, ""
        body.ladungsfrist_confirmed_as = ""
    body.ladungsfrist = key
    rule = ladungsfrist_for(work.catalog, key)
    label = rule.label if rule is not None else "keine"
    work.tell(table="organization", ids=[body.id], rule=label, of_land=not key)
    return Done(ids=(body.id,), text=f"{shorten(body.name, 60)}: Ladungsfrist {label}")


@use_case("set_mayor_attends")
def set_mayor_attends(work: Work, organization_id: int, attends: bool) -> Done:
    """Lay down whether a body's sessions take up the mayor's time, and free or take it in the coming ones.

    They are looked at as on import: a session with another body that the mayor goes to still takes time.
    """
    body = work.get(Organization, organization_id)
    changed = set_attendance(work, body, attends=attends)
    work.tell(table="organization", ids=[body.id], attends=attends, events=changed)
    what = "belegen den Kalender" if attends else "belegen den Kalender nicht"
    return Done(ids=(body.id,), text=f"{shorten(body.name, 60)}: Sitzungen {what}")


def set_attendance(work: Work, body: Organization, *, attends: bool) -> int:
    """Change it within another use case; returns how many appointments followed."""
    sessions = Sessions(work)
    before = sessions.stored(coming_sessions(work, body.id))
    body.mayor_attends = attends
    work.session.flush()
    return sessions.follow(before)


def rule_choices(place: Workplace, organization_id: int) -> tuple[RuleChoice, ...]:
    """The Ladungsfristen to choose from for a body: that of the Land first, then all."""
    with place.reading() as session:
        own = (
            session.scalar(select(Organization.ladungsfrist).where(Organization.id == organization_id)) or ""
        )
    of_land = ladungsfrist_for(place.catalog)
    label = of_land.label if of_land is not None else "keine eingetragen"
    first = RuleChoice(key="", label=f"wie im Land {place.catalog.region}: {label}", chosen=not own)
    return first, *(
        RuleChoice(
            key=one.key,
            label=one.label,
            source=one.source,
            unconfirmed=one.unconfirmed,
            chosen=one.key == own,
        )
        for one in place.catalog.ladungsfristen.values()
    )


def _load(work: Work, ids: Sequence[int]) -> list[Meeting]:
    """The sessions with these keys, and their names into the action."""
    if not ids:
        raise Refusal("Es ist keine Sitzung ausgewählt.", "", "Wählen Sie eine Sitzung aus.")
    rows = [work.get(Meeting, key) for key in dict.fromkeys(ids)]
    for row in rows:
        if row.deleted or work.place.sees(row.confidentiality, "") is not View.FULL:
            raise Refusal(
                f"„{clean(row.name) or 'Die Sitzung'}“ lässt sich nicht ändern.",
                "Das Ratsinformationssystem hat sie gelöscht." if row.deleted else "Sie ist persönlich.",
                "Wählen Sie eine andere Sitzung.",
            )
    work.tell(table="meeting", ids=[row.id for row in rows])
    return rows


def _chosen(work: Work, sitting: Sitting, deadlines: tuple[DeadlineView, ...], kind: str) -> DeadlineView:
    """The step to tick; whatever keeps a session from having it is refused."""
    if kind and kind not in {step.key for step in steps_for(work.catalog)}:
        raise Refusal(
            f"Den Schritt „{clean(kind)}“ gibt es nicht.", "", "Die Schritte stehen in council.toml."
        )
    found = next((one for one in deadlines if one.kind == kind), None)
    if not kind:
        # What comes after the session is not its next step before it has taken place.
        held = sitting.start is not None and sitting.start <= work.now
        later = {step.key for step in steps_for(work.catalog) if step.after_session}
        found = next_open([one for one in deadlines if held or one.kind not in later])
    if found is not None:
        return found
    name = clean(sitting.name) or "Sitzung"
    why = remark(work.place, sitting)
    if not deadlines or kind:
        raise Refusal(
            f"„{name}“ hat diesen Schritt nicht.",
            why or "Die Sitzung ist vorbei.",
            "Wählen Sie eine andere Sitzung oder einen anderen Schritt.",
        )
    raise Refusal(f"Bei „{name}“ ist jetzt kein Schritt offen.", "", "Wählen Sie eine andere Sitzung.")


def coming_sessions(work: Work, organization_id: int) -> Sequence[int]:
    """The coming sessions in the calendar at which a body sits, first or not."""
    midnight = datetime.combine(work.today, time.min)
    sits = select(MeetingOrganization.meeting_id).where(
        MeetingOrganization.organization_id == organization_id
    )
    return work.session.scalars(
        select(Meeting.id)
        .join(Event, Event.id == Meeting.event_id)
        .where(Meeting.deleted.is_(False), Meeting.start >= midnight, Meeting.id.in_(sits))
        .where(Event.trashed_at.is_(None))
    ).all()


def _done(rows: Sequence[Meeting], text: str) -> Done:
    if len(rows) == 1:
        name = shorten(rows[0].name, 60) or "Sitzung"
        on = f" am {long_date(rows[0].start.date())}" if rows[0].start else ""
        return Done(ids=(rows[0].id,), text=f"„{name}“{on}: {text}")
    return Done(ids=tuple(row.id for row in rows), text=f"{len(rows)} Sitzungen: {text}")


@sentence("tick_step")
def _ticked(params: Params) -> str:
    steps = join([str(label) for label in params.get("steps", [])]) or "Schritt"
    return f"{steps} {'erledigt' if params.get('done') else 'wieder offen'}"


@sentence("note_meeting")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"


@sentence("set_ladungsfrist")
def _rule_set(params: Params) -> str:
    text = f"Ladungsfrist „{params.get('rule', '')}“"
    return f"{text} wie im Land" if params.get("of_land") else text


@sentence("set_mayor_attends")
def _attendance_set(params: Params) -> str:
    what = (
        "Sitzungen belegen den Kalender" if params.get("attends") else "Sitzungen belegen den Kalender nicht"
    )
    count = params.get("events", 0)
    return f"{what} ({count} {'Termin' if count == 1 else 'Termine'} angepasst)" if count else what
