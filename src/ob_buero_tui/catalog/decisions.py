"""Who decides, whom matters are handed to, and the states of a request: small files of the catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from ob_buero_tui.catalog.layers import Layer, newest, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader, Table
from ob_buero_tui.catalog.values import ident, matching, one_of, tables, text

T = TypeVar("T", "Decider", "Department")


class DepartmentKind(StrEnum):
    """Whether a part of the administration is an Amt or the Dezernat above it."""

    AMT = "amt"
    DEZERNAT = "dezernat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Somebody who decides requests.

    Args:
        key: Its name in the database.
        label: What follows „durch“: OB, Büroleitung, Regel.
    """

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A part of the administration that takes matters over or gives its Stellungnahme.

    Args:
        key: Its name in the database.
        label: Its full German name.
        short: What lists and tasks call it: „Amt 66“.
        kind: Amt or Dezernat.
        email: Its address, or empty.
    """

    key: str
    label: str
    short: str
    kind: DepartmentKind = DepartmentKind.AMT
    email: str = ""


_EMAIL = matching(r"|[^@\s]{1,64}@[^@\s]{1,190}", "eine E-Mail-Adresse")
_SHORT = text(20)

DECIDER: Table = (Key("key", ident), Key("label", text(40)))
DEPARTMENT: Table = (
    Key("key", ident),
    Key("label", text(80)),
    Key("short", _SHORT),
    Key("kind", one_of(DepartmentKind), DepartmentKind.AMT),
    Key("email", _EMAIL, ""),
)


def load_deciders(layers: Sequence[Layer], problems: list[Problem]) -> dict[str, Decider]:
    """The deciders in their order; an office's count by their keys, beside the shipped ones."""
    found: dict[str, Decider] = {}
    for layer in layers:

        def read(data: Mapping[str, Any], reader: Reader) -> tuple[Decider, ...] | None:
            return _list(data, reader, "deciders", DECIDER, Decider)

        found |= {one.key: one for one in read_file(layer, "deciders.toml", read, problems) or ()}
    return found


def load_departments(layers: Sequence[Layer], problems: list[Problem]) -> tuple[Department, ...]:
    """The departments; the list of an office replaces the shipped one."""

    def read(data: Mapping[str, Any], reader: Reader) -> tuple[Department, ...] | None:
        return _list(data, reader, "departments", DEPARTMENT, Department)

    return newest(layers, "departments.toml", read, problems)


def _list(
    data: Mapping[str, Any], reader: Reader, name: str, keys: Table, build: type[T]
) -> tuple[T, ...] | None:
    """A file that is one list with a key for each entry; the second of two alike is named and left out."""
    reader.only(data, [name])
    place = reader.at(name)
    if not isinstance(data.get(name), list):
        place.wrong("eine Liste von Tabellen", *([data[name]] if name in data else []))
        return None
    kept: dict[str, T] = {}
    for index, one in enumerate(tables(keys, build)(data[name], place)):
        if one.key in kept:
            place.item(index).at("key").wrong("jede Kennung nur einmal", one.key)
        kept.setdefault(one.key, one)
    return tuple(kept.values())
