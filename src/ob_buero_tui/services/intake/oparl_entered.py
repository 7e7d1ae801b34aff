"""What the office entered before it came by OParl: the same session, paper or body, joined and not doubled.

Sessions are made here by hand or by an accepted year's plan, papers get their number here, bodies and their
members are entered where no file has them. When the council information system sends the same one, the row
takes its id; everything that hangs on it stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ob_buero_tui.rules.body_kinds import body_kind
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.intake.oparl_changes import Step, changes_of
from ob_buero_tui.services.intake.oparl_counts import KINDS
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_owners import Owners
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_rows import PEOPLE, Row, said

TOLD = ("meeting", "paper", "organization")
NAMED = 3
Alike = Callable[[Item, Row], bool]


def join_entered(session: Session, items: Sequence[Item], owners: Owners) -> list[str]:
    """Let new objects of a file be those that the office has entered already.

    Args:
        owners: Keys of what the objects name; people are joined already.

    Returns:
        German sentences on what was joined.
    """
    for table, find in _FINDERS.items():
        new = [item for item in items if item.table == table and item.step is Step.NEW]
        if new:
            find(session, new, owners)
    return _told(item for item in items if item.joined and item.table in TOLD)


def join_row(item: Item, stored: Row) -> None:
    """Let an object be a stored row: it takes the id and, of people, only what is empty there."""
    step = Step.SAME if item.table in PEOPLE else Step.NEWER
    changes, _left = changes_of(item.table, item.record, stored, step)
    item.step, item.stored, item.joined = step, stored, True
    item.changes = {**changes, "oparl_id": item.record.id}


def _organizations(session: Session, new: Sequence[Item], _owners: Owners) -> None:
    """A body of the same name; one that no kind of body was said of may be a club and stays apart."""
    rows = {item.record.id: said("organization", item.record) for item in new}
    known = _entered(session, "organization", "name", (row.get("name", "") for row in rows.values()))
    known = [
        row
        for row in known
        if row["organization_type"] and row["confidentiality"] != Confidentiality.PERSOENLICH.value
    ]

    def alike(item: Item, row: Row) -> bool:
        own = rows[item.record.id]
        kinds = [body_kind(one.get("organization_type", ""), one["name"]) for one in (own, row)]
        return kinds[0] is kinds[1]

    _join_one(new, known, lambda item: rows[item.record.id].get("name"), lambda row: row["name"], alike)


def _memberships(session: Session, new: Sequence[Item], owners: Owners) -> None:
    """The same person in the same body, which has not ended before the other one begins."""
    people, bodies = owners.column(new, "person"), owners.column(new, "organization")
    known = _entered(session, "membership", "person_id", set(people.values()))

    def ends(item: Item) -> Hashable:
        found = people.get(item.record.id), bodies.get(item.record.id)
        return None if None in found else found

    def alike(item: Item, row: Row) -> bool:
        first, last = item.record.values.get("start_date"), row["end_date"]
        return first is None or last is None or first <= last

    _join_one(new, known, ends, lambda row: (row["person_id"], row["organization_id"]), alike)


def _meetings(session: Session, new: Sequence[Item], owners: Owners) -> None:
    """The same leading body and the same beginning; one that takes place before one that was called off."""
    owners.load("organization", (one for item in new for one in _leading(item)))
    starts = {_text(start) for item in new if (start := item.record.values.get("start")) is not None}
    known = _entered(session, "meeting", "start", starts)
    sitting = rows_with(session, "meeting_organization", "meeting_id", [row["id"] for row in known])
    bodies: dict[int, int] = {}
    for row in sorted(sitting, key=lambda row: (row["position"], row["id"])):
        bodies.setdefault(row["meeting_id"], row["organization_id"])

    def when(item: Item) -> Hashable:
        start = item.record.values.get("start")
        body = next((owners.key("organization", one) for one in _leading(item)), None)
        return None if start is None or body is None else (body, start)

    known.sort(key=lambda row: (row["cancelled"], row["id"]))
    _join_one(new, known, when, lambda row: (bodies.get(row["id"]), row["start"]), first=True)


def _agenda_items(session: Session, new: Sequence[Item], owners: Owners) -> None:
    """An item of the same title on the agenda of a session that is there."""
    sessions = owners.column(new, "meeting")
    known = _entered(session, "agenda_item", "meeting_id", set(sessions.values()))

    def title(item: Item) -> Hashable:
        name, meeting = fold(str(item.record.values.get("name", ""))), sessions.get(item.record.id)
        return (meeting, name) if name and meeting is not None else None

    _join_one(new, known, title, lambda row: (row["meeting_id"], fold(row["name"])))


def _papers(session: Session, new: Sequence[Item], _owners: Owners) -> None:
    """A paper of the same number."""
    numbers = {str(item.record.values.get("reference", "")) for item in new} - {""}
    known = _entered(session, "paper", "reference", numbers)
    _join_one(
        new, known, lambda item: item.record.values.get("reference") or None, lambda row: row["reference"]
    )


def _consultations(session: Session, new: Sequence[Item], owners: Owners) -> None:
    """A station of the same paper on the same session, or before the same body where it has none yet."""
    papers, sessions = owners.column(new, "paper"), owners.column(new, "meeting")
    known = _entered(session, "consultation", "paper_id", set(papers.values()))
    if not known:
        return
    owners.load(
        "organization", (one for item in new for one in item.record.references.get("organization", ()))
    )
    bodies: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows_with(
        session, "consultation_organization", "consultation_id", [row["id"] for row in known]
    ):
        bodies[row["consultation_id"]].add(row["organization_id"])

    def alike(item: Item, row: Row) -> bool:
        meeting = sessions.get(item.record.id)
        if meeting is not None and row["meeting_id"] is not None:
            return bool(meeting == row["meeting_id"])
        named = item.record.references.get("organization", ())
        return any(owners.key("organization", one) in bodies[row["id"]] for one in named)

    _join_one(new, known, lambda item: papers.get(item.record.id), lambda row: row["paper_id"], alike)


_FINDERS: dict[str, Callable[[Session, Sequence[Item], Owners], None]] = {
    "organization": _organizations,
    "membership": _memberships,
    "meeting": _meetings,
    "agenda_item": _agenda_items,
    "paper": _papers,
    "consultation": _consultations,
}
"""By table, in an order in which what an object belongs to is joined before it."""


def _entered(session: Session, table: str, column: str, values: Iterable[Any]) -> list[Row]:
    """The rows with these values that no file has brought yet."""
    found = rows_with(session, table, column, sorted(set(values)))
    return [dict(row) for row in found if row["oparl_id"] is None and not row.get("deleted")]


def _join_one(
    new: Sequence[Item],
    known: Sequence[Row],
    of_item: Callable[[Item], Hashable],
    of_row: Callable[[Row], Hashable],
    alike: Alike | None = None,
    *,
    first: bool = False,
) -> None:
    """Join what means the same thing on both sides; of several rows none, but where the first is wanted."""
    rows: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in known:
        rows[of_row(row)].append(row)
    for item in new if rows else ():
        wanted = of_item(item)
        there = rows.get(wanted, []) if wanted is not None else []
        fitting = [row for row in there if alike is None or alike(item, row)]
        if len(fitting) == 1 or (first and fitting):
            join_row(item, fitting[0])
            there.remove(fitting[0])


def _leading(item: Item) -> tuple[str, ...]:
    return item.record.references.get("organization", ())[:1]


def _text(start: datetime) -> str:
    """A beginning as its column holds it."""
    return start.isoformat()[:19]


def _told(joined: Iterable[Item]) -> list[str]:
    """„1 Sitzung und 2 Gremien (Hauptausschuss, Stadtrat) gab es im Büro schon“."""
    found = list(joined)
    if not found:
        return []
    counts = Counter(item.table for item in found)
    names = [shorten(item.known["name"], 60) for item in found if item.table == "organization"]
    more = " …" if len(names) > NAMED else ""
    parts = [plural(counts[table], *KINDS[table]) for table in TOLD if counts[table]]
    if names:
        parts[-1] += f" ({', '.join(names[:NAMED])}{more})"
    return [f"{join(parts)} gab es im Büro schon und {_are(len(found))} jetzt dasselbe wie im RIS."]


def _are(count: int) -> str:
    return "ist" if count == 1 else "sind"
