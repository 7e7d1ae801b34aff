"""The schema as created and as mapped, and what becomes of a migration that fails."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store import schema, shape
from ob_buero_tui.store.backup import integrity_problems
from ob_buero_tui.store.calendar import Occurrence, OccurrenceWindow
from ob_buero_tui.store.schema import APPLICATION_ID, SCHEMA, alembic_config, create_database, migrate
from ob_buero_tui.store.tables import JOURNALED, METADATA

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


def scalar(path: Path, statement: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchone()[0]


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """A database that came about by running every migration."""
    path = tmp_path / "gewandert.sqlite"
    sqlite3.connect(path).close()
    path.touch()
    schema._upgrade(path)
    return path


def test_the_constant_is_the_ordinal_of_the_newest_migration() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    head = scripts.get_revision(scripts.get_current_head() or "")
    assert head.module.ORDINAL == SCHEMA
    assert head.revision == schema.REVISION
    ordinals = [revision.module.ORDINAL for revision in scripts.walk_revisions()]
    assert ordinals == list(range(SCHEMA, 0, -1))


def test_a_created_file_says_whose_it_is_and_how_old(database: Path) -> None:
    assert scalar(database, "PRAGMA application_id") == APPLICATION_ID
    assert scalar(database, "PRAGMA user_version") == SCHEMA
    assert scalar(database, "PRAGMA journal_mode") == "delete"
    assert integrity_problems(database) == []


def test_migrations_and_mapped_classes_say_the_same(migrated: Path) -> None:
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, METADATA)
    engine.dispose()
    differences = [item for item in found if not (item[0] == "remove_table" and "search_fts" in item[1].name)]
    assert differences == []


def test_all_migrations_give_what_is_created_at_once(migrated: Path, database: Path) -> None:
    """Also what Alembic does not compare: CHECK constraints, STRICT, partial indexes, the search table."""
    query = "SELECT name, sql FROM sqlite_schema WHERE name <> 'alembic_version'"
    with closing(sqlite3.connect(database)) as created, closing(sqlite3.connect(migrated)) as upgraded:
        wanted = {name: normal(sql) for name, sql in created.execute(query).fetchall() if sql}
        found = {name: normal(sql) for name, sql in upgraded.execute(query).fetchall() if sql}
    assert found == wanted
    for path in (database, migrated):
        with closing(sqlite3.connect(path)) as connection:
            assert shape.digest_of(shape.stored_tables(connection)) == shape.KNOWN
        assert shape.missing_columns(path) == ()
    assert scalar(migrated, "PRAGMA application_id") == APPLICATION_ID
    assert scalar(migrated, "PRAGMA user_version") == SCHEMA


def normal(sql: str) -> str:
    """The statement without what a rebuild of its table changes: blanks, and quotes around its name."""
    for word in ("TABLE", "ON"):
        sql = re.sub(rf'{word} "(\w+)"', rf"{word} \1", sql)
    return " ".join(sql.replace("(", " ( ").replace(")", " ) ").split())


def test_people_of_the_first_schema_keep_their_rows_and_their_counter_of_keys(tmp_path: Path) -> None:
    path = tmp_path / "erste.sqlite"
    first = Path(schema.__file__).parent / "migrations/versions/0001_first_schema.sql"
    with closing(sqlite3.connect(path)) as connection:
        for paragraph in first.read_text(encoding="utf-8").split("\n\n"):
            if not paragraph.startswith("--"):
                connection.execute(paragraph)
        connection.execute(f"CREATE TABLE alembic_version ({schema.ALEMBIC_COLUMN})")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.execute("PRAGMA user_version=1")
        columns = (
            "version, family_name, given_name, honorific_prefix, gender, tel, street_address,"
            " postal_code, locality, note, confidentiality"
        )
        values = "3, 'Beispiel', 'Erika', '', '', '', '', '', '', '', 'vertraulich'"
        for _ in range(2):
            connection.execute(f"INSERT INTO person({columns}) VALUES ({values})")  # noqa: S608
        connection.execute(
            "INSERT INTO membership(version, person_id, organization_id, role) VALUES (1, 1, 1, '')"
        )
        connection.execute(
            "INSERT INTO organization(version, name, organization_type, classification, tel, street_address,"
            " postal_code, locality, note, confidentiality)"
            " VALUES (1, 'Turnverein', '', '', '', '', '', '', '', 'intern')"
        )
        connection.execute("DELETE FROM person WHERE id = 2")
        connection.commit()
    schema._upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        kept = "SELECT id, version, family_name, confidentiality, locks, extra, rank FROM person"
        assert connection.execute(kept).fetchall() == [(1, 3, "Beispiel", "vertraulich", "[]", "{}", None)]
        assert connection.execute("SELECT name, mayor_attends FROM organization").fetchall() == [
            ("Turnverein", 1)
        ]
        assert connection.execute("SELECT person_id FROM membership").fetchall() == [(1,)]
        counters = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    assert counters["person"] == 2
    assert "person_new" not in counters


def test_every_table_is_strict(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("PRAGMA table_list").fetchall()
    ours = {row[1]: row[5] for row in tables if row[1] in METADATA.tables}
    assert set(ours) == set(METADATA.tables)
    assert all(ours.values())


def test_keys_are_never_reused_except_in_what_is_rebuilt_at_will() -> None:
    throw_away = {Occurrence.__tablename__, OccurrenceWindow.__tablename__}
    for name, table in METADATA.tables.items():
        autoincrement = table.dialect_options["sqlite"]["autoincrement"]
        assert autoincrement or name in throw_away, name


def test_the_database_deletes_nothing_by_itself(database: Path) -> None:
    for table in METADATA.tables.values():
        for key in table.foreign_keys:
            assert (key.ondelete, key.onupdate) == (None, None)
    assert scalar(database, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") == 0


def test_every_journaled_table_has_a_key_and_a_version() -> None:
    for table in JOURNALED.values():
        assert not table.columns.id.nullable
        assert not table.columns.version.nullable


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO desk(account, initials) VALUES (x'00ff', 'A')",
        "INSERT INTO request_number(year, serial, request_id, state) VALUES (2026, 1, 1, 'weg')",
        "INSERT INTO request_number(year, serial, request_id, state) VALUES ('viel', 1, 1, 'vergeben')",
    ],
)
def test_a_value_of_the_wrong_kind_is_not_stored(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_the_file_has_the_rights_of_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "neu" / "buero.sqlite"
    create_database(path, mode)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert stat.S_IMODE(path.parent.stat().st_mode) == {0o600: 0o700, 0o660: 0o770}[mode]
    assert [item.name for item in path.parent.iterdir()] == ["buero.sqlite"]


def test_nothing_is_created_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "buero.sqlite"
    path.write_bytes(b"wichtig")
    with pytest.raises(Refusal, match="Dort steht schon eine Datei"):
        create_database(path)
    assert path.read_bytes() == b"wichtig"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "buero.sqlite"
    create = schema._create

    def slow(fresh: Path) -> None:
        create(fresh)
        path.write_bytes(b"von nebenan")

    monkeypatch.setattr(schema, "_create", slow)
    with pytest.raises(Refusal, match="inzwischen"):
        create_database(path)
    assert path.read_bytes() == b"von nebenan"
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith("buero")] == ["buero.sqlite"]


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "_create", full)
    with pytest.raises(Refusal, match="lässt sich nicht anlegen"):
        create_database(tmp_path / "buero.sqlite")
    assert list(tmp_path.glob("buero*")) == []


SECOND = """
from alembic import op

revision = "9999"
down_revision = "{revision}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("desk", table_kwargs={{"sqlite_strict": True}}) as batch:
        batch.alter_column("initials", new_column_name="kuerzel")
    for statement in {statements!r}:
        op.execute(statement)
    op.execute("PRAGMA user_version={ordinal}")
"""


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Makes the program one as it will be, with a second migration that rebuilds a table."""

    def install(*statements: str, ordinal: int = SCHEMA + 1) -> None:
        folder = tmp_path / "versions"
        folder.mkdir()
        text = SECOND.format(statements=statements, ordinal=ordinal, revision=schema.REVISION)
        (folder / "9999_next.py").write_text(text, encoding="utf-8")
        own = alembic_config
        ours = Path(schema.__file__).parent / "migrations" / "versions"

        def config() -> Config:
            made = own()
            made.set_main_option("version_locations", os.pathsep.join((str(ours), str(folder))))
            return made

        monkeypatch.setattr(schema, "alembic_config", config)
        monkeypatch.setattr(schema, "SCHEMA", SCHEMA + 1)

    return install


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO desk(account, initials) VALUES ('petra.sander', 'PS')")
        connection.execute(
            "INSERT INTO action(verb, at, desk_id, params, left_house) VALUES ('note', '', 1, '{}', '')"
        )
        connection.commit()


def test_a_migration_rebuilds_tables_and_leaves_a_checked_copy(
    database: Path, backups: Path, newer_program: Callable[..., None]
) -> None:
    fill(database)
    newer_program()
    copy = migrate(database, backups, NOW)
    assert scalar(database, "SELECT kuerzel FROM desk") == "PS"
    assert scalar(database, "PRAGMA user_version") == SCHEMA + 1
    assert scalar(copy, "SELECT initials FROM desk") == "PS"
    assert scalar(copy, "PRAGMA user_version") == SCHEMA
    assert integrity_problems(copy) == integrity_problems(database) == []
    assert "vor-aktualisierung" in copy.name
    assert copy.with_suffix(".sqlite.sha256").exists()


@pytest.mark.parametrize(
    ("broken", "ordinal"),
    [
        ("SELECT nichts FROM nirgends", SCHEMA + 1),
        ("UPDATE action SET desk_id = 99", SCHEMA + 1),
        ("SELECT 1", SCHEMA + 2),
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    database: Path, backups: Path, newer_program: Callable[..., None], broken: str, ordinal: int
) -> None:
    fill(database)
    before = database.read_bytes()
    newer_program(broken, ordinal=ordinal)
    with pytest.raises(Refusal, match="unverändert geblieben") as caught:
        migrate(database, backups, NOW)
    assert database.read_bytes() == before
    assert [item.name for item in database.parent.iterdir()] == ["buero.sqlite"]
    (copy,) = backups.glob("*.sqlite")
    assert str(copy) in caught.value.now
    assert scalar(copy, "SELECT initials FROM desk") == "PS"


def test_without_a_copy_there_is_no_migration(
    database: Path, backups: Path, newer_program: Callable[..., None]
) -> None:
    before = database.read_bytes()
    backups.write_text("eine Datei, wo der Ordner hin soll", encoding="utf-8")
    newer_program()
    with pytest.raises(Refusal, match="Sicherung ist nicht gelungen"):
        migrate(database, backups, NOW)
    assert database.read_bytes() == before


def test_a_document_that_was_sent_is_no_draft_after_the_third_migration() -> None:
    folder = Path(schema.__file__).parent / "migrations/versions"
    paragraphs = [
        paragraph
        for name in (
            "0001_first_schema.sql",
            "0002_council_and_people.sql",
            "0003_deciding_and_answering.sql",
        )
        for paragraph in ("-- first", *(folder / name).read_text(encoding="utf-8").split("\n\n"))
        if name[3] == "3" or not paragraph.startswith("--")
    ]
    third = paragraphs.index("-- first")
    with closing(sqlite3.connect(":memory:")) as connection:
        for paragraph in paragraphs[:third]:
            connection.execute(paragraph)
        for sent in ("NULL", "'2026-11-20T08:00:00Z'"):
            connection.execute(
                "INSERT INTO document(version, kind, title, text, confidentiality, sent_at)"  # noqa: S608
                f" VALUES (1, 'antwort', 'Antwort', '', 'intern', {sent})"
            )
        for paragraph in paragraphs[third:]:
            connection.execute(paragraph)
        found = connection.execute("SELECT state FROM document ORDER BY id").fetchall()
    assert found == [("entwurf",), ("hinaus",)]
