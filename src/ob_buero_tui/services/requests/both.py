"""A request's form and the record as another desk left it meanwhile, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ob_buero_tui.services.conflicts import Merged, merge_typed, with_authors
from ob_buero_tui.services.requests.editing import Form, form
from ob_buero_tui.services.requests.forms import COMMON, PREFIX, form_specs
from ob_buero_tui.services.workplace import Workplace

VERSION: Final = "version"
"""The name under which a draft keeps the version it was begun on."""
_COLUMNS: Final[Mapping[str, str]] = {
    "event_date": "event_start",
    "event_from": "event_start",
    "event_to": "event_end",
}


def form_values(start: Form) -> dict[str, str]:
    """The values of a form by the names of its fields, as drafts keep them."""
    common = {name: str(getattr(start, name)) for name in COMMON}
    return {"kind": start.kind, **common, **{f"{PREFIX}{key}": text for key, text in start.fields.items()}}


def merge_form(
    place: Workplace, request_id: int, before: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[Form, Merged]:
    """The record as it is now, and the form with what the other desk changed.

    Args:
        before: The values the form was filled with.
        mine: What stands in it.

    Raises:
        Refusal: the record is gone, or the database could not be read.
    """
    now = form(place, request_id)
    specs = {
        name: spec
        for key in (mine.get("kind", ""), now.kind)
        for name, spec in form_specs(place.catalog.kinds.get(key)).items()
    }
    labels = {"kind": "Art", **{name: spec.label for name, spec in specs.items()}}
    merged = merge_typed(before, mine, form_values(now), labels)
    columns = {
        name: f"fields.{name.removeprefix(PREFIX)}" if name.startswith(PREFIX) else _COLUMNS.get(name, name)
        for name in labels
    }
    clashes = with_authors(place, "request", request_id, merged.clashes, columns)
    return now, replace(merged, clashes=clashes)
