"""The description of event_kinds.toml: kinds of calendar entries, and the tasks that prepare for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ob_buero_tui.catalog.kinds import SIGN
from ob_buero_tui.catalog.model import EventKind, Problem, TaskSpec
from ob_buero_tui.catalog.reading import Key, Reader, meant
from ob_buero_tui.catalog.values import (
    boolean,
    figure,
    ident,
    integer,
    matching,
    one_of,
    tables,
    text,
    texts,
)
from ob_buero_tui.rules.deadlines import Offset, Unit
from ob_buero_tui.rules.visibility import Confidentiality

EVENT_KIND = (
    Key("key", ident),
    Key("label", text(40)),
    Key("sign", SIGN),
    Key("minutes", integer(5, 1440)),
    Key("confidentiality", one_of(Confidentiality), Confidentiality.INTERN),
    Key("blocking", boolean, True),
    Key("internal", boolean, False),
    Key("words", texts(), ()),
)

EVENT_TASK = (
    Key("key", ident),
    Key("label", text(100)),
    Key("kinds", texts()),
    Key("amount", figure(-3650, 3650)),
    Key("unit", one_of(Unit), Unit.ARBEITSTAGE),
    Key("basis", matching("termin", "termin"), "termin"),
    Key("move_to_open", boolean, True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTask:
    """One preparation task with the kinds of events that it belongs to."""

    spec: TaskSpec
    kinds: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name of the task."""
        return self.spec.key


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKindsFile:
    """The content of event_kinds.toml."""

    kinds: tuple[EventKind, ...] = ()
    tasks: tuple[EventTask, ...] = ()
    tasks_source: str = ""
    tasks_unconfirmed: bool = False


def read_event_kinds(data: Mapping[str, Any], reader: Reader) -> EventKindsFile | None:
    """Read event_kinds.toml; None when it has neither kinds nor tasks."""
    reader.only(data, ["event_kinds", "tasks", "tasks_source", "tasks_unconfirmed"])
    if "event_kinds" not in data and "tasks" not in data:
        reader.at("event_kinds").wrong("eine Liste von Tabellen")
        return None
    for name in ("event_kinds", "tasks"):
        if not isinstance(data.get(name, []), list):
            reader.at(name).wrong("eine Liste von Tabellen", data[name])
            return None
    source = ""
    if "tasks" in data:
        if "tasks_source" not in data:
            reader.at("tasks_source").wrong("die Quelle der Aufgabenfristen")
        else:
            source = text()(data["tasks_source"], reader.at("tasks_source")) or ""
    unconfirmed = boolean(data.get("tasks_unconfirmed", False), reader.at("tasks_unconfirmed"))
    return EventKindsFile(
        kinds=tables(EVENT_KIND, EventKind)(data.get("event_kinds", []), reader.at("event_kinds")),
        tasks=tables(EVENT_TASK, _task)(data.get("tasks", []), reader.at("tasks")) if source else (),
        tasks_source=source,
        tasks_unconfirmed=bool(unconfirmed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidDown:
    """A task with the file it comes from."""

    task: EventTask
    source: str
    unconfirmed: bool
    place: Reader


def laid_down(file: EventKindsFile, place: Reader) -> dict[str, list[LaidDown]]:
    """The tasks of a file by their key; a kind has each key once, different kinds may count differently."""
    found: dict[str, list[LaidDown]] = {}
    seen: set[tuple[str, str]] = set()
    for index, task in enumerate(file.tasks):
        pairs = {(task.key, kind) for kind in task.kinds}
        if pairs & seen:
            place.item(index).at("key").wrong("jede Kennung je Terminart nur einmal", task.key)
            continue
        seen |= pairs
        one = LaidDown(task=task, source=file.tasks_source, unconfirmed=file.tasks_unconfirmed, place=place)
        found.setdefault(task.key, []).append(one)
    return found


def linked_tasks(
    kinds: Mapping[str, EventKind], tasks: Sequence[LaidDown], problems: list[Problem]
) -> dict[str, EventKind]:
    """The kinds with their tasks; a task that names a kind that is not there is named."""
    found: dict[str, list[LaidDown]] = {}
    for one in tasks:
        for kind in one.task.kinds:
            if kind in kinds:
                found.setdefault(kind, []).append(one)
                continue
            before = len(one.place.problems)
            one.place.wrong(f"für „{one.task.key}“ eine Terminart", kind, hint=meant(kind, kinds))
            problems += one.place.problems[before:]
    return {
        key: replace(
            kind,
            tasks=tuple(one.task.spec for one in found[key]),
            tasks_source=found[key][-1].source,
            tasks_unconfirmed=any(one.unconfirmed for one in found[key]),
        )
        if key in found
        else kind
        for key, kind in kinds.items()
    }


def _task(*, kinds: tuple[str, ...], **values: Any) -> EventTask:
    offset = Offset(**{name: values.pop(name) for name in ("amount", "unit", "basis")})
    return EventTask(spec=TaskSpec(**values, offset=offset), kinds=kinds)
