"""Who stood behind a decider's name on a day: „OB“ was somebody else before the last election."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import Confidentiality

# By the driver: a record is read on every step of the cursor, and the start maps no table of the council.
_HELD = (
    "SELECT r.subject, p.honorific_prefix, p.given_name, p.affix, p.family_name, p.confidentiality"
    " FROM responsibility r JOIN person p ON p.id = r.person_id"
    " WHERE (r.start_date IS NULL OR r.start_date <= ?) AND (r.end_date IS NULL OR r.end_date >= ?)"
    " ORDER BY r.start_date DESC, r.id DESC"
)


def decider_then(session: Session, label: str, day: date) -> str:
    """The name of the person who was responsible for this subject on a day; empty where nobody is entered.

    Args:
        label: What the office calls the decider: „OB“.
    """
    rows = session.connection().exec_driver_sql(_HELD, (day.isoformat(), day.isoformat()))
    wanted = " ".join(fold(label).split())
    for subject, prefix, given, affix, family, level in rows:
        if " ".join(fold(subject).split()) == wanted and level != Confidentiality.PERSOENLICH.value:
            return clean(full_name(prefix, given, affix, family), limit=120)
    return ""
