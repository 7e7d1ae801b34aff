"""The description of a file in `requests/`: one kind of request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ob_buero_tui.catalog.linking import link
from ob_buero_tui.catalog.model import (
    CheckSpec,
    DeadlineSpec,
    FieldSpec,
    FieldType,
    OutcomeSpec,
    RequestKind,
    TaskSpec,
)
from ob_buero_tui.catalog.reading import Key, Reader
from ob_buero_tui.catalog.values import (
    anything,
    boolean,
    figure,
    ident,
    integer,
    matching,
    one_of,
    tables,
    text,
    text_limit,
    texts,
)
from ob_buero_tui.rules.checks import Level
from ob_buero_tui.rules.deadlines import Offset, Unit
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality

#: The two letters of a kind in lists.
SIGN = matching(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]", "ein Zeichen aus zwei Buchstaben, das mit einem großen beginnt")
_PICKER = matching(r"[a-z0-9äöü]", "eine einzelne Taste (a–z, ä, ö, ü oder 0–9)")
_BASIS = matching(
    r"eingang|termin|entscheidung|(feld|frist|aufgabe):[a-z][a-z0-9_]*",
    "eingang, termin, entscheidung, feld:…, frist:… oder aufgabe:…",
)
_WHEN = Key("when", text(empty=True), "")
_SOURCE = Key("source", text())
_UNCONFIRMED = Key("unconfirmed", boolean, False)

_OFFSET = (
    Key("amount", figure(-3650, 3650)),
    Key("unit", one_of(Unit), Unit.ARBEITSTAGE),
    Key("basis", _BASIS),
    Key("move_to_open", boolean, True),
)

FIELD = (
    Key("key", ident),
    Key("label", text(60)),
    Key("type", one_of(FieldType)),
    Key("unit", text(20), ""),
    Key("required", boolean, False),
    Key("choices", texts(), ()),
    Key("help", text(), ""),
    _WHEN,
    Key("limit", text_limit, None),
    Key("ahead", boolean, False),
)

CHECK = (
    Key("key", ident),
    Key("label", text(40)),
    Key("rule", ident, None),
    Key("question", text(), None),
    Key("params", anything, {}),
    Key("level", one_of(Level), Level.WARN),
    _SOURCE,
    _UNCONFIRMED,
    _WHEN,
)

DEADLINE = (
    Key("key", ident),
    Key("label", text(60)),
    *_OFFSET,
    Key("sets_due", boolean, False),
    _SOURCE,
    _UNCONFIRMED,
    _WHEN,
)

TASK = (
    Key("key", ident),
    Key("label", text(100)),
    *_OFFSET,
    Key("outcomes", texts(), ()),
    _WHEN,
)

OUTCOME = (
    Key("key", ident),
    Key("label", text(60)),
    Key("state", one_of(RequestState)),
    Key("reasons", texts(), ()),
    Key("needs_reason", boolean, False),
)


def _offset(values: dict[str, Any]) -> dict[str, Any]:
    """Replace the three keys of an offset by the value."""
    parts = {name: values.pop(name) for name in ("amount", "unit", "basis")}
    return {**values, "offset": Offset(**parts)}


def _deadline(**values: Any) -> DeadlineSpec:
    return DeadlineSpec(**_offset(values))


def _task(**values: Any) -> TaskSpec:
    return TaskSpec(**_offset(values))


KIND = (
    Key("key", ident),
    Key("label", text(40)),
    Key("sign", SIGN),
    Key("picker_key", _PICKER),
    Key("names", texts(), ()),
    Key("keywords", texts(), ()),
    Key("event_kind", ident),
    Key("event_minutes", integer(5, 1440), 60),
    Key("tasks_source", text(), ""),
    Key("tasks_unconfirmed", boolean, False),
    Key("split", text(20), ""),
    Key("ends_with_death", boolean, False),
    Key("confidentiality", one_of(Confidentiality), Confidentiality.INTERN),
    Key("next_steps", texts(), ()),
    Key("active", boolean, True),
    Key("sort", integer(0, 9999), 100),
    Key("fields", tables(FIELD, FieldSpec), ()),
    Key("checks", tables(CHECK, CheckSpec), ()),
    Key("deadlines", tables(DEADLINE, _deadline), ()),
    Key("tasks", tables(TASK, _task), ()),
    Key("outcomes", tables(OUTCOME, OutcomeSpec)),
)


def read_kind(data: Mapping[str, Any], reader: Reader, event_kinds: Collection[str]) -> RequestKind | None:
    """Read one kind of request; None when anything in its file was wrong."""
    kind = reader.table(data, KIND, RequestKind)
    return None if kind is None else link(kind, reader, event_kinds)
