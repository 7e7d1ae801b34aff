"""What the desk's screens share: the frame, the gate before the keys, and the commands of the frame."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, cast

from textual import events
from textual.timer import Timer

from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy, damaged_refusal
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.tui.commands import (
    Command,
    Group,
    commands_by_id,
    commands_for,
    find_command,
)
from ob_buero_tui.tui.keys import Verdict, is_field
from ob_buero_tui.tui.screens.asking import ASKS
from ob_buero_tui.tui.screens.frame_commands import FrameCommands
from ob_buero_tui.tui.widgets.title_line import Piece, TitleLine
from ob_buero_tui.tui.widgets.too_small import is_too_small

if TYPE_CHECKING:
    from datetime import date

    from ob_buero_tui.services.workplace import Workplace

AGAIN_SECONDS = 0.3
LOOKING = frozenset(
    (
        *("agenda_preview", "agenda_print", "agenda_copy", "show_agenda"),
        *("copy", "attachments", "paper_preview", "paper_print", "look_ahead", "plan_preview", "plan_print"),
        *("show_weeks", "year_before", "year_after"),
    )
)
"""Verbs that change nothing: a desk that only reads has them too."""
OPEN_ONLY = frozenset(
    (
        *("agenda_print", "agenda_copy", "agenda_edit", "topic_edit"),
        *("edit", "copy_event", "answer", "answer_last", "vorlage_print", "paper_print", "attachments"),
        *("body_edit", "body_substitute", "body_fraction"),
        *("copy", "merge", "mark_deceased", "set_locks", "plan_print"),
        *("attendance", "minutes"),
    )
)
"""Verbs that need the texts themselves: to change, print, copy or compare them."""
SHIELDED = Refusal("Das geht unter Sichtschutz nicht.", "Die Angaben sind verdeckt.", "# zeigt sie wieder.")
NOTHING_OPEN = "Hier ist nichts mehr zu schließen. F2 führt zum Eingang."
"""What Esc says where it ends: in the Eingang the next key would mean a request."""
NOT_HERE = "Das geht hier nicht."
READ_ONLY = Refusal(
    NOT_HERE,
    "Die Datenbank ist nur zum Lesen geöffnet.",
    "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
)
_PASTED = frozenset(("enter", "tab", "escape"))
"""Keys that a pasted text may contain; any other, such as Ctrl+Q or an arrow, was pressed by a hand."""

records_at_stake: ContextVar[int] = ContextVar("records_at_stake", default=1)
"""How many records the flow of this task acts on; a screen says so before the flow begins."""


class DeskScreen(FrameCommands, inherit_bindings=False):
    """A screen of the desk: title line, working area, footer.

    Subclasses set `screen_key` and `title_text`, compose their working area between `title` and `footer`, and
    say in `reload` how they read anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self.title_line = TitleLine(self.title_text, id="title")
        self._held = ""
        self._chord: Command | None = None
        """The command of a chord whose letter is held; None where it is a verb's key."""
        self._last_key_at = -1.0
        self._retry: Timer | None = None
        self._stale = False
        self._focus_on: tuple[tuple[str, int], ...] = ()
        self._day: date | None = None
        """The day for which was read what is shown."""

    def on_mount(self) -> None:
        """The line at the top begins with the office's own name."""
        self.title_line.name_office(self.desk.office.settings.office_name)
        self._day = self.place.today

    # Reading anew

    def data_changed(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read anew now, or when this screen is shown the next time."""
        self._stale, self._focus_on = True, focus
        if self.desk.desk_screen is self:
            self._catch_up()

    def _catch_up(self) -> None:
        if self._retry is not None:
            self._retry.stop()
            self._retry = None
        self.read(self._reload_all)

    def _reload_all(self) -> None:
        today = self.place.today
        self.reload(self._focus_on)
        self._stale, self._focus_on, self._day = False, (), today
        self.show_title()

    def read(self, step: Callable[[], object]) -> None:
        """Take a step that reads the database; nothing read from it is worth a crash or a wait.

        While another desk holds the file, what is shown stays and everything is read again a moment later.
        """
        try:
            step()
        except Busy:
            self.read_again()
        except Refusal as refusal:
            self.desk.refuse(refusal)

    def read_again(self) -> None:
        """Read everything anew in a moment, because the database did not answer now."""
        self._stale = True
        if self._retry is None:
            self._retry = self.set_timer(AGAIN_SECONDS, self._catch_up)

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read anew; the cursor goes to a focused record if it is there."""
        raise NotImplementedError

    def show_by_id(self, table: str, row_id: int) -> None:
        """Put the cursor on a record and open it.

        Args:
            table: Where the record is stored, for screens that show several.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        raise NotImplementedError

    def arrive(self) -> None:
        """Somebody has come here by name: into the list or grid, whatever was read before."""

    def on_screen_suspend(self) -> None:
        """What was told is shown by the dialog above; it need not stand here too."""
        for rack in self.query("ToastRack"):
            rack.display = False

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was shown."""
        if self._stale or self._day != self.place.today:
            self._catch_up()
        else:
            self.read(self.show_title)

    # The frame

    def tick(self) -> None:
        """Time has passed: clock and counts; on another day other things are due, or back on the desk."""
        if self._day != self.place.today:
            self._catch_up()
        else:
            self.read(self.show_title)

    def show_title(self) -> None:
        """Draw the title line: date, week and time, what is due, and that everything is saved."""
        middle, right = _title_pieces(self.place)
        own = self.title_middle()
        if self.desk.shielded:
            own = [
                Piece(text="Sichtschutz · # zeigt wieder", tone="accent", keep=1, press="number_sign"),
                *own,
            ]
        self.title_line.show(middle=[*own, *middle], right=right)

    def title_middle(self) -> list[Piece]:
        """More pieces for the title line of a screen."""
        return []

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Nothing that no hand typed fires a verb; `g` waits for its letter; Esc clears messages too."""
        if event.key == "escape":
            self.app.clear_notifications()
        if self._comes_too_early(event):
            event.stop()
            return
        decision = self.gate.decide(
            event.key, printable=event.is_printable, at=event.time, in_field=is_field(self.app.focused)
        )
        # The letter of a chord names a screen, whatever it is a verb for here.
        is_verb = decision.verdict is not Verdict.RUN and _is_verb(self, event.key)
        since, self._last_key_at = event.time - self._last_key_at, event.time
        if self._held or (is_verb and since < self.desk.hold_seconds):
            self._drop_both(event)
            return
        if decision.verdict is Verdict.PASS and self._is_prefix(event.key):
            # At once and not as an action, which would begin to wait only after the letters of a paste.
            event.stop()
            self.action_go()
            return
        if decision.verdict is Verdict.PASS and not is_verb:
            if self._says_why_not(event.key) or _asks_at_once(self, event.key):
                event.stop()
            return
        event.stop()
        if decision.verdict is Verdict.RUN and decision.command is not None:
            self.footer.show_hint("")
            if since < self.desk.hold_seconds:
                self._hold(event.key, decision.command)  # a fast hand, or the beginning of a pasted word
            else:
                self.run_command(decision.command)
        elif decision.verdict is Verdict.SWALLOW:
            self.footer.show_hint("")
        elif decision.verdict is Verdict.PASS:
            self._hold(event.key)

    def _drop_both(self, event: events.Key) -> None:
        """A key this close to a verb's, before or after it, was pasted, not typed: neither counts."""
        self._held, self._chord = "", None
        self.gate.prefix.cancel()
        self.footer.show_hint("")
        self.gate.guard.pasted(event.time)
        if event.is_printable or event.key in _PASTED:
            event.stop()

    def _comes_too_early(self, event: events.Key) -> bool:
        """Whether a step is under way, or a field that is about to open gets the key."""
        if self.desk.waiting and not _works_meanwhile(self, event.key):
            if any(event.key in each.keys for each in commands_for(self.screen_key)):
                self.desk.refuse_meanwhile(event.key)
            return True
        waits = self.desk.waiting or is_field(self.app.focused)
        return not waits and self.desk.ahead.takes(event)

    def _says_why_not(self, key: str) -> bool:
        """Say why a key that is known here does nothing just now; False where there is nothing to say."""
        reading = damaged_refusal(NOT_HERE) if self.place.damaged else READ_ONLY
        refusal = reading if self._only_reads(key) else self._is_covered(key)
        if refusal is None:
            return False
        self.app.clear_notifications()
        self.desk.refuse(refusal)
        return True

    def _only_reads(self, key: str) -> bool:
        """Whether this key would change something, and this desk may only read."""
        if not self.place.read_only or is_field(self.app.focused) or key in self.active_bindings:
            return False
        found = (each for each in commands_for(self.screen_key) if key in each.keys)
        return any(each.group is Group.VERBEN and each.id not in LOOKING for each in found)

    def _is_covered(self, key: str) -> Refusal | None:
        """What to say to a key that needs the texts themselves, while Sichtschutz covers them."""
        if not self.desk.shielded or is_field(self.app.focused) or key in self.active_bindings:
            return None
        found = (each for each in commands_for(self.screen_key) if key in each.keys)
        return SHIELDED if any(each.id in OPEN_ONLY for each in found) else None

    def _is_prefix(self, key: str) -> bool:
        active = self.active_bindings.get(key)
        return active is not None and active.binding.id == "go" and not is_field(self.app.focused)

    def on_paste(self, event: events.Paste) -> None:
        """A paste outside a field is no command."""
        self.gate.guard.pasted(event.time)

    def _hold(self, key: str, chord: Command | None = None) -> None:
        self._held, self._chord = key, chord
        self.set_timer(self.desk.hold_seconds, lambda: self._release(key))

    async def _release(self, key: str) -> None:
        """The moment has passed and nothing followed: the verb or chord runs, if it is still available."""
        if self._held != key:
            return
        self._held, chord, self._chord = "", self._chord, None
        if chord is not None:
            self.run_command(chord)
            return
        active = self.active_bindings.get(key)
        if active is not None and active.enabled:
            await self.app.run_action(active.binding.action, default_namespace=active.node)

    def run_command(self, command: Command) -> None:
        """Run a command chosen by a chord or from the palette."""
        if self.check_action(command.id, ()) is True:
            self.call_later(self.run_action_of, command)

    async def run_action_of(self, command: Command) -> None:
        """Run a command's action, on the focused widget where it has it (moving), else here."""
        focused = self.app.focused
        here = focused is not None and hasattr(focused, f"action_{command.id}")
        await self.app.run_action(command.id, default_namespace=focused if here else self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command is available now; footer, palette and bindings all ask here."""
        size = self.app.size
        if is_too_small(size.width, size.height) and action != "quit":
            return False
        if action in OPEN_ONLY and self.desk.shielded:
            return False
        found = commands_by_id(self.screen_key).get(action)
        if found is not None and found.group is Group.VERBEN and action not in LOOKING:
            if self.place.read_only:
                return False
            if self.desk.waiting:
                return None
        return super().check_action(action, parameters)


def _title_pieces(place: Workplace) -> tuple[list[Piece], list[Piece]]:
    """Date, week and time; what is due, and that everything is saved."""
    now = place.now
    counts = inbox.counts(place)
    middle = [
        Piece(text=german.long_date(now.date()), keep=2),
        Piece(text=f"KW {german.iso_week(now.date())}", tone="quiet", keep=5),
        Piece(text=german.clock(now), keep=4),
    ]
    right = []
    if counts.overdue:
        right.append(Piece(text=f"! {counts.overdue} überfällig", tone="error", keep=1))
    if counts.today:
        right.append(Piece(text=f"{counts.today} heute", tone="warning", keep=3))
    if place.read_only:
        spoilt = "beschädigt, " if place.damaged else ""
        right.append(Piece(text=f"{spoilt}nur Lesen", tone="warning", keep=0))  # stays at every width
    else:
        right.append(Piece(text="gespeichert", tone="quiet", keep=6))
    return middle, right


def _asks_at_once(screen: DeskScreen, key: str) -> bool:
    """Begin a command that asks something here: on its way through the app, later letters overtake it."""
    active = screen.active_bindings.get(key)
    if active is None or active.node is not screen or not active.enabled or is_field(screen.app.focused):
        return False
    begin = getattr(screen, f"action_{active.binding.action}", None)
    if not getattr(begin, ASKS, False):
        return False
    cast("Callable[[], object]", begin)()
    return True


def _works_meanwhile(screen: DeskScreen, key: str) -> bool:
    """Whether a key may act while a step runs in a thread: moving, leaving, covering the screen."""
    active = screen.active_bindings.get(key)
    found = find_command(active.binding.id) if active is not None else None
    return found is not None and (found.group is Group.BEWEGEN or found.id in ("quit", "privacy", "help"))


def _is_verb(screen: DeskScreen, key: str) -> bool:
    """Whether a key waits a moment: one letter that acts on the record."""
    if screen.desk.hold_seconds <= 0 or is_field(screen.app.focused):
        return False
    active = screen.active_bindings.get(key)
    command = commands_by_id(screen.screen_key).get((active.binding.id or "") if active is not None else "")
    return command is not None and command.group is Group.VERBEN and "+" not in key
