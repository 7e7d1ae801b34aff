"""The Ladungsfrist of a session's body: confirmed, chosen, or shortened for this session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import ladungsfrist
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.verbs import rule_choices, set_ladungsfrist
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty

if TYPE_CHECKING:
    from ob_buero_tui.services.council.ladungsfrist import BodyRule
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.base import DeskScreen

CONFIRM, WITHDRAW, OTHER, SHORTEN, FULL = "bestaetigen", "zuruecknehmen", "andere", "verkuerzen", "voll"


async def ladungsfrist_of(screen: DeskScreen, meeting_id: int) -> Done | None:
    """Ask what shall be with the Ladungsfrist of a session, and do it.

    Raises:
        Refusal: there is no body, or no rule for it.
    """
    view = meeting(screen.place, meeting_id)
    if view.organization_id is None:
        raise Refusal("Zu dieser Sitzung ist kein Gremium bekannt.", "", "Wählen Sie eine andere.")
    body_id = view.organization_id
    rule = ladungsfrist.body_rule(screen.place, body_id)
    why = ladungsfrist.urgent_note(screen.place, meeting_id)
    chosen = await screen.app.push_screen_wait(
        Choose(
            f"Ladungsfrist: {shorten(rule.name, 50)}",
            _choices(rule, why),
            text=_told(rule, why),
        )
    )
    if chosen is None:
        return None
    if chosen == OTHER:
        return await choose_rule(screen, body_id, rule.name)
    if chosen == SHORTEN:
        return await _shorten(screen, meeting_id)
    if chosen == FULL:
        return await screen.desk.act(lambda place: ladungsfrist.shorten_ladungsfrist(place, [meeting_id], ""))
    return await screen.desk.act(
        lambda place: ladungsfrist.confirm_ladungsfrist(place, body_id, confirmed=chosen == CONFIRM)
    )


async def choose_rule(screen: DeskScreen, body_id: int, name: str) -> Done | None:
    """Choose the Ladungsfrist of a body; it counts for all its sessions."""
    rules = rule_choices(screen.place, body_id)
    choices = [
        Choice(
            key=rule.key or "land",
            label=rule.label,
            hint="noch nicht bestätigt" if rule.unconfirmed else "",
            help=clean(rule.source, limit=160),
        )
        for rule in rules
    ]
    chosen = await screen.app.push_screen_wait(
        Choose(
            f"Ladungsfrist: {shorten(name, 50)}",
            choices,
            current=next((rule.key or "land" for rule in rules if rule.chosen), None),
            text="Sie gilt für alle Sitzungen dieses Gremiums. Maßgeblich ist Ihre Geschäftsordnung.",
        )
    )
    if chosen is None:
        return None
    key = "" if chosen == "land" else chosen
    return await screen.desk.act(lambda place: set_ladungsfrist(place, body_id, key))


async def _shorten(screen: DeskScreen, meeting_id: int) -> Done | None:
    """Ask for the ground; what the shortened Ladungsfrist needs is told above."""
    terms = ladungsfrist.urgent_terms(screen.place, meeting_id)
    why = await screen.app.push_screen_wait(
        PromptLine(
            "Verkürzte Ladungsfrist: warum ist es dringend?",
            understand=not_empty("Eine verkürzte Ladung braucht einen Grund."),
            text="\n".join(f"• {one}" for one in terms),
            max_length=300,
        )
    )
    if why is None:
        return None
    return await screen.desk.act(lambda place: ladungsfrist.shorten_ladungsfrist(place, [meeting_id], why))


def _choices(rule: BodyRule, why: str) -> list[Choice]:
    confirmed = rule.confirmed_on is not None
    first = (
        Choice(key=WITHDRAW, label="Bestätigung zurücknehmen")
        if confirmed
        else Choice(key=CONFIRM, label="Sie stimmt mit unserer Geschäftsordnung überein")
    )
    last = (
        Choice(key=FULL, label="Diese Sitzung doch mit voller Frist")
        if why
        else Choice(key=SHORTEN, label="Diese Sitzung ist dringend: verkürzt laden …")
    )
    return [first, Choice(key=OTHER, label="Eine andere Regel wählen …"), last]


def _told(rule: BodyRule, why: str) -> str:
    if rule.confirmed_on is not None:
        state = f"Bestätigt {long_date(rule.confirmed_on)} von {clean(rule.confirmed_by)}."
    else:
        state = f"Noch nicht bestätigt: {rule.hint}." if rule.unconfirmed else ""
    lines = (
        f"{rule.label}: {rule.spoken} ({rule.norm})",
        rule.source,
        state,
        f"Diese Sitzung ist verkürzt geladen: {why}" if why else "",
    )
    return "\n".join(clean(one, limit=500) for one in lines if one)
