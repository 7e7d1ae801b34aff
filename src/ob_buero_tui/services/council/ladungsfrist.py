"""What the office lays down about Ladungsfristen: confirmed for a body, shortened for an urgent session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ob_buero_tui.catalog.council import ladungsfrist_for
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.ladungsfrist_confirmed import counted_as
from ob_buero_tui.rules.ladungsfrist_rule import LadungsfristRule
from ob_buero_tui.rules.ladungsfrist_urgent import conditions, never_shortened
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.council.sittings import Sitting, read_sittings
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Meeting
from ob_buero_tui.store.people import Organization

_NOT_SHORTENED = "Die Ladungsfrist wurde nicht verkürzt."


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRule:
    """The Ladungsfrist of a body as the office sees it.

    Args:
        spoken: The count without dates.
        unconfirmed: Whether neither the catalog nor the office has confirmed it.
        confirmed_on, confirmed_by: When and by whom the office confirmed just this count for this body.
    """

    organization_id: int
    name: str
    label: str
    spoken: str
    norm: str
    source: str
    hint: str = ""
    unconfirmed: bool = False
    confirmed_on: date | None = None
    confirmed_by: str = ""


def body_rule(place: Workplace, organization_id: int) -> BodyRule:
    """The Ladungsfrist of a body for the question whether it is right.

    Raises:
        Refusal: the body is gone, or there is no rule for it.
    """
    with place.reading() as session:
        body = session.get(Organization, organization_id)
        if body is None:
            raise Refusal("Dieses Gremium gibt es nicht mehr.", "", "Wählen Sie ein anderes.")
        rule = _rule_of(place.catalog, body)
        confirmed = body.ladungsfrist_confirmed_as == counted_as(rule)
        hints = [rule.hint] if rule.unconfirmed and rule.hint else []
        if body.ladungsfrist_confirmed_as and not confirmed:
            hints.append("zuletzt war eine andere Regel bestätigt")
        return BodyRule(
            organization_id=body.id,
            name=body.name,
            label=rule.label,
            spoken=rule.spoken,
            norm=rule.norm,
            source=rule.source,
            hint="; ".join(hints),
            unconfirmed=rule.unconfirmed and not confirmed,
            confirmed_on=body.ladungsfrist_confirmed_on if confirmed else None,
            confirmed_by=body.ladungsfrist_confirmed_by if confirmed else "",
        )


@use_case("confirm_ladungsfrist")
def confirm_ladungsfrist(work: Work, organization_id: int, *, confirmed: bool = True) -> Done:
    """Say that the Ladungsfrist of a body is what its Geschäftsordnung says; another rule asks anew.

    Args:
        confirmed: False takes it back.

    Raises:
        Refusal: there is no rule for the body.
    """
    body = work.get(Organization, organization_id)
    rule = _rule_of(work.catalog, body)
    body.ladungsfrist_confirmed_on = work.today if confirmed else None
    body.ladungsfrist_confirmed_by = work.desk.initials if confirmed else ""
    body.ladungsfrist_confirmed_as = counted_as(rule) if confirmed else ""
    work.tell(table="organization", ids=[body.id], rule=rule.label, confirmed=confirmed)
    word = "bestätigt" if confirmed else "nicht mehr bestätigt"
    return Done(ids=(body.id,), text=f"{clean(shorten(body.name, 60))}: „{rule.label}“ {word}")


@use_case("shorten_ladungsfrist")
def shorten_ladungsfrist(work: Work, meeting_ids: Sequence[int], why: str) -> Done:
    """Let the shortened Ladungsfrist count for urgent sessions; an empty ground takes that back.

    Raises:
        Refusal: the rule of a body knows no such, or may never be shortened for what is on the agenda.
    """
    why = clean(why, limit=300).strip()
    rows = [work.get(Meeting, key) for key in dict.fromkeys(meeting_ids)]
    for row in rows:
        if row.deleted or work.place.sees(row.confidentiality, "") is not View.FULL:
            raise Refusal(
                _NOT_SHORTENED, "Die Sitzung ist gelöscht oder persönlich.", "Wählen Sie eine andere."
            )
    asked: list[str] = []
    if why:
        for sitting in read_sittings(work.session, Meeting.id.in_([row.id for row in rows])):
            asked += _allowed(work, sitting)
    for row in rows:
        row.urgent_note = why
    work.tell(table="meeting", ids=[row.id for row in rows], shortened=bool(why))
    name = (
        f"„{clean(shorten(rows[0].name, 60)) or 'Sitzung'}“" if len(rows) == 1 else f"{len(rows)} Sitzungen"
    )
    needs = f": {join(list(dict.fromkeys(asked)))}" if asked else ""
    word = f"Ladungsfrist verkürzt{needs}" if why else "volle Ladungsfrist"
    return Done(ids=tuple(row.id for row in rows), text=f"{name}: {word}")


def urgent_terms(place: Workplace, meeting_id: int) -> tuple[str, ...]:
    """What a shortened Ladungsfrist of a session asks, before it is decided; each one a German sentence part.

    Raises:
        Refusal: the rule of a body knows no such.
    """
    with place.reading() as session:
        found = read_sittings(session, Meeting.id == meeting_id)
    if not found:
        raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
    return tuple(dict.fromkeys(one for rule in _rules(place.catalog, found[0]) for one in conditions(rule)))


def urgent_note(place: Workplace, meeting_id: int) -> str:
    """Why a session is urgent; empty where its full Ladungsfrist counts."""
    with place.reading() as session:
        row = session.get(Meeting, meeting_id)
        if row is None or row.deleted or place.sees(row.confidentiality, "") is not View.FULL:
            return ""
        return row.urgent_note


def _allowed(work: Work, sitting: Sitting) -> list[str]:
    """What the rules of the bodies that sit ask; refused where one of them may not be shortened."""
    titles = work.session.scalars(
        select(AgendaItem.name).where(
            AgendaItem.meeting_id == sitting.id,
            AgendaItem.deleted.is_(False),
            AgendaItem.withdrawn.is_(False),
        )
    ).all()
    asked: list[str] = []
    for rule in _rules(work.catalog, sitting):
        never = never_shortened(rule, titles)
        if never:
            raise Refusal(
                _NOT_SHORTENED,
                f"„{clean(shorten(never[0], 80))}“ braucht die volle Frist"
                f" (nie bei {join(list(rule.always_full_for))}; {rule.norm}).",
                "Nehmen Sie den Punkt von der Tagesordnung, oder laden Sie mit voller Frist.",
            )
        asked += conditions(rule)
    return asked


def _rules(catalog: Catalog, sitting: Sitting) -> list[LadungsfristRule]:
    """The rules of the bodies that sit; each of them must know a shortened form."""
    found = []
    for key in dict.fromkeys(seat.ladungsfrist for seat in sitting.seats) or [""]:
        rule = ladungsfrist_for(catalog, key)
        if rule is None or rule.urgent is None:
            label = (
                f"„{rule.label}“ kennt" if rule is not None else "Für das Land ist keine Frist eingetragen;"
            )
            raise Refusal(
                _NOT_SHORTENED,
                f"{label} keine verkürzte Frist.",
                "Tragen Sie sie in ladungsfristen.toml ein (urgent), oder laden Sie mit voller Frist.",
            )
        found.append(rule)
    return found


def _rule_of(catalog: Catalog, body: Organization) -> LadungsfristRule:
    rule = ladungsfrist_for(catalog, body.ladungsfrist)
    if rule is None:
        raise Refusal(
            "Für dieses Gremium gibt es keine Ladungsfrist.",
            "Für das Land ist keine eingetragen.",
            "Tragen Sie sie in ladungsfristen.toml ein.",
        )
    return rule


@sentence("confirm_ladungsfrist")
def _confirmed(params: Params) -> str:
    word = "bestätigt" if params.get("confirmed", True) else "nicht mehr bestätigt"
    return f"Ladungsfrist „{params.get('rule', '')}“ {word}"


@sentence("shorten_ladungsfrist")
def _shortened(params: Params) -> str:
    return "Ladungsfrist verkürzt" if params.get("shortened") else "wieder volle Ladungsfrist"
