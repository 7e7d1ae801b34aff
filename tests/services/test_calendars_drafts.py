"""Drafts for Outlook name the date that changed, count versions, and lie there all or none."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from calendars_kit import Outlook, outlook, vevent  # noqa: F401 fixtures
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.answers import outbox
from ob_buero_tui.services.calendar.adding import add_event
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import cancel_dates
from ob_buero_tui.services.calendar.forms import EventForm, form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.calendars.folder import FolderAdapter
from ob_buero_tui.services.calendars.outstanding import outstanding
from ob_buero_tui.services.calendars.sending import send_to_outlook

FIRST = datetime(2026, 12, 1, 10)
HOUR = timedelta(hours=1)


def series(outlook: Outlook) -> int:  # noqa: F811
    """A weekly series from Outlook; its key."""
    outlook.writes(vevent("a", RRULE="FREQ=WEEKLY;COUNT=6"), vevent("b", "20261202T130000"))
    outlook.reread()
    key: int = outlook.one("Termin a").id
    return key


def sent(outlook: Outlook, key: int) -> EmailMessage:  # noqa: F811
    """The draft of an appointment."""
    send_to_outlook(outlook.place, [key])
    (path,) = outlook.place.out_folder.rglob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    """What people read."""
    part = mail.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text


def sequences(mail: EmailMessage) -> set[int]:
    """The versions in its calendar file."""
    parts = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    data = parts[0].get_payload(decode=True)
    assert isinstance(data, bytes)
    return {record.sequence for record in read_calendar(data, "Europe/Berlin").events}


def test_a_date_that_was_moved_is_named(outlook: Outlook) -> None:  # noqa: F811
    key = series(outlook)
    start = datetime(2026, 12, 16, 12)
    move_event(outlook.place, f"{key}@2026-12-15T10:00", start, start + HOUR)
    mail = sent(outlook, key)
    assert mail["Subject"] == "Termin: Termin a, Di 15.12.2026 10:00"
    assert "Di 15.12.2026 10:00: jetzt Mi 16.12.2026 12:00–13:00" in text_of(mail)
    assert " 1.12." not in text_of(mail)
    assert sequences(mail) == {1}


def test_a_date_that_was_called_off_is_named(outlook: Outlook) -> None:  # noqa: F811
    key = series(outlook)
    cancel_dates(outlook.place, f"{key}@2026-12-15T10:00", Scope.DIESER, "krank")
    mail = sent(outlook, key)
    assert mail["Subject"] == "Abgesagt: Termin a, Di 15.12.2026 10:00"
    assert "Di 15.12.2026 10:00: abgesagt" in text_of(mail)
    assert sequences(mail) == {1}


def test_a_series_that_changed_is_named_as_a_whole(outlook: Outlook) -> None:  # noqa: F811
    key = series(outlook)
    form = form_of(outlook.place, f"{key}@2026-12-01T10:00")
    change_event(outlook.place, replace(form, location="Rathaus"), Scope.SERIE)
    mail = sent(outlook, key)
    assert mail["Subject"] == "Termin: Termin a, Di 1.12.2026 10:00"
    assert "Rathaus" in text_of(mail)


def test_a_confidential_date_is_named_by_its_time_alone(outlook: Outlook) -> None:  # noqa: F811
    key = series(outlook)
    form = form_of(outlook.place, f"{key}@2026-12-15T10:00")
    secret = replace(
        form, summary="Kündigung", confidentiality=Confidentiality.VERTRAULICH, location="Anwalt"
    )
    change_event(outlook.place, secret)
    mail = sent(outlook, key)
    assert "Di 15.12.2026 10:00: jetzt" in text_of(mail)
    assert "Kündigung" not in mail.as_string()
    assert "Anwalt" not in text_of(mail)


def test_where_one_draft_is_refused_none_lies_there(
    outlook: Outlook,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for title in ("A", "B"):
        add_event(outlook.place, EventForm(start=FIRST, end=FIRST + HOUR, summary=title), "so gewollt")
    keys = [one.event_id for one in outstanding(outlook.place)]
    real, calls = FolderAdapter.send, []

    def full(self: FolderAdapter, message: object) -> outbox.Waiting:
        calls.append(message)
        if len(calls) == 2:
            raise Refusal("Der Ordner ist voll.")
        return real(self, message)  # type: ignore[arg-type]

    monkeypatch.setattr(FolderAdapter, "send", full)
    with pytest.raises(Refusal):
        send_to_outlook(outlook.place, keys)
    left: list[Path] = [path for path in outlook.place.out_folder.rglob("*") if path.is_file()]
    assert left == []
    assert [one.sent_at for one in outstanding(outlook.place)] == [None, None]
