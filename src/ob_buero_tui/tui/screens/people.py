"""Personen: people, organizations and bodies in the order of the alphabet, and everything known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.people import finding, listing
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.views import ContactRow, ContactView
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import PERSONEN, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import people as flows
from ob_buero_tui.tui.screens.flows import people_life
from ob_buero_tui.tui.screens.privacy_verbs import PrivacyVerbs
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.contact_letters import LetterBar
from ob_buero_tui.tui.widgets.contact_panel import ContactPanel
from ob_buero_tui.tui.widgets.contact_rows import draw_contact, heading
from ob_buero_tui.tui.widgets.drawing import Run

EMPTY = {
    listing.PEOPLE: "Noch keine Personen. + legt eine an; Visitenkarten (.vcf) holt Strg+P „einlesen“ "
    "herein.",
    listing.BODIES: "Noch keine Organisationen. + legt eine an; Visitenkarten (.vcf) holt Strg+P „einlesen“ "
    "herein.",
    listing.COUNCIL: "Noch keine Gremien. Sie kommen mit den Sitzungen: Strg+P „einlesen“ holt Ratsdaten "
    "(.json) herein; von Hand legt g m sie an.",
    listing.DECEASED: "Niemand ist als verstorben vermerkt. Mit 1 geht es zurück zu den Personen.",
}


class PeopleScreen(PrivacyVerbs):
    """The office's address book."""

    screen_key = PERSONEN
    title_text = "Personen"
    many = "Kontakte"
    first_split: ClassVar[str] = listing.PEOPLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(PERSONEN)]

    def __init__(self) -> None:
        self.panel = ContactPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_contact)
        self.letters = LetterBar()
        self.head = ColumnHead(self._heading)
        self.contact: ContactView | None = None

    def list_side(self) -> ComposeResult:
        """The list below the alphabet and the names of its columns."""
        yield self.headed_list(self.letters, self.head)

    def _heading(self, width: int) -> list[Run]:
        return heading(width, bodies=self.table == "organization")

    # Reading

    @property
    def table(self) -> str:
        """The table whose rows are listed now."""
        return listing.table_of(self.split)

    def read_splits(self) -> Sequence[SplitView]:
        """People, organizations, bodies of the council, and those who died."""
        return listing.splits(self.place)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The contacts of a split in the order of the alphabet."""
        return listing.contact_ids(place, split)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, ContactRow]:
        """The rows of some contacts."""
        return listing.contact_rows(self.place, self.split, ids)

    def placeholder(self, id: int) -> ContactRow:
        """The row to draw while the database does not answer."""
        return ContactRow(id=id, name="…")

    def table_of(self, split: str) -> str:
        """People or organizations."""
        return listing.table_of(split)

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        return EMPTY.get(split, "")

    def name_of_record(self, id: int) -> str:
        """A contact's name."""
        row = listing.contact_rows(self.place, self.split, [id]).get(id)
        return shorten(row.name, 60) if row is not None else ""

    def show_record(self) -> None:
        """Draw the contact under the cursor."""
        before, self.contact = self.contact, self.current_contact()
        same = before is not None and _key(before) == _key(self.contact)
        self.panel.show_contact(self.contact, empty="Kein Kontakt ausgewählt.", keep_place=same)
        cursor = self.list.cursor
        self.letters.show(finding.letter_of(self.place, self.split, cursor) if cursor is not None else "")
        self.refresh_bindings()

    def current_contact(self) -> ContactView | None:
        """The contact under the cursor, read now: the panel may be a moment behind.

        Raises:
            Busy: another desk holds the file just now.
        """
        if self.list.cursor is None:
            return None
        try:
            return contact(self.place, self.table, self.list.cursor)
        except Busy:
            raise
        except Refusal:
            return None

    def choose_split(self, key: str) -> None:
        """Show another split; the keys of people say nothing among organizations."""
        self._leave(key)
        super().choose_split(key)

    def _leave(self, key: str) -> None:
        if listing.table_of(key) != self.table:
            # A key of the one table is somebody else's in the other: neither marks nor cursor stay.
            self.list.unmark_all()
            self.list.show((), self._fetch)
            self.contact = None
        self.split = key
        self.head.refresh()

    def show_by_id(self, table: str, row_id: int) -> None:
        """Put the cursor on a person or an organization, in the split that lists it.

        Raises:
            Refusal: it is gone or hidden, or another desk holds the file just now.
        """
        split = finding.split_of(self.place, table, row_id)
        if split == self.split:
            self.go_to(row_id, split)
            return
        self._leave(split)
        self._to_read = row_id
        self.reload(((table, row_id),))

    # Moving

    def action_move_left(self) -> None:
        """To the letter before."""
        self.read(lambda: self._letter(-1))

    def action_move_right(self) -> None:
        """To the next letter."""
        self.read(lambda: self._letter(1))

    def _letter(self, step: int) -> None:
        """To the first name of the nearest letter in this direction that has one."""
        if not self.list.has_focus or self.list.cursor is None:
            return
        ids, here = self.list.ids, finding.letter_of(self.place, self.split, self.list.cursor)
        letters = finding.LETTERS
        if not here and step < 0:
            return
        first = letters.find(here) + step if here else 0
        for place in range(first, len(letters) if step > 0 else -1, step):
            at = finding.place_of(self.place, self.split, ids, letters[place])
            if at is not None and finding.letter_of(self.place, self.split, ids[at]) == letters[place]:
                self.list.select(ids[at])
                return

    @on(LetterBar.Chosen)
    def _letter_clicked(self, message: LetterBar.Chosen) -> None:
        self.read(lambda: self._go_to_typed(message.letter))
        self.list.focus()

    def _go_to_typed(self, typed: str) -> None:
        at = finding.place_of(self.place, self.split, self.list.ids, typed)
        if at is not None:
            self.list.select(self.list.ids[at])

    @asking()
    async def action_go_name(self) -> None:
        """To a name, by its beginning."""
        try:
            at = await flows.go_to_name(self)
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return
        if at is not None and at < len(self.list.ids):
            self.list.select(self.list.ids[at])
            self.arrive()

    @on(ContactPanel.Opened)
    @asking()
    async def choose_link(self) -> None:
        """One of the records that belong to the contact."""
        view = self._contact_or_say()
        if view is not None:
            chosen = await flows.choose_link(self, view)
            if chosen is not None:
                await self.desk.open_record(*chosen)

    def _contact_or_say(self) -> ContactView | None:
        try:
            return self.current_contact()
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return None

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a contact; what only people have is not offered for organizations."""
        if action in _VERBS and self.list.cursor is None:
            return False
        if action in _OF_PEOPLE and self.table != "person":
            return False
        return super().check_action(action, parameters)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """What keys do now; + says what it adds."""
        found = super().active_bindings
        if (key := found.get("plus")) is not None:
            word = "neue Person" if self.table == "person" else "neue Organisation"
            found["plus"] = key._replace(binding=replace(key.binding, description=word))
        return found

    def action_edit(self) -> None:
        """Edit all fields."""
        self.run_flow(flows.edit, advance=False)

    def action_note(self) -> None:
        """Add a remark."""
        self.run_flow(flows.note, advance=False)

    def action_confidentiality(self) -> None:
        """Say how confidential a contact is."""
        self.run_flow(flows.confidentiality, advance=False)

    def action_merge(self) -> None:
        """Merge doubles."""
        self.run_flow(people_life.merge, advance=False)

    def action_mark_deceased(self) -> None:
        """Note a death."""
        self.run_flow(people_life.deceased, advance=False)

    def action_set_locks(self) -> None:
        """Note a blocking notice."""
        self.run_flow(people_life.locks, advance=False)

    @asking()
    async def action_take_in(self) -> None:
        """Add a person or an organization, and go to it."""
        table = self.table
        try:
            done = await flows.create(self)
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed()
            self.read(lambda: self.show_by_id(table, done.ids[0]))

    @asking()
    async def action_places_at(self) -> None:
        """In which bodies the person was on a day."""
        from ob_buero_tui.tui.screens.flows.members import places_at

        if self.list.cursor is not None:
            await places_at(self, self.list.cursor)

    @asking()
    async def action_copy(self) -> None:
        """Copy address, salutation or number."""
        view = self._contact_or_say()
        if view is not None:
            await flows.copy(self, view)


def _key(view: ContactView | None) -> tuple[str, int] | None:
    return (view.table, view.id) if view is not None else None


_OF_PEOPLE = frozenset(("mark_deceased", "set_locks", "places_at", "person_report", "erase_person"))
_VERBS = _OF_PEOPLE | {"edit", "note", "confidentiality", "merge", "copy", "mark", "repeat", "go_name"}
