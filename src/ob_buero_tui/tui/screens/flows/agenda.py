"""What the verbs of the Tagesordnung ask and do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.agenda_line import EXAMPLE, TypedItem, parse_item
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council import agenda_edit, agenda_moves, agenda_off, agenda_page, agenda_paper
from ob_buero_tui.services.council.placing import place_paper, place_topics
from ob_buero_tui.services.council.waiting import Waiting, paper_called, waiting_for
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood, as_typed, not_empty
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.paper import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.council.views import AgendaRow
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.agenda import AgendaScreen
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch

PUBLIC, FULL = "oeffentlich", "vollstaendig"
NO_GROUND = "Ein Nachtrag braucht einen Grund."


async def ask_ground(screen: DeskScreen, meeting_id: int, why: str) -> str | None:
    """Why an item cannot wait, where it would be late; empty where it is not, None when nobody says."""
    if not why:
        return ""
    return await screen.app.push_screen_wait(
        PromptLine(
            "Nachtrag: Warum kann der Punkt nicht warten?",
            value=agenda_page.last_ground(screen.place, meeting_id),
            understand=not_empty(NO_GROUND),
            text=why,
        )
    )


async def type_items(screen: AgendaScreen, meeting_id: int) -> None:
    """Ask for one line after the other; an empty one or Esc ends it."""
    public, ground, told = screen.public_here, "", ""
    page = agenda_page.page(screen.place, meeting_id)
    if page.locked:
        raise Refusal("Diese Tagesordnung lässt sich nicht ändern.", page.locked)
    draft = f"add:agenda:{meeting_id}"
    while True:
        text = told or f"{page.title} · {page.when}"
        typed = await screen.app.push_screen_wait(
            PromptLine(
                "Neuer Punkt", understand=_understand(screen, public), text=text, draft=(screen.place, draft)
            )
        )
        if typed is None or not typed.strip():
            return
        item = parse_item(typed, public=public)
        if page.late and not ground:
            ground = await ask_ground(screen, meeting_id, page.late) or ""
            if not ground:
                return
        done = await screen.desk.act(partial(_add, meeting_id, item, ground))
        if done is None:
            return
        drop_draft(screen.desk.patient, draft)
        public, told = item.public, f"{done.text} · Leer oder Esc beendet."
        screen.desk.data_changed((("agenda_item", done.ids[0]),))


def _add(meeting_id: int, item: TypedItem, ground: str, place: Workplace) -> Done:
    return agenda_edit.add_item(place, meeting_id, item, ground)


def _understand(screen: AgendaScreen, public: bool) -> Callable[[str], Understood]:
    rules = agenda_rules(screen.place.catalog)

    def understand(typed: str) -> Understood:
        if not typed.strip():
            return Understood(EXAMPLE)
        try:
            item = parse_item(typed, public=public)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        term = "" if item.public else item.general_name or rules.term_for(item.title)
        paper = paper_called(screen.place, item.title)
        return Understood(f"→ {_words(item, term, paper)}")

    return understand


def _words(item: TypedItem, term: str, paper: str) -> str:
    part = "öffentlich" if item.public else "nichtöffentlich"
    below = " · Unterpunkt" if item.below else ""
    outside = f" · nach außen „{shorten(term, 40)}“" if term else ""
    title = f"Vorlage {shorten(paper, 90)}" if paper else f"„{shorten(item.title, 60)}“"
    return f"{title} · {part}{below}{outside}"


async def take_waiting(screen: AgendaScreen, meeting_id: int) -> Done | None:
    """Choose what waits for this session: a topic, or a paper whose next station is this body."""
    page = agenda_page.page(screen.place, meeting_id)
    found = waiting_for(screen.place, meeting_id)
    if not found:
        screen.notify("Für diese Sitzung wartet nichts: kein Thema und keine Vorlage.")
        return None
    chosen = await screen.app.push_screen_wait(
        Choose("Was kommt auf die Tagesordnung?", [_offer(one) for one in found], current=found[0].key)
    )
    one = next((each for each in found if each.key == chosen), None)
    if one is None:
        return None
    ground = await ask_ground(screen, meeting_id, page.late)
    if ground is None:
        return None
    if one.topic_id is not None:
        topic_id = one.topic_id
        return await screen.desk.act(lambda place: place_topics(place, [topic_id], meeting_id, ground))
    return await screen.desk.act(
        lambda place: place_paper(place, one.paper_id or 0, meeting_id, late_note=ground)
    )


def _offer(one: Waiting) -> Choice:
    part = "" if one.public else "nichtöffentlich"
    hint = " · ".join(text for text in (clean(one.reference), part, one.until) if text)
    return Choice(key=one.key, label=shorten(one.title, 60), hint=clean(hint, limit=60))


async def add_standard(screen: AgendaScreen, meeting_id: int) -> Done | None:
    """What stands on every agenda of this body; nothing is asked."""
    return await screen.desk.act(lambda place: agenda_edit.add_standard(place, meeting_id))


async def edit(screen: AgendaScreen, item: AgendaRow) -> Done | None:
    """Title, and behind „|“ the general term."""
    term = f" | {item.general_name}" if item.public is False and item.general_name else ""
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{clean(item.number)}: Titel ändern",
            value=f"{item.name}{term}",
            understand=not_empty("Der Punkt braucht einen Titel."),
            text="" if item.public else "Hinter | steht, wie der Punkt nach außen heißt.",
            max_length=1200,
        )
    )
    if typed is None:
        return None
    title, _, general = typed.partition("|") if item.public is False else (typed, "", "")
    return await screen.desk.act(lambda place: agenda_edit.edit_item(place, item.id, title, general))


async def withdraw(screen: AgendaScreen, batch: Batch) -> Done | None:
    """Ask why, unless they come on again."""
    rows = agenda_page.item_rows(screen.place, batch.ids).values()
    why = ""
    if not all(one.withdrawn for one in rows):
        asked = PromptLine(
            f"{batch.name} absetzen: Warum?", understand=as_typed, text="Der Grund bleibt im Haus."
        )
        typed = await screen.app.push_screen_wait(asked)
        if typed is None:
            return None
        why = typed
    return await screen.carry_out(lambda place, ids: agenda_off.withdraw(place, ids, why), batch)


async def give_back(screen: AgendaScreen, batch: Batch) -> Done | None:
    """Back to the Themenspeicher; nothing is asked."""
    return await screen.carry_out(agenda_off.return_items, batch)


async def strike(screen: AgendaScreen, batch: Batch) -> Done | None:
    """Off the agenda; nothing is asked, as u brings it back."""
    return await screen.carry_out(agenda_off.remove, batch)


async def change_part(screen: AgendaScreen, batch: Batch) -> Done | None:
    """Into the other part; what becomes public is asked first, as its title will be read outside."""
    rows = agenda_page.item_rows(screen.place, batch.ids)
    hidden = [row for row in rows.values() if row.public is False]
    if hidden and len(hidden) == len(rows):
        names = "\n".join(f"{row.number}  {shorten(row.name, 60)}" for row in hidden)
        text = f"{names}\n\nDer volle Titel steht dann in jeder öffentlichen Tagesordnung."
        heading = f"{batch.name}: öffentlich machen?"
        question = Confirm(heading, text=text, yes="öffentlich", enter_is_yes=False)
        if not await screen.app.push_screen_wait(question):
            return None
    return await screen.carry_out(agenda_edit.set_part, batch)


async def to_other_session(screen: AgendaScreen, batch: Batch, meeting_id: int) -> Done | None:
    """Ask for the session, and for the ground where the items would be late there."""
    sessions = agenda_page.other_sessions(screen.place, meeting_id)
    if not sessions:
        screen.notify("Es gibt keine andere kommende Sitzung, deren Tagesordnung das Büro führt.")
        return None
    choices = [
        Choice(key=str(key), label=name, hint="Nachtrag" if late else "", help=clean(late))
        for key, name, late in sessions
    ]
    chosen = await screen.app.push_screen_wait(
        Choose(f"{batch.name}: auf welche Sitzung?", choices, current=choices[0].key)
    )
    if chosen is None:
        return None
    target = int(chosen)
    late = next(late for key, _, late in sessions if key == target)
    ground = await ask_ground(screen, target, late)
    if ground is None:
        return None
    return await screen.carry_out(
        lambda place, ids: agenda_moves.move_items_to(place, ids, target, ground), batch
    )


async def _version(screen: AgendaScreen, meeting_id: int, what: str) -> dict[str, object] | None:
    chosen = await screen.app.push_screen_wait(
        Choose(
            f"{what}: für wen?",
            [
                Choice(key=PUBLIC, letter="ö", label="öffentlich", hint="mit allgemeinen Bezeichnungen"),
                Choice(key=FULL, letter="v", label="vollständig", hint="nur für die Mitglieder"),
            ],
            current=PUBLIC,
        )
    )
    if chosen is None:
        return None
    audience = Audience.PUBLIC if chosen == PUBLIC else Audience.INTERN
    office = screen.desk.office.settings.office_name
    return agenda_paper.agenda_paper(screen.place, meeting_id, office, audience)


async def preview(screen: AgendaScreen, meeting_id: int) -> None:
    """Show what would be printed."""
    data = await _version(screen, meeting_id, "Vorschau")
    if data is not None:
        await screen.app.push_screen_wait(Told("Vorschau der Tagesordnung", agenda_paper.agenda_text(data)))


async def to_pdf(screen: AgendaScreen, meeting_id: int) -> None:
    """Ask for the folder, write the file, and show it where the system has a viewer."""
    data = await _version(screen, meeting_id, "Drucken")
    if data is None:
        return
    typed = await screen.app.push_screen_wait(
        PromptLine(
            "Tagesordnung drucken: in welchen Ordner?",
            value=str(agenda_paper.default_folder(screen.place)),
            understand=not_empty("Nennen Sie einen Ordner."),
            text=str(data["caution"]),
        )
    )
    if typed is None:
        return
    folder = Path(typed.strip()).expanduser()
    path = await screen.desk.patiently(lambda place: agenda_paper.write_pdf(place, data, folder), long=True)
    screen.notify(f"Gedruckt nach „{path}“.", timeout=12)
    await shown(screen, path)


def copy(screen: AgendaScreen, meeting_id: int) -> None:
    """The public agenda into the terminal's clipboard."""
    office = screen.desk.office.settings.office_name
    data = agenda_paper.agenda_paper(screen.place, meeting_id, office)
    screen.app.copy_to_clipboard(agenda_paper.agenda_text(data))
    screen.notify("Öffentliche Tagesordnung kopiert.")
