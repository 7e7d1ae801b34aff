"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

ORDINAL = 0  # set to the next number, and SCHEMA in store/schema.py with it


def upgrade() -> None:
    """Bring the database to this schema."""
    ${upgrades if upgrades else "pass"}
    op.execute(f"PRAGMA user_version={ORDINAL}")
