"""Defects of OParl objects are named, one sentence for each kind, and cost nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.exchange.oparl import read_oparl
from ob_buero_tui.exchange.oparl_records import OparlFile

SCHEMA = "https://schema.oparl.org/1.1"


def read(*objects: dict[str, Any]) -> OparlFile:
    """Read these objects."""
    numbered = [{"id": f"https://ris.example.org/{index}", **one} for index, one in enumerate(objects)]
    return read_oparl(json.dumps(numbered).encode(), "Europe/Berlin")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"type": "Meeting", "name": "R"}, ["Es fehlt: Beginn (start)", "Es fehlt: Gremium (organization)"]),
        ({"type": "Paper", "name": "V", "date": "morgen", "reference": "1"}, ["Nicht zu verstehen: date"]),
        ({"type": "Person", "familyName": "A"}, []),
        ({"type": "File", "name": "Anlage"}, ["Es fehlt: Adresse (accessUrl)"]),
        (
            {
                "type": "Meeting",
                "name": "R",
                "organization": [],
                "participant": ["x"],
                "start": "2026-12-01T17:00:00+01:00",
                "end": "2026-12-01T17:00:00+01:00",
            },
            ["Es fehlt: Tagesordnung (agendaItem)", "Es fehlt: Ort (location)", "Ende nicht nach dem Beginn"],
        ),
        (
            {"type": "System", "oparlVersion": "1", "body": "x", "name": "S", "license": "Stadt"},
            ["Keine Adresse: license"],
        ),
        ({"type": "Meeting", "deleted": True}, []),
        ({"type": "Meeting"}, []),
    ],
)
def test_each_defect_is_named_and_the_object_comes_in(given: dict[str, Any], told: list[str]) -> None:
    file = read({**given, "type": f"{SCHEMA}/{given['type']}"})
    assert [note.partition(" bei ")[0] for note in file.notes] == told
    assert (len(file.records), file.problems) == (1, ())


def test_the_same_defect_of_many_is_one_sentence() -> None:
    file = read(*({"type": f"{SCHEMA}/File", "name": "x"} for _ in range(3)))
    assert file.notes == ("Es fehlt: Adresse (accessUrl) bei 3 Dokumenten.",)


DEFECTS = {
    "body.json": ["Es fehlt: Wahlperioden (legislativeTerm)"],
    "broken.json": ["Sie enthält Steuerzeichen", "Es fehlt: Datum (date)"],
    "meeting.json": ["Es fehlt: Tagesordnung (agendaItem)", "Es fehlt: Ort (location)"],
    "system.json": ["Keine Adresse: license", "Keine Adresse: product"],
}


@pytest.mark.parametrize("name", DEFECTS)
def test_each_defect_of_the_poor_files_is_named(corpus: Path, name: str) -> None:
    file = read_oparl((corpus / "oparl" / "missing" / name).read_bytes(), "Europe/Berlin")
    assert len(file.notes) == len(DEFECTS[name]), file.notes
    for note, told in zip(file.notes, DEFECTS[name], strict=True):
        assert note.startswith(told)
