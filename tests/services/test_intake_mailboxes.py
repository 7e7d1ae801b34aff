"""A mailbox file: every message becomes a request, one file is one step, nothing comes in twice."""

from __future__ import annotations

import mmap
import sqlite3
from pathlib import Path

import pytest
from intake_samples import count, mail, rows, value
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.intake import mailboxes
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.intake.source import is_known
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

LINE = b"From - Tue Nov 17 11:48:33 2026\n"


def box(folder: Path, *letters: bytes, name: str = "post.mbox") -> Path:
    path = folder / name
    path.write_bytes(b"".join(LINE + letter.rstrip() + b"\n\n" for letter in letters))
    return path


def letter(folder: Path, number: int, **given: str) -> bytes:
    given = {"message_id": f"{number}@x.example.org", "subject": f"Grußwort {number}"} | given
    return mail(folder, "einzeln.eml", **given).read_bytes()


def test_every_message_becomes_a_request_and_the_file_one_step(place: Workplace, tmp_path: Path) -> None:
    path = box(tmp_path, *(letter(tmp_path, n) for n in (1, 2, 3)))
    (line,) = import_files(place, [path]).lines
    assert (line.status, line.text, len(line.ids)) == (Status.NEW, "3 Eingänge neu", 3)
    assert [row[0] for row in rows(place, "SELECT kind FROM request")] == ["grusswort"] * 3
    assert count(place, "action") == 1
    assert count(place, "person") == 1, "one sender is one person"
    undo(place)
    assert (count(place, "request"), count(place, "imported_file")) == (0, 0)
    (again,) = import_files(place, [path]).lines
    assert again.text == "3 Eingänge neu"


def test_a_longer_mailbox_brings_only_what_is_new(place: Workplace, tmp_path: Path) -> None:
    letters = [letter(tmp_path, n) for n in (1, 2)] + [letter(tmp_path, 3, message_id="")]
    import_files(place, [box(tmp_path, *letters)])
    longer = box(tmp_path, *letters, letter(tmp_path, 4), name="neu.mbox")
    report = import_files(place, [longer])
    assert report.lines[0].text == "1 Eingang neu, 3 bekannt"
    assert report.summary == "1 Datei: 1 Eingang neu, 3 Eingänge schon bekannt."
    assert count(place, "request") == 4


def test_a_letter_that_came_as_a_file_is_known_in_a_mailbox_and_the_other_way(
    place: Workplace, tmp_path: Path
) -> None:
    first, second = letter(tmp_path, 1), letter(tmp_path, 2)
    single = tmp_path / "1.eml"
    single.write_bytes(first)
    import_files(place, [single])
    stamped = b"X-Mozilla-Status: 0001\r\n" + first
    (line,) = import_files(place, [box(tmp_path, stamped, second)]).lines
    assert line.text == "1 Eingang neu, 1 bekannt"
    other = tmp_path / "2.eml"
    other.write_bytes(b"Received: by x.example.org\r\n" + second)
    (line,) = import_files(place, [other]).lines
    assert (line.status, line.text) == (Status.KNOWN, "bekannt: dieselbe Nachricht wie 2026-0002")
    assert count(place, "request") == 2


def test_a_bad_message_is_named_and_stops_no_other(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "MAX_BYTES", 2_000)
    large = letter(tmp_path, 2, body="x" * 3_000)
    (line,) = import_files(place, [box(tmp_path, letter(tmp_path, 1), large, letter(tmp_path, 3))]).lines
    assert line.status is Status.NEW
    assert line.problems == ("Nachricht 2: Sie ist zu groß. Gelesen werden höchstens 0 MB.",)
    assert count(place, "request") == 2


def test_exchanges_of_letters_hang_together_within_a_mailbox(place: Workplace, tmp_path: Path) -> None:
    answer = letter(tmp_path, 2, more="In-Reply-To: <1@x.example.org>")
    import_files(place, [box(tmp_path, answer, letter(tmp_path, 1))])
    assert {row[0] for row in rows(place, "SELECT thread FROM request")} == {"1@x.example.org"}


def test_a_trial_writes_nothing(place: Workplace, tmp_path: Path) -> None:
    report = import_files(place, [box(tmp_path, letter(tmp_path, 1))], dry_run=True)
    assert report.lines[0].text == "1 Eingang neu"
    assert (count(place, "request"), place.attachments.known()) == (0, set())


def test_the_file_is_mapped_and_too_many_messages_are_refused(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type] = []
    real = mailboxes.messages
    monkeypatch.setattr(mailboxes, "messages", lambda data: seen.append(type(data)) or real(data))
    monkeypatch.setattr(mailboxes, "MAX_MESSAGES", 2)
    (line,) = import_files(place, [box(tmp_path, *(letter(tmp_path, n) for n in (1, 2, 3)))]).lines
    assert seen == [mmap.mmap]
    assert line.text.startswith("Das Postfach ist zu groß. Es hat mehr als 2 Nachrichten.")
    assert count(place, "request") == 0


def test_letters_are_kept_as_they_came_and_checked(place: Workplace, tmp_path: Path) -> None:
    whole = letter(tmp_path, 1)
    path = tmp_path / "1.eml"
    path.write_bytes(whole)
    import_files(place, [path, box(tmp_path, letter(tmp_path, 2))])
    first, second = (row[0] for row in rows(place, "SELECT original_sha256 FROM message ORDER BY id"))
    assert place.attachments.read(first) == whole
    assert place.attachments.read(second).startswith(b"From: Erika")
    database = Path(str(value(place, "SELECT file FROM pragma_database_list")))
    assert check_database(database, place).lines == ()
    place.attachments.path(first).write_bytes(b"anders")
    (problem,) = check_database(database, place).problems
    assert "die Nachricht, wie sie ankam" in problem
    undo(place)
    left = check_database(database, place)
    assert any(second in remark for remark in left.remarks), "undo deletes no file; the check lists it"


def test_a_lock_in_the_middle_of_a_mailbox_leaves_the_whole_file_for_later(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message left out as unreadable would be lost: the file is put away afterwards."""
    given = iter((False, True))

    def known(session: Session, digest: str) -> bool:
        if next(given, False):
            raise OperationalError("SELECT …", {}, sqlite3.OperationalError("database is locked"))
        return is_known(session, digest)

    path = box(tmp_path, *(letter(tmp_path, n) for n in (1, 2, 3)))
    with monkeypatch.context() as patched:
        patched.setattr(mailboxes, "is_known", known)
        (line,) = import_files(place, [path]).lines
    assert (line.status, line.later) == (Status.REFUSED, True)
    assert count(place, "request") == 0
    (line,) = import_files(place, [path]).lines
    assert line.text == "3 Eingänge neu"
