"""A sound kind of request to break, and a folder to put it in."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog

RADWEG = """\
key = "radweg"
label = "Radweg"
sign = "Rw"
picker_key = "x"
event_kind = "besprechung"
tasks_source = "Hausregel"

[[fields]]
key = "art"
label = "Art"
type = "auswahl"
choices = ["neu", "alt"]

[[fields]]
key = "bis"
label = "Bis"
type = "datum"

[[checks]]
key = "vorlauf"
label = "Vorlauf"
rule = "vorlauf"
source = "Hausregel"
params.ueblich = 10

[[deadlines]]
key = "antwort"
label = "Antwort"
amount = 3
basis = "eingang"
source = "Hausregel"

[[tasks]]
key = "anruf"
label = "Anrufen"
amount = -1
basis = "frist:antwort"
outcomes = ["zusage"]

[[outcomes]]
key = "zusage"
label = "Zusage"
state = "zugesagt"
"""
LEFT_OUT = "Diese Art bleibt weg, alle anderen arbeiten weiter."
SHIPPED = [
    "schirmherrschaft", "grusswort", "goldenes_buch", "kondolenz", "buergerversammlung",
    "gremienmitgliedschaft", "anregung", "pressetermin", "presseanfrage", "partnerschaftsbesuch", "einladung",
    "veranstaltung", "ehrung", "ehrenpatenschaft", "gratulation", "wappennutzung", "akteneinsicht",
    "buergergespraech", "beflaggung", "terminwunsch", "telefonnotiz", "anliegen",
]  # fmt: skip
SWITCHED_OFF = {"ehrenpatenschaft", "wappennutzung", "akteneinsicht", "beflaggung"}


def office(folder: Path, text: str | bytes, name: str = "requests/radweg.toml") -> Catalog:
    path = folder / "catalog" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_catalog(folder)


def test_the_example_is_sound(tmp_path: Path) -> None:
    catalog = office(tmp_path, RADWEG)
    assert catalog.problems == ()
    assert list(catalog.kinds) == [*SHIPPED, "radweg"]
    assert {kind.key for kind in catalog.kinds.values() if not kind.active} == SWITCHED_OFF
