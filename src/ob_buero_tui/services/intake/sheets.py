"""An office's own list: its columns are proposed, confirmed once by a person, and known from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.proposing import propose_kind
from ob_buero_tui.exchange.sheet import Table, read_table
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.columns import LABELS, Column, fingerprint, head_row, propose
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.own_lists import own_columns
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.lists import SheetLayout

ENDINGS = (".csv", ".ods", ".xlsx")
SAMPLES = 3
MAX_BYTES = limits.SHEET_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProposal:
    """How a list would be read.

    Args:
        fingerprint: Hash of its heads: the same layout is known again.
        heads: Heads by place, „Spalte C“ where a head is blank.
        samples: The first filled cells of each column.
        columns: What a column holds, by its place, as values of `Column`; the others are kept as a note.
        known: Whether somebody confirmed this layout, or it is an export of this program.
        kind: Key of the kind that all rows have, "" where each row says its own.
        rows: How many rows stand below the heads.
        first: Number of the first of them, as the spreadsheet counts.
        notes: German sentences on sheet and charset.
    """

    name: str
    fingerprint: str
    heads: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    columns: dict[int, str]
    known: bool
    kind: str = ""
    rows: int = 0
    first: int = 2
    notes: tuple[str, ...] = field(default=())

    @property
    def told(self) -> str:
        """The proposal in a line: „Datum“ = Eingang am, „Wer“ = Name; als Notiz: „Kosten“."""
        named = [
            f"„{shorten(head, 40)}“ = {LABELS[Column(self.columns[place])]}"
            for place, head in enumerate(self.heads)
            if place in self.columns
        ]
        rest = [
            f"„{shorten(head, 40)}“" for place, head in enumerate(self.heads) if place not in self.columns
        ]
        return ", ".join(named) + (f"; als Notiz: {', '.join(rest)}" if rest else "")


def propose_columns(place: Workplace, path: Path) -> SheetProposal:
    """How a file's columns would be read, confirmed or not.

    Raises:
        Refusal: the file cannot be read, or is no list.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        why = f"Das Betriebssystem meldet: {system_reason(error)}."
        raise Refusal("Die Datei ließ sich nicht lesen.", why, "Bitte Ordner und Rechte prüfen.") from error
    if size > MAX_BYTES:
        raise too_large(size)
    with place.reading() as session:
        return proposal_for(place, session, read_table(data, path.suffix.lower()), path.name)


def too_large(size: int) -> Refusal:
    """The refusal of a list with so many bytes."""
    return Refusal(
        "Die Liste ist zu groß.",
        f"Sie hat {size // 1_000_000} MB, gelesen werden höchstens {MAX_BYTES // 1_000_000} MB.",
        "Bitte die Liste auf mehrere Dateien verteilen.",
    )


def proposal_for(place: Workplace, session: Session, table: Table, name: str) -> SheetProposal:
    """How a table would be read: as it was confirmed, else by its heads and first rows.

    Raises:
        Refusal: it is an export of this program that comes back in another way, or it has no rows.
    """
    at = head_row(table.rows)
    heads, rows = table.rows[at], [row for row in table.rows[at + 1 :] if any(row)]
    if not rows:
        raise Refusal("Die Liste hat keine Zeilen.", "Unter den Spaltenköpfen steht nichts.", "")
    mark = fingerprint(heads)
    own = own_columns(heads)
    stored = session.scalars(select(SheetLayout).where(SheetLayout.fingerprint == mark)).one_or_none()
    found = own if own is not None else propose(heads, rows[:20])
    columns = {place: column.value for place, column in found.items()}
    kind = "" if Column.ART in found.values() else _kind(place, name)
    if stored is not None:
        columns, kind = {int(key): str(value) for key, value in stored.columns.items()}, stored.kind
    return SheetProposal(
        name=clean(name, limit=200),
        fingerprint=mark,
        heads=tuple(head or f"Spalte {letter(index)}" for index, head in enumerate(heads)),
        samples=tuple(
            tuple(shorten(row[index], 60) for row in rows if row[index])[:SAMPLES]
            for index in range(len(heads))
        ),
        columns=columns,
        known=stored is not None or own is not None,
        kind=kind,
        rows=len(rows),
        first=at + 2,
        notes=(*table.notes, *table.left_out),
    )


def letter(place: int) -> str:
    """The letters of a column as spreadsheets name it: A, B … AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


@use_case("confirm_layout")
def confirm_layout(
    work: Work, proposal: SheetProposal, columns: Mapping[int, str] | None = None, kind: str | None = None
) -> Done:
    """Keep how lists with these heads are read.

    Args:
        columns: What the columns hold as a person corrected it; None as proposed.
        kind: Key of the kind of all rows, "" for none; None as proposed.

    Raises:
        Refusal: something is named twice, or nothing says what a row is about.
    """
    chosen = dict(proposal.columns if columns is None else columns)
    _refuse_unfit(chosen)
    kept = work.catalog.kinds.get((proposal.kind if kind is None else kind) or "")
    values = {str(place): Column(value).value for place, value in sorted(chosen.items())}
    row = work.session.scalars(
        select(SheetLayout).where(SheetLayout.fingerprint == proposal.fingerprint)
    ).one_or_none()
    if row is None:
        row = SheetLayout(fingerprint=proposal.fingerprint, columns=values)
        work.session.add(row)
    row.heads, row.columns = list(proposal.heads), values
    row.kind = kept.key if kept is not None else ""
    row.confirmed_by, row.confirmed_at = work.desk.initials, work.at
    work.session.flush()
    work.tell(columns=len(values))
    return Done(ids=(row.id,), text=f"Spalten bestätigt: {plural(len(values), 'Spalte', 'Spalten')}")


def _refuse_unfit(chosen: Mapping[int, str]) -> None:
    what = "Die Spalten wurden nicht bestätigt."
    values = list(chosen.values())
    unknown = [value for value in values if value not in list(Column)]
    if unknown:
        raise Refusal(what, f"„{clean(unknown[0], limit=40)}“ ist keine Angabe.", "Bitte eine andere wählen.")
    twice = next((value for value in values if values.count(value) > 1), "")
    if twice:
        why = f"„{LABELS[Column(twice)]}“ steht für mehrere Spalten."
        raise Refusal(what, why, "Bitte nur einer Spalte geben; die andere bleibt als Notiz erhalten.")
    about = (Column.BETREFF, Column.TEXT, Column.NAME, Column.NACHNAME, Column.ORGANISATION, Column.ART)
    if not set(values) & set(about):
        why = "Keine Spalte sagt, worum es geht oder wer fragt."
        raise Refusal(what, why, "Bitte mindestens Betreff, Name oder Organisation zuordnen.")


def _kind(place: Workplace, name: str) -> str:
    """The kind that the name of the file speaks of: „Grußworte 2026.xlsx“."""
    proposed = propose_kind(place.catalog, Path(name).stem.replace("_", " "), "")
    return proposed.kind if proposed is not None else ""


@sentence("confirm_layout")
def _confirmed(params: Params) -> str:
    return f"Spalten einer Liste bestätigt ({plural(params.get('columns', 0), 'Spalte', 'Spalten')})"
