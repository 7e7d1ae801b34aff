"""The result of an item of an agenda: the word, the votes, the wording, and the task that follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.votes import EXAMPLE, VoteKind, Votes, doubts, read_votes
from ob_buero_tui.services.council import results
from ob_buero_tui.services.council.result_views import ItemResult, item_result
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood
from ob_buero_tui.tui.screens.flows.long_text import StoredText, change_text
from ob_buero_tui.tui.screens.flows.tasks import ask_task_line

if TYPE_CHECKING:
    from ob_buero_tui.catalog.results import ResultWord
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.base import DeskScreen

TEXT, NOTE, TASK, NONE = "beschlusstext", "bemerkung", "aufgabe", "keins"
RIS_LEADS = "Diese Tagesordnung führt das Ratsinformationssystem; das Ergebnis kommt von dort."
_MORE = (
    Choice(key=TEXT, letter="b", label="Beschlusstext …", hint="Wortlaut"),
    Choice(key=NOTE, letter="c", label="Bemerkung …", hint="für die Niederschrift"),
    Choice(key=TASK, letter="z", label="Aufgabe daraus …", hint="mit Termin"),
)


async def enter_result(screen: DeskScreen, agenda_item_id: int) -> Done | None:
    """Ask what became of an item and store it; the caller says `Done.text` and reads anew.

    Args:
        screen: The screen it is asked on.
        agenda_item_id: The item.

    Returns:
        What was done; None where nothing was, also after a refusal, which was shown.

    Raises:
        Refusal: there is no such item.
    """
    item = item_result(screen.place, agenda_item_id)
    chosen = await screen.app.push_screen_wait(
        Choose(f"{_name(item)}: Ergebnis", _choices(item), current=item.word or None, text=_standing(item))
    )
    if chosen is None:
        return None
    if chosen == TASK:
        return await add_task(screen, item)
    if chosen in (TEXT, NOTE):
        return await _write(screen, item, chosen)
    shown = (item.result, item.votes)
    word = next((one for one in item.words if one.key == chosen), None)
    if word is None:
        return await screen.desk.act(lambda place: results.record_result(place, [item.id], "", None, shown))
    votes: Votes | None = None
    if word.votes is not VoteKind.OHNE:
        typed = await _ask_votes(screen, item, word)
        if typed is None:
            return None
        votes = read_votes(typed)
    return await screen.desk.act(
        lambda place: results.record_result(place, [item.id], word.key, votes, shown)
    )


async def add_task(screen: DeskScreen, item: ItemResult) -> Done | None:
    """Ask in one line what is to be done because of an item, and until when."""
    form = f"add:item_task:{item.id}"
    made = await ask_task_line(screen, f"Aufgabe aus {_name(item)}", form)
    if made is None:
        return None
    done = await screen.desk.act(
        lambda place: results.add_item_task(place, item.id, made.label, made.due_on, made.due_time)
    )
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def _write(screen: DeskScreen, item: ItemResult, what: str) -> Done | None:
    """The wording of the decision, or the remark for the minutes."""

    def read() -> str:
        now = item_result(screen.place, item.id)
        return now.resolution if what == TEXT else now.note

    title, column, store = (
        ("Beschlusstext", "resolution_text", results.write_resolution)
        if what == TEXT
        else ("Bemerkung", "note", results.note_item)
    )
    stored = StoredText(
        form=f"{what}:agenda_item:{item.id}",
        title=f"{title} zu {_name(item)}",
        label=title,
        table="agenda_item",
        row_id=item.id,
        column=column,
        read=read,
        store=lambda place, text, shown: store(place, item.id, text, shown),
    )
    return await change_text(screen, stored)


async def _ask_votes(screen: DeskScreen, item: ItemResult, word: ResultWord) -> str | None:
    """The votes in one line; what does not fit is said while one types."""

    def understand(typed: str) -> Understood:
        try:
            votes = read_votes(typed)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        if votes is None:
            return Understood(EXAMPLE)
        found = doubts(votes, word.votes, item.voters)
        told = " · ".join(one.text for one in found)
        grave = any(one.grave for one in found)
        end = " So wird nichts gespeichert: Ändern Sie die Zahlen." if grave else ""
        return Understood(f"→ {votes.text}{f' · ! {told}{end}' if told else ''}", ok=not grave)

    return await screen.app.push_screen_wait(
        PromptLine(
            f"{_name(item)}: {word.label} – Stimmen",
            value=_proposed(item, word),
            understand=understand,
            text=_there(item),
            max_length=60,
        )
    )


def _proposed(item: ItemResult, word: ResultWord) -> str:
    """The votes as they stand; all who are there where it was unanimous."""
    if item.votes is not None and item.word == word.key:
        return f"{item.votes.yes} {item.votes.no} {item.votes.abstain}"
    return f"{item.voters} 0 0" if word.votes is VoteKind.EINSTIMMIG and item.voters else ""


def _there(item: ItemResult) -> str:
    if item.voters is None:
        return "Die Anwesenheit ist noch nicht eingetragen; die Summe wird nicht geprüft."
    return f"Stimmberechtigt anwesend: {item.voters}. Leer lassen, wenn nicht ausgezählt wurde."


def _choices(item: ItemResult) -> list[Choice]:
    words = () if not item.ours or item.withdrawn else item.words
    listed = [Choice(key=one.key, letter=one.letter, label=one.label, hint=_votes_hint(one)) for one in words]
    taken = {one.letter for one in words}
    more = [replace(one, letter="") if one.letter in taken else one for one in _MORE]
    if not item.ours:
        more = [one for one in more if one.key != TEXT]
    elif item.result:
        more.append(Choice(key=NONE, letter="-", label="Ergebnis wegnehmen"))
    return [*listed, *more]


def _votes_hint(word: ResultWord) -> str:
    return "" if word.votes is VoteKind.OHNE else "Stimmen"


def _standing(item: ItemResult) -> str:
    """What is known of the item already."""
    counted = f" ({item.votes.text})" if item.votes is not None else ""
    lines = [
        clean(item.name, limit=300),
        f"Bisher: {item.result}{counted}" if item.result else "",
        f"Beschluss: {shorten(item.resolution, 150)}" if item.resolution else "",
        "" if item.ours else RIS_LEADS,
        "Der Punkt ist abgesetzt." if item.withdrawn else "",
        *(f"Aufgabe: {shorten(task.label, 80)}{' ✓' if task.done else ''}" for task in item.tasks),
    ]
    return "\n".join(one for one in lines if one)


def _name(item: ItemResult) -> str:
    return shorten(item.number or item.name, 40)
