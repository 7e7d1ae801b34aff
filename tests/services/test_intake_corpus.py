"""The import on real files that nobody here wrote, and on the demo office."""

from __future__ import annotations

from pathlib import Path

from intake_samples import count, rows

from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace


def test_every_mail_of_the_corpus_becomes_a_request(place: Workplace, corpus: Path) -> None:
    report = import_files(place, [corpus / "eml"])
    assert (len(report.lines), report.totals.requests, report.problems) == (46, 45, ())
    assert count(place, "request") == 45, "one letter is there with and without its Content-Type"
    doubles = rows(place, "SELECT count(*) FROM request WHERE double_of_id IS NOT NULL")
    assert doubles == [(4,)], "files with one Message-ID and different content"
    again = import_files(place, [corpus / "eml"])
    assert again.files[Status.KNOWN] == 46


def test_every_calendar_of_the_corpus_is_read(place: Workplace, corpus: Path) -> None:
    report = import_files(place, [corpus / "ics"])
    totals = report.totals
    assert (len(report.lines), report.files[Status.REFUSED], totals.skipped) == (56, 0, 0)
    assert totals.events == count(place, "event")
    assert totals.overrides + totals.cancelled == count(place, "event_override")
    assert count(place, "event_source") == count(place, "event") + count(place, "event_override")
    actions = count(place, "action")
    again = import_files(place, [corpus / "ics"])
    assert (again.totals.new, again.totals.changed) == (0, 0)
    assert count(place, "action") == actions


def test_the_corpus_is_undone_without_a_trace(place: Workplace, corpus: Path) -> None:
    # The council's objects have a test of their own.
    import_files(place, [corpus / "eml", corpus / "ics"])
    for _ in range(count(place, "action")):
        undo(place)
    for table in (
        "request",
        "event",
        "event_override",
        "person",
        "imported_file",
        "search_doc",
        "occurrence",
    ):
        assert count(place, table) == 0, table


def test_the_demo_office_comes_in_whole(place: Workplace) -> None:
    report = import_files(place, [data_folder() / "demo"])
    assert report.problems == ()
    mails = [line for line in report.lines if line.path.endswith(".eml")]
    assert report.totals.requests == len(mails) == count(place, "request")
    kinds = {row[0] for row in rows(place, "SELECT DISTINCT kind FROM request")}
    assert kinds >= {"schirmherrschaft", "grusswort", "goldenes_buch", "einladung", None}
    threads = rows(place, "SELECT thread FROM request WHERE thread <> '' GROUP BY thread HAVING count(*) > 1")
    assert threads, "the demo office has an exchange of letters"
