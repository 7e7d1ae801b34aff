"""What a file of cards would change: new people, bodies and memberships, and gaps that it fills."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.vcard_records import CardFile, CardRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join, long_date, plural
from ob_buero_tui.rules.names import joined
from ob_buero_tui.services.intake.people_filling import fill, remembered
from ob_buero_tui.services.intake.people_known import (
    STORED,
    Entry,
    Register,
    body_name,
    find_body,
    find_person,
    person_name,
    pieces,
)
from ob_buero_tui.services.intake.people_rows import (
    Row,
    named_organization_row,
    organization_row,
    person_row,
)
from ob_buero_tui.services.intake.report import Counts
from ob_buero_tui.store.people import Membership


@dataclass(frozen=True, slots=True)
class NewMembership:
    """A person's place in an organization that nothing says yet."""

    person: Entry
    body: Entry
    role: str


@dataclass(slots=True)
class PeoplePlan:
    """What a file of cards is to change.

    Args:
        notes: German sentences on what was kept, kept apart or repaired.
        problems: German sentences on the cards that are left out.
    """

    persons: list[Entry] = field(default_factory=list)
    organizations: list[Entry] = field(default_factory=list)
    memberships: list[NewMembership] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def changed(self) -> list[Entry]:
        """Stored rows that get new values."""
        return [one for one in (*self.persons, *self.organizations) if not one.is_new and one.changed]

    @property
    def new(self) -> list[Entry]:
        """Rows that are not there yet."""
        return [one for one in (*self.persons, *self.organizations) if one.is_new]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.new or self.changed or self.memberships)

    @property
    def counts(self) -> Counts:
        """How many records it brings, by what becomes of them."""
        changed = len(self.changed)
        return Counts(
            persons=sum(one.is_new for one in self.persons),
            organizations=sum(one.is_new for one in self.organizations),
            memberships=len(self.memberships),
            completed=changed,
            known_people=sum(not one.is_new for one in (*self.persons, *self.organizations)) - changed,
            skipped=self.counted["skipped"],
        )


def plan_people(session: Session, file: CardFile, source: str, today: date) -> PeoplePlan:
    """Work out what a file of cards is to change, writing nothing.

    Args:
        source: What the office will know the origin by.
    """
    plan = PeoplePlan(notes=list(file.notes))
    for bad in file.bad:
        plan.problems.append(f"Karte {bad.position}: {bad.reason}" if bad.position else bad.reason)
    plan.counted["skipped"] = len(file.bad)
    planner = _Planner(session, plan, source, today)
    planner.read(file)
    return plan


class _Planner:
    """Decides about one card after the other."""

    def __init__(self, session: Session, plan: PeoplePlan, source: str, today: date) -> None:
        self._session = session
        self._plan = plan
        self._source = source
        self._today = today
        self._persons = Register(person_name)
        self._bodies = Register(body_name)
        self._met: set[Entry] = set()

    def read(self, file: CardFile) -> None:
        """Plan all cards; those of bodies first, so that members find them."""
        own = {card.position: self._row(card) for card in file.cards}
        named = [
            named_organization_row(card, self._source, self._today)
            for card in file.cards
            if card.organization
        ]
        body_rows = [own[card.position] for card in file.cards if card.is_organization]
        person_rows = [own[card.position] for card in file.cards if not card.is_organization]
        bodies = self._bodies.fill(self._session, STORED[1], [*body_rows, *named])
        persons = self._persons.fill(self._session, STORED[0], person_rows)
        self._belong(persons, bodies)
        for card in sorted(file.cards, key=lambda one: not one.is_organization):
            self._plan.notes += [f"Karte {card.position}: {note}" for note in card.notes]
            if card.is_organization:
                self._body(card, own[card.position])
            else:
                self._person(card, own[card.position])

    def _row(self, card: CardRecord) -> Row:
        read = organization_row if card.is_organization else person_row
        row = read(card, self._source, self._today)
        died = row.get("deceased_on")
        if died is not None and died > self._today:
            del row["deceased_on"]
            told = f"Der Todestag {long_date(died)} liegt in der Zukunft und gilt nicht."
            self._plan.notes.append(f"Karte {card.position}: {told}")
        return row

    def _belong(self, persons: dict[int, Entry], bodies: dict[int, Entry]) -> None:
        """Tell the stored people among which of these bodies they already are."""
        for some in pieces(persons):
            query = select(Membership.person_id, Membership.organization_id)
            for person, body in self._session.execute(query.where(Membership.person_id.in_(some))):
                if person is not None and body in bodies:
                    persons[person].bodies.append(bodies[body])

    def _body(self, card: CardRecord, row: Row) -> Entry:
        known = find_body(self._bodies, row)
        if known is None:
            return self._new(self._bodies, self._plan.organizations, row)
        self._meet(self._bodies, self._plan.organizations, known, card, row)
        return known

    def _person(self, card: CardRecord, row: Row) -> None:
        body = None
        if card.organization:
            named = named_organization_row(card, self._source, self._today)
            body = find_body(self._bodies, named)
            if body is None:
                body = self._new(self._bodies, self._plan.organizations, named)
        known, alike = find_person(self._persons, row, body)
        if known is None:
            known = self._new(self._persons, self._plan.persons, row)
        else:
            self._meet(self._persons, self._plan.persons, known, card, row)
        if alike:
            self._plan.notes.append(f"„{_called(row)}“ gibt es schon einmal: gleicher Name, bitte prüfen.")
        if body is not None and body not in known.bodies:
            known.bodies.append(body)
            self._plan.memberships.append(NewMembership(known, body, card.role or card.title))

    def _new(self, register: Register, entries: list[Entry], row: Row) -> Entry:
        entry = Entry(key=None, values=remembered(row), is_new=True)
        register.add(entry)
        entries.append(entry)
        self._met.add(entry)
        return entry

    def _meet(
        self, register: Register, entries: list[Entry], entry: Entry, card: CardRecord, row: Row
    ) -> None:
        """Bring a card to what is known: a newer one counts, an older one only fills gaps."""
        if entry not in self._met:
            self._met.add(entry)
            entries.append(entry)
        filled = fill(entry, card, row)
        called = f"„{_called(entry.values)}“"
        if filled.replaced:
            told = join(filled.replaced)
            self._plan.notes.append(f"{called}: durch die neuere Karte ersetzt: {told}.")
        if filled.kept:
            counted = plural(len(filled.kept), "Angabe weicht", "Angaben weichen")
            told = join(filled.kept)
            self._plan.notes.append(f"{called}: {counted} ab, das Gespeicherte gilt weiter: {told}.")
        if filled.off_lists:
            self._plan.notes.append(f"{called} ist verstorben und kommt auf keinen Verteiler der Karte.")
        register.add(entry)


def _called(values: Row) -> str:
    name = values.get("name") or joined(values.get("given_name") or "", values.get("family_name") or "")
    return shorten(name or values.get("email") or "ohne Namen", 60)
