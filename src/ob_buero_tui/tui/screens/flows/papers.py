"""What the verbs ask and do on a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.services.council import paper_edit
from ob_buero_tui.services.council.paper_choices import sessions_of
from ob_buero_tui.services.council.paper_files import add_paper_file
from ob_buero_tui.services.council.paper_typed import edit_form, new_form, supplement_form
from ob_buero_tui.services.council.papers import paper_record
from ob_buero_tui.services.council.placing import place_paper
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.paper_form import PaperDialog
from ob_buero_tui.tui.screens.dialogs.paper_way import WayDialog, session_choice
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.widgets.paper_panel import station_text

if TYPE_CHECKING:
    from ob_buero_tui.services.council.paper_views import PaperRecord, PaperRow
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.papers import PaperScreen

COPY_LIMIT = limits.COPIED


def name_of(row: PaperRow) -> str:
    """What dialogs call a paper: its number, else its title."""
    return shorten(row.reference, 40) or f"„{shorten(row.name, 40)}“"


async def create(screen: PaperScreen) -> Done | None:
    """Ask for a new paper."""
    form = new_form(screen.place)
    return await screen.app.push_screen_wait(PaperDialog(screen.desk, form))


async def supplement(screen: PaperScreen, view: PaperRecord) -> Done | None:
    """Ask for a supplement to a paper."""
    if not view.reference:
        screen.notify("Die Vorlage hat noch keine Nummer, an die sich eine Ergänzung hängen ließe.")
        return None
    return await screen.app.push_screen_wait(PaperDialog(screen.desk, supplement_form(screen.place, view)))


async def edit(screen: PaperScreen, batch: Batch) -> Done | None:
    """Edit one paper; of one that is led elsewhere it says so."""
    view = paper_record(screen.place, batch.ids[0])
    if not view.ours:
        screen.notify(f"{batch.name} führt das Ratsinformationssystem; ändern lässt sie sich nur dort.")
        return None
    return await screen.app.push_screen_wait(PaperDialog(screen.desk, edit_form(screen.place, view)))


async def state(screen: PaperScreen, batch: Batch) -> Done | None:
    """Choose how far papers are; the next state is offered first."""
    words = {key: word for key, word in paper_edit.STATE_WORDS.items() if key}
    here = paper_record(screen.place, batch.ids[0]).state
    keys = list(words)
    following = keys[min(keys.index(here) + 1, 3)] if here in keys[:4] else keys[0]
    choices = [
        Choice(key=key, label=word, hint="jetzt" if key == here else "") for key, word in words.items()
    ]
    chosen = await screen.app.push_screen_wait(Choose(f"{batch.name}: Stand", choices, current=following))
    if chosen is None:
        return None
    return await screen.carry_out(
        lambda place, ids: paper_edit.set_paper_state(place, list(ids), chosen), batch
    )


async def note(screen: PaperScreen, batch: Batch) -> Done | None:
    """Ask for the remark; what was typed and not saved is kept as a draft."""
    form = f"note:paper:{batch.ids[0]}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Notiz zu {batch.name}"))
    if text is None:
        return None
    done = await screen.carry_out(lambda place, ids: paper_edit.note_paper(place, list(ids), text), batch)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def document(screen: PaperScreen, batch: Batch) -> Done | None:
    """Ask for the name of the document; the first one is the paper's text, the others are annexes."""
    view = paper_record(screen.place, batch.ids[0])
    main = not any(kind == "Vorlage" for kind, _name in view.files)
    what = "Text der Vorlage" if main else "Anlage"
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{batch.name}: {what}",
            text="Wie heißt die Datei, oder unter welcher Adresse (https://…) steht sie?",
            understand=not_empty("Schreiben Sie den Namen der Datei."),
        )
    )
    if typed is None:
        return None
    paper_id = view.id
    return await screen.desk.act(lambda at: add_paper_file(at, paper_id, typed, main=main))


async def place(screen: PaperScreen, batch: Batch) -> Done | None:
    """Choose the session whose agenda takes a paper; that of its next free step is offered first."""
    view = paper_record(screen.place, batch.ids[0])
    free = [one for one in view.stations if not one.number]
    wanted = [one.meeting_id for one in free if one.meeting_id is not None]
    bodies = [key for one in free if one.meeting_id is None for key in one.organization_ids]
    offered = sessions_of(screen.place, [key for one in free for key in one.organization_ids] or bodies)
    if not offered:
        screen.notify("Kein Gremium dieser Vorlage hat eine Sitzung vor sich. C ändert die Beratungsfolge.")
        return None
    current = next((str(one.meeting_id) for one in offered if one.meeting_id in wanted), None)
    chosen = await screen.app.push_screen_wait(
        Choose(
            f"{batch.name}: auf welche Tagesordnung?",
            [session_choice(one) for one in offered],
            current=current,
        )
    )
    if chosen is None:
        return None
    paper_id, meeting_id = view.id, int(chosen)
    done = await screen.desk.act(lambda at: place_paper(at, paper_id, meeting_id))
    return Done(ids=(paper_id,), text=done.text) if done is not None else None


async def way(screen: PaperScreen, view: PaperRecord) -> tuple[str, int] | None:
    """The Beratungsfolge; returns the session to go to, if one was chosen."""
    if not view.ours:
        return await choose_link(screen, view)
    return await screen.app.push_screen_wait(WayDialog(screen.desk, view.id))


async def choose_link(screen: PaperScreen, view: PaperRecord) -> tuple[str, int] | None:
    """One of the sessions of a paper, or of the papers that belong to it."""
    sessions = {
        f"meeting:{one.meeting_id}": Choice(key=f"meeting:{one.meeting_id}", label=station_text(one))
        for one in view.stations
        if one.meeting_id is not None
    }
    others = [
        Choice(key=f"paper:{key}", label=shorten(name, 60), hint=word) for word, key, name in view.relations
    ]
    choices = [*sessions.values(), *others]
    if not choices:
        screen.notify("Diese Vorlage hat noch keine Sitzung.")
        return None
    chosen = await screen.app.push_screen_wait(Choose(f"{view.reference or 'Vorlage'}: wohin?", choices))
    if chosen is None:
        return None
    table, _, key = chosen.partition(":")
    return table, int(key)


async def copy(screen: PaperScreen, view: PaperRecord) -> None:
    """Choose what to copy into the terminal's clipboard."""
    stations = "\n".join(station_text(one) for one in view.stations)
    values = {
        "Nummer": view.reference,
        "Nummer und Betreff": f"{view.reference} {view.name}".strip(),
        "Beratungsfolge": stations,
        "Aktenzeichen": view.file_reference,
    }
    choices = [
        Choice(key=name, label=name, hint=clean(text, limit=40)) for name, text in values.items() if text
    ]
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices))
    if chosen is not None:
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=COPY_LIMIT))
        screen.notify(f"{chosen} kopiert.")
