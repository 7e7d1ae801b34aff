"""Aussonderung and erasure, and when a request was closed and filed; frozen as SQL.

Tables with new columns are rebuilt as SQLite's documentation says; their counters of keys go with them,
so that no key is ever used twice.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ORDINAL = 6


def upgrade() -> None:
    """Create the new tables and rebuild the changed ones."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for paragraph in text.split("\n\n"):
        statement = paragraph.strip()
        if not statement.startswith("--"):
            op.get_bind().exec_driver_sql(statement)
    op.execute(f"PRAGMA user_version={ORDINAL}")
