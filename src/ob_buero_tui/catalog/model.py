"""The office's rules and lists as frozen, validated values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from ob_buero_tui.catalog.council import CouncilRules
from ob_buero_tui.catalog.letterhead import Letterhead
from ob_buero_tui.rules.checks import Level
from ob_buero_tui.rules.conditions import holds
from ob_buero_tui.rules.deadlines import Offset
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.ladungsfrist_rule import LadungsfristRule
from ob_buero_tui.rules.states import RequestState, StateTable
from ob_buero_tui.rules.visibility import Confidentiality

if TYPE_CHECKING:
    from pathlib import Path

    from ob_buero_tui.catalog.agenda import LateAgenda
    from ob_buero_tui.catalog.decisions import Decider, Department
    from ob_buero_tui.catalog.everyday import LateEveryday
    from ob_buero_tui.catalog.observances import LateObservances
    from ob_buero_tui.catalog.papers import LatePapers
    from ob_buero_tui.catalog.planning import LatePlanning
    from ob_buero_tui.catalog.representation import CalendarSpec, DeputyChain
    from ob_buero_tui.catalog.results import LateResults
    from ob_buero_tui.catalog.retention import LateRetention
    from ob_buero_tui.catalog.words import TextModule
    from ob_buero_tui.rules.salutation import Salutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a catalog file.

    Args:
        file: The file, relative to its catalog folder.
        key: The path of the key, e.g. `fields[2].type`; empty when the whole file is meant.
        expected: What was expected, German in the nominative.
        found: What was found, German in the nominative.
        hint: A suggestion, a full German sentence or empty.
        effect: What the product does now, a full German sentence or empty.
    """

    file: str
    key: str
    expected: str
    found: str
    hint: str = ""
    effect: str = ""

    @property
    def sentence(self) -> str:
        """The problem as one line of German."""
        place = f"{self.file}, {self.key}" if self.key else self.file
        return " ".join(
            part
            for part in (
                f"{place}: Erwartet wird {self.expected}, gefunden wurde {self.found}.",
                self.hint,
                self.effect,
            )
            if part
        )


@lru_cache(maxsize=2048)
def _folded(name: str) -> str:
    return fold(name)


class FieldType(StrEnum):
    """What kind of value a field of the form takes."""

    TEXT = "text"
    LANGTEXT = "langtext"
    ZAHL = "zahl"
    BETRAG = "betrag"
    DATUM = "datum"
    ZEIT = "zeit"
    DATUMZEIT = "datumzeit"
    JANEIN = "janein"
    AUSWAHL = "auswahl"
    PERSON = "person"
    ORGANISATION = "organisation"
    ORT = "ort"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of a form; `when` is the condition under which it is asked for.

    Args:
        limit: Characters a text may have, blanks included: a number, or `feld:KEY` for the number that stands
            in another field of the kind; None where only the size of the column counts.
        ahead: Whether a day before today is likely a slip, so that the form asks once.
    """

    key: str
    label: str
    type: FieldType
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    when: str = ""
    limit: int | str | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSpec:
    """One check of a request: either a registered rule with its parameters, or a question ticked by hand."""

    key: str
    label: str
    rule: str | None = None
    question: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.WARN
    source: str = ""
    unconfirmed: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSpec:
    """One deadline; `sets_due` makes it a candidate for "Antwort bis", of which the earliest counts."""

    key: str
    label: str
    offset: Offset
    sets_due: bool = False
    move_to_open: bool = True
    source: str = ""
    unconfirmed: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSpec:
    """One follow-up task; without outcomes it arises with the receipt, otherwise with one of them."""

    key: str
    label: str
    offset: Offset
    when: str = ""
    outcomes: tuple[str, ...] = ()
    move_to_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSpec:
    """One way a request may be decided, with the reasons to choose from."""

    key: str
    label: str
    state: RequestState
    reasons: tuple[str, ...] = ()
    needs_reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKind:
    """One kind of request with everything the desk needs to work on it.

    Args:
        key: Its name in the database.
        label: Its German name.
        sign: Two letters for lists.
        picker_key: The key that picks it in dialogs.
        names: Words that name the kind itself; one is enough to propose it. `wort*` matches beginnings.
        keywords: Words that speak for the kind when several stand in a message, or one in its subject.
        event_kind: Key of the kind of calendar entry that an acceptance creates.
        event_minutes: Its length in minutes.
        tasks_source: Where the offsets of the tasks come from.
        tasks_unconfirmed: True while the office has not confirmed them.
        split: Name of the pile of the Eingang that it lies in, shared by kinds; empty for none of its own.
        ends_with_death: True for what is meant for the person it names and must stop when that person dies,
            such as a congratulation; false for what the person only asks for.
        confidentiality: How confidential a request of this kind is from the start, unless it is stricter.
        next_steps: What is usually to be done when such a request comes back from Wiedervorlage.
        active: Whether the kind is offered.
        sort: Its place in lists; lower comes first.
    """

    key: str
    label: str
    sign: str
    picker_key: str
    names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    checks: tuple[CheckSpec, ...] = ()
    deadlines: tuple[DeadlineSpec, ...] = ()
    tasks: tuple[TaskSpec, ...] = ()
    outcomes: tuple[OutcomeSpec, ...] = ()
    event_kind: str = ""
    event_minutes: int = 60
    tasks_source: str = ""
    tasks_unconfirmed: bool = False
    split: str = ""
    ends_with_death: bool = False
    confidentiality: Confidentiality = Confidentiality.INTERN
    next_steps: tuple[str, ...] = ()
    active: bool = True
    sort: int = 100

    def fields_for(self, values: Mapping[str, object]) -> tuple[FieldSpec, ...]:
        """Return the fields to ask for, given the values so far."""
        return tuple(one for one in self.fields if holds(one.when, values))

    def deadlines_for(self, values: Mapping[str, object]) -> tuple[DeadlineSpec, ...]:
        """Return the deadlines that apply, given the field values."""
        return tuple(one for one in self.deadlines if holds(one.when, values))

    def tasks_for(self, values: Mapping[str, object], outcome: str = "") -> tuple[TaskSpec, ...]:
        """Return the tasks that arise: with an outcome, or on receipt when `outcome` is empty."""
        return tuple(
            one
            for one in self.tasks
            if holds(one.when, values) and (outcome in one.outcomes if outcome else not one.outcomes)
        )

    def outcome(self, key: str) -> OutcomeSpec | None:
        """Return the outcome with this key."""
        return next((one for one in self.outcomes if one.key == key), None)

    @property
    def basis_labels(self) -> dict[str, str]:
        """German labels of everything an offset may count from, by basis, for `deadlines.Bases.labels`."""
        return {
            **{f"feld:{one.key}": one.label for one in self.fields},
            **{f"frist:{one.key}": one.label for one in self.deadlines},
            **{f"aufgabe:{one.key}": one.label for one in self.tasks},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """One kind of calendar entry with what a new one starts from."""

    key: str
    label: str
    sign: str
    minutes: int
    confidentiality: Confidentiality = Confidentiality.INTERN
    blocking: bool = True
    internal: bool = False
    """Everybody there is known: nobody is to be called about it."""
    words: tuple[str, ...] = ()
    """Words of a title or category by which an import knows the kind."""
    tasks: tuple[TaskSpec, ...] = ()
    """What prepares for it, counted from its start."""
    tasks_source: str = ""
    tasks_unconfirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place, found by a part of its name, with the minutes it takes to get there."""

    match: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A part of the city with a representation of its own, and the words that say a place lies in it."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDayRule:
    """A day on which the office is closed every year: a fixed date, or days counted from Easter Sunday."""

    label: str
    month: int = 0
    day: int = 0
    easter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything an office may change without programming, and what was wrong with it.

    Args:
        kinds: Kinds of requests by key, in the order of lists; inactive ones included.
        event_kinds: Kinds of calendar entries by key.
        places: Places with their travel time; the first that matches counts.
        default_travel_min: Minutes to a place that is not known.
        districts: The parts of the city, for matters of one of them alone.
        talk_weekday: The day of the weekly talk with the mayor, 0 for Monday.
        office_hours: When appointments usually begin and end; free times are looked for in between.
        closed_days: The office's own closed days of every year.
        elections: Election days that the office has entered, with their names.
        figures: The office's named numbers.
        calendars: Whose calendars the office keeps, by key; "ob" and "rat" are always there.
        chains: Who stands in for the mayor, by the key of the chain.
        begriffe: The office's own words, see `word`.
        text_modules: Pieces of letters to copy, in their order.
        region: Two letters of the Land, for its public holidays.
        zone: Name of the office's time zone.
        agenda: What stands on every agenda, and general terms; use `agenda_rules`.
        ladungsfristen: Rules of how long before a session its invitation must have arrived, by key.
        council: What the office has laid down about sessions.
        salutations: How holders of an office are addressed.
        templates: Files that letters and lists are made from, by their names such as `brief.typ`.
        letterhead: How the office's letters look.
        states: What the states of a request are called, and which may follow which.
        deciders: Who may decide a request, by key.
        departments: The Ämter and Dezernate that are asked or take over.
        problems: What was wrong in the files.
    """

    kinds: Mapping[str, RequestKind]
    event_kinds: Mapping[str, EventKind]
    places: tuple[Place, ...] = ()
    default_travel_min: int = 20
    districts: tuple[District, ...] = ()
    talk_weekday: int = 0
    office_hours: tuple[time, time] = (time(8), time(18))
    closed_days: tuple[ClosedDayRule, ...] = ()
    elections: Mapping[date, str] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)
    calendars: Mapping[str, CalendarSpec] = field(default_factory=dict)
    chains: Mapping[str, DeputyChain] = field(default_factory=dict)
    begriffe: Mapping[str, str] = field(default_factory=dict)
    text_modules: tuple[TextModule, ...] = ()
    region: str = "NW"
    zone: str = "Europe/Berlin"
    ladungsfristen: Mapping[str, LadungsfristRule] = field(default_factory=dict)
    council: CouncilRules = field(default_factory=CouncilRules)
    salutations: Sequence[Salutation] = ()
    templates: Mapping[str, Path] = field(default_factory=dict)
    letterhead: Letterhead = field(default_factory=Letterhead)
    states: StateTable = field(default_factory=StateTable)
    deciders: Mapping[str, Decider] = field(default_factory=dict)
    departments: tuple[Department, ...] = ()
    observances: LateObservances | None = field(default=None, compare=False)
    agenda: LateAgenda | None = field(default=None, compare=False)
    results: LateResults | None = field(default=None, compare=False)
    papers: LatePapers | None = field(default=None, compare=False)
    retention: LateRetention | None = field(default=None, compare=False)
    everyday: LateEveryday | None = field(default=None, compare=False)
    planning: LatePlanning | None = field(default=None, compare=False)
    problems: tuple[Problem, ...] = ()

    @property
    def active_kinds(self) -> tuple[RequestKind, ...]:
        """The kinds that are offered, in the order of lists."""
        return tuple(kind for kind in self.kinds.values() if kind.active)

    def word(self, key: str) -> str:
        """Return the office's own word, such as „Stadtrat“ for `rat`; the key itself when it has none."""
        return self.begriffe.get(key) or key.replace("_", " ").capitalize()

    def calendar_short(self, key: str) -> str:
        """Return the few letters that stand for a calendar."""
        spec = self.calendars.get(key)
        return spec.short if spec is not None else key

    def travel_min(self, location: str) -> int:
        """Return the minutes to a place by its name; 0 without a place."""
        wanted = _folded(location).strip()
        if not wanted:
            return 0
        for place in self.places:
            if _folded(place.match) in wanted:
                return place.minutes
        return self.default_travel_min
