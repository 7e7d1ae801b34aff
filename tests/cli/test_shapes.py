"""The JSON shapes alone: they clean whatever a service hands them, whoever cleaned it before."""

from __future__ import annotations

import json

from ob_buero_tui.cli.shapes import search_shape
from ob_buero_tui.services.search import Hit

HOSTILE = "\x1b[31mGruß\x9bwort\x07 \u202egeheim\x00"


def test_a_hostile_hit_is_harmless_in_title_and_snippet() -> None:
    (shape,) = search_shape([Hit(type="request", id=7, title=f"T {HOSTILE}", snippet=f"S {HOSTILE}")])
    assert (shape["type"], shape["id"]) == ("request", "7")
    for key in ("title", "snippet"):
        assert not set("\x1b\x9b\x07\u202e\x00") & set(shape[key])
        assert "Gruß" in shape[key]
    assert shape["title"].startswith("T ")
    assert shape["snippet"].startswith("S ")
    json.dumps(shape)
