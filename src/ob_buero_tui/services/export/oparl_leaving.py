"""Which objects of the council may leave the office for an audience, and by which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.agenda_rows import agenda_rows
from ob_buero_tui.services.council.published import published_papers
from ob_buero_tui.services.export.oparl_tables import Tables, kept_of_people
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.oparl_rows import PLACE
from ob_buero_tui.services.workplace import Workplace

HIDDEN = (Confidentiality.VERTRAULICH.value, Confidentiality.PERSOENLICH.value)
COUNCIL_TYPES = ("gremium", "fraktion", "partei", "externes gremium", "verwaltungsbereich")
"""Kinds of organizations that belong to the council, wherever they were entered (OParl 1.1, 3.5)."""


@dataclass(slots=True, kw_only=True)
class LeavingCouncil:
    """What leaves, by table; a table that is not named leaves nothing.

    Args:
        ids: The keys of the rows.
        terms: For the items of a non-public part, outside: what they are called instead of their title.
        left_out: How many sessions and papers stay because of their level.
    """

    ids: dict[str, set[int]] = field(default_factory=dict)
    terms: Mapping[int, str] = field(default_factory=dict)
    outside: bool = False
    left_out: int = 0

    def has(self, table: str, row_id: int | None) -> bool:
        """Whether this row leaves."""
        return row_id is not None and row_id in self.ids.get(table, ())


def leaving_council(place: Workplace, session: Session, tables: Tables, wanted: Wanted) -> LeavingCouncil:
    """Choose what an audience may have: levels as in every export; what hangs on hidden things stays too."""
    found = LeavingCouncil(outside=wanted.outside)
    _choose_meetings(found, tables, wanted)
    _choose_items(found, place, session, tables, wanted)
    _choose_papers(found, session, tables, wanted)
    _choose_consultations(found, tables)
    _choose_files(found, tables)
    _choose_bodies(found, tables, wanted)
    _choose_people(found, tables, wanted)
    found.ids["body"] = set(tables.rows["body"])
    found.ids["legislative_term"] = set(tables.rows["legislative_term"])
    found.ids["location"] = _places(found, tables)
    return found


def _choose_meetings(found: LeavingCouncil, tables: Tables, wanted: Wanted) -> None:
    secret_bodies = {
        key for key, row in tables.rows["organization"].items() if row["confidentiality"] in HIDDEN
    }
    secret = tables.ends("meeting_organization", "organization_id", "meeting_id", secret_bodies)
    inside = [
        row
        for row in tables.rows["meeting"].values()
        if wanted.within(row["start"].date() if row["start"] else None)
    ]
    told = {
        row["id"]
        for row in inside
        if row["id"] not in secret and wanted.sees(row["confidentiality"]) is View.FULL
    }
    found.ids["meeting"] = told
    found.left_out += len(inside) - len(told)


def _choose_items(
    found: LeavingCouncil, place: Workplace, session: Session, tables: Tables, wanted: Wanted
) -> None:
    """Outside, the non-public part by its general terms alone."""
    told = {
        key
        for key, row in tables.rows["agenda_item"].items()
        if row["meeting_id"] in found.ids["meeting"] or (row["meeting_id"] is None and not wanted.outside)
    }
    if wanted.outside:
        rules = agenda_rules(place.catalog)
        rows = agenda_rows(session, rules, lambda level: wanted.sees(level) is View.FULL, outside=True)
        shown = {item.id: item for items in rows.values() for item in items}
        told &= shown.keys()
        found.terms = {key: shown[key].name for key in told if shown[key].public is not True}
    found.ids["agenda_item"] = told


def _choose_papers(found: LeavingCouncil, session: Session, tables: Tables, wanted: Wanted) -> None:
    published = published_papers(session) if wanted.outside else set()
    rows = [row for row in tables.rows["paper"].values() if wanted.within(row["date"])]
    seen = {row["id"] for row in rows if wanted.sees(row["confidentiality"]) is View.FULL}
    found.ids["paper"] = seen & published if wanted.outside else seen
    found.left_out += len(rows) - len(seen)


def _choose_consultations(found: LeavingCouncil, tables: Tables) -> None:
    """Stations of papers that leave; none of a session that stays, and outside none but on public items."""
    told = set()
    for key, row in tables.rows["consultation"].items():
        item = tables.rows["agenda_item"].get(row["agenda_item_id"] or 0)
        meeting = row["meeting_id"] or (item["meeting_id"] if item else None)
        paper = found.has("paper", row["paper_id"]) or (row["paper_id"] is None and not found.outside)
        if not paper or (meeting is not None and not found.has("meeting", meeting)):
            continue
        public = found.has("agenda_item", row["agenda_item_id"]) and row["agenda_item_id"] not in found.terms
        if public or not found.outside:
            told.add(key)
    found.ids["consultation"] = told


def _choose_files(found: LeavingCouncil, tables: Tables) -> None:
    """Files of what leaves; outside only of papers and public items: minutes may hold the other part too."""
    told, known = set(), set()
    for row in tables.links["file_link"]:
        known.add(row["file_id"])
        item = row["agenda_item_id"]
        of_item = found.has("agenda_item", item) and item not in found.terms
        of_meeting = found.has("meeting", row["meeting_id"]) and not found.outside
        if of_item or of_meeting or found.has("paper", row["paper_id"]):
            told.add(row["file_id"])
    loose = set() if found.outside else tables.rows["file"].keys() - known
    found.ids["file"] = (told | loose) & tables.rows["file"].keys()


def _choose_bodies(found: LeavingCouncil, tables: Tables, wanted: Wanted) -> None:
    """The council's own bodies; who sits in a session that is told of is known from it."""
    sit = tables.ends("meeting_organization", "meeting_id", "organization_id", found.ids["meeting"])
    concerned = sit | tables.ends(
        "consultation_organization", "consultation_id", "organization_id", found.ids["consultation"]
    )
    concerned |= tables.ends("paper_party", "paper_id", "organization_id", found.ids["paper"])
    told = set()
    for key, row in tables.rows["organization"].items():
        ours = row["oparl_id"] or row["organization_type"].casefold() in COUNCIL_TYPES or key in concerned
        level = row["confidentiality"]
        named = key in sit and level not in HIDDEN
        if ours and (named or wanted.sees(level) is View.FULL):
            told.add(key)
    found.ids["organization"] = told


def _choose_people(found: LeavingCouncil, tables: Tables, wanted: Wanted) -> None:
    """Members of these bodies, as far as their own level lets them out."""
    members = {
        row["person_id"]
        for row in tables.rows["membership"].values()
        if found.has("organization", row["organization_id"])
    }
    members |= tables.ends("paper_party", "paper_id", "person_id", found.ids["paper"])
    members |= tables.ends("meeting_participant", "meeting_id", "person_id", found.ids["meeting"])
    told = {
        key
        for key, row in tables.rows["person"].items()
        if (row["oparl_id"] or key in members) and wanted.sees(row["confidentiality"]) is View.FULL
    }
    found.ids["person"] = told
    found.ids["membership"] = {
        key
        for key, row in tables.rows["membership"].items()
        if (key_told := (row["person_id"] in told, found.has("organization", row["organization_id"])))
        and (all(key_told) or (not found.outside and _waits(row, key_told)))
    }


def _waits(row: Mapping[str, object], told: tuple[bool, bool]) -> bool:
    """Whether a membership still waits for its person or body, and the other one is told of."""
    known = ((row["person_id"] is None) or told[0], (row["organization_id"] is None) or told[1])
    return all(known) and row["oparl_id"] is not None


def _places(found: LeavingCouncil, tables: Tables) -> set[int]:
    """Places of sessions and municipalities; all others only inside, but none where only hidden ones sit."""
    rows = [tables.rows["meeting"][key] for key in found.ids["meeting"]]
    rows += [tables.rows["body"][key] for key in found.ids["body"]]
    told = {row["location_id"] for row in rows if row["location_id"] in tables.rows["location"]}
    if found.outside:
        return told
    hidden = {
        kept_of_people(table, row).get(PLACE)
        for table in ("organization", "person")
        for key, row in tables.rows[table].items()
        if not found.has(table, key)
    }
    places = tables.rows["location"].items()
    open_ = {key for key, row in places if row["oparl_id"] is None or row["oparl_id"] not in hidden}
    return open_ - (tables.seats - told)
