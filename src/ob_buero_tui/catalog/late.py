"""A shipped kind of request of which only the head is read at first; the rest when somebody looks at it.

With some twenty kinds, forms and checks are most of the catalog and most of what reading it costs, and a
start of the program needs none of them. The tests read all shipped files whole; files of an office are
always read whole, so that a mistake is named at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ob_buero_tui.catalog.files import LARGEST
from ob_buero_tui.catalog.kinds import KIND, read_kind
from ob_buero_tui.catalog.model import Problem, RequestKind
from ob_buero_tui.catalog.quick import parse_plain
from ob_buero_tui.catalog.reading import Reader
from ob_buero_tui.rules.refusals import Refusal

PARTS = ("fields", "checks", "deadlines", "tasks", "outcomes")
_HEAD = tuple(key for key in KIND if key.name not in PARTS)


class LateKind(RequestKind):
    """A kind whose parts are read from the text of its file when one of them is first asked for."""

    __slots__ = ("_event_kinds", "_figures", "_file", "_text")
    _event_kinds: Collection[str]
    _figures: Mapping[str, int]
    _file: str
    _text: str

    def __getattr__(self, name: str) -> Any:
        """Read the parts; Python asks here only for what has no value yet.

        Raises:
            Refusal: The shipped file is damaged.
        """
        if name not in PARTS:
            raise AttributeError(name)
        problems: list[Problem] = []
        reader = Reader.of(self._file, problems, self._figures)
        data = parse_plain(self._text)
        whole = None if data is None else read_kind(data, reader, self._event_kinds)
        if whole is None:
            why = problems[0].sentence if problems else f"{self._file} lässt sich nicht lesen."
            raise Refusal("Die Art lässt sich nicht zeigen.", why, "Bitte das Programm neu installieren.")
        _fill(self, {part: getattr(whole, part) for part in PARTS})
        return getattr(self, name)


def late_kind(
    path: Path, file: str, figures: Mapping[str, int], event_kinds: Collection[str]
) -> RequestKind | None:
    """Read the head of a kind; None when it is not plain or not sound, and the whole file must tell why.

    Args:
        path: The file.
        file: Its name as problems shall call it.
        figures: The office's named numbers, for the parts.
        event_kinds: Keys of the kinds of calendar entries.
    """
    try:
        text = path.read_bytes()[:LARGEST].decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError):
        return None
    head, parts, _ = text.partition("\n[")
    data = parse_plain(head)
    values: dict[str, Any] | None = None if data is None else Reader.of(file, []).table(data, _HEAD, dict)
    if values is None or not parts or values["event_kind"] not in event_kinds:
        return None
    kind = LateKind.__new__(LateKind)
    _fill(kind, values | {"_text": text, "_file": file, "_figures": figures, "_event_kinds": event_kinds})
    return kind


def _fill(kind: LateKind, values: Mapping[str, object]) -> None:
    """Set values of a frozen kind that has none yet."""
    for name, value in values.items():
        object.__setattr__(kind, name, value)
