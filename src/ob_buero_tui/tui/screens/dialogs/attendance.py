"""Who was at a session: one line for each person, one letter for each mark, and the quorum below."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.attendance import Attendance, Mark, wrong
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_clock
from ob_buero_tui.services.council.attendance import AttendanceView, Attendee
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood
from ob_buero_tui.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

SIGNS = {
    Attendance.OFFEN: "·",
    Attendance.ANWESEND: "✓",
    Attendance.ENTSCHULDIGT: "e",
    Attendance.UNENTSCHULDIGT: "!",
}
LETTERS = {
    "a": Attendance.ANWESEND,
    "e": Attendance.ENTSCHULDIGT,
    "n": Attendance.UNENTSCHULDIGT,
    "-": Attendance.OFFEN,
}
KEYS = (
    "a anwesend · e entschuldigt · n unentschuldigt · v Vertretung · k kommt um · g geht um · - offen\n"
    "* alle offenen anwesend · Strg+S speichern · Esc zu, der Stand bleibt · Strg+D verwerfen"
)
NO_SUBSTITUTE = (
    "Für dieses Gremium ist keine freie Vertretung eingetragen. Tragen Sie eine ein: g m, das Mitglied, v."
)
FORM = "attendance:meeting:{}"


class AttendanceDialog(Drafting[dict[int, Mark] | None]):
    """Returns the marks by person, or None; then they stay as a draft.

    Args:
        place: Where the draft is kept.
        view: The people and the bodies.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen"),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("home", "move(-1000)", show=False),
        Binding("end", "move(1000)", show=False),
    ]
    DEFAULT_CSS = """
    AttendanceDialog {
        & > .dialog-box { width: 100; }
        & ChoiceList { height: auto; max-height: 60vh; }
        & #quorum { height: auto; padding: 1 0 0 0; color: $strong; }
    }
    """
    reads_ahead: ClassVar[bool] = False

    def __init__(self, place: Workplace, view: AttendanceView) -> None:
        super().__init__(f"Anwesenheit: {clean(view.name, limit=60) or 'Sitzung'}", keys=KEYS)
        self._view = view
        self._stored = {one.person_id: one.mark for one in view.people if one.mark != Mark()}
        kept, self._elsewhere = _unpacked(self.keep_as(place, FORM.format(view.meeting_id)), view)
        self._marks = self._stored | kept
        self._list = ChoiceList(empty="Zu diesem Gremium sind für den Tag keine Mitglieder eingetragen.")

    @property
    def stored(self) -> dict[int, Mark]:
        """The marks that were stored when the dialog opened."""
        return dict(self._stored)

    @property
    def marks(self) -> dict[int, Mark]:
        """The marks so far."""
        return dict(self._marks)

    def body(self) -> list[Widget]:
        """The people, and how the bodies stand."""
        return [self._list, Static(id="quorum")]

    def on_mount(self) -> None:
        """Begin at the first person."""
        self._draw()
        self._list.focus()

    def to_keep(self) -> dict[str, str]:
        """What is marked and differs from what is stored."""
        both = self._marks.keys() | self._stored.keys()
        changed = [key for key in both if self._mark(key) != self._stored.get(key, Mark())]
        empty = Mark()
        return {
            str(key): f"{_packed(self._mark(key))}>{_packed(self._stored.get(key, empty))}"
            for key in sorted(changed)
        }

    # Keys

    def on_key(self, event: events.Key) -> None:
        """A letter marks the person under the cursor and goes on to the next."""
        letter = event.character or ""
        person = self._person()
        if person is None:
            return
        if letter in LETTERS:
            event.stop()
            self._set(person, LETTERS[letter])
        elif letter == "*":
            event.stop()
            self._all_there()
        elif letter == "v":
            event.stop()
            self._ask_substitute(person)
        elif letter in ("k", "g"):
            event.stop()
            self._ask_time(person, came=letter == "k")

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click marks as there, or no longer."""
        message.stop()
        person = self._person()
        if person is not None:
            there = self._mark(person.person_id).there
            self._set(person, Attendance.OFFEN if there else Attendance.ANWESEND, advance=False)

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_save(self) -> None:
        """Return the marks, unless they cannot be."""
        if said := wrong(self._marks):
            self.notify(said, severity="warning")
            return
        self.save_draft()
        self.dismiss(self.marks)

    # Marks

    def _person(self) -> Attendee | None:
        current = self._list.current
        wanted = int(current.key) if current is not None else 0
        return next((one for one in self._view.people if one.person_id == wanted), None)

    def _mark(self, person_id: int) -> Mark:
        return self._marks.get(person_id, Mark())

    def _set(self, person: Attendee, attendance: Attendance, *, advance: bool = True) -> None:
        mark = Mark(attendance=attendance)
        if person.stands_in and attendance is Attendance.ANWESEND and person.for_person is not None:
            if self._mark(person.for_person).there or self._taken(person.for_person, person.person_id):
                self.notify("Das Mitglied ist selbst da oder wird schon vertreten.", severity="warning")
                return
            mark = replace(mark, substitute_for=person.for_person)
            if self._mark(person.for_person) == Mark():
                self._marks[person.for_person] = Mark(attendance=Attendance.ENTSCHULDIGT)
        self._marks[person.person_id] = mark
        self._draw()
        if advance:
            self._list.move(1)

    def _all_there(self) -> None:
        for one in self._view.people:
            if not one.stands_in and self._mark(one.person_id) == Mark():
                self._marks[one.person_id] = Mark(attendance=Attendance.ANWESEND)
        self._draw()

    def _taken(self, member: int, without: int) -> bool:
        return any(
            mark.there and mark.substitute_for == member
            for key, mark in self._marks.items()
            if key != without
        )

    def _ask_substitute(self, member: Attendee) -> None:
        """Who stands in for a member; those meant for it, then those of its fraction, then the others."""
        if member.stands_in:
            self.notify("v auf einem Mitglied: wer vertritt es?")
            return
        free = [one for one in self._view.people if one.stands_in and not self._mark(one.person_id).there]
        if not free:
            self.notify(NO_SUBSTITUTE)
            return

        def near(one: Attendee) -> tuple[bool, bool]:
            return one.for_person != member.person_id, one.fraction != member.fraction

        choices = [
            Choice(key=str(one.person_id), label=clean(one.name), hint=clean(one.fraction))
            for one in sorted(free, key=near)
        ]

        def chosen(key: str | None) -> None:
            if key is None:
                return
            if self._mark(member.person_id).attendance in (Attendance.OFFEN, Attendance.ANWESEND):
                self._marks[member.person_id] = Mark(attendance=Attendance.ENTSCHULDIGT)
            self._marks[int(key)] = Mark(attendance=Attendance.ANWESEND, substitute_for=member.person_id)
            self._draw()

        self.app.push_screen(Choose(f"Wer vertritt {clean(member.name, limit=40)}?", choices), chosen)

    def _ask_time(self, person: Attendee, *, came: bool) -> None:
        """Since when, or until when, somebody was there; empty: from the beginning, to the end."""
        mark = self._mark(person.person_id)
        now = mark.came_at if came else mark.left_at

        def chosen(typed: str | None) -> None:
            if typed is None:
                return
            at = _read_clock(typed)
            there = replace(mark, attendance=Attendance.ANWESEND)
            self._marks[person.person_id] = replace(there, came_at=at) if came else replace(there, left_at=at)
            self._draw()

        word = "kommt" if came else "geht"
        title = f"{clean(person.name, limit=40)} {word} um"
        value = f"{now:%H:%M}" if now else ""
        self.app.push_screen(PromptLine(title, value=value, understand=_understood, max_length=20), chosen)

    # Drawing

    def _draw(self) -> None:
        current = self._list.current
        names = {one.person_id: one.name for one in self._view.people}
        self._list.show(
            [_choice(one, self._mark(one.person_id), names) for one in self._view.people],
            current=current.key if current is not None else None,
        )
        told = [f"{clean(name, limit=30)}: {found.text}" for name, found in self._view.quorums(self._marks)]
        if self._elsewhere:
            told.insert(
                0, f"! Inzwischen am anderen Platz eingetragen: {join(self._elsewhere)}. Das steht hier."
            )
        self.query_one("#quorum", Static).update(label("\n".join(told), multiline=True))


def _choice(one: Attendee, mark: Mark, names: dict[int, str]) -> Choice:
    """A person as a line: sign, name, fraction and role; the mark in words at the right."""
    more = " · ".join(part for part in (one.fraction, one.role if one.role != "Mitglied" else "") if part)
    stands = f" für {names.get(mark.substitute_for, '')}" if mark.substitute_for is not None else ""
    voice = "" if one.voting or mark.substitute_for is not None else " ohne Stimme"
    name = f"{SIGNS[mark.attendance]} {clean(one.name)}{' (Vertretung)' if one.stands_in else ''}"
    hint = f"{mark.text}{clean(stands, limit=40)}{voice if not one.stands_in else ''}"
    return Choice(key=str(one.person_id), label=name, help=clean(more), hint=hint)


def _understood(typed: str) -> Understood:
    if not typed.strip():
        return Understood("leer: von Anfang bis Ende")
    try:
        at = _read_clock(typed)
    except Refusal as refusal:
        return Understood(str(refusal), ok=False)
    return Understood(f"→ {at:%H:%M} Uhr" if at else "")


def _read_clock(typed: str) -> time | None:
    return parse_clock(typed) if typed.strip() else None


def _packed(mark: Mark) -> str:
    came = f"{mark.came_at:%H:%M}" if mark.came_at else ""
    left = f"{mark.left_at:%H:%M}" if mark.left_at else ""
    return f"{mark.attendance.value}|{mark.substitute_for or ''}|{came}|{left}"


def _unpacked(kept: dict[str, str], view: AttendanceView) -> tuple[dict[int, Mark], list[str]]:
    """The marks of a draft, as far as its people are still there, and whom another desk marked since then."""
    known = {one.person_id: one for one in view.people}
    found: dict[int, Mark] = {}
    elsewhere = []
    for key, text in kept.items():
        mark, _, began = text.partition(">")
        person = known.get(int(key)) if key.isdigit() else None
        if person is None or mark.count("|") != 3:
            continue
        if began not in ("", _packed(person.mark)):
            elsewhere += [clean(person.name, limit=40)] if mark != _packed(person.mark) else []
            continue
        attendance, member, came, left = mark.split("|")
        found[int(key)] = Mark(
            attendance=Attendance(attendance),
            substitute_for=int(member) if member else None,
            came_at=time.fromisoformat(came) if came else None,
            left_at=time.fromisoformat(left) if left else None,
        )
    return found, elsewhere
