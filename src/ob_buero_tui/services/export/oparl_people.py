"""People and bodies in the words of OParl: what the office has changed counts, all else as it came."""

from __future__ import annotations

from typing import Any

from ob_buero_tui.rules.names import joined
from ob_buero_tui.services.export.oparl_tables import kept_of_people
from ob_buero_tui.services.intake.oparl_rows import OF_OWNER, PLACE, SAID, SEVERAL, Row, plain

ASIDE = frozenset((SAID, OF_OWNER, PLACE, "created", "modified", "deleted", "web"))
"""What is kept of people and is no property of theirs."""

TOLD_OUTSIDE = {
    "person": ("name", "family_name", "given_name", "title", "affix"),
    "organization": (
        *("name", "short_name", "organization_type", "classification", "start_date", "end_date"),
        *("website", "member_count", "voting_member_count"),
    ),
    "membership": ("role", "start_date", "end_date", "voting_right"),
}
"""What press and public read of people and bodies; addresses and numbers need a consent (OParl 1.1, 1.6)."""


def people_values(table: str, row: Row, *, outside: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it says of itself by our names, and its other properties by OParl's.

    Args:
        outside: For press and public.
    """
    kept = kept_of_people(table, row)
    values = dict(row) | ({"web": kept["web"]} if kept.get("web") else {})
    extra = {name: value for name, value in kept.items() if name not in ASIDE}
    if table == "person":
        values, extra = _person(row, kept, extra)
    if not outside:
        return values, extra
    return {name: values[name] for name in TOLD_OUTSIDE[table] if name in values}, {}


def _person(row: Row, kept: dict[str, Any], extra: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A person's columns are fewer than OParl's properties: what came counts where nobody changed it."""
    said = kept.get(SAID) or {}

    def came(*columns: str) -> bool:
        return all(plain(row[name]) == said.get(name, plain(row[name])) for name in columns)

    name = ("honorific_prefix", "given_name", "affix", "family_name")
    values: dict[str, Any] = {
        "name": " ".join(
            filter(
                None, (row["honorific_prefix"], joined(row["given_name"], row["family_name"]), row["affix"])
            )
        ),
        **{one: row[one] for one in ("family_name", "given_name", "affix", "gender", "form_of_address")},
        "title": [row["honorific_prefix"]] if row["honorific_prefix"] else [],
        "phone": [row["tel"]] if row["tel"] else [],
        "email": [row["email"]] if row["email"] else [],
        "status": row["job_title"].split(SEVERAL) if row["job_title"] else [],
        "web": kept.get("web", ""),
    }
    whole = {
        "name": ("name", name),
        "phone": ("phone", ("tel",)),
        "email": ("email", ("email",)),
        "gender": ("gender", ("gender",)),
        "formOfAddress": ("form_of_address", ("form_of_address",)),
        "title": ("title", ("honorific_prefix",)),
    }
    for oparl, (ours, columns) in whole.items():
        if oparl in extra and said and came(*columns):
            values[ours] = extra[oparl]
    return values, {one: value for one, value in extra.items() if one not in whole}
