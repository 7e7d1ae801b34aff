"""Several programs edit the same records at once, each through the services and an office of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Request

DESK = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests.editing import Edited, StaleForm, edit_request, form
from ob_buero_tui.services.requests.verbs import note

path, account, edits, *keys = sys.argv[1:]
now = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
office = open_office(Path(path), Settings(), clock=lambda: now, account=account)
place, told = office.place, {"saved": 0, "met": 0, "refused": 0, "overwritten": 0, "busy": 0, "silent": 0}
print("da", flush=True)
sys.stdin.readline()


def save(filled, subject):
    values = dict(kind=filled.kind or None, subject=subject, event_start=None, event_end=None)
    values |= dict(event_place="", file_reference="", fields={})
    while True:
        try:
            edit_request(place, filled.request_id, filled.version, Edited(**values))
        except StaleForm as stale:
            told["silent"] += not stale.differences
            return False
        except Busy:  # said after five seconds; on a busy machine eight desks wait that long
            told["busy"] += 1
        else:
            return True


for number in range(int(edits)):
    key = int(keys[number % len(keys)])
    subject = f"{account} {number}"
    filled = form(place, key)
    while not save(filled, subject):
        told["met"] += 1
        filled = form(place, key)
    told["saved"] += 1
    told["overwritten" if save(filled, f"überholt {subject}") else "refused"] += 1
office.close()
print(json.dumps(told), flush=True)
"""
"""One desk: each edit is tried until it is saved, and then once more with the form that it has outdated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """What came of it.

    Args:
        saved: Edits that their desks were told are saved.
        present: Those of them that the journal has, one upon the other.
        met: How often another desk was faster, and the form said so.
        refused: Outdated forms that were refused.
        waited: How often a desk was told to try again as others were writing.
        faults: What must not be.
    """

    saved: int
    present: int
    met: int
    refused: int
    waited: int
    faults: tuple[str, ...]


def race(path: Path, place: Workplace, keys: list[int], *, desks: int, edits: int) -> Race:
    """Let desks edit the same requests at once, and look at what is left of it.

    Args:
        place: An office that is open beside them, to look with.
        keys: The requests.
        desks: How many programs.
        edits: How many edits each of them does.
    """
    started = [_start(path, f"platz{number}", edits, keys) for number in range(desks)]
    for process in started:
        assert process.stdin
        process.stdin.write("los\n")
        process.stdin.flush()
    told: Counter[str] = Counter()
    for process in started:
        assert process.stdout
        told.update(json.loads(process.stdout.read() or "{}"))
        assert process.wait(60) == 0
        process.stdout.close()
    subjects, faults = _chain(place, keys)
    wanted = {f"platz{desk} {number}" for desk in range(desks) for number in range(edits)}
    faults += [f"{name}: {told[name]}" for name in ("overwritten", "silent") if told[name]]
    faults += check_database(path, place).problems
    return Race(
        saved=told["saved"],
        present=len(wanted & set(subjects)),
        met=told["met"],
        refused=told["refused"],
        waited=told["busy"],
        faults=tuple(faults),
    )


def _start(path: Path, account: str, edits: int, keys: list[int]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", DESK, str(path), account, str(edits), *map(str, keys)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "da\n"
    return process


def _chain(place: Workplace, keys: list[int]) -> tuple[list[str], list[str]]:
    """The subjects that were ever given, and where one edit does not build upon the one before."""
    subjects, faults = [], []
    with place.reading() as session:
        for key in keys:
            changes = session.scalars(
                select(Change)
                .join(Action, Action.id == Change.action_id)
                .where(Change.table_name == "request", Change.row_id == key, Action.verb == "edit_request")
                .order_by(Change.id)
            ).all()
            given = [(change.after or {})["subject"] for change in changes]
            subjects += given
            for earlier, later in pairwise(changes):
                if (later.before or {})["subject"] != (earlier.after or {})["subject"]:
                    faults.append(f"lost: {earlier.after}")
            if session.get_one(Request, key).subject != given[-1]:
                faults.append(f"request {key} is not as it was left last")
    if len(subjects) != len(set(subjects)):
        faults.append("an edit is there twice")
    return subjects, faults
