"""People that OParl brings and the office knows from elsewhere: the same one, or only of the same name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.names import joined
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.intake.oparl_changes import Step, changes_of
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_rows import Row, said

NAMED = 5


def join_known(session: Session, items: Iterable[Item]) -> list[str]:
    """Let new people of a file be those with the same name and e-mail address that are there already.

    Returns:
        German sentences on those of whom only the name is the same.
    """
    new = [item for item in items if item.table == "person" and item.step is Step.NEW]
    rows = {id(item): said("person", item.record) for item in new}
    families = {row["family_name"] for row in rows.values() if row.get("family_name")}
    found = rows_with(session, "person", "family_name", sorted(families))
    known = [dict(row) for row in found if row["oparl_id"] is None and not _personal(row["confidentiality"])]
    taken: set[int] = set()
    doubtful: dict[str, None] = {}
    for item in new:
        row = rows[id(item)]
        alike = [one for one in known if _name(one) == _name(row) and one["id"] not in taken]
        same = [one for one in alike if row.get("email") and (one["email"] or "").lower() == row["email"]]
        if len(same) == 1:
            taken.add(same[0]["id"])
            _join(item, same[0])
        elif alike:
            doubtful[joined(row.get("given_name", ""), row["family_name"])] = None
    return [_told(list(doubtful))] if doubtful else []


def _join(item: Item, stored: Row) -> None:
    """Fill what the office does not know; the rest stays as it is."""
    changes, _left = changes_of("person", item.record, stored, Step.SAME)
    item.step, item.stored, item.joined = Step.SAME, stored, True
    item.changes = {**changes, "oparl_id": item.record.id}


def _name(row: Row) -> tuple[str, str]:
    return fold(row.get("given_name", "")), fold(row.get("family_name", ""))


def _personal(level: str) -> bool:
    return Confidentiality(level) is Confidentiality.PERSOENLICH


def _told(names: list[str]) -> str:
    more = f" und {len(names) - NAMED} weitere" if len(names) > NAMED else ""
    return f"Gleicher Name wie im Büro ({', '.join(names[:NAMED])}{more}): bitte unter F6 mit d prüfen."
