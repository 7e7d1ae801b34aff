"""Text typed and not yet saved: kept per desk and form, outside the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC

from sqlalchemy import Connection, delete, insert, select, update

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Draft


def save_draft(place: Workplace, form: str, values: dict[str, str]) -> bool:
    """Keep what is typed into a form so far; returns whether that went through.

    A busy or read-only database is no reason to disturb the typing: the next call may go through. Until then
    this process keeps the text, so that a full disk takes nothing from who types on.

    Args:
        form: Names the form and what it is about, such as `edit:17`.
        values: The text of each field.
    """
    saved_at = place.clock().astimezone(UTC).replace(microsecond=0)
    key = {"desk_id": place.desk.id, "form": form}
    row = {"values": values, "saved_at": saved_at}

    def write(connection: Connection) -> None:
        if connection.execute(update(Draft).filter_by(**key).values(row)).rowcount == 0:
            connection.execute(insert(Draft).values(**key, **row))

    kept = _quietly(place, write)
    if kept:
        place.unsaved.pop(form, None)
    elif not place.read_only:
        place.unsaved[form] = dict(values)
    return kept


def load_draft(place: Workplace, form: str) -> dict[str, str] | None:
    """What was typed into a form and not saved at this desk; none where there is nothing.

    Raises:
        Refusal: the database could not be read just now, or Sichtschutz covers what was typed.
    """
    found: Mapping[str, object] | None = place.unsaved.get(form)
    if found is None:
        with place.reading() as session:
            mine = Draft.desk_id == place.desk.id, Draft.form == form
            found = session.scalar(select(Draft.values).where(*mine))
    if found and place.veil is not None:
        raise Refusal(
            "Das öffnet sich unter Sichtschutz nicht.",
            "Hier liegt Text, den Sie getippt und noch nicht gespeichert haben.",
            "# zeigt ihn wieder.",
        )
    return None if found is None else {str(key): str(value) for key, value in found.items()}


def drop_draft(place: Workplace, form: str) -> bool:
    """Forget a form's draft, once it is saved or given up; returns whether that went through."""
    place.unsaved.pop(form, None)
    statement = delete(Draft).where(Draft.desk_id == place.desk.id, Draft.form == form)
    return _quietly(place, lambda connection: connection.execute(statement))


def save_unsaved(place: Workplace) -> None:
    """Try once more to keep the drafts that the database did not take."""
    for form, values in list(place.unsaved.items()):
        save_draft(place, form, values)


def _quietly(place: Workplace, write: Callable[[Connection], object]) -> bool:
    """One short write; a database that does not take it now is no error here."""
    if place.read_only:
        return False
    try:
        with translated():
            connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
            with connection, connection.begin():
                write(connection)
    except Refusal:
        return False
    return True
