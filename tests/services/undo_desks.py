"""Two desks at one office, and what each of them may take back and bring back, as the promise has it."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from undo_kit import refuse_stale_derivations
from undo_ledger import Ledger, State, Step

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import erasure_list
from office_fixtures import ACCOUNT, Clock

NEIGHBOUR = "anna.berg"


class TwoDesks:
    """Two desks with the same file open; a fresh copy of the furnished office for each run.

    Args:
        furnished: The office to begin with.
        folder: Where the copy lies.
    """

    def __init__(self, furnished: Path, folder: Path, catalog: Catalog) -> None:
        folder.mkdir()
        self.path = folder / "buero.sqlite"
        self._catalog = catalog
        self._pristine = folder / "anfang.sqlite"
        shutil.copyfile(furnished, self.path)
        self.offices = [self._open(account) for account in (ACCOUNT, NEIGHBOUR)]
        for office in self.offices:
            office.place.engine.dispose()
        shutil.copyfile(self.path, self._pristine)

    def _open(self, account: str) -> Office:
        return open_office(self.path, Settings(), catalog=self._catalog, clock=Clock(), account=account)

    @property
    def places(self) -> tuple[Workplace, ...]:
        """What use cases are called with at either desk."""
        return tuple(office.place for office in self.offices)

    def begin(self) -> None:
        """Put a fresh copy in place; the offices stay open, as compiling queries is most of the work."""
        for office in self.offices:
            office.place.engine.dispose()
        erasure_list.list_path(self.path).unlink(missing_ok=True)
        shutil.rmtree(self.offices[0].place.attachments.folder, ignore_errors=True)
        shutil.copyfile(self._pristine, self.path)

    def restart(self, which: int) -> None:
        """End a desk's program and start it anew."""
        account = self.offices[which].place.desk.account
        self.offices[which].close()
        self.offices[which] = self._open(account)

    def refuse_faults(self) -> None:
        """Everything derived is what a rebuild gives, and the check finds nothing."""
        refuse_stale_derivations(self.places[0])
        report = check_database(self.path, self.places[0])
        assert report.sound, report.lines

    def close(self) -> None:
        """End both programs."""
        for office in self.offices:
            office.close()


@dataclass(slots=True, kw_only=True)
class TakenBack:
    """A step that a desk took back, and what stood before and after that."""

    step: Step
    before: State
    after: State | None
    """None where something was erased since: then nobody knows whether it can be brought back."""


@dataclass(slots=True)
class Expected:
    """What stands, in the order in which it took effect, and what each desk may bring back.

    `stack` leads from `base` to now: taken back from its end, it gives `base`. What stands below, or was
    taken back out of turn, is in `settled`: whether it can be taken back, later steps decide.
    """

    ledger: Ledger
    base: State
    stack: list[Step] = field(default_factory=list)
    settled: list[Step] = field(default_factory=list)
    taken_back: dict[int, list[TakenBack]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def state(self) -> State:
        """What stands now."""
        return self.ledger.state

    def newest(self, desk: int) -> Step | None:
        """The desk's newest step that stands."""
        own = [step for step in (*self.stack, *self.settled) if step.desk == desk]
        return max(own, key=lambda step: step.id, default=None)

    def settle(self) -> None:
        """Let everything that stands be the ground for what comes."""
        if self.stack or self.base != self.state:
            self.counts["new ground"] += 1
        self.settled += self.stack
        self.stack, self.base = [], self.state

    def done(self, step: Step) -> None:
        """A desk did something new: what it took back is gone for good."""
        self.counts["deeds"] += 1
        self.taken_back.pop(step.desk, None)
        self.stack.append(step)
        if step.out:
            self.settle()

    def undone(self, desk: int, target: Step, before: State) -> None:
        """A desk took a step back.

        Args:
            before: What stood before that.
        """
        self.counts["taken back"] += 1
        self.taken_back.setdefault(desk, []).append(TakenBack(step=target, before=before, after=self.state))
        if before == target.after:
            assert self.state == target.before
        if target in self.stack:
            later = self.stack[self.stack.index(target) + 1 :]
            self.stack.remove(target)
            if not all(target.apart_from(step) for step in later):
                self.settle()
        else:
            self.settled.remove(target)
            self.settle()

    def redone(self, desk: int, redo: Step) -> None:
        """A desk brought back what it took back last."""
        self.counts["brought back"] += 1
        taken = self.taken_back[desk].pop()
        if redo.before == taken.after:
            assert redo.after == taken.before
        again = Step(
            id=taken.step.id,
            desk=taken.step.desk,
            verb=taken.step.verb,
            out=taken.step.out,
            target=None,
            before=redo.before,
            after=redo.after,
            rows=redo.rows,
            pointed=redo.pointed,
            unique=redo.unique,
        )
        self.stack.append(again)

    def erased(self, place: Workplace) -> None:
        """Something is gone for good, from the journal too: what stood before is nobody's promise."""
        self.counts["erased"] += 1
        self.ledger.read_again(place)
        self.settle()
        for each in self.taken_back.values():
            for taken in each:
                taken.after = None


def send_something(place: Workplace, request_id: int) -> None:
    """A step that leaves the house, as a letter does."""
    from ob_buero_tui.store.tasks import Note

    with transaction(place, "note") as work:
        work.session.add(Note(request_id=request_id, text="gesendet", written_by="PS", written_at=work.at))
        work.left_house("Die Zusage an den Turnverein")
