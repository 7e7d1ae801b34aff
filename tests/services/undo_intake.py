"""What the undo tests call the imports with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Arguments = tuple[Any, ...]
INTAKE: dict[str, Callable[[Any], Arguments]] = {}


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of an import."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        INTAKE[verb] = function
        return function

    return register


MAIL = """From: Erika Beispiel <erika@verein.example.org>
To: ob@stadt.example.org
Subject: Einladung zum Sommerfest {number}
Date: Wed, 25 Nov 2026 09:00:00 +0100
Message-ID: <{number}@verein.example.org>
In-Reply-To: <{other}@verein.example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

wir laden herzlich ein.
--x
Content-Type: application/pdf; name="plan.pdf"
Content-Disposition: attachment; filename="plan.pdf"

Plan {number}
--x--
"""


@arguments("import_mail")
def _mail(world: Any) -> Arguments:
    from ob_buero_tui.exchange.mail import read_mail
    from ob_buero_tui.services.intake.mail_plan import prepare_mail
    from ob_buero_tui.services.intake.source import Source, fingerprint

    data = MAIL.format(number=world.number(3), other=world.number(3)).encode()
    mail = read_mail(data)
    prepared = prepare_mail(world.place.catalog, mail, world.place.clock(), world.place.zone)
    return (prepared, Source(name="brief.eml", format="eml", sha256=fingerprint(data)))


@arguments("import_mails")
def _mails(world: Any) -> Arguments:
    from ob_buero_tui.exchange.mail import read_mail
    from ob_buero_tui.services.intake.keeping import store
    from ob_buero_tui.services.intake.mail_plan import prepare_mail
    from ob_buero_tui.services.intake.source import Source, fingerprint

    place = world.place
    letters, whole = [], b""
    for _ in range(world.number(2) + 1):
        data = MAIL.format(number=world.number(3), other=world.number(3)).encode()
        mail = read_mail(data)
        original = store(place.attachments, mail.attachments, data)
        letters.append(prepare_mail(place.catalog, mail, place.clock(), place.zone).lightened(original))
        whole += data
    return (letters, Source(name="post.mbox", format="mbox", sha256=fingerprint(whole)))


SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//DE
BEGIN:VEVENT
UID:runde-{uid}@example.org
DTSTAMP:20261101T0{version}0000Z
SEQUENCE:{version}
DTSTART;TZID=Europe/Berlin:20261130T090000
DTEND;TZID=Europe/Berlin:20261130T100000
RRULE:FREQ=WEEKLY;COUNT=5
SUMMARY:Runde {version}
END:VEVENT
{moved}END:VCALENDAR
"""

MOVED = """BEGIN:VEVENT
UID:runde-{uid}@example.org
DTSTAMP:20261101T0{version}0000Z
SEQUENCE:{version}
RECURRENCE-ID;TZID=Europe/Berlin:20261207T090000
DTSTART;TZID=Europe/Berlin:20261208T14{version}000
DTEND;TZID=Europe/Berlin:20261208T150000
SUMMARY:Runde, verlegt
END:VEVENT
"""


@arguments("import_calendar")
def _calendar(world: Any) -> Arguments:
    from ob_buero_tui.exchange.ics import read_calendar
    from ob_buero_tui.services.intake.source import Source, fingerprint

    numbers = {"uid": world.number(1), "version": world.number(2)}
    moved = world.pick("", MOVED.format(**numbers))
    text = SERIES.format(**numbers, moved=moved)
    method = world.pick("", "", "CANCEL", "REPLY", "COUNTER")
    if method:
        text = text.replace("BEGIN:VEVENT", f"METHOD:{method}\nBEGIN:VEVENT", 1)
        text = text.replace("SUMMARY:", "ATTENDEE;CN=A;PARTSTAT=ACCEPTED:mailto:a@example.org\nSUMMARY:")
    text = text.replace("RECURRENCE-ID;", world.pick("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;"))
    text = text.replace("Europe/Berlin", world.pick("Europe/Berlin", "Werkszeit"))
    data = text.replace("\n", "\r\n").encode()
    file = read_calendar(data, world.place.zone)
    return (file, Source(name="runde.ics", format="ics", sha256=fingerprint(data)))


@arguments("confirm_zone")
def _zone(world: Any) -> Arguments:
    return ("Werkszeit", world.pick("Europe/London", "Europe/Berlin"))


@arguments("import_oparl")
def _council(world: Any) -> Arguments:
    from oparl_samples import drawn_objects

    from ob_buero_tui.exchange.oparl import read_oparl
    from ob_buero_tui.services.intake.source import Source, fingerprint

    data = drawn_objects(world.number, world.pick)
    source = Source(name="rat.json", format="json", sha256=fingerprint(data))
    return (read_oparl(data, world.place.zone), source)


@arguments("fetch_oparl")
def _fetched(world: Any) -> Arguments:
    from ob_buero_tui.services.council.endpoints import Endpoint

    file, _source = _council(world)
    return (file, Endpoint(url="https://ris.example.org/oparl/system"))
