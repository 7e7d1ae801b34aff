"""What the office leads itself, though it came by OParl once: no later version takes its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.services.council.leading import WIR, led_by
from ob_buero_tui.services.intake.oparl_changes import Step
from ob_buero_tui.services.intake.oparl_counts import KINDS
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_owners import Owners
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_rows import DEFAULTS, said
from ob_buero_tui.store.council import MeetingOrganization
from ob_buero_tui.store.people import Organization

TABLES = ("meeting", "agenda_item", "paper", "consultation")
NAMED = 3
PLACE = ("room", "description", "street_address", "locality")
EMPTY = ("", None)


def keep_led(session: Session, catalog: Catalog, items: Sequence[Item], owners: Owners) -> list[str]:
    """Take from the plan what would overwrite sessions, agendas and papers of bodies that the office leads.

    What is empty there is filled all the same. The date of the stored version stays where something was
    left out, so that it comes in once the council information system leads again.

    Returns:
        One German sentence on what was left out, or none.
    """
    concerned = [item for item in items if item.table in TABLES and item.step is not Step.OLDER]
    ours = _bodies(session, catalog) if concerned else {}
    if not ours:
        return []
    led = _Led(session, owners, ours)
    left: dict[tuple[str, str], int] = {}
    places = {item.record.id: item for item in items if item.table == "location"}
    for table in TABLES:
        rows = [item for item in concerned if item.table == table]
        for item, body in led.of(table, rows):
            if _leave(item) or (table == "meeting" and _moved(session, item, places)):
                left[table, item.record.id] = body
    return (
        [_told(Counter(table for table, _one in left), [ours[key] for key in left.values()])] if left else []
    )


def _bodies(session: Session, catalog: Catalog) -> dict[int, str]:
    """The bodies whose sessions the office leads, by key, and what they are called."""
    sitting = select(MeetingOrganization.organization_id)
    rows = session.execute(
        select(Organization.id, Organization.name, Organization.short_name, Organization.agenda_led_by)
        .add_columns(Organization.oparl_id)
        .where(Organization.id.in_(sitting) | (Organization.agenda_led_by == WIR))
    )
    return {
        row.id: shorten(clean(row.short_name or row.name), 60) for row in rows if led_by(catalog, row) == WIR
    }


class _Led:
    """Finds the records that belong to these bodies, with the body of each."""

    def __init__(self, session: Session, owners: Owners, ours: Mapping[int, str]) -> None:
        self._session = session
        self._owners = owners
        self._ours = ours
        self._papers: dict[int, int] = {}

    def of(self, table: str, items: Sequence[Item]) -> Iterable[tuple[Item, int]]:
        """Those of one table; papers before their stations."""
        keys = self._keys(table, items)
        if table == "paper":
            bodies = self._papers = self._of_papers(keys.values())
        elif table == "consultation":
            bodies = self._papers
        else:
            bodies = {
                key: found[0] for key, found in self._sitting(keys.values()).items() if found[0] in self._ours
            }
        for item in items:
            body = bodies.get(keys.get(item.record.id, 0))
            # A new station is a step more on a paper's way, a new item would change the agenda.
            if body is not None and (item.stored is not None or table == "agenda_item"):
                yield item, body

    def _keys(self, table: str, items: Sequence[Item]) -> dict[str, int]:
        """The keys of the sessions or papers that records stand for, by OParl id."""
        owner = {"agenda_item": "meeting", "consultation": "paper"}.get(table)
        if owner is None:
            return {item.record.id: item.known["id"] for item in items if item.stored is not None}
        new = self._owners.column([item for item in items if item.stored is None], owner)
        stored = [item for item in items if item.stored is not None]
        kept = {item.record.id: item.known[f"{owner}_id"] for item in stored}
        return new | {own: key for own, key in kept.items() if key is not None}

    def _sitting(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """The bodies of sessions, the leading one first."""
        rows = rows_with(self._session, "meeting_organization", "meeting_id", sorted(set(keys)))
        found: defaultdict[int, list[int]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row["position"], row["id"])):
            found[row["meeting_id"]].append(row["organization_id"])
        return found

    def _of_papers(self, keys: Iterable[int]) -> dict[int, int]:
        """Papers that only come before bodies which the office leads."""
        stations = rows_with(self._session, "consultation", "paper_id", sorted(set(keys)))
        stations = [row for row in stations if not row["deleted"]]
        sitting = self._sitting(row["meeting_id"] for row in stations if row["meeting_id"] is not None)
        found: defaultdict[int, list[int]] = defaultdict(list)
        paper_of = {row["id"]: row["paper_id"] for row in stations}
        for row in stations:
            found[row["paper_id"]] += sitting.get(row["meeting_id"], [])
        for row in rows_with(self._session, "consultation_organization", "consultation_id", list(paper_of)):
            found[paper_of[row["consultation_id"]]].append(row["organization_id"])
        return {
            key: bodies[0] for key, bodies in found.items() if bodies and self._ours.keys() >= set(bodies)
        }


def _leave(item: Item) -> bool:
    """Keep an item from overwriting anything; says whether it would have."""
    item.led = True
    if item.stored is None:
        item.step = Step.KEPT
        return True
    stored, columns = item.stored, {*DEFAULTS[item.table], "deleted"}
    stays = {name for name in item.changes if name in columns and stored[name] not in EMPTY}
    for name in stays:
        del item.changes[name]
    if not stays:
        return False
    item.changes.pop("modified", None)
    # What a newer version no longer says is nothing that could have been taken over.
    return bool(stays & (said(item.table, item.record).keys() | {"deleted"}))


def _moved(session: Session, item: Item, places: Mapping[str, Item]) -> bool:
    """Whether a newer version of a session names another place than it has here."""
    named = item.record.references.get("location", ())
    place = places.get(named[0]) if named else None
    if item.step is not Step.NEWER or place is None or item.known["location_id"] is None:
        return False
    (here,) = rows_with(session, "location", "id", [item.known["location_id"]])
    return any(place.record.values.get(name, here[name]) != here[name] for name in PLACE)


def _told(counts: Counter[str], bodies: Iterable[str]) -> str:
    names = list(dict.fromkeys(bodies))
    shown = names if len(names) <= NAMED else [*names[:NAMED], f"{len(names) - NAMED} weitere"]
    parts = ", ".join(plural(counts[table], *KINDS[table]) for table in TABLES if counts[table])
    return f"{join(shown)} führt das Büro: nicht übernommen ({parts})."
