"""What the verbs ask and do on people and bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, label
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.people import editing
from ob_buero_tui.services.people.finding import place_of, senders_of
from ob_buero_tui.services.people.listing import contact_rows
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.contact import ContactDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood
from ob_buero_tui.tui.widgets.contact_panel import links_of

if TYPE_CHECKING:
    from ob_buero_tui.services.people.views import ContactRow, ContactView
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen
    from ob_buero_tui.tui.screens.people import PeopleScreen

COPY_LIMIT = limits.COPIED
_NUMBERS = ("Telefon", "Mobil", "Telefon privat", "E-Mail", "Vorzimmer", "Website")
_MEANING = {
    Confidentiality.OEFFENTLICH: "darf nach Freigabe veröffentlicht werden",
    Confidentiality.INTERN: "Büro und Dezernat",
    Confidentiality.VERTRAULICH: "bleibt aus jeder Ausgabe heraus",
}
_KINDS = {"person": "Person", "organization": "Organisation"}
_SORTS = {"request": "Eingang", "event": "Termin", "paper": "Vorlage", "meeting": "Sitzung"}
_SINGLE = "Das geht nur einzeln. Heben Sie mit - die Markierung auf."


def told(row: ContactRow | None) -> str:
    """A contact as dialogs name it: with town and phone, so that namesakes are told apart."""
    if row is None:
        return "nicht mehr vorhanden"
    return " · ".join(clean(part) for part in (row.name, row.detail, row.locality, row.tel) if part)


async def edit(screen: PeopleScreen, batch: Batch) -> Done | None:
    """Open the form; on a conflict show both values per field and keep what was typed."""
    if batch.many:
        screen.notify(_SINGLE)
        return None
    form = editing.contact_form(screen.place, screen.table, batch.ids[0])
    return await screen.app.push_screen_wait(ContactDialog(screen.desk, form))


async def create(screen: PeopleScreen) -> Done | None:
    """Open an empty form: for a person where people are listed, otherwise for an organization."""
    form = editing.contact_form(screen.place, screen.table)
    return await screen.app.push_screen_wait(ContactDialog(screen.desk, form))


async def note(screen: PeopleScreen, batch: Batch) -> Done | None:
    """Ask for the remark; what was typed and not saved is kept as a draft."""
    if batch.many:
        screen.notify(_SINGLE)
        return None
    form = f"note:{screen.table}:{batch.ids[0]}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Notiz zu {batch.name}"))
    if text is None:
        return None
    done = await screen.carry_out(
        lambda place, ids: editing.note_contact(place, screen.table, ids[0], text), batch
    )
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def confidentiality(screen: PeopleScreen, batch: Batch) -> Done | None:
    """Choose how confidential contacts are."""
    choices = [Choice(key=level.value, label=label(level), hint=text) for level, text in _MEANING.items()]
    view = screen.current_contact()
    current = next(
        (level.value for level in _MEANING if view and label(level) == view.confidentiality),
        Confidentiality.INTERN.value,
    )
    chosen = await screen.app.push_screen_wait(
        Choose(f"Wie vertraulich ist {batch.name}?", choices, current=current)
    )
    if chosen is None:
        return None
    level = Confidentiality(chosen)
    if level is Confidentiality.OEFFENTLICH and not await screen.app.push_screen_wait(
        Confirm(
            f"{batch.name} öffentlich machen?",
            text="Öffentliches kann in Presse- und Bürgerlisten erscheinen.",
            enter_is_yes=False,
        )
    ):
        return None
    return await screen.carry_out(
        lambda place, ids: editing.classify_contact(place, screen.table, list(ids), level), batch
    )


async def copy(screen: PeopleScreen, view: ContactView) -> None:
    """Choose which value to copy into the terminal's clipboard."""
    facts = dict(view.facts)
    values = {
        "Anschrift": "\n".join(view.address),
        "Briefanrede": view.salutation,
        "Mündliche Anrede": view.spoken,
        **{name: facts.get(name, "") for name in _NUMBERS},
        "Name": view.title,
    }
    choices = [
        Choice(key=name, label=name, hint=clean(value.replace("\n", ", "), limit=46))
        for name, value in values.items()
        if value
    ]
    text = "\n".join(f"! gesperrt: {lock}" for lock in view.locks)
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices, text=text))
    if chosen is not None:
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=COPY_LIMIT))
        screen.notify(f"{chosen} kopiert.")


async def choose_link(screen: PeopleScreen, view: ContactView) -> tuple[str, int] | None:
    """Choose one of the records that belong to a contact: its table and key."""
    links = [link for _, found in links_of(view) for link in found]
    if not links:
        screen.notify("Dazu ist noch nichts weiter bekannt: kein Eingang, kein Termin, keine Mitgliedschaft.")
        return None
    choices = [
        Choice(key=str(place), label=link.label, hint=_SORTS.get(link.table, ""))
        for place, link in enumerate(links)
    ]
    chosen = await screen.app.push_screen_wait(Choose(shorten(view.title, 60), choices))
    if chosen is None:
        return None
    link = links[int(chosen)]
    return link.table, link.id


async def go_to_name(screen: PeopleScreen) -> int | None:
    """Ask for the beginning of a name; returns its place in the list."""
    place, split, ids = screen.place, screen.split, screen.list.ids
    if not ids:
        return None

    def understand(typed: str) -> Understood:
        if not typed.strip():
            return Understood("Der Anfang des Nachnamens genügt; auch „Nachname, Vorname“.", ok=False)
        at = place_of(place, split, ids, typed)
        row = contact_rows(place, split, [ids[at]]).get(ids[at]) if at is not None else None
        return Understood(f"→ {told(row)}")

    typed = await screen.app.push_screen_wait(PromptLine("Zu welchem Namen?", understand=understand))
    return place_of(place, split, ids, typed) if typed is not None else None


async def choose_sender(screen: InboxScreen, request_id: int) -> tuple[str, int] | None:
    """The contact a request comes from: its table and key; asks only where there are two."""
    try:
        found = senders_of(screen.place, request_id)
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None
    if not found:
        screen.notify("Zu diesem Eingang ist niemand bekannt. Mit b tragen Sie Angaben nach.")
        return None
    if len(found) == 1:
        return found[0].table, found[0].id
    choices = [Choice(key=one.table, label=one.label, hint=_KINDS[one.table]) for one in found]
    chosen = await screen.app.push_screen_wait(Choose("Zu wem?", choices))
    return next(((one.table, one.id) for one in found if one.table == chosen), None)
