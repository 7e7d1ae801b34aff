"""The baseline: the least that a Textual app with a table of database rows can be.

Usage: python bare_app.py DATABASE ROWS
"""

from __future__ import annotations

import sys
from typing import ClassVar

import sqlalchemy.orm  # noqa: F401 what every office application with this library pays
from sqlalchemy import create_engine, text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

QUERY = text(
    "SELECT number, due_on, subject FROM request WHERE trashed_at IS NULL"
    " ORDER BY received_at DESC, id LIMIT :rows"
)


class Table(DataTable[str]):
    """A table in which `j` goes down."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "cursor_down", "ab")]


class BareApp(App[None]):
    """One table."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield Table(cursor_type="row")

    def on_mount(self) -> None:
        """Read the rows and show them."""
        table = self.query_one(Table)
        table.add_columns("Nummer", "Frist", "Betreff")
        engine = create_engine(f"sqlite:///file:{sys.argv[1]}?mode=ro&uri=true")
        with engine.connect() as connection:
            for number, due, subject in connection.execute(QUERY, {"rows": int(sys.argv[2])}):
                table.add_row(number, due or "", subject)
        table.focus()


if __name__ == "__main__":
    BareApp().run()
