"""A council's data as its information system delivers it: list pages of OParl objects, always the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from benchmarks import words

BASE = "https://ris.stadt.example.org/oparl"
SCHEMA = "https://schema.oparl.org/1.1"
BODIES = 26
ITEMS = 10
"""Items of an agenda; the papers are spread over them."""
PAPERS_A_MEETING = 14 / 3
STATES = ("Anhörung", "Vorberatung", "Kenntnisnahme", "Entscheidung")
LAST = datetime(2027, 12, 17)  # noqa: DTZ001 a day of the calendar, no instant

Object = dict[str, Any]


def council_file(meetings: int) -> bytes:
    """Bodies, meetings with agendas, 14 papers for 3 meetings with their consultations: one list page."""
    rng = Random(f"council {meetings}")
    data = [
        *_organizations(),
        *_meetings(meetings, rng),
        *_papers(int(meetings * PAPERS_A_MEETING), meetings, rng),
    ]
    page = {"data": data, "pagination": {"totalElements": len(data)}, "links": {}}
    return json.dumps(page, ensure_ascii=False).encode()


def _url(kind: str, key: object) -> str:
    return f"{BASE}/{kind}/{key}"


def _object(kind: str, key: object, **more: Any) -> Object:
    modified = "2026-11-01T10:00:00+01:00"
    return {
        "id": _url(kind, key),
        "type": f"{SCHEMA}/{kind}",
        "created": modified,
        "modified": modified,
        **more,
    }


def _organizations() -> Iterator[Object]:
    for key in range(BODIES):
        place = words.PLACES[key % len(words.PLACES)]
        yield _object("Organization", key, name=f"Ausschuss {key + 1} {place}", classification="Ausschuss")


def _meetings(count: int, rng: Random) -> Iterator[Object]:
    """Meetings from the oldest to the newest, some a week, the last a year ahead."""
    for key in range(count):
        day = (LAST - timedelta(days=1.2 * (count - key))).date()
        start = datetime.combine(day, time(rng.randrange(15, 19)))
        yield _object(
            "Meeting",
            key,
            name=f"{key}. Sitzung",
            meetingState="terminiert",
            start=f"{start.isoformat()}+01:00",
            end=f"{(start + timedelta(hours=2)).isoformat()}+01:00",
            organization=[_url("Organization", key % BODIES)],
            agendaItem=[_item(key, place, rng) for place in range(ITEMS)],
        )


def _item(meeting: int, place: int, rng: Random) -> Object:
    part = "Ö" if place < ITEMS - 2 else "N"
    return _object(
        "AgendaItem",
        f"{meeting}-{place}",
        meeting=_url("Meeting", meeting),
        order=place,
        number=f"{part} {place + 1}",
        name=words.meeting(rng),
        public=part == "Ö",
    )


def _papers(count: int, meetings: int, rng: Random) -> Iterator[Object]:
    for key in range(count):
        meeting = int(key / PAPERS_A_MEETING) % meetings
        consultation = _object(
            "Consultation",
            key,
            paper=_url("Paper", key),
            meeting=_url("Meeting", meeting),
            agendaItem=_url("AgendaItem", f"{meeting}-{key % ITEMS}"),
            organization=[_url("Organization", meeting % BODIES)],
            role=rng.choice(STATES),
        )
        yield _object(
            "Paper",
            key,
            name=f"{words.meeting(rng)} {rng.choice(words.PLACES)}",
            reference=f"BV {2018 + key % 9} {key:05}",
            paperType="Beschlussvorlage",
            date="2026-10-01",
            consultation=[consultation],
        )
