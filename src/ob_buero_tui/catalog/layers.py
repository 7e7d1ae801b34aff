"""The folders that catalog files come from: the shipped one, and over it that of the office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from ob_buero_tui.catalog.files import read_toml
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Reader

T = TypeVar("T")

SHIPPED_COUNTS = "Es gilt die mitgelieferte Fassung."
ENTRY_LEFT_OUT = "Dieser Eintrag bleibt weg, alle anderen gelten."


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder with catalog files: the shipped one or the office's."""

    folder: Path
    shipped: bool

    def name(self, file: str) -> str:
        """How problems call a file of this folder."""
        return f"{file} (mitgeliefert)" if self.shipped else file


def read_file(
    layer: Layer,
    file: str,
    read: Callable[[Mapping[str, Any], Reader], T | None],
    problems: list[Problem],
    figures: Mapping[str, int] | None = None,
) -> T | None:
    """Read one small file; None when it is not there or of no use.

    Args:
        figures: The office's named numbers, where the file may use them.
    """
    path = layer.folder / file
    if not exists(path):
        return None
    own: list[Problem] = []
    data = read_toml(path, layer.name(file), own)
    found = None if data is None else read(data, Reader.of(layer.name(file), own, figures))
    effect = ENTRY_LEFT_OUT if found is not None else "" if layer.shipped else SHIPPED_COUNTS
    problems += with_effect(own, effect)
    return found


def newest(
    layers: Sequence[Layer],
    file: str,
    read: Callable[[Mapping[str, Any], Reader], tuple[T, ...] | None],
    problems: list[Problem],
) -> tuple[T, ...]:
    """Return the office's list when it is there and readable, else the shipped one."""
    found: tuple[T, ...] = ()
    for layer in layers:
        own = read_file(layer, file, read, problems)
        found = found if own is None else own
    return found


def exists(path: Path) -> bool:
    """Tell whether a file is there; one that may not be looked at is, and reading it will say so."""
    try:
        return path.exists()
    except OSError:
        return True


def with_effect(problems: Iterable[Problem], effect: str) -> list[Problem]:
    """The problems with what the product does now; what one already says of itself stays."""
    return [one if one.effect else replace(one, effect=effect) for one in problems]
