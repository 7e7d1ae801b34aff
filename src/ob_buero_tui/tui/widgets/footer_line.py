"""The last line of every screen: the keys that work now, made from the live bindings."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.screen import Screen
from textual.strip import Strip

from ob_buero_tui.tui.command import Command, key_name
from ob_buero_tui.tui.commands import COMMANDS, find_command
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, fit

_DIALOG_PRIORITY = 2
_NEEDED = 5
"""Keys up to this number are worth a shorter label."""
_ORDER = {command.id: place for place, command in enumerate(COMMANDS)}


@dataclass(frozen=True, slots=True)
class _Key:
    """One entry: its key as printed, its label and a shorter one, the key to press, when it is dropped."""

    printed: str
    label: str
    short: str
    press: str
    priority: int
    enabled: bool
    order: int

    def width(self, label: str) -> int:
        """Its cells under this label."""
        return cell_len(self.printed) + cell_len(label) + 3


class FooterLine(Toned):
    """„a annehmen  n absagen  … ? Hilfe“; what matters least is left out when the line is full.

    Availability is asked of the screen's `check_action`: False leaves a key out, None shows it quiet.
    """

    DEFAULT_CSS = """
    FooterLine { height: 1; dock: bottom; background: $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[_Key, ...] = ()
        self._spots: list[tuple[int, int, str]] = []
        self._hint = ""

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)
        self.call_after_refresh(self._read)

    def on_unmount(self) -> None:
        """Follow them no longer."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def show_hint(self, text: str) -> None:
        """Show a hint instead of the keys, for instance after the prefix key; empty ends it."""
        self._hint = line(text)
        self.refresh()

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._read()

    def _read(self) -> None:
        if not self.is_attached:
            return
        found: dict[str, _Key] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if not binding.show or binding.action in found:
                continue
            known = find_command(binding.id)
            found[binding.action] = _Key(
                printed=line(binding.key_display or key_name(binding.key)),
                label=line(binding.description),
                short=line(known.short_of(binding.description) if known else binding.description),
                press=binding.key,
                priority=self._priority(known, binding.description),
                enabled=enabled,
                order=_ORDER[known.id] if known else -1,
            )
        self._keys = tuple(sorted(found.values(), key=lambda key: key.order))
        self.refresh()

    def _priority(self, known: Command | None, label: str) -> int:
        """When a key is dropped; one that does something else just now stays longest."""
        if known is None:
            return _DIALOG_PRIORITY
        return known.show if label == known.label_on(getattr(self.screen, "screen_key", "")) else 1

    def render_line(self, y: int) -> Strip:
        """The line for the present width."""
        width = self.size.width
        self._spots = []
        if y:
            return self.strip((), width)
        if self._hint:
            return self.strip(((" " + fit(self._hint, max(0, width - 1)), "strong"),), width)
        runs: list[Run] = []
        at = 0
        for key, label in self._fitting(width - 1):
            runs += [
                (f" {key.printed}", "accent" if key.enabled else "quiet"),
                (f" {label} ", "" if key.enabled else "quiet"),
            ]
            if key.enabled:
                self._spots.append((at, at + key.width(label), key.press))
            at += key.width(label)
        return self.strip(runs, width)

    def _fitting(self, width: int) -> list[tuple[_Key, str]]:
        """The keys that fit with their labels, in their order; the highest numbers are dropped first.

        Short labels let more keys in; the needed ones get back their length before the others come.
        """
        labels: dict[int, str] = {}
        ranked = sorted(enumerate(self._keys), key=lambda each: (each[1].priority, each[0]))
        needed = [each for each in ranked if each[1].priority <= _NEEDED]
        for place, key in [*needed, *needed, *ranked]:
            before = key.width(labels[place]) if place in labels else 0
            label = key.label if before or (place not in labels and key.priority > _NEEDED) else key.short
            more = key.width(label) - before
            if more <= width:
                labels[place] = label
                width -= more
        return [(self._keys[place], labels[place]) for place in sorted(labels)]

    def on_click(self, event: events.Click) -> None:
        """A click presses the key."""
        offset = event.get_content_offset(self)
        for start, end, press in self._spots:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.app.simulate_key(press)
