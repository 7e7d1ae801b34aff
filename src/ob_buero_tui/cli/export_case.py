"""`export eakte`: closed requests become folders for the E-Akte."""

from __future__ import annotations

import logging
from argparse import Namespace

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.outfile import STDOUT
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience

LOG = logging.getLogger(__name__)
NOT_DONE = "Für die E-Akte wurde nichts geschrieben."


def run_export_case(options: Namespace) -> int:
    """Write a folder for each request; 1 where one was refused or something is missing.

    Raises:
        Refusal: none of them may leave, the folder cannot be written, or the audience is not the office.
    """
    _refuse_nonsense(options)
    from ob_buero_tui.services.export.case_folder import file_cases, requests_named

    with opened(options) as office:
        audience = audience_of(options, office)
        if audience is not Audience.INTERN:
            raise Refusal(NOT_DONE, "Die E-Akte ist die Akte des Büros selbst.", "Lassen Sie --audience weg.")
        ids, missing = requests_named(office.place, options.numbers)
        for sentence in missing:
            complain(sentence)
        if not ids:
            return 1
        filed = file_cases(office.place, ids, office.settings.office_name, options.output)
    for path in filed.folders:
        say(f"„{path}“ geschrieben.")
    for sentence in (*filed.refused, *filed.remarks):
        complain(sentence)
    LOG.setLevel(logging.INFO)
    LOG.info("export eakte: %d folders", len(filed.folders))
    return 1 if missing or filed.refused else 0


def _refuse_nonsense(options: Namespace) -> None:
    """Refuse what does not go together."""
    if options.output == STDOUT:
        wrong_use("Für die E-Akte werden Ordner geschrieben: Nennen Sie hinter -o einen Ordner.")
    for name in ("only", "body", "url", "calendar", "first", "last", "force"):
        if getattr(options, name):
            wrong_use("Zu „export eakte“ gehören nur die Nummern und -o.")
