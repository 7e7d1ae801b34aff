"""Two desks do whatever there is to do, take it back and bring it back; nothing may come out of step.

A state machine over every use case: what it may draw stands in `ARGUMENTS` of `test_undo_property.py`.
`python -m benchmarks.trust undo_machine` runs it at length.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from test_undo_property import ARGUMENTS, FINAL, FIXED, LONGER, World
from undo_desks import Expected, TwoDesks, send_something
from undo_kit import refuse_stale_derivations
from undo_ledger import Ledger, State, Step

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.undo import (
    LeftHouse,
    NothingToUndo,
    Reverted,
    redo,
    remember_named,
    undo,
    undo_action,
)
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request

COUNTS: Counter[str] = Counter()
DESKS = st.integers(0, 1)
VERBS = st.sampled_from(sorted(ARGUMENTS))
ANYTHING = rule(which=DESKS, verb=VERBS, wild=st.sampled_from((False, False, True)), data=st.data())
ERASED = "gelöscht wurden"
NOBODY = ("Persönliches", "in Outlook", "hinaus", ERASED)
"""What is refused whatever happened since: what belongs to another desk, to Outlook, is out or erased."""


class Machine(RuleBasedStateMachine):
    """Any use case, undo, redo, undo from the history and restart, at either desk."""

    def __init__(self, desks: TwoDesks) -> None:
        super().__init__()
        self.desks = desks
        desks.begin()
        ledger = Ledger(desks.places[0])
        self.expected = Expected(ledger, ledger.state, counts=COUNTS)
        self.start = ledger.state
        self.count = self.sent = self.restarted = 0
        self.passes: set[int] = set()
        self.whole = True

    @contextmanager
    def at(self, which: int) -> Iterator[Workplace]:
        """One rule at a desk; afterwards the journal and all tables agree."""
        COUNTS["operations"] += 1
        self.count += 1
        self.whole = False
        place = self.desks.places[which]
        yield place
        assert self.expected.ledger.follow(place) == [], "every rule looks at what it did"
        if LONGER > 1:
            refuse_stale_derivations(place)
        self.whole = True

    def look(self, place: Workplace) -> list[Step]:
        """What was done just now, which must be this desk's."""
        steps = self.expected.ledger.follow(place)
        assert {step.desk for step in steps} <= {place.desk.id}
        return steps

    def act(self, which: int, verb: str, wild: bool, data: st.DataObject) -> None:
        """A use case."""
        with self.at(which) as place:
            try:
                arguments = ARGUMENTS[verb](World(place, data.draw, wild=wild))
            except Refusal:  # a proposal for a record that is gone
                COUNTS["refused"] += 1
                return self._deeds(place)
            self._deeds(place)  # what was drawn may have needed deeds of its own
            try:
                USE_CASES[verb].run(place, *arguments)
            except Refusal:
                COUNTS["refused"] += 1
            else:
                if verb in FINAL:
                    self.expected.erased(place)
                self._deeds(place)
        return None

    # Rules are drawn evenly, and there is more to do than to take back.
    act_1, act_2, act_3, act_4 = ANYTHING(act), ANYTHING(act), ANYTHING(act), ANYTHING(act)

    def _deeds(self, place: Workplace) -> None:
        for step in self.look(place):
            assert step.is_deed
            self.expected.done(step)

    @precondition(lambda self: self.count > self.sent + 20)
    @rule(which=DESKS, data=st.data())
    def send(self, which: int, data: st.DataObject) -> None:
        """Something leaves the house."""
        self.sent = self.count
        with self.at(which) as place:
            send_something(place, World(place, data.draw, wild=False).one(Request))
            self._deeds(place)

    @precondition(lambda self: self.expected.stack or self.count % 7 == 0)
    @rule(which=DESKS)
    def take_back(self, which: int) -> None:
        """`u`."""
        with self.at(which) as place:
            own = self.expected.newest(place.desk.id)
            done = self._try(place, lambda: undo(place), own)
            if done is not None and not self._something_out(place):
                assert own is not None
                assert done.action_id == own.id

    @precondition(lambda self: self.expected.stack or self.count % 7 == 0)
    @rule(which=DESKS, data=st.data())
    def take_back_from_the_history(self, which: int, data: st.DataObject) -> None:
        """A step of any desk, chosen from all that were done."""
        with self.at(which) as place:
            standing = {step.id: step for step in (*self.expected.stack, *self.expected.settled)}
            gone = [each.step.id for taken in self.expected.taken_back.values() for each in taken]
            key = data.draw(st.sampled_from([*standing, *gone, 4711]))
            done = self._try(place, lambda: undo_action(place, key), standing.get(key))
            assert done is None or done.action_id == key

    def _try(self, place: Workplace, step: Callable[[], Reverted], target: Step | None) -> Reverted | None:
        """Take something back; it may be refused where later steps are in its way, and must not otherwise."""
        before = self.expected.state
        try:
            done = step()
        except Refusal as refusal:
            return self._refused(place, refusal, target, before)
        (written,) = self.look(place)
        assert written.target == done.action_id
        standing = {each.id: each for each in (*self.expected.stack, *self.expected.settled)}
        found = standing.get(done.action_id)
        if found is None:
            raise AssertionError("taken back, though nobody of the two did it or it stood no more")
        self.expected.undone(place.desk.id, found, before)
        return done

    def _refused(self, place: Workplace, refusal: Refusal, target: Step | None, before: State) -> None:
        COUNTS["undo refused"] += 1
        assert self.look(place) == []
        if isinstance(refusal, LeftHouse):
            remember_named(place, refusal.action_id)
            self.passes.add(place.desk.id if target is None else target.desk)
        if target is None or target.out or target.verb in FINAL:
            return
        assert not isinstance(refusal, NothingToUndo) or self._something_out(place)
        assert before != target.after or any(word in str(refusal) for word in NOBODY), refusal

    def _something_out(self, place: Workplace) -> bool:
        """Whether undo may have passed by what left the house or was erased."""
        own = [step for step in self.expected.settled if step.desk == place.desk.id]
        return place.desk.id in self.passes or any(step.out or step.verb in FINAL for step in own)

    @precondition(lambda self: self.expected.taken_back or self.count % 7 == 0)
    @rule(which=DESKS, anyhow=st.booleans())
    def bring_back(self, which: int, anyhow: bool) -> None:
        """`U`."""
        if not anyhow and not self.expected.taken_back.get(self.desks.places[which].desk.id):
            which = 1 - which
        with self.at(which) as place:
            taken = self.expected.taken_back.get(place.desk.id)
            before = self.expected.state
            refused: Refusal | None = None
            try:
                done = redo(place)
            except Refusal as refusal:
                COUNTS["redo refused"] += 1
                refused = refusal
            if refused is None:
                assert taken
                assert done.action_id == taken[-1].step.id
                (written,) = self.look(place)
                self.expected.redone(place.desk.id, written)
            elif (not taken or taken[-1].after is not None) and ERASED not in str(refused):
                assert isinstance(refused, NothingToUndo) == (not taken), refused
                assert not taken or taken[-1].after != before, refused

    @precondition(lambda self: self.count > self.restarted + 15)
    @rule(which=DESKS)
    def restart(self, which: int) -> None:
        """The program ends and starts anew: nothing of the above lives in it."""
        self.restarted = self.count
        with self.at(which):
            COUNTS["restarts"] += 1
            self.desks.restart(which)

    def teardown(self) -> None:
        """Everything taken back gives what stood first, everything brought back what stood last."""
        if not self.whole:
            return
        expected, end = self.expected, self.expected.state
        self.desks.refuse_faults()
        COUNTS["runs"] += 1
        COUNTS["runs back to the start"] += expected.base is self.start
        ways: list[int] = []
        while expected.stack:
            top = expected.stack[-1]
            (which,) = (n for n, place in enumerate(self.desks.places) if place.desk.id == top.desk)
            place = self.desks.places[which]
            before = expected.state
            newest = expected.newest(top.desk) is top and not self._something_out(place)
            try:
                done = undo(place) if newest else undo_action(place, top.id)
            except Refusal as refusal:
                # What only took over what Outlook says is not taken back from the history.
                if ERASED not in str(refusal) and (newest or "in Outlook" not in str(refusal)):
                    raise
                expected.settle()
                break
            assert done.action_id == top.id
            self.look(place)
            expected.undone(top.desk, top, before)
            ways.append(which)
        assert expected.state == expected.base
        refuse_stale_derivations(self.desks.places[0])
        for which in reversed(ways):
            redo(self.desks.places[which])
        self.expected.ledger.follow(self.desks.places[0])
        assert expected.state == end
        self.desks.refuse_faults()
        COUNTS["operations"] += 2 * len(ways)


@pytest.fixture(scope="module")
def desks(furnished: Path, catalog: Catalog) -> Iterator[TwoDesks]:
    """Two programs at one file."""
    both = TwoDesks(furnished, furnished.with_name("zwei"), catalog)
    yield both
    both.close()


def test_two_desks_stay_in_step_whatever_they_do_and_take_back(desks: TwoDesks) -> None:
    COUNTS.clear()
    run_state_machine_as_test(
        lambda: Machine(desks),
        settings=settings(max_examples=5 * LONGER, stateful_step_count=30, phases=[Phase.generate], **FIXED),
    )
    told = os.environ.get("OB_BUERO_UNDO_COUNTS")
    if told:
        Path(told).write_text(json.dumps(COUNTS), encoding="utf-8")
    assert COUNTS["taken back"]
    assert COUNTS["brought back"]
