"""What objects of OParl lack or say wrongly, in German: they come in all the same, and it is known.

Source: OParl 1.1 (20.06.2018), chapter 3, for what must be there; the rest is what an office needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ob_buero_tui.exchange.oparl_records import OparlRecord
from ob_buero_tui.exchange.oparl_types import TYPES
from ob_buero_tui.rules.german import plural

NAMED = 12
"""How many kinds of defects of a file are told."""

KINDS = {
    "System": ("System", "Systemen"),
    "Body": ("Körperschaft", "Körperschaften"),
    "LegislativeTerm": ("Wahlperiode", "Wahlperioden"),
    "Organization": ("Gremium", "Gremien"),
    "Person": ("Person", "Personen"),
    "Membership": ("Mitgliedschaft", "Mitgliedschaften"),
    "Meeting": ("Sitzung", "Sitzungen"),
    "AgendaItem": ("TOP", "TOP"),
    "Paper": ("Vorlage", "Vorlagen"),
    "Consultation": ("Beratung", "Beratungen"),
    "File": ("Dokument", "Dokumenten"),
    "Location": ("Ort", "Orten"),
}
EXPECTED: dict[str, dict[str, str]] = {
    "System": {"oparlVersion": "OParl-Version", "body": "Körperschaften", "name": "Name"},
    "Body": {
        "name": "Name",
        "organization": "Liste der Gremien",
        "person": "Liste der Personen",
        "meeting": "Liste der Sitzungen",
        "paper": "Liste der Vorlagen",
        "legislativeTerm": "Wahlperioden",
    },
    "Organization": {"name": "Name"},
    "Person": {"name": "Name"},
    "Meeting": {"name": "Name", "start": "Beginn", "organization": "Gremium"},
    "AgendaItem": {"name": "Titel"},
    "Paper": {"name": "Titel", "date": "Datum", "reference": "Nummer"},
    "File": {"accessUrl": "Adresse"},
}
"""What must stand in an object of each type, and its German name."""

AFTERWARDS = {"agendaItem": "Tagesordnung", "location": "Ort"}
"""What a session that has taken place should have too."""

HELD = ("participant", "resultsProtocol", "verbatimProtocol")
"""Properties that only a session has that has taken place."""

ADDRESSES = {"System": ("license", "website", "vendor", "product"), "Body": ("license", "website")}
"""Properties that are kept as they came and must be addresses."""


def defects(records: Iterable[OparlRecord]) -> list[str]:
    """One sentence for each kind of defect, with how many objects have it."""
    found = Counter(defect for record in records for defect in _defects(record))
    told = [f"{what} bei {plural(count, *KINDS[type_])}." for (type_, what), count in found.items()]
    more = len(told) - NAMED
    return [*told[:NAMED], f"Und {plural(more, 'weiterer Mangel', 'weitere Mängel')}."] if more > 0 else told


def _defects(record: OparlRecord) -> Iterator[tuple[str, str]]:
    """What is wrong with one object; one that is gone or only named has nothing to say."""
    bare = not (record.values or record.references or record.extra)
    if record.deleted or bare:
        return
    type_ = record.type
    for name, word in EXPECTED.get(type_, {}).items():
        if not _has(record, name):
            yield type_, f"Es fehlt: {word} ({name})"
    if type_ == "Meeting" and any(name in record.references for name in HELD):
        for name, word in AFTERWARDS.items():
            if not _has(record, name):
                yield type_, f"Es fehlt: {word} ({name})"
    for name in TYPES[type_].values:
        if name in record.extra:
            yield type_, f"Nicht zu verstehen: {name}"
    for name in ADDRESSES.get(type_, ()):
        value = record.extra.get(name, record.values.get(name, ""))
        if isinstance(value, str) and value and not value.startswith(("https://", "http://")):
            yield type_, f"Keine Adresse: {name}"
    start, end = record.values.get("start"), record.values.get("end")
    if start is not None and end is not None and end <= start:
        yield type_, "Ende nicht nach dem Beginn"


def _has(record: OparlRecord, name: str) -> bool:
    ours = TYPES[record.type].values.get(name)
    if ours is not None and ours[0] in record.values:
        return True
    if name == "name" and "family_name" in record.values:
        return True
    # A list may be empty where it is asked for: a new town has no Wahlperiode yet.
    return name in record.references or name in record.extra
