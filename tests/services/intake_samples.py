"""Mails and calendar files for the tests of the import, written to disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from ob_buero_tui.services.workplace import Workplace


def mail(
    folder: Path,
    name: str = "brief.eml",
    *,
    subject: str = "Bitte um ein Grußwort",
    body: str = "wir bitten um ein Grußwort für unsere Festschrift.",
    message_id: str = "1@verein.example.org",
    sender: str = "Erika Beispiel <erika@verein.example.org>",
    date: str = "Wed, 18 Nov 2026 09:00:00 +0100",
    more: str = "",
) -> Path:
    """Write a mail; `more` takes further header lines."""
    headers = [f"From: {sender}", "To: ob@stadt.example.org", f"Subject: {subject}", f"Date: {date}"]
    headers += [f"Message-ID: <{message_id}>"] if message_id else []
    headers += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", *more.splitlines()]
    path = folder / name
    path.write_bytes("\r\n".join([*headers, "", body, ""]).encode())
    return path


def mail_with_calendar(folder: Path, calendar: str, name: str = "einladung.eml") -> Path:
    """Write a mail that carries a calendar file along."""
    lines = [
        "From: Erika Beispiel <erika@verein.example.org>",
        "To: ob@stadt.example.org",
        "Subject: Einladung zum Sommerfest",
        "Date: Wed, 18 Nov 2026 09:00:00 +0100",
        "Message-ID: <fest@verein.example.org>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="x"',
        "",
        "--x",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "wir laden herzlich ein.",
        "--x",
        'Content-Type: text/calendar; charset=utf-8; name="fest.ics"',
        'Content-Disposition: attachment; filename="fest.ics"',
        "",
        calendar,
        "--x--",
        "",
    ]
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode())
    return path


def event(uid: str = "a@example.org", **values: str) -> str:
    """A VEVENT; underscores stand for hyphens, a value may begin with parameters as in `;TZID=x:y`."""
    given = {
        "DTSTAMP": "20261101T080000Z",
        "DTSTART": ";TZID=Europe/Berlin:20261201T100000",
        "DTEND": ";TZID=Europe/Berlin:20261201T110000",
        "SUMMARY": "Termin",
        **{key.upper().replace("_", "-"): value for key, value in values.items()},
    }
    lines = [
        f"{key}{value if value.startswith(';') else ':' + value}" for key, value in given.items() if value
    ]
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def ics(*events: str, method: str = "") -> str:
    """The text of a calendar file."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//example.org//DE",
        *([f"METHOD:{method}"] if method else []),
    ]
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""])


def calendar(folder: Path, *events: str, name: str = "kalender.ics", method: str = "") -> Path:
    """Write a calendar file."""
    path = folder / name
    path.write_bytes(ics(*events, method=method).encode())
    return path


def rows(place: Workplace, query: str, **values: Any) -> list[Any]:
    """What a query finds, as plain tuples of stored values."""
    with place.reading() as session:
        return [tuple(row) for row in session.execute(text(query), values)]


def value(place: Workplace, query: str, **values: Any) -> Any:
    """The one value a query finds."""
    (row,) = rows(place, query, **values)
    (found,) = row
    return found


def count(place: Workplace, table: str) -> int:
    """How many rows a table has."""
    return int(value(place, f"SELECT count(*) FROM {table}"))  # noqa: S608 a test's own name
