"""Foreign text in every column, on every screen, in every dialog and message: read, never obeyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app_kit import Desk, at_desk
from sqlalchemy import Connection, insert, select, update
from textual import events
from widgets_kit import HOSTILE, assert_harmless

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.requests import accepting, verbs
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.base import Row
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.desk import Desk as DeskRow
from ob_buero_tui.store.documents import Attachment
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine, PromptLine
from ob_buero_tui.tui.screens.dialogs.search import Search

# A lone surrogate cannot be stored; the widgets are tested with it.
PAYLOADS = [text for text in HOSTILE if text and "\ud800" not in text]
GROUPS = [" ".join(PAYLOADS[start : start + 3]) for start in range(0, len(PAYLOADS), 3)]
EVERYTHING = " ".join(PAYLOADS)
ON = datetime.fromisoformat("2026-11-25T10:00")
TEXTS: dict[type[Row], tuple[str, ...]] = {
    Request: ("subject", "event_place", "due_text", "assigned_to", "file_reference", "reason"),
    Message: ("sender_name", "sender_address", "subject", "body"),
    Attachment: ("filename", "media_type"),
    Note: ("text", "written_by"),
    Task: ("label", "due_text", "assigned_to"),
    Person: ("family_name", "given_name", "honorific_prefix", "email", "tel"),
    Organization: ("name", "email", "tel"),
    Event: ("summary", "description", "location", "attendee", "organizer", "cancel_reason", "series_note"),
}
FIELDS = ("anlass", "veranstalter", "publikation", "herausgeber", "umfang", "redaktionsschluss")


def poison(connection: Connection, request_id: int, text: str) -> None:
    """Put a text into everything that belongs to a request, past all cleaning on the way in."""
    connection.execute(insert(Person).values(id=request_id, version=1))
    connection.execute(insert(Organization).values(id=request_id, version=1, name=""))
    connection.execute(insert(Message).values(request_id=request_id, version=1))
    connection.execute(
        insert(Attachment).values(
            request_id=request_id, version=1, filename="", media_type="", size=24_000, sha256=""
        )
    )
    linked = select(RequestEvent.event_id).where(RequestEvent.request_id == request_id).scalar_subquery()
    for row, columns in TEXTS.items():
        own = {Request: row.id == request_id, Event: row.id == linked}  # type: ignore[attr-defined]
        own |= {Person: row.id == request_id, Organization: row.id == request_id}  # type: ignore[attr-defined]
        if row not in own:
            own[row] = row.request_id == request_id  # type: ignore[attr-defined]
        connection.execute(update(row).where(own[row]).values(dict.fromkeys(columns, text)))
    fields = {"form": "schriftlich", **dict.fromkeys(FIELDS, text)}
    more = {
        "requester_id": request_id,
        "organization_id": request_id,
        "fields": fields,
        "intake_notes": [text],
    }
    connection.execute(update(Request).where(Request.id == request_id).values(state="neu", **more))


@pytest.fixture
def poisoned(place: Workplace, make_request: Callable[..., int]) -> list[int]:
    """A request with an appointment for some payloads each, and one for all of them together."""
    texts = [*GROUPS, EVERYTHING]
    made = [make_request(kind="grusswort", event_start=ON, event_place="Saal") for _ in texts]
    for request_id in made:
        accepting.accept(place, [accepting.propose(place, request_id).plan], reason="gewollt")
        verbs.note(place, [request_id], "Notiz")
    options = {"writing": True, "patience": 5000}
    with place.engine.connect().execution_options(**options) as connection, connection.begin():
        for request_id, text in zip(made, texts, strict=True):
            poison(connection, request_id, text)
        told = {"reason": EVERYTHING, "to": EVERYTHING}
        connection.execute(update(Action).values(params=told))
        connection.execute(update(DeskRow).values(initials=EVERYTHING))
        connection.exec_driver_sql("UPDATE search_doc SET title = ?", (EVERYTHING,))
    save_draft(place, f"note:request:{made[-1]}", {"text": EVERYTHING})
    save_draft(place, f"request:{made[0]}", {"subject": EVERYTHING, "feld-anlass": EVERYTHING})
    return made


async def look(desk: Desk) -> None:
    """Everything on the screen is harmless."""
    await desk.quiet()
    assert_harmless(desk.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_inbox(office: Office, poisoned: list[int], size: tuple[int, int]) -> None:
    async with at_desk(office, size=size) as desk:
        assert len(desk.ids) == len(poisoned)
        await desk.press("enter")
        for _ in poisoned:
            await look(desk)
            for _section in range(5 if size == (120, 36) else 1):
                await desk.press("l")
                await look(desk)
            await desk.press("escape", "j", "enter")
        await desk.press("9")
        await look(desk)


async def test_the_calendar(office: Office, poisoned: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        screen = await desk.opened(CalendarScreen)
        assert len(screen.grid.days[0].events) == len(poisoned)
        for _ in poisoned:
            await look(desk)
            await desk.press("tab", "pagedown")
            await look(desk)
            await desk.press("tab", "j")
        for verb, dialog in (("n", PromptLine), ("c", NoteDialog)):
            await desk.press(verb)
            await desk.opened(dialog)
            await look(desk)
            await desk.press("escape")
            await desk.opened(CalendarScreen)
        for verb in ("a", "!", "D", "u"):
            desk.app.clear_notifications()
            await desk.press(verb)
            await desk.until(lambda: desk.toasts)
            await look(desk)


async def test_dialogs_and_messages(office: Office, poisoned: list[int]) -> None:
    async with at_desk(office) as desk:
        for request_id, keys in ((poisoned[0], "b"), (poisoned[-1], "nwzca")):
            await desk.app.open_record("request", request_id)
            for verb in keys:
                await desk.press(verb)
                await desk.until(lambda: not isinstance(desk.app.screen, DeskScreen))
                await look(desk)
                await desk.press("escape")
                await desk.closed()
        await desk.press("y")
        await desk.opened(Choose)
        await look(desk)
        await desk.press("1")
        await desk.closed()
        await look(desk)
        for query in ("notiz", "grusswort"):
            await desk.press("/")
            await desk.opened(Search)
            await desk.type(query)
            await look(desk)
            await desk.press("escape")
            await desk.closed()
        await desk.press("*", "a")
        await desk.opened(Confirm)
        await look(desk)
        await desk.press("escape")
        await desk.closed()
        desk.app.notify(EVERYTHING, title=EVERYTHING, severity="error")
        await desk.shows("[@click")
        await look(desk)


async def test_typed_and_pasted_into_reasons_and_notes(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("n")
        dialog = await desk.opened(Choose)
        await desk.press(str(len(dialog._list.choices)))
        prompt = await desk.opened(PromptLine)
        prompt.query_one(OneLine).post_message(events.Paste(EVERYTHING))
        await desk.until(lambda: prompt.value)
        await look(desk)
        await desk.press("enter")
        await desk.closed()
        await desk.says("abgesagt")
        await look(desk)
        await desk.press("u")
        await desk.says("Zurückgenommen")
        await look(desk)
        await desk.press("c")
        note = await desk.opened(NoteDialog)
        note._area.post_message(events.Paste(EVERYTHING))
        await desk.until(lambda: note._area.text)
        await look(desk)
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("Notiz gespeichert")
        await desk.press("enter", "l", "l", "l", "l")
        await look(desk)
        stored = "".join(desk.record(five[0]).notes)
        assert "\x1b" not in stored
        assert "\u202e" not in stored
