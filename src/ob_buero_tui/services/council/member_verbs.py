"""Putting people into bodies and changing what they are there; what was before stays as a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.member_roles import role_kind
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.seeing import load_contact, load_person
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.people import Membership, Person

_NOT_SAVED = "Das wurde nicht gespeichert."
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """What somebody is in a body.

    Args:
        fraction_id: The fraction the person is there for; None without one.
        voting: Whether the person votes; None: as the role says.
        substitute_for_id: The membership this person stands in for; None for a member.
        start, end: First and last day; None: open.
    """

    person_id: int
    role: str = "Mitglied"
    fraction_id: int | None = None
    voting: bool | None = None
    substitute_for_id: int | None = None
    start: date | None = None
    end: date | None = None
    note: str = ""


@use_case("add_member")
def add_member(work: Work, organization_id: int, entry: MemberEntry) -> Done:
    """Put a person into a body, or let one stand in for a member.

    Raises:
        Refusal: the person has this place already in that time, or the days do not fit.
    """
    body = load_contact(work, "organization", organization_id)
    person = load_person(work, entry.person_id)
    entry = _fitting(work, organization_id, entry)
    _refuse_twice(work, organization_id, entry, person, keep=0)
    work.session.add(_row(organization_id, entry))
    work.session.flush()
    work.tell(table="organization", ids=[organization_id], substitute=entry.substitute_for_id is not None)
    work.refer("person", person.id)
    what = "vertritt in" if entry.substitute_for_id is not None else "gehört zu"
    name = shorten(getattr(body, "short_name", "") or contact_name(body), 60)
    return Done(ids=(organization_id,), text=f"{contact_name(person)}: {what} „{name}“")


@use_case("change_member")
def change_member(work: Work, membership_id: int, entry: MemberEntry, on: date | None = None) -> Done:
    """Change what somebody is in a body from a day on: the old place ends the day before, a new one begins.

    Who stands in goes along in the same way.

    Args:
        entry: The place as it is to be; its person is that of the membership, its start counts only without
            `on`.
        on: The first day of the change; None: it was entered wrongly, and is put right for all its time.

    Raises:
        Refusal: the day lies outside the membership, or nothing changes.
    """
    old = work.get(Membership, membership_id)
    person, organization_id = _holder(work, old)
    entry = _fitting(work, organization_id, entry, keep=old.id)
    _refuse_twice(work, organization_id, entry, person, keep=old.id)
    if on is None:
        _write(old, entry, start=entry.start)
    else:
        _refuse_outside(old, on)
        change_place(work, old, (organization_id, entry), on)
    work.tell(table="organization", ids=[organization_id], corrected=on is None)
    work.refer("person", person.id)
    since = f" ab {long_date(on)}" if on is not None else ""
    return Done(ids=(organization_id,), text=f"{contact_name(person)}: {entry.role or 'Mitglied'}{since}")


@use_case("drop_member")
def drop_member(work: Work, membership_id: int) -> Done:
    """Take out a place in a body that was entered by mistake.

    Raises:
        Refusal: it came from the council information system, or somebody stands in for it.
    """
    row = work.get(Membership, membership_id)
    person, organization_id = _holder(work, row)
    if row.oparl_id is not None:
        raise Refusal(
            "Diese Mitgliedschaft bleibt.",
            "Sie kommt aus dem Ratsinformationssystem und käme mit dem nächsten Abgleich wieder.",
            "Tragen Sie mit e ihren letzten Tag ein.",
        )
    if standing_in(work, [row.id]):
        raise Refusal(
            "Diese Mitgliedschaft bleibt.",
            "Für sie ist eine Vertretung eingetragen.",
            "Nehmen Sie zuerst die Vertretung heraus, oder tragen Sie mit e den letzten Tag ein.",
        )
    work.session.delete(row)
    work.tell(table="organization", ids=[organization_id])
    work.refer("person", person.id)
    return Done(ids=(organization_id,), text=f"{contact_name(person)}: Eintrag herausgenommen")


def change_place(work: Work, old: Membership, new: tuple[int | None, MemberEntry], on: date) -> None:
    """Let a place end the day before and go on as another one, within another use case.

    Where it began on that very day it is changed itself, as nothing was before it.

    Args:
        new: The body of the new place, None where it only ends, and what it is.
    """
    organization_id, entry = new
    if organization_id == old.organization_id and on == old.start_date:
        _write(old, entry, start=on)
        return
    # A place that began on this day and ends before it keeps its one day: it is not taken out unasked.
    old.end_date = max(on - DAY, old.start_date) if old.start_date is not None else on - DAY
    if organization_id is None:
        return
    row = _row(organization_id, entry, start=on)
    work.session.add(row)
    work.session.flush()
    if organization_id == old.organization_id:
        _move_substitutes(work, old.id, row.id, on)


def standing_in(work: Work, membership_ids: Sequence[int]) -> Sequence[Membership]:
    """The memberships of those who stand in for these."""
    return work.session.scalars(
        select(Membership).where(Membership.substitute_for_id.in_(membership_ids)).order_by(Membership.id)
    ).all()


def _holder(work: Work, row: Membership) -> tuple[Person, int]:
    if row.person_id is None or row.organization_id is None:
        raise Refusal(
            _NOT_SAVED,
            "Diese Mitgliedschaft hat noch keine Person oder kein Gremium.",
            "Sie wartet auf das Ratsinformationssystem; importieren Sie dessen Personen und Gremien.",
        )
    return load_person(work, row.person_id), row.organization_id


def _fitting(work: Work, organization_id: int, entry: MemberEntry, keep: int = 0) -> MemberEntry:
    """The entry with cleaned texts.

    Raises:
        Refusal: its days, or whom it stands in for, do not fit.
    """
    if entry.start is not None and entry.end is not None and entry.end < entry.start:
        raise Refusal(
            _NOT_SAVED,
            f"Der letzte Tag ({long_date(entry.end)}) liegt vor dem ersten ({long_date(entry.start)}).",
            "Ändern Sie einen der beiden Tage.",
        )
    if entry.substitute_for_id is not None:
        held = work.get(Membership, entry.substitute_for_id)
        same = held.organization_id == organization_id
        if not same or held.substitute_for_id is not None or held.person_id == entry.person_id:
            raise Refusal(
                _NOT_SAVED,
                "Vertreten lässt sich nur ein anderes Mitglied desselben Gremiums.",
                "Wählen Sie ein Mitglied, das selbst niemanden vertritt.",
            )
        if held.id == keep:
            raise Refusal(_NOT_SAVED, "Niemand vertritt sich selbst.", "Wählen Sie ein anderes Mitglied.")
    if entry.fraction_id is not None:
        load_contact(work, "organization", entry.fraction_id)
    return MemberEntry(
        person_id=entry.person_id,
        role=" ".join(clean(entry.role, limit=200).split()),
        fraction_id=entry.fraction_id,
        voting=entry.voting,
        substitute_for_id=entry.substitute_for_id,
        start=entry.start,
        end=entry.end,
        note=clean(entry.note, multiline=True, limit=20_000).strip(),
    )


def _refuse_twice(work: Work, organization_id: int, entry: MemberEntry, person: Person, keep: int) -> None:
    """Refuse a second place of the same sort in the same time."""
    rows = work.session.scalars(
        select(Membership).where(
            Membership.organization_id == organization_id,
            Membership.person_id == person.id,
            Membership.id != keep,
        )
    )
    for row in rows:
        stands_in = row.substitute_for_id != entry.substitute_for_id
        if stands_in or role_kind(row.role) is not role_kind(entry.role):
            continue
        if _meet(row.start_date, row.end_date, entry.start, entry.end):
            since = f" seit {long_date(row.start_date)}" if row.start_date else ""
            raise Refusal(
                _NOT_SAVED,
                f"{contact_name(person)} ist dort schon{since} eingetragen: {clean(row.role) or 'Mitglied'}.",
                "Ändern Sie diesen Eintrag, oder beenden Sie ihn zuerst.",
            )


def _meet(start: date | None, end: date | None, other_start: date | None, other_end: date | None) -> bool:
    begins = max(start or date.min, other_start or date.min)
    return begins <= min(end or date.max, other_end or date.max)


def _refuse_outside(row: Membership, on: date) -> None:
    if row.start_date is not None and on < row.start_date:
        raise Refusal(
            _NOT_SAVED,
            f"Die Mitgliedschaft beginnt erst am {long_date(row.start_date)}.",
            "Geben Sie diesen Tag ein oder einen späteren.",
        )
    if row.end_date is not None and on > row.end_date:
        raise Refusal(
            _NOT_SAVED,
            f"Die Mitgliedschaft endet schon am {long_date(row.end_date)}.",
            "Geben Sie einen früheren Tag ein, oder tragen Sie eine neue Mitgliedschaft ein.",
        )


def _row(organization_id: int, entry: MemberEntry, start: date | None = None) -> Membership:
    row = Membership(organization_id=organization_id, person_id=entry.person_id, extra={})
    _write(row, entry, start=start or entry.start)
    return row


def _write(row: Membership, entry: MemberEntry, *, start: date | None) -> None:
    row.role, row.on_behalf_of_id, row.voting_right = entry.role, entry.fraction_id, entry.voting
    row.substitute_for_id, row.note = entry.substitute_for_id, entry.note
    row.start_date, row.end_date = start, entry.end


def _move_substitutes(work: Work, old_id: int, new_id: int, on: date) -> None:
    """Let who stands in for the old place stand in for the new one from its first day."""
    for row in standing_in(work, [old_id]):
        if row.end_date is not None and row.end_date < on:
            continue
        if row.start_date is not None and row.start_date >= on:
            row.substitute_for_id = new_id
            continue
        follows = Membership(
            organization_id=row.organization_id,
            person_id=row.person_id,
            on_behalf_of_id=row.on_behalf_of_id,
            role=row.role,
            voting_right=row.voting_right,
            substitute_for_id=new_id,
            start_date=on,
            end_date=row.end_date,
            note=row.note,
            extra={},
        )
        row.end_date = on - DAY
        work.session.add(follows)


@sentence("add_member")
def _added(params: Params) -> str:
    return "Vertretung eingetragen" if params.get("substitute") else "Mitglied eingetragen"


@sentence("change_member")
def _changed(params: Params) -> str:
    return "Mitgliedschaft berichtigt" if params.get("corrected") else "Mitgliedschaft geändert"


@sentence("drop_member")
def _dropped(_params: Params) -> str:
    return "Mitgliedschaft herausgenommen"
