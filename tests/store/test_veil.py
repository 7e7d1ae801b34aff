"""Sichtschutz on the connection: covered in every transaction, with the reader's own patience."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from ob_buero_tui.store.tables import METADATA
from ob_buero_tui.store.veil import make_veiled


def stored(database: Path) -> Engine:
    """A veiled engine on a file with one secret name."""
    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO organization (version, name, organization_type, classification, tel, street_address,"
            " postal_code, locality, note, confidentiality, short_name, website, country, ladungsfrist,"
            " mayor_attends, ladungsfrist_confirmed_by, ladungsfrist_confirmed_as, agenda_led_by, categories,"
            " source, extra)"
            " VALUES (1, 'Geheimverein', '', '', '', '', '', '', '', 'intern', '', '', '', '', 1, '', '', '',"
            " '[]', '', '{}')"
        )
    connection.close()
    return make_veiled(database, METADATA.sorted_tables, ["OB"])


def test_every_transaction_of_a_connection_is_covered(database: Path) -> None:
    engine = stored(database)
    for _ in range(3):
        with engine.connect() as connection, connection.begin():
            assert connection.exec_driver_sql("SELECT name FROM organization").scalar() == "•••••"
            assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
    engine.dispose()


def test_the_readers_patience_is_set_before_the_first_look_at_the_file(database: Path) -> None:
    engine = stored(database)
    said: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    with engine.connect().execution_options(patience=70) as connection, connection.begin():
        pass
    assert said[0] == "PRAGMA busy_timeout=70"
    assert said[1].startswith("CREATE TEMP VIEW")
    engine.dispose()
