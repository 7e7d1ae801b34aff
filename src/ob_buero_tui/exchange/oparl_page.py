"""One page of an OParl endpoint: its objects, where the next page is, and which lists are to be read too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ob_buero_tui.exchange.oparl import read_value
from ob_buero_tui.exchange.oparl_json import load_json
from ob_buero_tui.exchange.oparl_records import OparlFile
from ob_buero_tui.exchange.oparl_types import type_of
from ob_buero_tui.rules.refusals import Refusal

ROOTS = ("System", "Body")
"""Types whose objects name the lists of all others."""

LISTS = ("organization", "person", "meeting", "paper")
"""The lists of a Body (OParl 1.0), best read in this order; with them comes what stands inside others."""

INNER_LISTS = ("legislativeTermList", "locationList", "membership", "agendaItem", "consultation", "file")
"""Lists of what stands inside others (OParl 1.1): only they name what was deleted there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A list, or an object, that a page names and that is to be read too.

    Args:
        kind: The OParl property that names it.
        root: Whether it leads on to further lists.
        inner: Whether it repeats what stands inside others.
    """

    address: str
    kind: str
    root: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OparlPage:
    """What one page holds.

    Args:
        file: Its objects.
        next: The address of the next page as it stands there; empty on the last one.
        named: What its objects name for further reading.
    """

    file: OparlFile
    next: str = ""
    named: tuple[Named, ...] = ()


def read_page(data: bytes, office_zone: str) -> OparlPage:
    """Read an object or a page of a list.

    Args:
        office_zone: IANA name of the office's zone.

    Raises:
        Refusal: it is no JSON, or neither an object of OParl nor a page of a list.
    """
    value, notes = load_json(data)
    objects = value.get("data") if isinstance(value, dict) else None
    if not isinstance(objects, list):
        return OparlPage(file=read_value(value, office_zone, notes), named=tuple(_named(value)))
    try:
        file = read_value(value, office_zone, notes)
    except Refusal as refusal:
        # A page of nothing but broken objects costs itself alone: the next one is known.
        file = OparlFile(records=(), problems=(refusal.why,), notes=tuple(notes))
    named = tuple(one for item in objects for one in _named(item))
    return OparlPage(file=file, next=_next(value), named=named)


def _next(page: Mapping[str, Any]) -> str:
    links = page.get("links")
    found = links.get("next") if isinstance(links, dict) else None
    return found if isinstance(found, str) else ""


def _named(item: Any) -> Iterator[Named]:
    """The lists that a System or a Body names."""
    kind = type_of(item.get("type")) if isinstance(item, dict) else None
    if kind == "System":
        yield from _addresses(item, "body", root=True)
    elif kind == "Body":
        for name in LISTS:
            yield from _addresses(item, name)
        for name in INNER_LISTS:
            yield from _addresses(item, name, inner=True)


def _addresses(
    item: Mapping[str, Any], name: str, *, root: bool = False, inner: bool = False
) -> Iterator[Named]:
    """One list, or several objects one by one; objects that stand there are read already."""
    value = item.get(name)
    for address in value if isinstance(value, list) else [value]:
        if isinstance(address, str) and address.strip():
            yield Named(address=address, kind=name, root=root, inner=inner)
