"""The first schema, frozen as SQL beside this file."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ORDINAL = 1


def upgrade() -> None:
    """Create every table, index and the search table."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for paragraph in text.split("\n\n"):
        statement = paragraph.strip()
        if not statement.startswith("--"):
            op.get_bind().exec_driver_sql(statement)
    op.execute(f"PRAGMA user_version={ORDINAL}")
