"""Every input that is known to hang, crash or fool a reader, with what an import must make of it and say.

The rows are those of the reliability notes of 2026-11-21, section 4, in their order. Long ones are asked for
in the notes' size by `benchmarks/trust/hazards.py`, which looks at the clock, and in a small one here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hostile_kit import bomb, workbook

SUMMER: Final = "DTSTART;TZID=Europe/Berlin:20260601T100000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One input.

    Args:
        row: The line of the notes.
        name: The file's name.
        data: Its bytes, by how many pieces it is asked for.
        said: Part of what the import says about it; empty where nothing needs to be said.
        refused: Nothing of it comes in.
        full: How many pieces the notes name; 1 where it is always the same.
        quick: How many the test run takes.
        stored: SQL that finds what came in, and what it finds.
    """

    row: str
    name: str
    data: Callable[[int], bytes]
    said: str = ""
    refused: bool = False
    full: int = 1
    quick: int = 1
    stored: tuple[str, object] | None = None


def calendar(*lines: str, uid: str = "a", start: str = SUMMER) -> Callable[[int], bytes]:
    """A calendar file with one appointment."""
    return lambda _: events(*(line for line in (f"UID:{uid}@example.org", start, *lines)))


def events(*lines: str) -> bytes:
    """A calendar file with what stands in its one appointment."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//DE", "BEGIN:VEVENT")
    stamp = ("DTSTAMP:20260501T080000Z", "SUMMARY:Termin")
    return "\r\n".join((*head, *stamp, *lines, "END:VEVENT", "END:VCALENDAR", "")).encode()


def nested(pieces: int) -> bytes:
    """Appointments within appointments."""
    return events("UID:n@example.org", SUMMER, *["BEGIN:VEVENT"] * pieces, *["END:VEVENT"] * pieces)


def many(pieces: int) -> bytes:
    """A calendar of many appointments."""
    one = "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTAMP:20260501T080000Z\r\nSUMMARY:Termin\r\n"
    return events(one.join(f"UID:{at}@example.org\r\n{SUMMER}" for at in range(pieces)))


def mail(*head: str | bytes, body: bytes = b"Guten Tag") -> Callable[[int], bytes]:
    """A mail with these header lines; a sender and an id are there unless they are among them."""
    lines = [one if isinstance(one, bytes) else one.encode() for one in head]
    names = {line.partition(b":")[0].lower() for line in lines}
    usual = (
        b"From: Erika Beispiel <e@example.org>",
        b"Message-ID: <%d@example.org>" % len(body),
        b"Subject: Brief",
    )
    lines += [line for line in usual if line.partition(b":")[0].lower() not in names]
    return lambda _: b"\r\n".join((*lines, b"", body, b""))


def parts(pieces: int) -> bytes:
    """Parts within parts."""
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (at, at) for at in range(pieces)
    )
    return (
        b"From: e@example.org\r\nSubject: Tief\r\nMessage-ID: <tief@example.org>\r\nMIME-Version: 1.0\r\n"
        + head
    )


def addresses(pieces: int) -> bytes:
    """A mail to many."""
    to = b", ".join(b"A%d <a%d@example.org>" % (at, at) for at in range(pieces))
    return mail(b"To: " + to, b"Message-ID: <viele@example.org>")(1)


def attachment(name: bytes, kind: bytes = b"application/pdf") -> bytes:
    """The body of a mail with one attached file."""
    return (
        b"--x\r\nContent-Type: text/plain\r\n\r\nanbei\r\n--x\r\nContent-Type: "
        + kind
        + b"\r\nContent-Disposition:"
        b' attachment; filename="' + name + b'"\r\n\r\n%PDF-1.4\r\n--x--'
    )


MIXED: Final = ("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x")
ENTITIES: Final = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghi"))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData></worksheet>'
)
SHEET: Final = "Betreff;Absender;Datum\r\n{subject};Erika Beispiel;18.11.2026\r\n"


def entities(_pieces: int) -> bytes:
    """A workbook whose sheet defines words by words, ten times each."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(""))) as plain,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in plain.namelist():
            target.writestr(name, ENTITIES if name.endswith("sheet1.xml") else plain.read(name))
    return out.getvalue()


def paper(more: str) -> bytes:
    """A paper of a council information system."""
    kind = "https://schema.oparl.org/1.1/Paper"
    return f'{{"id": "https://rat.example.org/p/1", "type": "{kind}", "name": "Radweg"{more}}}'.encode()


def rule(row: str, at: int, text: str, *, start: str = SUMMER, unsupported: bool = True) -> Hazard:
    """A calendar with a rule; where it cannot be followed, its first date stands and the reason with it."""
    known = f"WHERE uid = 'r{at}@example.org'"
    note = f"SELECT series_note LIKE '%nicht unterstützt%nur der erste Termin.' FROM event {known}"  # noqa: S608
    return Hazard(
        row=row,
        name=f"r{at}.ics",
        data=calendar(f"RRULE:{text}", uid=f"r{at}", start=start),
        said="1 Termin neu",
        stored=(note, int(unsupported)),
    )


def moment(row: str, uid: str, start: str, starts: str, said: str = "1 Termin neu") -> Hazard:
    """A calendar whose one appointment begins at a moment in UTC."""
    query = f"SELECT starts_at FROM event WHERE uid = '{uid}@example.org'"  # noqa: S608
    return Hazard(
        row=row, name=f"{uid}.ics", data=calendar(uid=uid, start=start), said=said, stored=(query, starts)
    )


UNKNOWN: Final = "ist nicht bekannt; ihre Uhrzeiten gelten als Europe/Berlin"
EARLY: Final = "DTSTART;TZID=Europe/Berlin:19700101T000000"
HAZARDS: Final = (
    rule("interval 0", 0, "FREQ=DAILY;INTERVAL=0"),
    rule("every second", 1, "FREQ=SECONDLY"),
    rule("every second since 1970", 2, "FREQ=SECONDLY", start=EARLY),
    rule("a second that never comes", 3, "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
    rule("999,999,999 times", 4, "FREQ=DAILY;COUNT=999999999"),
    rule("until a day, with a zoned start", 5, "FREQ=WEEKLY;UNTIL=20260701", unsupported=False),
    rule("no such frequency", 6, "FREQ=FOO"),
    Hazard(
        row="bad date",
        name="datum.ics",
        data=calendar(uid="d", start="DTSTART:20261301T000000"),
        said="„20261301T000000“ ist nicht lesbar",
        refused=True,
    ),
    Hazard(
        row="year 0000",
        name="jahr.ics",
        data=calendar(uid="j", start="DTSTART:00000101T000000"),
        said="„00000101T000000“ ist nicht lesbar",
        refused=True,
    ),
    moment(
        "Windows zone", "w", "DTSTART;TZID=W. Europe Standard Time:20260601T100000", "2026-06-01T08:00:00Z"
    ),
    moment(
        "unknown zone", "z", "DTSTART;TZID=Nirgendwo/Stadt:20260601T100000", "2026-06-01T08:00:00Z", UNKNOWN
    ),
    moment(
        "zone as a list shows it",
        "l",
        'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern":20260601T100000',
        "2026-06-01T08:00:00Z",
    ),
    moment(
        "zone that is a path",
        "p",
        "DTSTART;TZID=../../etc/passwd:20260601T100000",
        "2026-06-01T08:00:00Z",
        UNKNOWN,
    ),
    moment(
        "an hour that is left out", "g", "DTSTART;TZID=Europe/Berlin:20260329T023000", "2026-03-29T01:30:00Z"
    ),
    moment(
        "an hour that comes twice", "f", "DTSTART;TZID=Europe/Berlin:20261025T023000", "2026-10-25T00:30:00Z"
    ),
    Hazard(
        row="appointments within appointments",
        name="tief.ics",
        data=nested,
        full=20_000,
        quick=200,
        said="END:VEVENT fehlt",
        refused=True,
    ),
    Hazard(row="20,000 appointments", name="viele.ics", data=many, full=20_000, quick=20, said="Termine neu"),
    Hazard(
        row="ESC in a title",
        name="esc.ics",
        data=calendar("SUMMARY:\x1b]0;x\x07A", uid="e"),
        said="1 Termin neu",
        stored=(
            "SELECT instr(summary, char(27)) FROM event WHERE uid = 'e@example.org'",
            0,
        ),
    ),
    Hazard(
        row="ESC in an encoded subject",
        name="esc.eml",
        data=mail("Subject: =?utf-8?Q?A=1B]0;x=07=0AB?=", "Message-ID: <esc@example.org>"),
        said="„A\ufffd]0;x\ufffd B“",
    ),
    Hazard(
        row="xlsx bomb",
        name="bombe.xlsx",
        data=lambda _: bomb("xl/worksheets/sheet1.xml"),
        said="ungewöhnlich groß (30 MB)",
        refused=True,
    ),
    Hazard(
        row="entity bomb in xlsx",
        name="worte.xlsx",
        data=entities,
        said="Ihr Inhalt ist beschädigt.",
        refused=True,
    ),
    Hazard(
        row="5,000 parts within parts",
        name="teile.eml",
        data=parts,
        full=5_000,
        quick=200,
        said="mehr als 50 Ebenen; der Rest liegt als Anhang bei",
    ),
    Hazard(
        row="From: (((",
        name="klammern.eml",
        data=mail("From: " + "(" * 3_000, "Message-ID: <k@example.org>"),
        said="Die Adresse des Absenders fehlt oder ist unlesbar.",
    ),
    Hazard(
        row="Message-ID: <[",
        name="kennung.eml",
        data=mail("Message-ID: <[", "Subject: Kennung"),
        said="„Kennung“",
    ),
    Hazard(
        row="unknown charset",
        name="zeichen.eml",
        data=mail(
            "Content-Type: text/plain; charset=x-unknown", "Message-ID: <c@example.org>", body=b"Gr\xfc\xdfe"
        ),
        said="„x-unknown“ passt nicht; der Text wurde als Windows-1252 gelesen",
    ),
    Hazard(
        row="a part of an odd kind",
        name="art.eml",
        data=mail(
            "MIME-Version: 1.0",
            "Content-Type: message/delivery-status",
            "Content-Transfer-Encoding: x-odd",
            "Message-ID: <o@example.org>",
        ),
        said="Das ist eine Unzustellbarkeitsmeldung",
    ),
    Hazard(
        row="20,000 addresses",
        name="adressen.eml",
        data=addresses,
        full=20_000,
        quick=2_500,
        said="sehr viele Empfänger; nur 500 wurden gelesen",
    ),
    Hazard(
        row="../../.bashrc",
        name="pfad.eml",
        data=mail(*MIXED, "Message-ID: <p@example.org>", body=attachment(b"../../.bashrc")),
        said="Der Dateiname eines Anhangs wurde bereinigt: „bashrc.pdf“",
        stored=("SELECT filename FROM attachment WHERE filename LIKE '%bash%'", "bashrc.pdf"),
    ),
    Hazard(
        row="raw Latin-1 in From",
        name="latin.eml",
        data=mail(b"From: J\xf6rg M\xfcller <j@example.org>", b"Message-ID: <l@example.org>"),
        said="nannten keinen Zeichensatz; er wurde erraten",
        stored=("SELECT sender_name FROM message WHERE sender_address = 'j@example.org'", "Jörg Müller"),
    ),
    Hazard(
        row="CSV field of 131,082 characters",
        name="feld.csv",
        data=lambda _: SHEET.format(subject="x" * 131_082).encode(),
        said="Zeile 2 ist beschädigt",
        refused=True,
    ),
    Hazard(
        row="NUL in a CSV file",
        name="null.csv",
        data=lambda _: SHEET.format(subject="a\0b").encode(),
        said="Binärdaten statt Text",
        refused=True,
    ),
    Hazard(
        row="JSON 100,000 deep",
        name="tief.json",
        data=lambda pieces: paper(', "x": ' + "[" * pieces + "]" * pieces),
        full=100_000,
        quick=3_000,
        said="zu tief verschachtelt",
        refused=True,
    ),
    Hazard(
        row="a number of 5,000 digits",
        name="zahl.json",
        data=lambda _: paper(', "x": ' + "9" * 5_000),
        said="wurden weggelassen",
    ),
    Hazard(
        row="a key three times",
        name="doppelt.json",
        data=lambda _: paper(', "name": "Rad", "name": "Letzter"'),
        said="1 Ratsobjekt geändert",
        stored=("SELECT name FROM paper", "Letzter"),
    ),
)
"""All rows; what JSON says twice counts as it says last."""
