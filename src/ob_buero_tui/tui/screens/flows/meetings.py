"""What the Sitzungen ask before a session is made, changed, postponed or called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.changing import meeting_values
from ob_buero_tui.services.council.leading import RIS, WIR, leader_choice, set_led_by
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.move_reading import MeetingMover
from ob_buero_tui.services.council.postponing import cancel_meeting, postpone_meeting, reinstate_meeting
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.meeting_form import MeetingFormDialog
from ob_buero_tui.tui.screens.dialogs.postpone import PostponeDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.council_editing import CouncilEditing
    from ob_buero_tui.tui.screens.flows.batch import Batch

CANCEL = (
    "Der Kalender erfährt es, der Raum wird frei. Wo das Büro die Tagesordnung führt, kommen ihre Punkte in"
    " den Themenspeicher zurück."
)
ONE_BY_ONE = "Das geht nur einzeln. Heben Sie die Markierung mit - auf."


async def new(screen: CouncilEditing, organization_id: int | None) -> Done | None:
    """The form of a new session; the body whose sessions are listed stands in it."""
    bodies = (organization_id,) if organization_id is not None else ()
    return await screen.app.push_screen_wait(MeetingFormDialog(screen.desk, None, None, bodies))


async def edit(screen: CouncilEditing, batch: Batch) -> Done | None:
    """The form of a session."""
    _one(batch)
    key = batch.ids[0]
    return await screen.app.push_screen_wait(
        MeetingFormDialog(screen.desk, key, meeting_values(screen.place, key), name=batch.name)
    )


async def postpone(screen: CouncilEditing, batch: Batch) -> Done | None:
    """Ask for the day and the remark."""
    _one(batch)
    key = batch.ids[0]
    view = meeting(screen.place, key)
    if view.row.start is None:
        raise Refusal("Diese Sitzung hat noch keinen Tag.", "", "Tragen Sie ihn mit b ein.")
    form = f"postpone:meeting:{key}"
    chosen = await screen.app.push_screen_wait(
        PostponeDialog(
            f"{batch.name} verschieben",
            MeetingMover(screen.place, view.row, view.row.start),
            (screen.place, form),
            led_elsewhere=view.facts.led_by == RIS,
        )
    )
    if chosen is None:
        return None
    done = await screen.desk.act(lambda place: postpone_meeting(place, key, chosen.start, chosen.note))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def cancel(screen: CouncilEditing, batch: Batch) -> Done | None:
    """Ask why it does not take place; a session that is cancelled takes place after all."""
    if not batch.many and meeting(screen.place, batch.ids[0]).row.cancelled:
        key = batch.ids[0]
        question = Confirm(f"{batch.name} findet doch statt?", yes="findet statt", no="bleibt abgesagt")
        if not await screen.app.push_screen_wait(question):
            return None
        return await screen.desk.act(lambda place: reinstate_meeting(place, key))
    form = f"cancel:meeting:{batch.ids[0]}"
    why = await screen.app.push_screen_wait(
        PromptLine(f"{batch.name} absagen: warum?", text=CANCEL, draft=(screen.place, form))
    )
    if why is None:
        return None
    done = await screen.desk.act(lambda place: cancel_meeting(place, batch.ids, why))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def choose_leader(screen: CouncilEditing, batch: Batch) -> Done | None:
    """Ask who leads agendas and papers of the leading body."""
    view = meeting(screen.place, batch.ids[0])
    body_id = view.organization_id
    if body_id is None:
        raise Refusal("Zu dieser Sitzung ist kein Gremium bekannt.", "", "Tragen Sie es mit b ein.")
    own, of_catalog = leader_choice(screen.place, body_id)
    told = "das RIS" if of_catalog == RIS else "das Büro"
    choices = [
        Choice(key=WIR, label="das Büro", help="Tagesordnungen und Vorlagen entstehen hier."),
        Choice(key=RIS, label="das Ratsinformationssystem", help="Sie kommen von dort; hier nur zu lesen."),
        Choice(key="-", label=f"wie voreingestellt: {told}", help="nach council.toml und Herkunft"),
    ]
    name = clean(shorten(view.row.organization, 50))
    chosen = await screen.app.push_screen_wait(
        Choose(f"{name}: Wer führt Tagesordnungen und Vorlagen?", choices, current=own or "-")
    )
    if chosen is None:
        return None
    who = "" if chosen == "-" else chosen
    return await screen.desk.act(lambda place: set_led_by(place, body_id, who))


def _one(batch: Batch) -> None:
    if batch.many:
        raise Refusal(ONE_BY_ONE, "", "")
