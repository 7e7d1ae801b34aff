"""What files of OParl objects brought, counted and in German."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ob_buero_tui.rules.german import join, plural

KINDS: dict[str, tuple[str, str]] = {
    "meeting": ("Sitzung", "Sitzungen"),
    "agenda_item": ("TOP", "TOP"),
    "paper": ("Vorlage", "Vorlagen"),
    "consultation": ("Beratung", "Beratungen"),
    "organization": ("Gremium", "Gremien"),
    "person": ("Person", "Personen"),
    "membership": ("Mitgliedschaft", "Mitgliedschaften"),
    "body": ("Körperschaft", "Körperschaften"),
    "legislative_term": ("Wahlperiode", "Wahlperioden"),
    "location": ("Ort", "Orte"),
    "file": ("Dokument", "Dokumente"),
    "system": ("Ratsinformationssystem", "Ratsinformationssysteme"),
}
"""What new objects are called, by table, in the order they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilCounts:
    """How many objects a file brought.

    Args:
        new: New objects, by table.
        changed: Objects that a newer version took the place of, or that got something they lacked.
        deleted: Objects that their source has deleted.
        unchanged: Objects of which nothing new came.
        opened: References to objects that have not come yet.
        closed: References that waited and wait no more.
    """

    new: Mapping[str, int] = field(default_factory=dict)
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    opened: int = 0
    closed: int = 0

    @property
    def open(self) -> int:
        """How many more references wait than before."""
        return max(0, self.opened - self.closed)

    def __add__(self, other: CouncilCounts) -> CouncilCounts:
        return CouncilCounts(
            new=Counter(self.new) + Counter(other.new),
            changed=self.changed + other.changed,
            deleted=self.deleted + other.deleted,
            unchanged=self.unchanged + other.unchanged,
            opened=self.opened + other.opened,
            closed=self.closed + other.closed,
        )


def new_objects(counts: CouncilCounts) -> list[str]:
    """The new objects, as in „1 Sitzung“, „7 TOP“."""
    return [plural(counts.new[table], *KINDS[table]) for table in KINDS if counts.new.get(table)]


def other_objects(counts: CouncilCounts) -> list[str]:
    """What became of objects that were known, as in „3 Ratsdaten geändert“."""
    told = (
        (counts.changed, "geändert"),
        (counts.deleted, "gelöscht"),
        (counts.unchanged, "unverändert"),
    )
    return [f"{plural(count, 'Ratsobjekt', 'Ratsobjekte')} {became}" for count, became in told if count]


def council_text(counts: CouncilCounts) -> str:
    """What a file brought, as in „1 Sitzung und 7 TOP neu; 2 Verweise offen“; "" when it was nothing."""
    new = new_objects(counts)
    parts = [f"{join(new)} neu"] if new else []
    parts += other_objects(counts)
    references = [
        f"{plural(count, 'Verweis', 'Verweise')} {became}"
        for count, became in ((counts.opened, "offen"), (counts.closed, "aufgelöst"))
        if count
    ]
    return "; ".join(part for part in (", ".join(parts), ", ".join(references)) if part)
