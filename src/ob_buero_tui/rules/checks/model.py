"""What a check is given and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from ob_buero_tui.rules.conditions import as_text
from ob_buero_tui.rules.deadlines import Due
from ob_buero_tui.rules.workdays import WorkCalendar

#: The rule name of a finding that a person answers by hand.
QUESTION = "frage"


class Level(StrEnum):
    """How a check came out; the screens draw it as ✓ i ! ?."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer of one check, ready to be shown.

    Args:
        key: Key of the check within its kind of request.
        label: What was checked, a few words.
        rule: Name of the rule, or "frage" for a question ticked by hand.
        level: How it came out.
        text: German; names the count behind the answer.
        source: Where the rule comes from.
        unconfirmed: True while the office has not confirmed the rule.
    """

    key: str
    label: str
    rule: str
    level: Level
    text: str
    source: str
    unconfirmed: bool


class FieldLike(Protocol):
    """What the checks need to know about a field of the form."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def when(self) -> str: ...


class CheckLike(Protocol):
    """What the registry needs to know about a check of a kind of request."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def rule(self) -> str | None: ...
    @property
    def question(self) -> str | None: ...
    @property
    def params(self) -> Mapping[str, object]: ...
    @property
    def level(self) -> Level: ...
    @property
    def source(self) -> str: ...
    @property
    def unconfirmed(self) -> bool: ...
    @property
    def when(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """Someone who may come instead of the mayor.

    Args:
        label: The function.
        busy: What is in the way at the time of the occasion, German; empty when nothing is.
        known: Whether the office has any appointment of that calendar.
    """

    label: str
    busy: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """Everything the check rules may look at, gathered by a service.

    Args:
        received: Day of receipt.
        today: The day on which the check is made.
        event_start: Start of the occasion, local wall time; None when unknown.
        event_end: End of the occasion, local wall time.
        fields: Values of the form by field key; dates may be dates, datetimes or ISO text.
        text: Folded subject and body.
        calendar: The office's working days.
        conflicts: German sentences, one for each overlap in the calendar.
        history: German sentences about earlier requests of the same people.
        due: The resolved deadlines by key.
        ticked: Answers to the questions by check key; True is "ja", False is "nein".
        form: The fields of the kind, for labels and required values.
        elections: Election days that the office knows of, with their names.
        deputies: Who stands in for the mayor, in order, by the key of the chain.
        place: Where the occasion is, as written.
        districts: The words that tell a district of the city, by its name.
    """

    received: date
    today: date
    event_start: datetime | None
    event_end: datetime | None
    fields: Mapping[str, object]
    text: str
    calendar: WorkCalendar
    conflicts: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    due: Mapping[str, Due] = field(default_factory=dict)
    ticked: Mapping[str, bool] = field(default_factory=dict)
    form: tuple[FieldLike, ...] = ()
    elections: Mapping[date, str] = field(default_factory=dict)
    deputies: Mapping[str, tuple[Deputy, ...]] = field(default_factory=dict)
    place: str = ""
    districts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def field_named(self, key: str) -> FieldLike | None:
        """Return the form's field with this key."""
        return next((one for one in self.form if one.key == key), None)

    def label(self, key: str) -> str:
        """Return the German name of a field, or its key when the form does not know it."""
        found = self.field_named(key)
        return found.label if found else key

    def given(self, key: str) -> str:
        """Return a field value as text; "" when it is missing, `ja` or `nein` for a yes/no field."""
        return as_text(self.fields.get(key))

    def day(self, key: str) -> date | None:
        """Return a field value as a day, or None when it is missing or no date."""
        value = self.fields.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return datetime.fromisoformat(str(value)).date() if value else None
        except ValueError:
            return None

    def number(self, key: str) -> float | None:
        """Return a field value as a number, or None when it is missing or no number."""
        value = self.fields.get(key)
        if isinstance(value, bool) or value is None:
            return None
        try:
            found = float(str(value).strip())
        except ValueError:
            return None
        return found if abs(found) < float("inf") else None
