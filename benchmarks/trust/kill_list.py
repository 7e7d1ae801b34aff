"""The steps that are killed, and what must be so after a kill."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from benchmarks.trust.kill_steps import ROOT, Step
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, backup_place, create_office, open_office, restore_office
from ob_buero_tui.services.backups.keeping import keep_copy
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.requests import creating
from ob_buero_tui.store.backup import latest_good
from ob_buero_tui.store.schema import SCHEMA, alembic_config

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
MAIL = """From: Erika Beispiel <erika@verein.example.org>
To: ob@stadt.example.org
Subject: Bitte {number}
Date: Wed, 18 Nov 2026 09:00:00 +0100
Message-ID: <{number}@verein.example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

wir bitten um ein Grusswort.
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="plan{number}.bin"

Anlage {number}
--x--
"""


def steps() -> list[Step]:
    """All steps, in the order of the table."""
    sys.path.insert(0, str(ROOT / "tests" / "services"))
    import erasing_killed_kit as erasing

    return [
        Step(name="an erasure", furnish=erasing.furnish, take=erasing.take, finding=erasing.finding),
        Step(name="a migration", furnish=_older, take=_migrate, finding=_after_migration),
        Step(name="a copy", furnish=_furnish, take=_copy, finding=_after_copy),
        Step(name="a return to a copy", furnish=_with_copy, take=_return, finding=_after_return),
        Step(name="an import", furnish=_with_mails, take=_import, finding=_after_import),
        Step(name="the creation of an office", furnish=Path.mkdir, take=_create, finding=_after_creation),
    ]


def database(folder: Path) -> Path:
    """Where a step's office is."""
    return folder / "büro" / "buero.sqlite"


@cache
def catalog() -> Catalog:
    """The catalog that comes with the product."""
    return load_catalog()


def opened(folder: Path) -> Office:
    """The office of a step, as the next start opens it."""
    return open_office(
        database(folder), Settings(), catalog=catalog(), clock=lambda: NOW, account="petra.sander"
    )


def _furnish(folder: Path) -> None:
    create_office(database(folder), Settings())
    office = opened(folder)
    channel = creating.CHANNELS[0]
    for number in range(4):
        captured = creating.Captured(kind="grusswort", channel=channel, subject=f"Sache {number}")
        creating.create_request(office.place, captured)
    mail = folder / "zuvor.eml"
    mail.write_text(MAIL.format(number=99), encoding="utf-8")
    import_files(office.place, [mail])
    mail.unlink()
    office.close()


def _number(folder: Path, question: str) -> int:
    with closing(sqlite3.connect(database(folder))) as connection:
        return int(connection.execute(question).fetchone()[0])


def _unsound(folder: Path) -> str:
    """What a start and a full check find wrong."""
    office = opened(folder)
    try:
        report = check_database(database(folder), office.place)
        return "" if report.sound else " ".join(report.lines)
    finally:
        office.close()


def _older(folder: Path) -> None:
    """An office as the fourth schema had it, with a desk and a step in it."""
    from alembic import command

    from ob_buero_tui.store import schema

    path = database(folder)
    path.parent.mkdir(parents=True)
    path.touch()
    with schema._transaction(path) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.exec_driver_sql("INSERT INTO desk(account, initials) VALUES ('petra.sander', 'PS')")
        action = "INSERT INTO action(verb, at, desk_id, params, left_house) VALUES ('note', '', 1, '{}', '')"
        connection.exec_driver_sql(action)


def _migrate(folder: Path) -> None:
    opened(folder).close()


def _after_migration(folder: Path) -> str:
    version = _number(folder, "PRAGMA user_version")
    if version not in (4, SCHEMA):
        return f"schema {version}"
    if _number(folder, "SELECT count(*) FROM desk WHERE initials = 'PS'") != 1:
        return "the desk is gone"
    wrong = _unsound(folder)
    return wrong or ("" if _number(folder, "PRAGMA user_version") == SCHEMA else "not migrated afterwards")


def _copy(folder: Path) -> None:
    keep_copy(backup_place(database(folder), Settings()), NOW, forced=True)


def _after_copy(folder: Path) -> str:
    there = backup_place(database(folder), Settings())
    sizes = [item.stat().st_size for item in there.folder.glob("*.sqlite")] if there.folder.exists() else []
    if any(size != database(folder).stat().st_size for size in sizes):
        return "half a copy stands under a copy's name"
    wrong = _unsound(folder)
    again = keep_copy(there, NOW, forced=True)
    if again.copy is None or latest_good(database(folder), there.folders) is None:
        return f"{wrong} no copy afterwards"
    left = [item.name for item in there.folder.iterdir() if ".teil-" in item.name]
    return wrong or (f"left behind: {left[0]}" if left else "")


def _with_copy(folder: Path) -> None:
    """Five requests in the copy, and one more in the office."""
    _furnish(folder)
    _copy(folder)
    office = opened(folder)
    captured = creating.Captured(kind="grusswort", channel=creating.CHANNELS[0], subject="danach")
    creating.create_request(office.place, captured)
    office.close()


def _return(folder: Path) -> None:
    there = backup_place(database(folder), Settings())
    copy = min(there.folder.glob("*.sqlite"), key=lambda item: len(item.name))  # the one without a label
    restore_office(
        database(folder), Settings(), copy, catalog=catalog(), clock=lambda: NOW, account="petra.sander"
    )


def _after_return(folder: Path) -> str:
    if not database(folder).exists():
        return "there is no database any more"
    count = _number(folder, "SELECT count(*) FROM request")
    wrong = _unsound(folder)
    if wrong or count not in (5, 6):
        return f"{count} requests {wrong}"
    _return(folder)
    if _number(folder, "SELECT count(*) FROM request") != 5:
        return "the return did not go through afterwards"
    left = [item.name for item in database(folder).parent.iterdir() if ".rueckkehr-" in item.name]
    return f"left behind: {left[0]}" if left else ""


def _with_mails(folder: Path) -> None:
    _furnish(folder)
    mails = [MAIL.format(number=number) for number in range(4)]
    for number, mail in enumerate(mails[:2]):
        (folder / f"{number}.eml").write_text(mail, encoding="utf-8")
    box = "".join(f"From - Tue Nov 17 11:48:33 2026\n{mail}\n" for mail in mails[2:])
    (folder / "post.mbox").write_text(box, encoding="utf-8")


def _import(folder: Path) -> None:
    office = opened(folder)
    import_files(office.place, sorted((*folder.glob("*.eml"), folder / "post.mbox")))
    office.close()


def _after_import(folder: Path) -> str:
    """All of a file or nothing of it; the same again brings exactly the rest."""
    counts = (
        _number(folder, "SELECT count(*) - 5 FROM request"),
        _number(folder, "SELECT count(*) - 1 FROM message"),
        _number(folder, "SELECT count(*) - 1 FROM attachment"),
    )
    if len(set(counts)) > 1 or counts[0] not in (0, 1, 2, 4):
        return f"requests, messages and attachments are {counts}"
    wrong = _unsound(folder)
    _import(folder)
    again = _number(folder, "SELECT count(*) - 5 FROM request")
    return wrong or _unsound(folder) or ("" if again == 4 else f"{again} requests after the same again")


def _create(folder: Path) -> None:
    create_office(database(folder), Settings())


def _after_creation(folder: Path) -> str:
    if not database(folder).exists():
        _create(folder)
    return _unsound(folder)
