"""An office whose statements can be made to fail, and the question what a failure left and said."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from uuid import UUID

import pytest
from statement_faults import FAULTS, Fault, Plan, faulty_connections

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.connecting import connect, operational_errors
from ob_buero_tui.store.unclean import has_journal
from office_fixtures import ACCOUNT, Clock, contents

LEDGER: Final = os.environ.get("OB_BUERO_FAULTS_LEDGER", "")
"""A file that gets one JSON line per step; with it every statement fails, in turn in each way."""


class Bench:
    """An office whose statements can be made to fail, and which can be put back as it was."""

    def __init__(self, office: Office, furnished: Path, plan: Plan) -> None:
        self.path = office.path
        self.place = office.place
        self.furnished = furnished
        self.plan = plan
        self.kept = office.path.with_name("zuvor")

    def begin(self, state: Path) -> None:
        """Put a state in place, with nothing known of another one."""
        self.place.engine.dispose()
        shutil.copyfile(state, self.path)
        for known in (self.place.calendars, self.place.chains, self.place.observed, self.place.written):
            known.clear()
        self.settle()

    def settle(self) -> None:
        """Leave the connection as a query leaves it, so that a step needs the same statements each time."""
        with self.place.reading():
            pass

    def keep(self) -> None:
        """Begin from here."""
        self.settle()
        shutil.copyfile(self.path, self.kept)

    def free(self) -> bool:
        """Whether nobody holds a lock any more, as a connection does that is still in the middle of a row."""
        with closing(connect(self.path, "rw", timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN EXCLUSIVE")
            except operational_errors():
                return False
            other.execute("ROLLBACK")
        return True

    def unchanged(self) -> bool:
        """Whether the file is, byte for byte, as it was kept, and no step is broken off in it."""
        return not has_journal(self.path) and self.path.read_bytes() == self.kept.read_bytes()


@pytest.fixture(scope="module")
def bench(furnished: Path, catalog: Catalog) -> Iterator[Bench]:
    """The furnished office of the undo tests on such connections."""
    path = furnished.with_name("fehler") / "buero.sqlite"
    path.parent.mkdir()
    shutil.copyfile(furnished, path)
    with faulty_connections() as plan:
        office = open_office(path, Settings(), catalog=catalog, clock=Clock(), account=ACCOUNT)
        yield Bench(office, furnished, plan)
        office.close()


Outcome = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Deed:
    """A step that goes through: how many statements it needs, and what it leaves."""

    call: Callable[[], object]
    statements: int
    outcome: Outcome


def measured(bench: Bench, call: Callable[[], object]) -> Deed | None:
    """Take a step from where the office stands, and go back there; None where it is refused or idle."""
    bench.keep()

    def same_each_time() -> object:
        with patch("uuid.uuid4", side_effect=map(UUID, (f"{number:032x}" for number in count(1)))):
            return call()

    with bench.plan.failing(0, None) as plan:
        try:
            same_each_time()
        except Refusal:
            return None
        statements = plan.count
    if bench.unchanged():
        return None
    done = Deed(same_each_time, statements, contents(bench.place))
    bench.begin(bench.kept)
    return done


def fail_once(bench: Bench, deed: Deed, at: int, fault: Fault) -> str:
    """Let a statement fail; returns what is wrong with the answer, or nothing."""
    went_through = False
    wrong = ""
    bench.settle()
    with bench.plan.failing(at, fault) as plan:
        try:
            deed.call()
            went_through = True
        except Refusal as refusal:
            wrong = "" if refusal.what and refusal.now else f"no advice: {refusal}"
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"[:300]
    if not bench.free():
        wrong = f"a lock is left; {wrong}"
    if went_through and contents(bench.place) != deed.outcome:
        wrong = "half of it, and no word"
    if not bench.unchanged():
        wrong = wrong if went_through else f"the file was changed; {wrong}"
        bench.begin(bench.kept)
    return f"{fault.text} at {at}, {plan.failed[:150]!r}: {wrong}" if wrong else ""


def chosen(name: str, statements: int, some: int | None) -> Iterator[tuple[int, Fault]]:
    """Which statements fail and how, in turn in each way.

    Args:
        name: Names the step, so that each begins with other statements and ways.
        some: So many and the last one among them; None for all.
    """
    kinds, turn = list(FAULTS.values()), sum(name.encode())
    if some is None:
        yield from ((at, kinds[(turn + at) % len(kinds)]) for at in range(1, statements + 1))
        return
    places = {1 + (turn + number * 7) % statements for number in range(some - 1)} | {statements}
    for number, at in enumerate(sorted(places)):
        yield at, kinds[(turn + number) % len(kinds)]


def faults_of(bench: Bench, name: str, deed: Deed, *, some: int | None = 2) -> list[str]:
    """Let statements of a step fail one after the other, then take it; returns all that was wrong."""
    tried = [fail_once(bench, deed, at, fault) for at, fault in chosen(name, deed.statements, some)]
    wrong = [each for each in tried if each]
    deed.call()
    if contents(bench.place) != deed.outcome:
        wrong.append("the next try leaves something else")
    record(name, len(tried), wrong)
    return wrong


def record(name: str, faults: int, wrong: list[str]) -> None:
    """One line for the ledger, where one is kept."""
    if LEDGER:
        with open(LEDGER, "a", encoding="utf-8") as file:
            file.write(json.dumps({"step": name, "faults": faults, "wrong": wrong}) + "\n")
