"""What the folder of the day must hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ob_buero_tui.rules.tagesmappe import Lack, Prepared, lacks

READY = Prepared(
    location="Kita Nord",
    inside=False,
    travel_min=15,
    driver="",
    contact="Jana Rehfeld, 0123 456",
    meeting=False,
    speech_min=5,
    speech_text=True,
)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ()),
        ({"speech_text": False}, (Lack.REDE,)),
        ({"speech_text": False, "speech_min": 0}, ()),
        ({"speech_text": False, "speech_min": None}, ()),
        ({"contact": ""}, (Lack.KONTAKT,)),
        ({"contact": "", "meeting": True}, ()),
        ({"contact": "", "inside": True}, ()),
        ({"travel_min": 0}, (Lack.ANFAHRT,)),
        ({"travel_min": 0, "driver": "Herr Brandt"}, ()),
        ({"location": ""}, (Lack.ORT,)),
        ({"location": "", "contact": "", "travel_min": 0, "speech_text": False}, (Lack.ORT, Lack.REDE)),
    ],
)
def test_what_is_missing(change: dict[str, object], missing: tuple[Lack, ...]) -> None:
    assert lacks(replace(READY, **change)) == missing
