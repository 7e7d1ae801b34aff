"""The Gremien as they are read: bodies and responsibilities on a day, and the members of the one chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from ob_buero_tui.rules.body_kinds import BodyKind
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import body_view, responsibilities
from ob_buero_tui.services.council.body_members import MemberView
from ob_buero_tui.services.council.body_view import RESPONSIBLE, BodyRow, BodyView
from ob_buero_tui.services.council.responsibilities import ResponsibilityLine
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import GREMIEN
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.flows import bodies as flows
from ob_buero_tui.tui.screens.list_view import ListView
from ob_buero_tui.tui.spoilt import told_empty
from ob_buero_tui.tui.widgets.body_panel import BodyPanel, day_word
from ob_buero_tui.tui.widgets.body_rows import body_heading, draw_listed, draw_member, member_heading
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.drawing import Run
from ob_buero_tui.tui.widgets.record_list import RecordList
from ob_buero_tui.tui.widgets.title_line import Piece

EMPTY = {
    BodyKind.GREMIUM.value: "An diesem Tag gibt es keine Gremien. + legt eines an; sie kommen auch mit "
    "Ratsdaten: Strg+P „einlesen“.",
    BodyKind.FRAKTION.value: "An diesem Tag gibt es keine Fraktionen. + legt eine an.",
    BodyKind.EXTERN.value: "Noch keine Gremien, in die die Stadt Mitglieder entsendet. + legt eines an.",
    BodyKind.VERWALTUNG.value: "Noch keine Ämter. + legt eines an.",
    RESPONSIBLE: "An diesem Tag ist für nichts jemand eingetragen. + trägt ein, wer wofür zuständig ist.",
}
NO_MEMBERS = "An diesem Tag ohne Mitglieder. + trägt eines ein."


class BodiesSheet(ListView):
    """What the Gremien show; `BodiesScreen` adds what can be done."""

    screen_key = GREMIEN
    title_text = "Gremien"
    first_split: ClassVar[str] = BodyKind.GREMIUM.value
    DEFAULT_CSS = """
    BodiesSheet {
        & #side { width: 44%; }
        & #people { height: 1fr; }
        & #people.-none { display: none; }
        & #members { height: 1fr; }
        &.-narrow #side { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.head = BodyPanel(id="head", classes="pane")
        self.members = RecordList(draw_member, id="members")
        self.people = Vertical(ColumnHead(member_heading), self.members, id="people", classes="pane")
        super().__init__(Vertical(self.head, self.people, id="record"), draw_listed)
        self._names = ColumnHead(self._heading)
        self._day: date | None = None
        self._views: dict[int, MemberView] = {}
        self.view: BodyView | None = None

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(self._names)

    def _heading(self, width: int) -> list[Run]:
        return body_heading(width, responsible=self.split == RESPONSIBLE)

    # Reading

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._day or self.place.today

    def read_splits(self) -> Sequence[SplitView]:
        """The sorts of bodies, and the responsibilities."""
        return body_view.body_splits(self.place, self.day)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered bodies, or responsibilities."""
        return body_view.body_ids(place, split, self.day)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """The rows of some."""
        if self.split == RESPONSIBLE:
            return responsibilities.responsibility_rows(self.place, ids)
        return body_view.body_rows(self.place, ids, self.day)

    def placeholder(self, id: int) -> Any:
        """The row to draw while the database does not answer."""
        if self.split == RESPONSIBLE:
            return ResponsibilityLine(id=id, subject="…")
        return BodyRow(id=id, name="…")

    def table_of(self, split: str) -> str:
        """Bodies or responsibilities."""
        return "responsibility" if split == RESPONSIBLE else "organization"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        back = "" if self.day == self.place.today else " 0 zeigt heute."
        return EMPTY.get(split, "") + back

    def title_middle(self) -> list[Piece]:
        """Another day than today stands out."""
        told = day_word(self.day, self.place.today)
        return [Piece(text=told, tone="accent", keep=1, press="0")] if told else []

    def show_record(self) -> None:
        """Draw the body or the responsibility under the cursor, and its members."""
        self.view = None
        cursor = self.list.cursor
        if self.split == RESPONSIBLE:
            row = self.current_responsibility()
            if row is None:
                self.head.show_body(None, "Keine Zuständigkeit ausgewählt.")
            else:
                self.head.show_responsibility(row, responsibilities.others_of(self.place, row))
        else:
            self.view = self._read_view(cursor)
            self.head.show_body(self.view, "Kein Gremium ausgewählt.")
        self._show_members()
        self.refresh_bindings()

    def _read_view(self, key: int | None) -> BodyView | None:
        if key is None:
            return None
        try:
            return body_view.body_view(self.place, key, self.day)
        except Busy:
            raise
        except Refusal:
            return None

    def _show_members(self) -> None:
        self._views = {one.id: one for one in self.view.members} if self.view is not None else {}
        self.people.set_class(self.view is None, "-none")
        nothing = told_empty(self.place, NO_MEMBERS)
        self.members.show(list(self._views), lambda ids: {id: self._views[id] for id in ids}, empty=nothing)
        when = flows.told_day(self.day, self.place.today)
        now = [one for one in self._views.values() if not one.coming]
        stand_in = sum(one.line.substitute_for_id is not None for one in now)
        more = f" · {plural(stand_in, 'Vertretung', 'Vertretungen')}" if stand_in else ""
        self.people.border_title = label(f"Mitglieder {len(now) - stand_in}{more} · {when}")

    def current_responsibility(self) -> ResponsibilityLine | None:
        """The responsibility under the cursor."""
        if self.list.cursor is None:
            return None
        return responsibilities.responsibility_rows(self.place, [self.list.cursor]).get(self.list.cursor)

    @property
    def member(self) -> MemberView | None:
        """The member under the cursor, while the members have the focus."""
        if not self.members.has_focus or self.members.cursor is None:
            return None
        return self._views.get(self.members.cursor)

    def show_by_id(self, table: str, row_id: int) -> None:
        """Put the cursor on a body or a responsibility.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        split = RESPONSIBLE if table == "responsibility" else body_view.split_of(self.place, row_id)
        self._names.refresh()
        self.go_to(row_id, split)

    # Moving

    def choose_split(self, key: str) -> None:
        """Another sort; a key of the one table says nothing in the other."""
        if self.table_of(key) != self.table_of(self.split):
            self.list.show((), lambda _ids: {})
        self.split = key
        self._names.refresh()
        super().choose_split(key)

    def focus_record(self) -> None:
        """To the members."""
        if self.view is not None:
            self.members.focus()

    def on_descendant_focus(self) -> None:
        """What verbs mean depends on the pane."""
        self.refresh_bindings()
