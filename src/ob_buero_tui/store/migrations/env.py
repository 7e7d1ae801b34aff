"""Alembic's entry: runs on the connection that `schema` hands over."""

from __future__ import annotations

from alembic import context

from ob_buero_tui.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction around it is ours, with BEGIN IMMEDIATE
)
context.run_migrations()
