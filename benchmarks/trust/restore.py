"""Test 10: a working office goes back to each of a hundred copies, and is as it was when that was made.

Half-way a person is erased. The copies of before bring her back as far as they are files; the office that
goes back to one of them does not have her any more.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.trust.rows import Row
from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import backup_place, create_office, open_office, restore_office
from ob_buero_tui.services.backups.keeping import keep_copy
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.erasing.erasing import erase
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.backup.contents import content_hash, table_counts
from ob_buero_tui.store.backup.numbers import REGISTERS

COPIES, SEED = 100, 20261125
FAMILY = "Quittenbaum"
LETTER = """\
From: Verein {number} <v{number}@example.org>
To: ob@example.org
Subject: Anliegen {number}
Date: Wed, 18 Nov 2026 09:00:00 +0100
Message-ID: <{number}@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

Bitte um ein Grußwort.
--x
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="plan-{number}.txt"

Plan {number}
--x--
"""


@dataclass(slots=True)
class Drill:
    """An office, its clock, and what each copy held."""

    path: Path
    catalog: Catalog
    now: datetime
    settings: Settings

    @contextmanager
    def desk(self) -> Iterator[Workplace]:
        """An open desk."""
        office = open_office(
            self.path, self.settings, catalog=self.catalog, clock=lambda: self.now, account="petra.sander"
        )
        try:
            yield office.place
        finally:
            office.close()

    def work(self, number: int, folder: Path) -> None:
        """Take in a letter with a file."""
        letter = folder / f"{number}.eml"
        letter.write_bytes(LETTER.format(number=number).replace("\n", "\r\n").encode())
        with self.desk() as place:
            import_files(place, [letter])

    def erase(self, person: int) -> None:
        """Erase her."""
        with self.desk() as place:
            found = find_person(place, person)
            erase(place, found, chosen=[hit.key for hit in found.asked], typed=FAMILY)

    def faults(self, copy: Path, counts: dict[str, int], content: str, *, before: bool) -> list[str]:
        """Go back to a copy and say what is not as it was."""
        self.now += timedelta(seconds=7)
        done = restore_office(
            self.path,
            self.settings,
            copy,
            catalog=self.catalog,
            clock=lambda: self.now,
            account="petra.sander",
        )
        found = []
        if done.missing:
            found.append(f"{done.missing} attachments missing")
        if before:
            if not done.erased or FAMILY.encode() in self.path.read_bytes():
                found.append("the erased person is back")
            if table_counts(self.path)["request"] != counts["request"]:
                found.append("other requests")
        elif _content(self.path) != (counts, content):
            found.append("another content")
        with self.desk() as place:
            found += check_database(self.path, place).problems
        if done.kept is not None:
            done.kept.unlink()
        return found


def _content(path: Path) -> tuple[dict[str, int], str]:
    """All but the registers of numbers: they keep what was given out after a copy was made."""
    counts = {name: rows for name, rows in table_counts(path).items() if name not in REGISTERS}
    return counts, content_hash(path, apart=REGISTERS)


def run(options: argparse.Namespace) -> list[Row]:
    """Make the copies, then go back to each in a random order."""
    number, began = (COPIES // 10 if options.small else COPIES), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        drill = Drill(
            path=Path(folder) / "büro" / "buero.sqlite",
            catalog=load_catalog(),
            now=datetime(2026, 11, 25, 6, 0, tzinfo=UTC),
            settings=Settings(),
        )
        create_office(drill.path, drill.settings)
        wrong = _drilled(drill, number, Path(folder))
    good = number - len(wrong)
    for line in wrong[:10]:
        print(line)
    return [
        Row(
            test="10",
            name="restore drill: copies gone back to, an erased person stays erased",
            target=f"{number}/{number}, counts and content hash equal",
            reached=f"{good}/{number}",
            seconds=time.perf_counter() - began,
            ok=not wrong,
        )
    ]


def _drilled(drill: Drill, number: int, folder: Path) -> list[str]:
    """What went wrong, one line for each copy that did."""
    with drill.desk() as place:
        person = create_contact(place, "person", {"given_name": "Hülya", "family_name": FAMILY}).ids[0]
    made = []
    for step in range(number):
        drill.work(step, folder)
        if step == number // 2:
            drill.erase(person)
        drill.now += timedelta(minutes=25)
        kept = keep_copy(backup_place(drill.path, drill.settings), drill.now)
        if kept.copy is None:
            return [f"copy {step} was not made"] * number
        made.append((kept.copy, *_content(drill.path), step < number // 2))
    random.Random(SEED).shuffle(made)
    wrong = []
    for copy, counts, content, before in made:
        found = drill.faults(copy, counts, content, before=before)
        if found:
            wrong.append(f"{copy.name}: {', '.join(found)}")
    return wrong
