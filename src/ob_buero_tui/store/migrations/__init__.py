"""Alembic's scripts, one per schema; each sets its ordinal as `user_version`."""
