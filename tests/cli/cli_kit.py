"""What the tests of the commands share: what a command did, and post to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit status and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@dataclass(frozen=True)
class Planted:
    """A database with a word in every text of every record."""

    path: Path


def letter(subject: str, name: str = "Ursula Dornieden", body: str = "Mit freundlichen Grüßen") -> bytes:
    """A mail as bytes; what stands in the header is written as RFC 2047 by the caller where it must be."""
    return (
        f"From: {name} <{name.split()[-1].lower()}@example.org>\r\nTo: ob@lindenau.example.org\r\n"
        f"Subject: {subject}\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n"
        f"Message-ID: <{abs(hash(subject))}@example.org>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{body}\r\n"
    ).encode()


def event(uid: str, *lines: str) -> str:
    """A VEVENT."""
    stamp = "DTSTAMP:20261101T080000Z"
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}@example.org", stamp, *lines, "END:VEVENT", ""])


BERLIN = "TZID=Europe/Berlin"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Probe//DE\r\n"
    + event("1", "SUMMARY:Jour fixe", f"DTSTART;{BERLIN}:20261201T090000", f"DTEND;{BERLIN}:20261201T100000",
            "RRULE:FREQ=WEEKLY;COUNT=4", "LOCATION:Rathaus")
    + event("2", "SUMMARY:Richtfest Kita Nord", f"DTSTART;{BERLIN}:20261201T094500",
            f"DTEND;{BERLIN}:20261201T104500", "LOCATION:Kita Nord", "STATUS:TENTATIVE")
    + event("3", "SUMMARY:Messe", "DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203",
            "TRANSP:TRANSPARENT")
    + event("4", "SUMMARY:Zeitumstellung", "DTSTART:20261025T003000Z", "DTEND:20261025T013000Z")
    + event("5", "SUMMARY:Vertrauliches Gespräch", f"DTSTART;{BERLIN}:20261202T090000",
            f"DTEND;{BERLIN}:20261202T100000", "CLASS:CONFIDENTIAL", "LOCATION:Hinterzimmer")
    + "END:VCALENDAR\r\n"
).encode()  # fmt: skip
