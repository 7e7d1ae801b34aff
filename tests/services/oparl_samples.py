"""Objects of an invented council, whole or in parts, as a council information system gives them out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

BASE = "https://ris.example.org/oparl"
SCHEMA = "https://schema.oparl.org/1.1"
EARLY, LATE = "2026-10-01T08:00:00+02:00", "2026-11-01T08:00:00+01:00"


def address(path: str) -> str:
    """The id of an object."""
    return f"{BASE}/{path}"


def an(type_: str, path: str, **values: Any) -> dict[str, Any]:
    """An object of OParl; `at` says when it was changed, None leaves it out."""
    at = values.pop("at", EARLY)
    found = {"id": address(path), "type": f"{SCHEMA}/{type_}", **values}
    return found | ({"modified": at} if at else {})


def body(**values: Any) -> dict[str, Any]:
    """A committee."""
    return an("Organization", "org/1", **{"name": "Finanzausschuss", "shortName": "FA", **values})


def meeting(number: int = 1, **values: Any) -> dict[str, Any]:
    """A session of the committee with one item on its agenda."""
    item = an("AgendaItem", f"item/{number}", number="Ö 1", order=1, name="Haushalt", public=True)
    given = {
        "name": "12. Sitzung",
        "start": "2026-12-03T17:00:00+01:00",
        "end": "2026-12-03T19:00:00+01:00",
        "organization": [address("org/1")],
        "location": an("Location", f"place/{number}", room="Ratssaal"),
        "agendaItem": [item | {"consultation": address(f"consultation/{number}")}],
    }
    return an("Meeting", f"meeting/{number}", **{**given, **values})


def paper(number: int = 1, **values: Any) -> dict[str, Any]:
    """A paper that goes to the session."""
    consultation = an(
        "Consultation",
        f"consultation/{number}",
        meeting=address(f"meeting/{number}"),
        agendaItem=address(f"item/{number}"),
        organization=[address("org/1")],
        role="Beschlussfassung",
    )
    given = {
        "name": "Haushaltssatzung 2027",
        "reference": f"2026/{number}",
        "date": "2026-11-05",
        "paperType": "Beschlussvorlage",
        "mainFile": an("File", f"file/{number}", name="Vorlage", accessUrl=address(f"file/{number}.pdf")),
        "underDirectionOf": [address("org/1")],
        "consultation": [consultation],
    }
    return an("Paper", f"paper/{number}", **{**given, **values})


def person(**values: Any) -> dict[str, Any]:
    """A member of the committee."""
    membership = an("Membership", "membership/1", organization=address("org/1"), role="Vorsitz")
    given = {"name": "Dr. Ada Beispiel", "email": ["ada@rat.example.org"], "membership": [membership]}
    return an("Person", "person/1", **{**given, **values})


def encoded(*objects: Any) -> bytes:
    """A file of one object or of a list of them."""
    return json.dumps(objects[0] if len(objects) == 1 else list(objects), ensure_ascii=False).encode()


def written(folder: Path, name: str, *objects: Any) -> Path:
    """Write such a file."""
    path = folder / name
    path.write_bytes(encoded(*objects))
    return path


def drawn_objects(number: Callable[[int], int], pick: Callable[..., Any]) -> bytes:
    """A file with some of these objects in some of their versions."""
    at = pick(EARLY, LATE, None)
    objects = [
        body(at=at, name=pick("Finanzausschuss", "Ausschuss für Finanzen")),
        meeting(number(1), at=at, start=pick(None, "2026-12-03T17:00:00+01:00", "2026-12-04T00:00:00+01:00")),
        meeting(1, at=at, cancelled=True, agendaItem=[]),
        paper(number(1), at=at, subordinatedPaper=[address(f"paper/{number(2)}")]),
        person(at=at),
        an("Membership", "membership/1", at=at, deleted=True),
        an("Organization", "org/1", at=at, deleted=True),
    ]
    wanted = number(2 ** len(objects) - 1) or 1
    return encoded(*(one for index, one in enumerate(objects) if wanted >> index & 1))
