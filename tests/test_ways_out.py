"""Every way by which something leaves the program is known, and names the test that plants a secret on it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from leaving_kit import found
from ob_buero_tui.cli.parser import COMMANDS

TESTS = Path(__file__).parent
WITHIN = "stays: "
"""Before the reason of what writes within the office, or writes nothing of a record."""
SHOWN = "cli/test_secrets_shown.py::"
LISTS = f"{SHOWN}test_a_list_holds_what_its_audience_may_read"
SHEETS = f"{SHOWN}test_a_sheet_holds_what_its_reader_may_know"
EXPORTS = "cli/test_export_secrets.py::test_what_must_not_leave_does_not"
LOG = "cli/test_log_names_nobody.py::test_every_message_of_the_log_is_made_of_words_that_name_nobody"
ASKED = "services/test_answers_sending.py::test_what_is_confidential_is_asked_first"
AT_THE_DESK = "services/test_visibility_in_services.py::test_what_is_personal_is_drawn_at_its_own_desk_only"
PUBLISHED = "services/test_calendars_publishing.py::test_an_audience_reads_what_it_may"
CASES = "cli/test_export_case.py::test_no_secret_of_any_record_is_in_a_folder"
REPORT = f"{WITHIN}all that is held of a person, for that person (Art. 15)"
AGENDAS = "cli/test_export_secrets.py::test_agendas_and_minutes_hold_nothing_secret"

COPIED = dict.fromkeys(
    (
        *(f"tui/screens/flows/{name}.py" for name in ("calls", "event_text", "papers", "people", "remarks")),
        *("tui/screens/flows/tasks.py", "tui/screens/bodies.py"),
    ),
    AT_THE_DESK,
)
STORED = dict.fromkeys(
    (
        *("store/attachments.py", "store/backup/copying.py", "store/backup/pool.py", "store/scratch.py"),
        *("store/backup/restoring.py", "store/erasure_list.py", "store/schema.py", "store/sealed.py"),
        *("store/settling.py", "store/rescue_sealed.py"),
        *(
            "store/unclean.py",
            "store/rescue_ground.py",
            "services/backups/restoring.py",
            "services/intake/drop_files.py",
            "demo.py",
        ),
        "exchange/age_files.py",
        *("services/new_file.py", "services/rescuing.py", "services/backups/age_copies.py"),
    ),
    f"{WITHIN}files of the office itself, with its rights",
)
LOGGED = dict.fromkeys(
    (
        *("cli/accident.py", "cli/unhandled.py", "cli/logbook.py", "services/intake/files.py"),
        *(
            "services/faults.py",
            "tui/background.py",
            "tui/calendar_watch.py",
            "tui/drop_watch.py",
            "tui/ending.py",
        ),
        *("tui/backup_watch.py", "tui/mending.py"),
        *("tui/screens/council_fetching.py", "tui/screens/dialogs/numbers.py"),
    ),
    LOG,
)
KNOWN: dict[str, str] = {
    **COPIED,
    **STORED,
    **LOGGED,
    "cli/lists.py": LISTS,
    "cli/days.py": LISTS,
    "cli/sessions.py": LISTS,
    "cli/tasks.py": LISTS,
    "cli/stats.py": LISTS,
    "cli/plan.py": LISTS,
    "cli/exporting.py": EXPORTS,
    "cli/export_case.py": CASES,
    "services/export/case_file.py": CASES,
    "services/export/case_folder.py": CASES,
    "services/export/case_sheet.py": CASES,
    "cli/export_oparl.py": EXPORTS,
    "cli/outfile.py": EXPORTS,
    "services/export/oparl.py": EXPORTS,
    "cli/calendars.py": f"{SHOWN}test_what_commands_of_the_office_tell",
    "cli/free.py": f"{SHOWN}test_what_commands_of_the_office_tell",
    "cli/laender.py": f"{WITHIN}the law of the Länder",
    "cli/upkeep.py": f"{WITHIN}for the IT: numbers of records and of tables",
    "cli/backups.py": f"{WITHIN}copies of the database, by day and counts",
    "cli/ending.py": f"{WITHIN}a sentence about the copy made at the end",
    "cli/privacy.py": REPORT,
    "services/erasing/report.py": REPORT,
    "tui/screens/flows/privacy.py": REPORT,
    "cli/damaged.py": f"{WITHIN}which file is damaged, and which copies there are",
    "cli/mending.py": f"{WITHIN}for the IT: what was mended or rescued, by tables and names of records",
    "cli/fetching.py": f"{WITHIN}what just came, for who fetched it",
    "cli/importing.py": f"{WITHIN}what just came, for who imports it",
    "cli/desk.py": f"{WITHIN}questions at the start",
    "cli/main.py": f"{WITHIN}refusals, for who typed the command",
    "cli/opened.py": f"{WITHIN}mistakes in settings and catalog",
    "cli/parser.py": f"{WITHIN}help",
    "cli/printing.py": f"{WITHIN}how others print",
    "cli/tresor.py": f"{WITHIN}questions about a password",
    "cli/unlocking.py": f"{WITHIN}questions about a password",
    "tui/unlocking.py": f"{WITHIN}questions about a password",
    "tui/app.py": f"{WITHIN}one sentence after a fault",
    "tui/outside.py": f"{WITHIN}a private copy for the system's viewer",
    "exchange/apart.py": f"{WITHIN}a process of ours",
    "exchange/apart_child.py": f"{WITHIN}a process of ours answers it",
    "services/attachments.py": AT_THE_DESK,
    "services/answers/kept.py": ASKED,
    "services/answers/making.py": ASKED,
    "services/answers/letter_files.py": ASKED,
    "services/answers/outbox.py": ASKED,
    "services/answers/speeches.py": ASKED,
    "tui/screens/flows/answer.py": ASKED,
    "services/calendars/folder.py": PUBLISHED,
    "services/calendars/publishing.py": PUBLISHED,
    "services/calendars/sending.py": (
        "services/test_calendars_drafts.py::test_a_confidential_date_is_named_by_its_time_alone"
    ),
    "services/council/agenda_paper.py": AGENDAS,
    "services/council/minutes.py": AGENDAS,
    "services/council/plan_outputs.py": (
        "services/test_plan_paper.py::test_outside_reads_dates_of_public_bodies_and_no_reasons"
    ),
    "services/paper/printing.py": SHEETS,
    "services/vorlage/paper.py": f"{SHOWN}test_the_mayors_list_holds_nothing_of_another_account",
    "tui/screens/flows/agenda.py": (
        "tui/test_app_copied.py::test_of_an_agenda_only_what_is_known_to_be_public_is_copied"
    ),
    "tui/screens/flows/council.py": (
        "tui/test_app_copied.py::test_of_an_agenda_only_what_is_known_to_be_public_is_copied"
    ),
}
"""The modules that write, print, copy, log or hand over, each with its test or why it needs none."""

WITH_AUDIENCE = frozenset(("inbox", "day", "week", "sessions", "tasks", "search", "stats", "plan", "export"))
WITHOUT_AUDIENCE = frozenset(
    (
        *("init", "import", "fetch", "check", "demo", "tresor", "backup", "restore", "person-report"),
        *("retention", "free", "calendars"),
    )
)
"""Commands of the office for itself: they take in, keep up, or answer who is entitled to everything."""


def test_every_way_out_is_known() -> None:
    """A new writer, printer or copier names its test here, or why it needs none."""
    assert set(found()) - set(KNOWN) == set()


def test_what_is_known_is_there_and_has_its_test() -> None:
    assert set(KNOWN) - set(found()) == set()
    tests = {test for test in KNOWN.values() if not test.startswith(WITHIN)}
    missing = [test for test in tests if test.partition("::")[2] not in _names(test.partition("::")[0])]
    assert missing == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_says_for_whom_it_tells(name: str) -> None:
    """A new command takes an audience, or is named as one of the office for itself."""
    assert name in WITH_AUDIENCE | WITHOUT_AUDIENCE
    if name in WITH_AUDIENCE:
        from ob_buero_tui.cli.parser import parse

        words = {"search": ["x"], "export": ["json", "-o", "-"]}.get(name, [])
        assert parse([name, *words, "--audience", "press"]).audience == "press"


def _names(path: str) -> set[str]:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
