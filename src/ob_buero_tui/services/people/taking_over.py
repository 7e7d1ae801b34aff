"""What the kept contact takes from one that goes in a merging, and what is noted because it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.services.intake.people_rows import CARDS, EXTRA_LABELS, MERGED_UIDS, REVISED
from ob_buero_tui.services.people.columns import COLUMNS, Column, contact_name, typed
from ob_buero_tui.services.people.seeing import Contact
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import Body
from ob_buero_tui.store.people import Organization

LISTS = ("categories", "locks")
_GAPS = {
    "deceased_on": "verstorben am", "gender": "Geschlecht", "source": "Quelle", "source_on": "Quelle vom",
    "start_date": "Beginn", "end_date": "Ende", "member_count": "Mitglieder", "part_of_id": "gehört zu",
    "voting_member_count": "Stimmberechtigte", "ladungsfrist": "Ladungsfrist", "body_id": "Körperschaft",
    "organization_type": "Art der Organisation",
}  # fmt: skip
"""Columns that no form has; where both have a value, the other one is noted under this label."""
_MOVED = "Aus der Zusammenführung: "
_HIDDEN = frozenset({REVISED, MERGED_UIDS, CARDS})


def take_over(work: Work, table: str, keep: Contact, other: Contact) -> None:
    """Fill the gaps of the kept contact; what differs goes to its notes."""
    differing = _of_the_form(table, keep, other)
    for name in LISTS:
        if hasattr(keep, name):
            setattr(keep, name, list(dict.fromkeys([*getattr(keep, name), *getattr(other, name)])))
    differing += _of_no_form(work, keep, other)
    if isinstance(keep, Organization) and isinstance(other, Organization):
        if keep.mayor_attends and not other.mayor_attends:
            differing.append("Oberbürgermeister nimmt an Sitzungen teil: nein (gilt jetzt)")
        keep.mayor_attends = keep.mayor_attends and other.mayor_attends
    differing += _colliding(keep.extra, other.extra)
    levels = (Confidentiality(row.confidentiality) for row in (keep, other))
    keep.confidentiality = strictest(levels).value
    told = f"{_MOVED}{'; '.join(differing)}" if differing else ""
    keep.note = "\n".join(part for part in (keep.note, other.note, told) if part)


def united_extra(keep: Contact, other: Contact) -> dict[str, Any]:
    """What both have beside their columns; of the uids of the other every one leads here from now on."""
    extra = {**other.extra, **keep.extra}
    revised = [text for row in (keep, other) if (text := row.extra.get(REVISED))]
    if revised:
        extra[REVISED] = max(revised)
    cards = {**other.extra.get(CARDS, {}), **keep.extra.get(CARDS, {})}
    if cards:
        extra[CARDS] = cards
    theirs = [other.uid, *other.extra.get(MERGED_UIDS, ())]
    uids = [uid for uid in [*keep.extra.get(MERGED_UIDS, ()), *theirs] if uid and uid != keep.uid]
    if uids:
        extra[MERGED_UIDS] = list(dict.fromkeys(uids))
    return extra


def _of_the_form(table: str, keep: Contact, other: Contact) -> list[str]:
    differing = []
    for column in COLUMNS[table]:
        ours, theirs = getattr(keep, column.name), getattr(other, column.name)
        if column.name == "note" or column.name in LISTS or theirs in (None, ""):
            continue
        if ours in (None, ""):
            setattr(keep, column.name, theirs)
        elif ours != theirs:
            differing.append(_noted(column, theirs))
    return differing


def _of_no_form(work: Work, keep: Contact, other: Contact) -> list[str]:
    differing = []
    keep.uid = keep.uid or other.uid
    for name, label in _GAPS.items():
        if not hasattr(keep, name):
            continue
        ours, theirs = getattr(keep, name), getattr(other, name)
        if theirs in (None, "") or ours == theirs or (name == "part_of_id" and keep.id == theirs):
            continue
        if ours in (None, ""):
            setattr(keep, name, theirs)
        else:
            differing.append(f"{label}: {_named(work, name, theirs)}")
    return differing


def _named(work: Work, name: str, value: Any) -> str:
    if name == "part_of_id":
        return contact_name(work.get(Organization, value))
    if name == "body_id":
        return work.get(Body, value).name
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)


def _colliding(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """What foreign files told differently of both; nested objects of council systems cannot be read."""
    differing = []
    for name, value in theirs.items():
        if name in _HIDDEN or name not in ours or ours[name] == value:
            continue
        texts = value if isinstance(value, list) else [value]
        if all(isinstance(text, str) for text in texts):
            differing.append(f"{EXTRA_LABELS.get(name, name)}: {', '.join(texts)}")
    return differing


def _noted(column: Column, value: Any) -> str:
    return f"{column.label}: {', '.join(typed(column, value).splitlines())}"
