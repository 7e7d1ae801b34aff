"""`person-report` and `retention`: what is held of a person, and what may be destroyed or offered."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from ob_buero_tui.cli.opened import opened
from ob_buero_tui.cli.outfile import refuse_unwritable, write_whole
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import complain, print_json, print_table, say
from ob_buero_tui.config import database_file
from ob_buero_tui.office import Office
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing import proposing
from ob_buero_tui.services.disposing.taking_over import take_over
from ob_buero_tui.services.disposing.views import Proposal
from ob_buero_tui.services.erasing.finding import find_name, find_person
from ob_buero_tui.services.erasing.report import (
    PersonReport,
    counted,
    person_report,
    report_file,
    report_shape,
    report_text,
)
from ob_buero_tui.services.export.case_folder import requests_named

ENDINGS = (".txt", ".json", ".pdf")


def run_person_report(options: Namespace) -> int:
    """Print or write what is held of a person, by the number of the contact or by a name."""
    if options.output is not None and options.output.suffix.casefold() not in ENDINGS:
        wrong_use("Die Endung hinter -o sagt, was geschrieben wird: .txt, .json oder .pdf.")
    with opened(options) as office:
        if options.output is not None:
            refuse_unwritable(options.output, force=options.force, database=database_file(options.db))
        asked = " ".join(options.who)
        found = find_person(office.place, int(asked)) if asked.isdigit() and len(asked) < 10 else None
        report = person_report(
            office.place, found or find_name(office.place, asked), office.settings.office_name
        )
        _tell(options, office, report)
    return 0


def _tell(options: Namespace, office: Office, report: PersonReport) -> None:
    if options.output is not None:
        write_whole(
            options.output,
            [report_file(office.place, report, options.output.suffix.casefold())],
            force=options.force,
        )
        complain(f"Geschrieben: {counted(report)}.")
    elif options.json:
        print_json(report_shape(report))
    else:
        for line in report_text(report).splitlines():
            say(line)


def run_retention(options: Namespace) -> int:
    """Print what may be destroyed or offered to the archive, or note what the E-Akte has taken over."""
    with opened(options) as office:
        if options.uebernommen:
            return _take_over(office, options.uebernommen)
        found = proposing.proposals(office.place)
    if options.json:
        print_json([_shape(one) for one in found])
    elif not found:
        say("Nichts ist auszusondern: keine Aufbewahrung ist abgelaufen.")
    else:
        print_table(("Vorschlag", "seit", "Was", "Klasse", ""), [_cells(one) for one in found])
    return 0


def _take_over(office: Office, numbers: Sequence[str]) -> int:
    """Note that the E-Akte has these requests; what does not fit is named, and the others are noted."""
    ids, missing = requests_named(office.place, numbers)
    for told in missing:
        complain(told)
    failed = bool(missing)
    for key in ids:
        try:
            say(f"{take_over(office.place, [key]).text}.")
        except Refusal as refusal:
            complain(str(refusal))
            failed = True
    return 1 if failed else 0


def _cells(one: Proposal) -> tuple[str, ...]:
    kept_as = one.kept_as
    unsure = "unbestätigt" if kept_as is not None and kept_as.unconfirmed else ""
    over = long_date(one.until) if one.until is not None else ""
    return (one.step, over, one.name, kept_as.label if kept_as is not None else "", unsure)


def _shape(one: Proposal) -> dict[str, Any]:
    kept_as = one.kept_as
    return {
        "table": one.table,
        "id": str(one.row_id),
        "name": clean(one.name),
        "begun_on": one.begun_on.isoformat(),
        "kept_until": one.until.isoformat() if one.until is not None else None,
        "step": one.step,
        "state": one.state.value if one.state is not None else None,
        "filed": bool(one.filed),
        "taken_over_on": one.taken_over_on.isoformat() if one.taken_over_on is not None else None,
        "split": proposing.in_split(one),
        "class": kept_as.key if kept_as is not None else None,
        "ground": kept_as.ground if kept_as is not None else None,
        "source": kept_as.source if kept_as is not None else None,
        "unconfirmed": kept_as.unconfirmed if kept_as is not None else None,
    }


COMMANDS = {"person-report": run_person_report, "retention": run_retention}
