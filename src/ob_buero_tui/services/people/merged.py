"""Which contacts have gone into one by mergings, so that their history can still be read."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.store.journal import Action, ActionReference

VERB = "merge_contacts"


def merged_into(session: Session, table: str, key: int) -> list[int]:
    """The contact's own key and those of all that were merged into it, the ones before them too."""
    found, waiting = [key], [key]
    while waiting:
        wanted = waiting.pop()
        for others in session.scalars(
            select(Action.params)
            .join(ActionReference, ActionReference.action_id == Action.id)
            .where(
                ActionReference.table_name == table,
                ActionReference.row_id == wanted,
                Action.verb == VERB,
                Action.undone_by_id.is_(None),
            )
        ):
            if wanted in others.get("ids", ()):
                new = [one for one in others.get("others", ()) if one not in found]
                found += new
                waiting += new
    return found
