"""The rows of the generated office: people, requests with their letters, appointments and series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks import words
from ob_buero_tui.rules.zones import to_utc

ZONE = "Europe/Berlin"
REQUESTS_A_DAY = 11
EVENTS_A_DAY = 8
OPEN_SHARE = 0.02

Row = dict[str, Any]


def organizations(count: int, rng: Random) -> Iterator[Row]:
    """Associations, schools, companies."""
    for number in range(count):
        name = f"{rng.choice(words.BODIES)} {rng.choice(words.PLACES)} e. V."
        yield {
            "name": name,
            "email": f"verein{number}@example.org",
            "tel": f"0000 {number:06}",
            "locality": rng.choice(words.PLACES),
        }


def people(count: int, rng: Random) -> Iterator[Row]:
    """Those who write to the office."""
    for number in range(count):
        yield {
            "given_name": rng.choice(words.GIVEN),
            "family_name": f"{rng.choice(words.FAMILY)}-{rng.choice(words.FAMILY)}",
            "email": f"person{number}@example.org",
            "tel": f"0000 {number:07}",
            "locality": rng.choice(words.PLACES),
        }


def requests(
    count: int, kinds: Sequence[str], people: Sequence[int], bodies: Sequence[int], now: datetime, rng: Random
) -> Iterator[Row]:
    """Requests from the oldest to the newest; the last days of them are still open."""
    begin = now - timedelta(days=count / REQUESTS_A_DAY)
    serials: dict[int, int] = {}
    opened = int(count * (1 - OPEN_SHARE))
    for number in range(count):
        received = begin + timedelta(days=number / REQUESTS_A_DAY)
        serials[received.year] = serials.get(received.year, 0) + 1
        kind = rng.choice([*kinds, ""])
        still_open = number >= opened
        occasion = (received + timedelta(days=rng.randrange(10, 120))).replace(
            minute=0, second=0, microsecond=0
        )
        yield {
            "number": f"{received.year}-{serials[received.year]:04}",
            "kind": kind or None,
            "subject": words.subject(kind, rng),
            "state": _state(still_open, rng),
            "closed": not still_open,
            "important": rng.random() < 0.05,
            "received_at": received.replace(microsecond=0),
            "requester_id": rng.choice(people),
            "organization_id": rng.choice(bodies) if rng.random() < 0.5 else None,
            "event_start": occasion.replace(tzinfo=None) if kind else None,
            "event_place": rng.choice(words.PLACES) if kind else "",
            "due_on": (occasion - timedelta(days=7)).date() if kind else None,
            "due_text": "7 Kalendertage vor dem Termin" if kind else "",
            "wiedervorlage_on": _later(now, rng) if still_open and rng.random() < 0.2 else None,
            "fields": {"anlass": rng.choice(words.OCCASIONS), "dauer": rng.randrange(30, 240)},
        }


def _state(still_open: bool, rng: Random) -> str:
    if not still_open:
        return rng.choice(("zugesagt", "abgesagt", "erledigt", "vertretung"))
    return "neu" if rng.random() < 0.7 else rng.choice(("zugesagt", "wartet"))


def _later(now: datetime, rng: Random) -> Any:
    return (now + timedelta(days=rng.randrange(1, 60))).date()


def messages(keys: Sequence[int], rows: Sequence[Mapping[str, Any]], rng: Random) -> Iterator[Row]:
    """The letter of each request."""
    for key, row in zip(keys, rows, strict=True):
        yield {
            "request_id": key,
            "message_id": f"<{key}@example.org>",
            "sender_name": f"{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)}",
            "sender_address": f"person{key}@example.org",
            "sent_at": row["received_at"],
            "subject": row["subject"],
            "body": words.letter(rng),
        }


def tasks(keys: Sequence[int], rows: Sequence[Mapping[str, Any]], rng: Random) -> Iterator[Row]:
    """Two tasks of each request; those of a closed one are done."""
    for key, row in zip(keys, rows, strict=True):
        received = row["received_at"]
        for label in rng.sample(words.TASKS, 2):
            yield {
                "request_id": key,
                "label": label,
                "template": "",
                "due_on": (received + timedelta(days=rng.randrange(1, 40))).date(),
                "due_text": "nach Eingang",
                "assigned_to": "PS",
                "done_at": received if row["closed"] else None,
                "done_by": "PS" if row["closed"] else "",
            }


def events(count: int, now: datetime, rng: Random) -> Iterator[Row]:
    """Single appointments, eight a day, up to a year ahead."""
    first = (now + timedelta(days=365 - count / EVENTS_A_DAY)).replace(tzinfo=None)
    for number in range(count):
        day = first + timedelta(days=number / EVENTS_A_DAY)
        start = day.replace(
            hour=rng.randrange(8, 20), minute=rng.choice((0, 15, 30, 45)), second=0, microsecond=0
        )
        yield _event(f"einzeln-{number}", start, rng.choice((30, 45, 60, 90, 120)), rng)


def series(count: int, now: datetime, events: int, rng: Random) -> Iterator[Row]:
    """Series of about a year each, spread over all years of the calendar."""
    span = events / EVENTS_A_DAY
    for number in range(count):
        day = (now + timedelta(days=200 - span * number / count)).replace(tzinfo=None)
        start = day.replace(hour=rng.randrange(8, 18), minute=0, second=0, microsecond=0)
        rule = rng.choice(
            (
                "FREQ=WEEKLY;COUNT=52",
                f"FREQ=WEEKLY;BYDAY={rng.choice(('MO', 'DI', 'WE')).replace('DI', 'TU')},TH;COUNT=100",
                "FREQ=MONTHLY;COUNT=12",
                "FREQ=DAILY;COUNT=40;BYDAY=MO,TU,WE,TH,FR",
            )
        )
        yield {**_event(f"serie-{number}", start, 60, rng), "rrule": rule}


def _event(uid: str, start: datetime, minutes: int, rng: Random) -> Row:
    end = start + timedelta(minutes=minutes)
    travel = rng.choice((0, 0, 15, 20))
    return {
        "uid": f"{uid}@example.org",
        "summary": words.meeting(rng),
        "description": words.fill(rng.choice(words.SENTENCES), rng),
        "location": f"{rng.choice(words.PLACES)}, Rathausplatz {rng.randrange(1, 40)}",
        "dtstart": start,
        "dtend": end,
        "tzid": ZONE,
        "starts_at": to_utc(start, ZONE),
        "ends_at": to_utc(end, ZONE),
        "travel_before_min": travel,
        "travel_after_min": travel,
        "rrule": "",
    }


def links(
    keys: Sequence[int],
    rows: Sequence[Mapping[str, Any]],
    events: Sequence[int],
    singles: Sequence[Mapping[str, Any]],
    rng: Random,
) -> Iterator[Row]:
    """A third of the appointments came from requests."""
    wanted = len(singles) // 3
    accepted = [key for key, row in zip(keys, rows, strict=True) if row["state"] == "zugesagt"]
    for request, event in zip(
        rng.sample(accepted, min(wanted, len(accepted))), events[:wanted], strict=False
    ):
        yield {"request_id": request, "event_id": event}
