"""What the rows of a list would become: their cells read as a clerk wrote them, nothing written yet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from ob_buero_tui.catalog.model import Catalog, RequestKind
from ob_buero_tui.catalog.proposing import propose_kind
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.columns import CHANGING, LABELS, Column, bare_head
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState, label
from ob_buero_tui.rules.when import parse_clock, parse_day, parse_span
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.written_dates import written_dates
from ob_buero_tui.services.intake.sheets import SheetProposal
from ob_buero_tui.services.requests.creating import CHANNELS

_EARLIEST = date(1990, 1, 1)
_SUBJECT_LIMIT, _SHORT, _LONG = limits.SHEET_SUBJECT, limits.SHEET_LINE, limits.SHEET_NOTE
_DONE = frozenset(("erledigt", "abgeschlossen", "fertig", "ja", "x", "done", "beendet", "abgelegt"))
_OPEN = frozenset(("neu", "offen", "nein", "in bearbeitung", "laufend", "begonnen"))
OUTCOMES: Mapping[RequestState, str] = {RequestState.ZUGESAGT: "zusage", RequestState.ABGESAGT: "absage"}
"""The decisions that a list may say by its state alone, with the outcome of each."""
_NO_WORDS = frozenset(("", "-", "–", "./.", "k.a.", "k. a.", "n/a", "keine", "keiner"))
_WHAT = "Sie wurde nicht übernommen."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """One row as the request it would become; texts cleaned, times local.

    Args:
        number: Of the row, as the spreadsheet counts.
        digest: By which the row is known again, however the columns lie that change with the work.
        proposed: The kind was only proposed by words.
        who: Parts of the requester by column.
        note: What no column of ours holds, line by line.
    """

    number: int
    digest: str
    subject: str
    received: datetime
    text: str = ""
    kind: RequestKind | None = None
    proposed: bool = False
    who: Mapping[Column, str] = field(default_factory=dict)
    event_start: datetime | None = None
    event_end: datetime | None = None
    event_place: str = ""
    due_on: date | None = None
    assigned_to: str = ""
    state: RequestState = RequestState.NEU
    channel: str = "E-Mail"
    file_reference: str = ""
    note: str = ""


@dataclass(slots=True)
class SheetPlan:
    """All rows of a list, with German sentences on those that cannot come in."""

    rows: list[RowPlan] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reading a row needs to know of the office: its words, its time and its open days."""

    catalog: Catalog
    now: datetime
    calendar: WorkCalendar


def plan_rows(desk: Desk, layout: SheetProposal, rows: Sequence[Sequence[str]]) -> SheetPlan:
    """Read all rows below the heads; a bad one is named with its number and costs only itself.

    Args:
        rows: All rows of the sheet, the heads and what stands above them included.
    """
    plan = SheetPlan()
    for number, row in enumerate(rows[layout.first - 1 :], start=layout.first):
        if not any(row):
            continue
        try:
            plan.rows.append(_Row(desk, layout, row, number).plan())
        except Refusal as refusal:
            plan.problems.append(f"Zeile {number}: {refusal}")
    plan.rows = list(_counted(plan.rows))
    return plan


def _counted(rows: Sequence[RowPlan]) -> Iterator[RowPlan]:
    """Rows that read alike are as many matters: the second is known again as the second."""
    met = Counter[str]()
    for row in rows:
        met[row.digest] += 1
        many = met[row.digest]
        text = f"{row.digest}\x1f{many}".encode()
        yield row if many == 1 else replace(row, digest=hashlib.sha256(text).hexdigest())


class _Row:
    """Reads the cells of one row."""

    def __init__(self, desk: Desk, layout: SheetProposal, row: Sequence[str], number: int) -> None:
        self._desk, self._layout, self._row, self._number = desk, layout, row, number
        self._cells = {
            Column(column): "" if row[place].lower() in _NO_WORDS else row[place]
            for place, column in layout.columns.items()
            if place < len(row)
        }
        self._kept: list[str] = []

    def plan(self) -> RowPlan:
        """The whole row.

        Raises:
            Refusal: it does not say what it is about, or its day of receipt cannot be true.
        """
        received = self._received()
        kind, proposed = self._kind()
        subject = self._subject(kind)
        start, end = self._event()
        state, channel = self._state(), self._channel()
        due = self._moment(Column.FRIST)
        return RowPlan(
            number=self._number,
            digest=self._digest(),
            subject=subject,
            received=received,
            text=self._text(Column.TEXT, _LONG, multiline=True),
            kind=kind,
            proposed=proposed,
            who={column: self._text(column, _SHORT) for column in _WHO if self._cells.get(column)},
            event_start=start,
            event_end=end,
            event_place=self._text(Column.TERMINORT, 300),
            due_on=due[0] if due else None,
            assigned_to=self._text(Column.ZUSTAENDIG, 40),
            state=state,
            channel=channel,
            file_reference=self._text(Column.AKTENZEICHEN, 100),
            note="\n".join([*self._rest(), *self._kept]),
        )

    def _text(self, column: Column, limit: int, *, multiline: bool = False) -> str:
        return clean(self._cells.get(column, ""), multiline=multiline, limit=limit).strip()

    def _subject(self, kind: RequestKind | None) -> str:
        """What the row is about: its own words, else its kind and who asks."""
        said = self._text(Column.BETREFF, _SUBJECT_LIMIT)
        if said:
            return said
        begin = self._text(Column.TEXT, 80)
        who = self._text(Column.ORGANISATION, _SHORT) or " ".join(
            part
            for column in (Column.VORNAME, Column.NACHNAME, Column.NAME)
            if (part := self._text(column, 80))
        )
        art = kind.label if kind is not None else self._text(Column.ART, 80)
        about = begin or ", ".join(part for part in (art, who) if part)
        if not about:
            raise Refusal(_WHAT, "Betreff, Name und Organisation sind leer.", "Bitte in der Liste ergänzen.")
        return about

    def _kind(self) -> tuple[RequestKind | None, bool]:
        """The kind the row names, the one of the whole list, or what its words speak for."""
        kinds = self._desk.catalog.kinds
        said = fold(self._cells.get(Column.ART, ""))
        for kind in kinds.values():
            if said and said in (fold(kind.label), fold(kind.sign), fold(kind.key)):
                return kind, False
        if self._layout.kind in kinds:
            return kinds[self._layout.kind], False
        words = f"{self._cells.get(Column.ART, '')} {self._cells.get(Column.BETREFF, '')}"
        proposal = propose_kind(self._desk.catalog, words, self._cells.get(Column.TEXT, ""))
        if said:
            self._keep(Column.ART)
        return (kinds[proposal.kind], True) if proposal is not None else (None, False)

    def _received(self) -> datetime:
        now = self._desk.now
        said = self._cells.get(Column.EINGANG, "")
        found = _moment(said, now.date(), self._desk.calendar) if said else (now.date(), None, None)
        if found is None:
            why = f"„{shorten(said, 40)}“ ist kein Tag des Eingangs."
            raise Refusal(_WHAT, why, "Bitte ein Datum wie 24.11.2026 eintragen.")
        day, at, _ = found
        if not said:
            return now
        if day > now.date() or day < _EARLIEST:
            wrong = "liegt in der Zukunft" if day > now.date() else "kann nicht stimmen"
            why = f"Der Eingang am {long_date(day)} {wrong}."
            raise Refusal(_WHAT, why, "Bitte das Datum in der Liste prüfen.")
        return min(datetime.combine(day, at or time(12, 0)), now)

    def _event(self) -> tuple[datetime | None, datetime | None]:
        """Begin and end of the occasion; what is no date stays a note."""
        found = self._moment(Column.TERMIN)
        if found is None:
            self._keep(Column.UHRZEIT)
            self._keep(Column.ENDE)
            return None, None
        day, start, end = found
        said = self._cells.get(Column.UHRZEIT, "")
        if said:
            try:
                start, end = _clocks(said)
            except Refusal:
                self._keep(Column.UHRZEIT)
        begin = datetime.combine(day, start or time(0, 0))
        last = end_on(day, end) if end else self._end(begin)
        return begin, last if last is not None and last > begin else None

    def _end(self, begin: datetime) -> datetime | None:
        said = self._cells.get(Column.ENDE, "")
        if not said:
            return None
        try:
            return end_on(begin.date(), parse_clock(said, end=True))
        except Refusal:
            found = _moment(said, self._desk.now.date(), self._desk.calendar)
        if found is None:
            self._keep(Column.ENDE)
            return None
        return datetime.combine(found[0], found[1] or time(0, 0)) + timedelta(days=0 if found[1] else 1)

    def _state(self) -> RequestState:
        """Where the row stands; a state that needs more than a list says stays a note."""
        said = fold(self._cells.get(Column.STATUS, ""))
        if said in _DONE:
            return RequestState.ERLEDIGT
        for state in OUTCOMES:
            words = (label(state), self._desk.catalog.states.label(state), state.value)
            if said and said in map(fold, words):
                self._kept.append(f"Laut Liste {label(state)}; wann und von wem, steht dort nicht.")
                return state
        if said and said not in _OPEN:
            self._keep(Column.STATUS)
        return RequestState.NEU

    def _channel(self) -> str:
        said = fold(self._cells.get(Column.EINGANGSWEG, ""))
        for channel in CHANNELS:
            if said and said.startswith(fold(channel)):
                return channel
        self._keep(Column.EINGANGSWEG)
        return "E-Mail" if not said and self._cells.get(Column.EMAIL) else "Brief"

    def _moment(self, column: Column) -> tuple[date, time | None, time | None] | None:
        said = self._cells.get(column, "")
        found = _moment(said, self._desk.now.date(), self._desk.calendar) if said else None
        if said and found is None:
            self._keep(column)
        return found

    def _keep(self, column: Column) -> None:
        """Keep what a column says although it is not what the column should hold."""
        if self._cells.get(column):
            self._kept.append(f"{LABELS[column]}: {self._text(column, 500)}")

    def _rest(self) -> Iterator[str]:
        """The remark, the number, and every column that is none of ours."""
        for column in (Column.BEMERKUNG, Column.NUMMER):
            if self._cells.get(column):
                yield f"{LABELS[column]}: {self._text(column, _LONG, multiline=True)}"
        for place, head in enumerate(self._layout.heads):
            if place not in self._layout.columns and place < len(self._row) and self._row[place]:
                yield f"{clean(head, limit=80)}: {clean(self._row[place], multiline=True, limit=_LONG)}"

    def _digest(self) -> str:
        """The hash of what stays of a row while it is worked on; of all of it where nothing else is there.

        Columns with the same head count by their order, so that none hides another.
        """
        parts, met = [], Counter[str]()
        for place, (head, cell) in enumerate(zip(self._layout.heads, self._row, strict=False)):
            met[bare_head(head)] += 1
            if cell.strip() and self._layout.columns.get(place) not in CHANGING:
                parts.append(f"{bare_head(head)}#{met[bare_head(head)]}={cell.strip()}")
        parts = sorted(parts) or list(self._row)
        return hashlib.sha256("\x1f".join(["zeile", *parts]).encode()).hexdigest()


_WHO = (
    Column.NAME, Column.VORNAME, Column.NACHNAME, Column.ANREDE, Column.ORGANISATION, Column.EMAIL,
    Column.TELEFON, Column.STRASSE, Column.PLZ, Column.ORT,
)  # fmt: skip


def _moment(said: str, today: date, calendar: WorkCalendar) -> tuple[date, time | None, time | None] | None:
    """A day with its times; None where it is no full date and nothing a clerk types for one."""
    found = written_dates(said)
    if found:
        return found[0].day, found[0].start, found[0].end
    try:
        return parse_day(said, today, calendar, allow_past=True).day, None, None
    except Refusal:
        return None


def _clocks(said: str) -> tuple[time, time | None]:
    """One time or a span.

    Raises:
        Refusal: it is neither.
    """
    try:
        return parse_clock(said), None
    except Refusal:
        return parse_span(said)
