"""Runs statements of plain columns by the connection: past the ORM's part each costs a third."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import Row, Select, text
from sqlalchemy.orm import Session

Columns: TypeAlias = Select[*tuple[Any, ...]]
"""A statement of plain columns."""
AMONG: Final = text("SELECT value FROM json_each(:wanted)")
"""For `column.in_(AMONG)` in a statement that is made once: the keys come by `fetch(…, wanted=keys)`."""


def fetch(
    session: Session, statement: Columns, wanted: Collection[int] | None = None, **values: Any
) -> Sequence[Row[*tuple[Any, ...]]]:
    """All rows of a statement that selects columns, not mapped classes.

    Best made once (a constant, or a function under `@cache`): to put a statement together takes longer than
    to run it.

    Args:
        wanted: The keys that `AMONG` stands for.
        values: Its other parameters.
    """
    if wanted is not None:
        values["wanted"] = json.dumps(list(wanted))
    if session.new or session.dirty or session.deleted:  # inside a use case; what it wrote so far counts
        session.flush()
    return session.connection().execute(statement, values).all()
