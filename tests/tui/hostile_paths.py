"""How each dialog is reached: by an action of a screen and keys, or put onto the desk with foreign text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from app_kit import Desk
from textual.screen import Screen

from hostile_texts import EVERYTHING

PATHS: Final = """
eingang accept AcceptDialog
eingang decline ChooseAndDecide
eingang deputize DeputyDialog
eingang hand_over PromptLine
eingang vote VotumDialog
eingang resubmit DeferDialog
eingang answer 1 AnswerDialog
eingang note NoteDialog
eingang edit EditDialog
eingang confidentiality 1 Confirm
eingang take_in 1 NewRequestDialog
eingang read_in PathLine
eingang take_text PasteDialog
eingang take_call CaptureDialog
eingang sort Choose
eingang show_numbers NumbersDialog
eingang show_history History
eingang search Search
eingang palette Palette
eingang help Help
kalender add_event EventLineDialog
kalender move_event MoveMode
kalender event_deputy DeputyDialog
kalender edit EventFormDialog
kalender attachments Attachments
kalender choose_calendars CalendarChoice
kalender waive_conflict ClashDialog
kalender look_ahead Told
personen edit ContactDialog
sitzungen new_meeting MeetingFormDialog
sitzungen postpone_meeting PostponeDialog
sitzungen attendance AttendanceDialog
gremien body_new SpecForm
vorlagen paper_way WayDialog
vorlagen paper_edit PaperDialog
jahresplan plan_pattern PatternDialog
jahresplan plan_preview PlanPreview
"""
"""A screen, one of its actions, keys after it, and the dialog that is open then."""

BASES: Final = frozenset({"Drafting", "FormDialog", "ListedDialog", "TypedLines"})
"""Dialogs that are never shown themselves."""


def _both(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.services.conflicts import BothValues
    from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog

    at = datetime.fromisoformat("2026-11-25T09:00")
    both = BothValues(name="a", label=EVERYTHING, mine=EVERYTHING, theirs=EVERYTHING, desk=EVERYTHING, at=at)
    return BothValuesDialog(EVERYTHING, [both])


def _inquiry(desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.screens.dialogs.inquiry import InquiryDialog
    from ob_buero_tui.tui.widgets.asked_line import Understood

    return InquiryDialog(
        desk.app.place,
        "inquiry:1",
        EVERYTHING,
        question=EVERYTHING,
        due=date(2026, 12, 1),
        understand=lambda text: Understood(EVERYTHING, ok=False),
    )


def _questions(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.services.answers.views import Question
    from ob_buero_tui.tui.screens.dialogs.questions import QuestionsDialog

    asked = Question(key="a", label=EVERYTHING, value=EVERYTHING)
    return QuestionsDialog(EVERYTHING, [asked], text=EVERYTHING)


def _long_text(desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.screens.dialogs.long_text import LongText

    return LongText(desk.app.place, "minutes:1", EVERYTHING, value=EVERYTHING)


def _choices() -> list[Any]:
    from ob_buero_tui.tui.screens.dialogs.choose import Choice

    return [Choice(key="a", label=EVERYTHING, hint=EVERYTHING, help=EVERYTHING)]


def _drop_list(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.screens.dialogs.drop_list import DropList

    return DropList(EVERYTHING, _choices(), current=None, text=EVERYTHING)


def _precedents(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.screens.dialogs.precedents import Precedents

    return Precedents(EVERYTHING, _choices())


def _scope(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.services.calendar.scopes import Affected
    from ob_buero_tui.tui.screens.dialogs.scope import ScopeDialog

    first = (datetime.fromisoformat("2026-12-01T10:00"),)
    return ScopeDialog(EVERYTHING, lambda _scope: Affected(first=first, total=1, text=EVERYTHING))


def _series(desk: Desk) -> Screen[Any]:
    from ob_buero_tui.services.calendar.series_reading import SeriesReader
    from ob_buero_tui.tui.screens.dialogs.series import SeriesDialog

    start = datetime.fromisoformat("2026-12-01T10:00")
    return SeriesDialog(desk.app, SeriesReader(desk.app.place), EVERYTHING[:50], start, all_day=False)


def _confirm_list(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.screens.dialogs.confirm_list import ConfirmList

    return ConfirmList(EVERYTHING, text=EVERYTHING, yes=EVERYTHING, no=EVERYTHING)


def _erasure(desk: Desk) -> Screen[Any]:
    from ob_buero_tui.services.erasing.finding import find_person
    from ob_buero_tui.tui.screens.dialogs.erasure_preview import ErasurePreview

    return ErasurePreview(find_person(desk.app.place, 1))


def _decide(desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.screens.dialogs.decided import ConfirmAndDecide

    return ConfirmAndDecide(desk.app.place, EVERYTHING, text=EVERYTHING, yes=EVERYTHING)


def _columns(desk: Desk) -> Screen[Any]:
    from ob_buero_tui.services.intake.sheets import SheetProposal
    from ob_buero_tui.tui.screens.dialogs.columns import Columns

    proposal = SheetProposal(
        name=EVERYTHING,
        fingerprint="x",
        heads=(EVERYTHING,),
        samples=((EVERYTHING,),),
        columns={},
        known=False,
        notes=(EVERYTHING,),
    )
    return Columns(desk.app, proposal)


def _unlock(_desk: Desk) -> Screen[Any]:
    from ob_buero_tui.tui.unlocking import UnlockScreen

    return UnlockScreen(Path(EVERYTHING.replace("\0", "")), try_password=lambda _typed: None, can_keep=True)


PUSHED: Final[dict[str, Callable[[Desk], Screen[Any]]]] = {
    "BothValuesDialog": _both,
    "InquiryDialog": _inquiry,
    "QuestionsDialog": _questions,
    "LongText": _long_text,
    "DropList": _drop_list,
    "Precedents": _precedents,
    "ScopeDialog": _scope,
    "SeriesDialog": _series,
    "ConfirmList": _confirm_list,
    "ErasurePreview": _erasure,
    "ConfirmAndDecide": _decide,
    "Columns": _columns,
    "UnlockScreen": _unlock,
}
"""Dialogs that stand behind something else: how each is made with foreign text in all it shows."""
