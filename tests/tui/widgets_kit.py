"""What the widget tests share: a bare app in our look, sample values, and hostile texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from ob_buero_tui.rules.checks.model import QUESTION, Finding, Level
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.views import (
    AttachmentView,
    DayEvent,
    HistoryLine,
    LinkedEvent,
    RecordView,
    RowView,
    TaskView,
)
from ob_buero_tui.tui import theme
from ob_buero_tui.tui.widgets import too_small

TODAY = date(2026, 11, 25)


def at(moment: str) -> datetime:
    """A local time from its ISO form."""
    return datetime.fromisoformat(moment)


SCROLLBAR = {"@mouse.down": ("grab", "scroll_up", "scroll_down"), "@mouse.up": ("release",)}
"""The actions that Textual puts into the cells of a scrollbar."""

SIZES = ((20, 5), (30, 10), (40, 10), (80, 24), (120, 36), (200, 60))


class Bare(App[None], inherit_bindings=False):
    """An app that shows some widgets in our look and remembers their messages."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = too_small.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = too_small.VERTICAL_BREAKPOINTS
    CSS = "Screen { layers: base cover; }"

    def __init__(self, *widgets: Widget, look: str = theme.LIGHT) -> None:
        super().__init__()
        self._widgets = widgets
        self._look = look

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.variable_defaults()

    def compose(self) -> ComposeResult:
        yield from self._widgets

    def on_mount(self) -> None:
        for each in theme.THEMES:
            self.register_theme(each)
        self.theme = self._look


def messages(kind: type[Message]) -> tuple[list[Any], Callable[[Message], None]]:
    """A list, and a message hook that puts messages of one kind into it."""
    found: list[Any] = []

    def hook(message: Message) -> None:
        # A message passes the hook again at each node it bubbles to.
        if type(message) is kind and all(message is not each for each in found):
            found.append(message)

    return found, hook


def row(id: int, **changes: Any) -> RowView:
    """One ordinary row."""
    values: dict[str, Any] = {
        "id": id,
        "number": f"2026-{id:04}",
        "subject": f"Sache {id}",
        "sign": "Gw",
        "state": RequestState.NEU,
        "due_on": TODAY + timedelta(days=id % 20),
        "received_on": TODAY,
        "requester": "TSV Beispielstadt",
    }
    return RowView(**{**values, **changes})


def rows(ids: Sequence[int]) -> Mapping[int, RowView]:
    """Rows for any ids."""
    return {id: row(id) for id in ids}


def finding(key: str = "vorlauf", **changes: Any) -> Finding:
    """One finding of a rule."""
    values: dict[str, Any] = {
        "key": key,
        "label": "Vorlauf",
        "rule": "vorlauf",
        "level": Level.WARN,
        "text": "13 Arbeitstage, üblich 15",
        "source": "Hausregel 3",
        "unconfirmed": True,
    }
    return Finding(**{**values, **changes})


def question(key: str = "neutral") -> Finding:
    """One question that is ticked by hand."""
    return finding(key, label="Neutralität", rule=QUESTION, level=Level.OPEN, text="Ist sie neutral?")


def record(text: str = "Festschrift", **changes: Any) -> RecordView:
    """A record with `text` in every field that can hold a text."""
    values: dict[str, Any] = {
        "id": 1,
        "number": text,
        "kind": "grusswort",
        "kind_label": text,
        "sign": text[:2],
        "subject": text,
        "state_label": text,
        "received_on": TODAY,
        "channel": text,
        "due_on": TODAY,
        "due_text": text,
        "assigned_to": text,
        "requester": text,
        "organization": text,
        "contact": text,
        "event_start": at("2026-12-12T15:00"),
        "event_end": at("2026-12-12T17:00"),
        "event_place": text,
        "confidentiality": Confidentiality.INTERN,
        "fields": ((text, text),),
        "findings": (finding(label=text, text=text, source=text), question()),
        "body": f"{text}\n{text}",
        "attachments": (AttachmentView(name=text, size=24_000, media_type=text),),
        "tasks": (TaskView(id=1, label=text, due_on=TODAY, due_text=text, overdue=True),),
        "events": (LinkedEvent(id=1, label=text),),
        "thread": ((2, text),),
        "notes": (text,),
        "history": (HistoryLine(at=at("2026-11-24T09:00"), desk=text, text=text, undone=True),),
    }
    return RecordView(**{**values, **changes})


def event(id: str, start: str, end: str, summary: str = "Termin", **changes: Any) -> DayEvent:
    """An event of today; start and end as „09:15“."""
    values: dict[str, Any] = {
        "id": id,
        "event_id": 1,
        "summary": summary,
        "start": datetime.fromisoformat(f"{TODAY}T{start}"),
        "end": datetime.fromisoformat(f"{TODAY}T{end}"),
        "status": EventStatus.CONFIRMED,
        "confidentiality": Confidentiality.INTERN,
    }
    return DayEvent(**{**values, **changes})


def shown(widget: Widget) -> list[str]:
    """The lines a widget draws just now."""
    return [widget.render_line(y).text for y in range(widget.size.height)]


def screen_text(app: App[Any]) -> str:
    """Everything on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def assert_harmless(app: App[Any]) -> None:
    """No control byte, no hidden direction and no foreign action in what is on the screen."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            for letter in segment.text:
                assert unicodedata.category(letter) not in ("Cc", "Cs"), repr(segment.text)
                assert letter not in "\u200b\u200d\ufeff\u202e\u2066\u2069", repr(segment.text)
            meta = dict(segment.style.meta) if segment.style else {}
            for own, actions in SCROLLBAR.items():
                if meta.get(own) in actions:
                    del meta[own]
            assert not any(key.startswith("@") for key in meta), meta
            assert segment.style is None or segment.style.link is None
