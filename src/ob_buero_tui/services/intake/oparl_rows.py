"""Turns records of OParl into the columns of our tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from ob_buero_tui.exchange.oparl_records import OparlRecord
from ob_buero_tui.rules.gender import form_of, form_of_word, gender_of
from ob_buero_tui.services.intake.names import split_name
from ob_buero_tui.store.types import utc_text

Row = dict[str, Any]

NO_NAME = "(ohne Namen)"

PEOPLE = frozenset(("person", "organization", "membership"))
"""Tables that the office edits too: they keep what OParl alone knows under `extra["oparl"]`."""

OF_OWNER = "modified_of_owner"
"""In what is kept of an object: its date is that of the one it stood in."""
SAID = "said_columns"
"""In what is kept of people: what OParl last said of the columns that the office edits too."""

PLACE = "location"
"""In what is kept of people: the id of the place whose address they have."""

SEVERAL = ", "

DEFAULTS: dict[str, Row] = {
    "system": {"name": "", "oparl_version": ""},
    "location": {
        "description": "",
        "room": "",
        "street_address": "",
        "postal_code": "",
        "sub_locality": "",
        "locality": "",
    },
    "body": {"name": NO_NAME, "short_name": "", "website": "", "ags": "", "rgs": ""},
    "legislative_term": {"name": "", "start_date": None, "end_date": None},
    "organization": {
        "name": NO_NAME,
        "short_name": "",
        "website": "",
        "organization_type": "",
        "classification": "",
        "start_date": None,
        "end_date": None,
        "member_count": None,
        "voting_member_count": None,
    },
    "person": {
        "family_name": "",
        "given_name": "",
        "honorific_prefix": "",
        "gender": "",
        "form_of_address": "",
        "affix": "",
        "tel": "",
        "email": None,
        "job_title": "",
    },
    "membership": {"role": "", "start_date": None, "end_date": None, "voting_right": None},
    "meeting": {"name": "", "meeting_state": "", "cancelled": False, "start": None, "end": None},
    "agenda_item": {
        "number": "",
        "position": 0,
        "name": "",
        "public": None,
        "result": "",
        "resolution_text": "",
        "start": None,
        "end": None,
    },
    "paper": {"name": "", "reference": "", "date": None, "paper_type": ""},
    "consultation": {"position": 0, "authoritative": None, "role": ""},
    "file": {
        "name": "",
        "file_name": "",
        "mime_type": "",
        "date": None,
        "size": None,
        "sha512": "",
        "access_url": "",
        "download_url": "",
        "text": "",
    },
}
"""What each table takes from OParl, and what stands there where the object says nothing."""

KEPT_WHEN_ABSENT = frozenset(("position", "result", "resolution_text"))
"""Columns that a newer version without them leaves as they are: the office writes decisions down too."""


def said(table: str, record: OparlRecord) -> Row:
    """The columns that an object says something about."""
    make = _MAKERS.get(table)
    values = make(record) if make else dict(record.values)
    row = {name: value for name, value in values.items() if name in DEFAULTS[table]}
    if table not in PEOPLE and "web" in record.values:
        row["web"] = record.values["web"]
    return row


def extra_of(table: str, record: OparlRecord) -> Row:
    """What our columns do not hold: properties nobody asked for, and for people what every object has."""
    dated = {OF_OWNER: True} if record.inherited else {}
    if table not in PEOPLE:
        return {**record.extra, **dated}
    more: Row = dated | {name: record.values[name] for name in ("web",) if name in record.values}
    for name, moment in (("created", record.created), ("modified", record.modified)):
        if moment is not None:
            more[name] = utc_text(moment)
    if record.deleted:
        more["deleted"] = True
    more[SAID] = {name: plain(value) for name, value in said(table, record).items()}
    return {"oparl": {**record.extra, **_places(record), **_unsaid(table, record), **more}}


def plain(value: Any) -> Any:
    """A value of a column as JSON."""
    return value.isoformat() if isinstance(value, date) else value


def new_row(table: str, record: OparlRecord) -> Row:
    """All columns of a new row but its keys."""
    row = {**DEFAULTS[table], **said(table, record)}
    row |= {"oparl_id": record.id, "extra": extra_of(table, record)}
    if table not in PEOPLE:
        row.setdefault("web", "")
        row |= {"created": record.created, "modified": record.modified, "deleted": False}
    elif table != "membership":
        row |= {"source": "OParl"}
    return row


def stored_modified(table: str, row: Mapping[str, Any]) -> datetime | None:
    """When the stored version of an object was last changed, as its source said."""
    if table not in PEOPLE:
        return row["modified"]  # type: ignore[no-any-return]
    text = (row["extra"].get("oparl") or {}).get("modified")
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def is_deleted(table: str, row: Mapping[str, Any]) -> bool:
    """Whether the stored version is only there to say that the object is gone."""
    if table not in PEOPLE:
        return bool(row["deleted"])
    return bool((row["extra"].get("oparl") or {}).get("deleted"))


def is_dated_by_owner(table: str, row: Mapping[str, Any]) -> bool:
    """Whether the stored version has no date of its own, but that of what it stood in."""
    return bool(kept_of(table, row).get(OF_OWNER))


def kept_of(table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is kept of a stored object beside its columns."""
    extra: Mapping[str, Any] = row["extra"]
    return extra if table not in PEOPLE else extra.get("oparl") or {}


def _person(record: OparlRecord) -> Row:
    values = dict(record.values)
    parts = split_name(values.get("name", ""))
    if "family_name" not in values and "given_name" not in values:
        values |= {"family_name": parts.family or NO_NAME, "given_name": parts.given}
    prefix = " ".join(values.get("title", ())) or parts.prefix
    row = {name: values[name] for name in DEFAULTS["person"] if name in values}
    row["email"] = next((mail.strip().lower() for mail in values.get("email", ()) if "@" in mail), None)
    gender = gender_of(str(values.get("gender", "")))
    row["gender"] = gender or ""
    row["form_of_address"] = _form(values) or parts.form or form_of(gender)
    row["honorific_prefix"] = prefix
    row["tel"] = next(iter(values.get("phone", ())), "")
    row["job_title"] = SEVERAL.join(values.get("status", ()))
    return {name: value for name, value in row.items() if value not in ("", None)}


def _form(values: Mapping[str, Any]) -> str:
    """„Frau“ or „Herr“ of a form of address such as „Sehr geehrte Frau“; our column takes no other."""
    return next(filter(None, map(form_of_word, str(values.get("form_of_address", "")).split())), "")


def _meeting(record: OparlRecord) -> Row:
    """A session that ends before it begins has no known end."""
    values = dict(record.values)
    start, end = values.get("start"), values.get("end")
    if end is not None and (start is None or end <= start):
        values["end"] = None
    return values


def _places(record: OparlRecord) -> Row:
    """Which place it was that only its address is kept of."""
    named = record.references.get("location", ()) or record.references.get("locationObject", ())
    return {PLACE: named[0]} if named else {}


def _unsaid(table: str, record: OparlRecord) -> Row:
    """What a person says that our columns cannot hold: more numbers and addresses, a name in one piece."""
    if table != "person":
        return {}
    values = record.values
    more = {name: list(values[name]) for name in ("phone", "email") if len(values.get(name, ())) > 1}
    if values.get("gender") and gender_of(str(values["gender"])) is None:
        more["gender"] = values["gender"]
    if values.get("form_of_address", "") not in ("", _form(values)):
        more["formOfAddress"] = values["form_of_address"]
    if values.get("name"):
        more["name"] = values["name"]
    return more


_MAKERS: dict[str, Callable[[OparlRecord], Row]] = {"person": _person, "meeting": _meeting}
