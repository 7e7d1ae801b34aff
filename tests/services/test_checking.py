"""The full check finds what is broken, names it, and changes nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.day import day, ensure_occurrences
from ob_buero_tui.services.calendar.verbs import mark_event_important
from ob_buero_tui.services.checking import NAMED, check_database, check_office
from ob_buero_tui.services.repairing import repair
from ob_buero_tui.services.requests.inbox import rows
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.spoilt import unreadable
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import unreadable as store_unreadable
from ob_buero_tui.store.backup import make_backup
from ob_buero_tui.store.documents import Attachment
from ob_buero_tui.store.requests import Request


def attach(place: Workplace, request_id: int, data: bytes, name: str = "Einladung.pdf") -> Path:
    """An attachment as an import stores it: bytes first, then the row."""
    digest = place.attachments.store(data)
    with transaction(place, "import_mail") as work:
        row = Attachment(
            request_id=request_id, filename=name, media_type="application/pdf", size=len(data), sha256=digest
        )
        work.session.add(row)
    return place.attachments.path(digest)


def break_with(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_sound_office_is_sound(
    place: Workplace, database: Path, make_request: Callable[..., int], make_event: Callable[..., int]
) -> None:
    make_event()
    attach(place, make_request(), b"%PDF")
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    report = check_database(database, place)
    assert (report.sound, report.lines) == (True, ())
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before


def test_a_table_without_a_column_is_named(place: Workplace, database: Path) -> None:
    break_with(database, "ALTER TABLE request DROP COLUMN taken_over_at")
    (told,) = check_database(database, place).problems
    assert told.endswith("passt nicht zu diesem Programm. In ihren Tabellen fehlt: request.taken_over_at.")


def test_a_flipped_bit_in_a_text_is_found_and_the_rest_is_read(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    key = make_request(subject="Grusswort")
    break_with(
        database,
        "UPDATE request SET subject = CAST(x'4772' || x'FF' || x'73' AS TEXT)"
        ", reason = CAST(x'FE' AS TEXT) WHERE id = 1",
    )
    with place.reading() as session:
        assert session.get_one(Request, key).subject == "Gr�s"
    report = check_database(database, place)
    assert [line.partition("Text ")[2] for line in report.problems] == [
        "(request.subject).",
        "(request.reason).",
    ]
    assert "Eingang 2026-0001" in report.problems[0]


def test_a_flipped_byte_in_a_date_costs_only_that_date(
    place: Workplace,
    database: Path,
    tmp_path: Path,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
) -> None:
    for subject in ("Grusswort", "Tombola"):
        make_request(subject=subject)
    broken, whole = make_event(), make_event()
    break_with(
        database,
        "UPDATE request SET received_at = '2026-19-25T08:42:00Z', due_on = '2O26-11-30',"
        " closed_on = '2O15-01-01', closed = 1 WHERE id = 1",
    )
    break_with(database, "UPDATE event SET dtstart = '2O26-12-01T10:00:00' WHERE id = 1")
    ensure_occurrences(place)
    assert [row.subject for row in rows(place, [1, 2]).values()] == ["Grusswort", "Tombola"]
    assert record(place, 1).subject == "Grusswort"
    mark_event_important(place, [broken, whole])
    break_with(database, "UPDATE occurrence SET busy_from = 'x' WHERE event_id = 2")
    report = check_database(database, place)
    told = [line for line in report.problems if "1.1.1970" in line]
    assert len(told) == 4
    assert any("Eingang 2026-0001 „Grusswort“: „2O26-11-30“ ist kein Tag" in line for line in told)
    assert any("Empfang im Rathaus" in line and "(event.dtstart)" in line for line in told)
    assert report.mendable
    derived, records = unreadable(place)
    assert (len(derived), set(records)) == (1, set(told))
    repair(place, database, tmp_path)
    assert set(check_database(database, place).problems) == set(told)
    assert len(day(place, date(2026, 12, 1)).events) == 1


def test_spoilt_days_are_sought_in_short_looks_and_others_may_save_between(
    place: Workplace,
    database: Path,
    make_request: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        make_request()
    break_with(database, "UPDATE request SET id = 9000000000000 WHERE id = 5")  # keys may be far apart
    break_with(database, "UPDATE request SET due_on = '2O26-11-30' WHERE id IN (1, 3, 9000000000000)")
    monkeypatch.setattr(store_unreadable, "SPAN", 2)
    looks = 0

    def ask(statement: str) -> Sequence[Sequence[object]]:
        nonlocal looks
        with place.reading() as session:
            rows = session.connection().exec_driver_sql(statement).fetchall()
        looks += "strftime" in statement and '"request"' in statement
        break_with(database, "UPDATE desk SET id = id")  # nobody holds a lock now
        return rows

    found = store_unreadable.unreadable_moments(ask, but=("action",))
    assert [one.row_id for one in found if one.table == "request"] == [1, 3, 9000000000000]
    assert looks == 3


def test_missing_and_changed_attachments_are_named(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    key = make_request()
    attach(place, key, b"weg", "Brief.pdf").unlink()
    attach(place, key, b"kurz", "Plan.pdf").write_bytes(b"zu lang")
    attach(place, key, b"alt!", "Rede.pdf").write_bytes(b"neu!")
    report = check_database(database, place)
    assert not report.sound
    assert ["fehlt" in line for line in report.problems] == [True, False, False]
    for name, line in zip(("Brief", "Plan", "Rede"), report.problems, strict=True):
        assert line.startswith(f"Anlage „{name}.pdf“")


def test_leftover_files_are_named_and_no_fault(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    path = attach(place, make_request(), b"%PDF")
    undo(place)
    report = check_database(database, place)
    assert report.sound
    assert [str(path) in line for line in report.lines] == [True]


def test_many_findings_of_one_sort_are_counted(place: Workplace, database: Path) -> None:
    for number in range(NAMED + 3):
        place.attachments.store(b"%d" % number)
    report = check_database(database, place)
    assert len(report.lines) == NAMED + 1
    assert "3 weitere" in report.lines[-1]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE search_doc SET folded = 'anderes'", "Suchindex"),
        ("DELETE FROM event", "gelöschten Termin"),
        ("UPDATE occurrence SET ends_at = '2020-01-01T00:00:00Z'", "vor ihrem Anfang enden"),
        ("UPDATE occurrence_window SET last_day = '2026-01-01'", "reicht von"),
        ("UPDATE request_number SET state = 'storniert'", "2026-0001 ist storniert"),
        ("UPDATE request_number SET request_id = 99", "2026-0001 ist vergeben, den Eingang gibt es nicht"),
        ("DELETE FROM request_number", "2026-0001 steht nicht im Register"),
        (
            "UPDATE request SET requester_id = 99",
            "verweist auf Person Nr. 99; diesen Datensatz",
        ),
    ],
)
def test_each_sort_of_damage_is_found(
    place: Workplace,
    database: Path,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
    statement: str,
    words: str,
) -> None:
    make_request()
    make_event()
    break_with(database, statement)
    report = check_database(database, place)
    assert not report.sound
    assert any(words in line for line in report.problems), report.problems


def test_a_damaged_file_is_checked_without_being_open(database: Path) -> None:
    data = bytearray(database.read_bytes())
    data[4096 * 3 : 4096 * 3 + 200] = b"\xff" * 200
    database.write_bytes(data)
    report = check_database(database, None)
    assert not report.sound
    assert all("beschädigt" in line for line in report.lines)


def test_the_command_checks_an_office_that_is_not_open(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    assert check_office(database, tmp_path).lines == ()
    assert database.read_bytes() == before
    with pytest.raises(Refusal, match="gibt es keine Datenbank"):
        check_office(tmp_path / "andere.sqlite", tmp_path)


def test_the_command_names_the_copy_to_go_back_to(database: Path, tmp_path: Path) -> None:
    copy = make_backup(database, tmp_path, datetime(2026, 11, 24, 9, tzinfo=UTC))
    data = bytearray(database.read_bytes())
    data[4096 * 3 : 4096 * 3 + 200] = b"\xff" * 200
    database.write_bytes(data)
    with pytest.raises(Refusal, match=str(copy)):
        check_office(database, tmp_path)
