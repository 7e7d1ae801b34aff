"""Creates a database and brings an older one up to date; Alembic is imported only when that is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.store.backup import make_backup
from ob_buero_tui.store.connecting import connect, dbapi
from ob_buero_tui.store.rights import make_folder
from ob_buero_tui.store.search import CREATE_FTS

if TYPE_CHECKING:
    from alembic.config import Config

APPLICATION_ID = 0x4F42_4231
"""Marks our files in the SQLite header ("OBB1")."""

SCHEMA = 6
"""The ordinal of the newest migration; each migration sets its own as `user_version`."""

REVISION = "0006"
"""The newest migration's name in Alembic, with which a new database is stamped."""


ALEMBIC_COLUMN = "version_num VARCHAR(32) NOT NULL PRIMARY KEY"


def create_database(path: Path, file_mode: int = 0o600) -> None:
    """Create an empty office database.

    It is built beside its place and renamed into it, so that no half-made database is ever found.

    Raises:
        Refusal: a file already stands there, or the folder cannot be written.
    """
    from ob_buero_tui.store.unclean import process_token

    _refuse_standing(path)
    fresh = path.with_name(f"{path.name}.neu-{process_token()}")
    try:
        make_folder(path.parent, file_mode)
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, file_mode))
        fresh.chmod(file_mode)
        _create(fresh)
        # A hard link never overwrites what another desk may have created meanwhile.
        os.link(fresh, path)
    except FileExistsError as error:
        raise Refusal(
            f"„{path}“ wird nicht angelegt.",
            "Dort steht inzwischen eine Datei.",
            "Vermutlich hat ein anderer Arbeitsplatz sie angelegt; öffnen Sie diese mit „ob-buero“.",
        ) from error
    except (OSError, DBAPIError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else error.orig
        raise Refusal(
            f"Die Datenbank „{path}“ lässt sich nicht anlegen.",
            f"Der Ordner ist nicht beschreibbar oder nicht erreichbar ({reason}).",
            "Wählen Sie mit --db einen anderen Ort, oder bitten Sie die IT um Schreibrecht.",
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _refuse_standing(path: Path) -> None:
    if path.exists():
        stands = "ein Ordner" if path.is_dir() else "eine Datei"
        raise Refusal(
            f"„{path}“ wird nicht angelegt.",
            f"Dort steht schon {stands}.",
            "Wählen Sie mit --db einen anderen Ort, oder öffnen Sie die vorhandene Datei.",
        )


def migrate(path: Path, backup_folder: Path, now: datetime, file_mode: int = 0o600) -> Path:
    """Bring an older database up to date, after a checked copy of it.

    Args:
        now: The time for the copy's name.
        file_mode: Permissions of the copy.

    Returns:
        The copy that was made first.

    Raises:
        Refusal: the copy or the migration failed; the database is as it was.
    """
    # The attachments stay as they are and would hold the start up; the next copy brings them.
    copy = make_backup(
        path, backup_folder, now, label="vor-aktualisierung", mode=file_mode, attachments=False
    )
    try:
        _upgrade(path)
    except Exception as error:
        raise Refusal(
            "Die Datenbank konnte nicht auf den neuen Stand gebracht werden.",
            "Sie ist unverändert geblieben.",
            f"Eine geprüfte Kopie liegt unter „{copy}“. Bitte melden Sie den Fehler der IT.",
        ) from error
    return copy


def upgrade(path: Path) -> None:
    """Bring an older database up to date without a copy of it; for what is itself a copy."""
    _upgrade(path)


def alembic_config() -> Config:
    """Alembic's settings: the scripts inside this package, no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "ob_buero_tui.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _create(path: Path) -> None:
    """Make the newest schema at once, as the mapped classes say it.

    Running all migrations gives the same (a test compares both), but importing Alembic takes longer.
    """
    from ob_buero_tui.store.tables import METADATA

    with _transaction(path) as connection:
        METADATA.create_all(connection)
        connection.exec_driver_sql(CREATE_FTS)
        connection.exec_driver_sql(f"CREATE TABLE alembic_version ({ALEMBIC_COLUMN})")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


def _upgrade(path: Path) -> None:
    """Run the missing migrations in one transaction."""
    from alembic import command

    config = alembic_config()
    with _transaction(path) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check_after(connection)


@contextmanager
def _transaction(path: Path) -> Iterator[Connection]:
    """One locked transaction, foreign keys off as SQLite's rebuilds of tables need it."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, "rw", isolation_level=None),
        module=dbapi(path),
        poolclass=NullPool,
    )
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=OFF"))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def _check_after(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"a migration left {len(broken)} broken references")
    version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    if version != SCHEMA:
        raise RuntimeError(f"the newest migration set user_version {version}, the program expects {SCHEMA}")
