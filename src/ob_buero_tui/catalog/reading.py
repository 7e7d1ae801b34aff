"""How every catalog file is validated: a table of keys is read from a dict, problems are collected.

A file type is described by a tuple of `Key`; a `Reader` knows the place it stands at, so that each problem
names the file and the path of the key. Nothing is raised: whatever does not fit yields None and a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.rules.clean import clean

T = TypeVar("T")

#: Stands for a key that is not there.
MISSING: Any = object()
_REQUIRED: Any = object()
_SHOWN = 60
_HUGE = 10**18


@dataclass(frozen=True, slots=True)
class _Source:
    """What all places of one file share."""

    file: str
    problems: list[Problem]
    figures: Mapping[str, int]


class Reader:
    """One place in a catalog file, from which values are read.

    Args:
        source: The file, its problems and the office's figures.
        parent: The place above this one; None at the top of the file.
        step: The key or the number of the entry that leads here.
    """

    __slots__ = ("_parent", "_source", "_step")

    def __init__(self, source: _Source, parent: Reader | None = None, step: str | int = "") -> None:
        self._source = source
        self._parent = parent
        self._step = step

    @classmethod
    def of(cls, file: str, problems: list[Problem], figures: Mapping[str, int] | None = None) -> Reader:
        """Return the top of a file.

        Args:
            file: The name of the file as problems shall call it.
            problems: The list that problems are added to.
            figures: The office's named numbers, which may stand for a number.
        """
        return cls(_Source(file, problems, figures or {}))

    @property
    def problems(self) -> list[Problem]:
        """The problems of the file so far."""
        return self._source.problems

    @property
    def figures(self) -> Mapping[str, int]:
        """The office's named numbers."""
        return self._source.figures

    @property
    def path(self) -> str:
        """Where in the file, e.g. `fields[2].type`; built only when a problem needs it."""
        if self._parent is None:
            return ""
        above = self._parent.path
        if isinstance(self._step, int):
            return f"{above}[{self._step}]"
        return f"{above}.{self._step}" if above else self._step

    def at(self, key: str) -> Reader:
        """Return the place of a key below this one."""
        return Reader(self._source, self, key)

    def item(self, index: int) -> Reader:
        """Return the place of an entry of the list that stands here, counted from 0."""
        return Reader(self._source, self, index)

    def wrong(self, expected: str, found: object = MISSING, *, hint: str = "", effect: str = "") -> None:
        """Add a problem of this place: what was expected and what was found."""
        self.problems.append(
            Problem(
                file=self._source.file,
                key=self.path,
                expected=expected,
                found=describe(found),
                hint=hint,
                effect=effect,
            )
        )

    def table(self, data: object, keys: Table, build: Callable[..., T]) -> T | None:
        """Read a table by its description and build a value from it; None when anything in it was wrong."""
        if not isinstance(data, dict):
            self.wrong("eine Tabelle", data)
            return None
        before = len(self.problems)
        values: dict[str, Any] = {}
        for key in keys:
            name = key.name
            if name in data:
                values[name] = key.value(data[name], Reader(self._source, self, name))
            elif key.default is _REQUIRED:
                self.at(name).wrong(expectation(key.value))
            else:
                values[name] = key.default
        self.only(data, [key.name for key in keys])
        return build(**values) if len(self.problems) == before else None

    def only(self, data: Iterable[object], known: Collection[str]) -> None:
        """Add a problem for every key that is not known, with the one that is probably meant."""
        for name in map(str, data):
            if name not in known:
                expected = f"einer der Schlüssel {', '.join(known)}"
                self.at(clean(name)).wrong(expected, name, hint=meant(name, known))


Value = Callable[[object, Reader], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its name, how its value is read, and what counts when it is absent."""

    name: str
    value: Value
    default: Any = _REQUIRED


Table = tuple[Key, ...]


def expecting(expected: str) -> Callable[[Value], Value]:
    """Attach to a primitive what it expects, for the problem of a missing key."""

    def attach(value: Value) -> Value:
        value.expected = expected  # type: ignore[attr-defined]
        return value

    return attach


def expectation(value: Value) -> str:
    """Return what a primitive expects, in German."""
    return str(getattr(value, "expected", "ein Wert"))


def describe(found: object) -> str:
    """Say in German what was found in a file."""
    if found is MISSING:
        return "nichts"
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, str):
        short = clean(found)
        return f"„{short if len(short) <= _SHOWN else short[: _SHOWN - 1] + '…'}“"
    if isinstance(found, list | tuple):
        return f"eine Liste mit {len(found)} Einträgen" if len(found) != 1 else "eine Liste mit 1 Eintrag"
    if isinstance(found, dict):
        return "eine Tabelle"
    if isinstance(found, int) and abs(found) > _HUGE:
        return "eine sehr große Zahl"
    return str(found)


def meant(word: str, known: Iterable[str]) -> str:
    """Return the known word that comes closest, as a German hint; empty when none does."""
    from difflib import get_close_matches  # only when something is wrong

    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"Gemeint ist vielleicht „{close[0]}“." if close else ""
