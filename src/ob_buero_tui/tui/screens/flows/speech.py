"""A Grußwort on its way to Word and back; what changed on both sides is asked, never lost."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers import speeches
from ob_buero_tui.services.answers.composing import begun
from ob_buero_tui.services.answers.guarding import must_be_asked
from ob_buero_tui.services.answers.views import Draft
from ob_buero_tui.services.answers.writing import answer_of, save_answer
from ob_buero_tui.services.drafts import drop_draft, load_draft, save_draft
from ob_buero_tui.tui.screens.dialogs.answer import draft_name, typed_of
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen

_BEFORE = 160


async def to_word(screen: DeskScreen, draft: Draft) -> Draft:
    """Save the text, write it into a Word file and open that.

    Raises:
        Refusal: the file cannot be written.
    """
    from ob_buero_tui.tui.outside import open_outside

    if not await _may_leave(screen, draft):
        return draft
    if draft.text.strip():
        saved = await screen.desk.patiently(lambda place: save_answer(place, answer_of(draft)))
        drop_draft(screen.desk.patient, draft_name(draft))
        draft = begun(screen.place, saved.document_id)
    path = await to_thread(speeches.to_word, screen.desk.patient, draft)
    save_draft(screen.desk.patient, _gone(draft), {"text": speeches.fingerprint(draft.text)})
    try:
        await to_thread(open_outside, path)
        screen.notify(f"In Word geöffnet: {path.name}. Danach „aus Word übernehmen“.")
    except Refusal:
        screen.notify(f"Die Word-Datei liegt unter {path}. Danach „aus Word übernehmen“.", timeout=12)
    return draft


async def _may_leave(screen: DeskScreen, draft: Draft) -> bool:
    """Whether a text may lie as a file in the folder; what is vertraulich is asked like a letter."""
    level = must_be_asked(draft.confidentiality)
    if not level:
        return True
    question = Confirm(
        f"Der Text zu {draft.number} ist {level}.",
        text=f"Er läge als Word-Datei in „{speeches.working_folder(screen.place)}“, bis er zurückgeholt ist.",
        yes="nach Word",
        no="bleibt hier",
        enter_is_yes=False,
    )
    sure = await screen.app.push_screen_wait(question)
    return bool(sure)


async def from_word(screen: DeskScreen, draft: Draft) -> Draft:
    """Take the text back from Word; where it was changed here too, ask which one counts.

    Raises:
        Refusal: there is no file, or it cannot be read.
    """
    place = screen.desk.patient
    text = await to_thread(lambda: speeches.from_word(speeches.word_file(place, draft), draft))
    sent = (load_draft(screen.place, _gone(draft)) or {}).get("text", "")
    here = draft.text
    if here.strip() and speeches.fingerprint(here) not in (sent, speeches.fingerprint(text)):
        choices = [
            Choice(key="word", label=f"aus Word: {_short(text)}"),
            Choice(key="here", label=f"von hier: {_short(here)}"),
            Choice(key="both", label="beide untereinander, zum Ordnen von Hand"),
        ]
        picked = await screen.app.push_screen_wait(
            Choose("Der Text wurde hier und in Word geändert. Welcher gilt?", choices, current="both")
        )
        if picked is None:
            return draft
        text = {"word": text, "here": here}.get(picked, f"{here}\n\n--- aus Word ---\n\n{text}")
    # Kept before anything is shown: Esc, a crash or a closed window must not cost what was written in Word.
    kept = save_draft(screen.desk.patient, draft_name(draft), {**typed_of(draft), "text": text})
    if kept and must_be_asked(draft.confidentiality):
        await to_thread(speeches.clear_word, place, draft)
    screen.notify(f"{plural(len(text), 'Zeichen', 'Zeichen')} übernommen.")
    return draft if kept else replace(draft, text=text)


def _gone(draft: Draft) -> str:
    """The name under which it is kept what the text was when it went to Word."""
    return f"word:{draft.request_id}"


def _short(text: str) -> str:
    return " ".join(text.split())[:_BEFORE]
