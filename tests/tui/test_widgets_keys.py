"""Commands, key names, the prefix key and the guard against pasted letters."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.widgets import Input, Static, TextArea

from ob_buero_tui.tui.command import key_name
from ob_buero_tui.tui.commands import (
    COMMANDS,
    EINGANG,
    KALENDER,
    bindings_for,
    chords_for,
    command,
    find_command,
)
from ob_buero_tui.tui.keys import BurstGuard, KeyGate, Verdict, is_field


@pytest.mark.parametrize("screen", [EINGANG, KALENDER])
def test_no_key_has_two_meanings(screen: str) -> None:
    """On each screen a key and a chord belong to one command."""
    keys = Counter(binding.key for binding in bindings_for(screen))
    assert [key for key, count in keys.items() if count > 1] == []
    assert chords_for(screen)["g"].id == "first"


def test_keys_need_no_special_keyboard() -> None:
    """Every command with keys has one that a German keyboard types without AltGr."""
    altgr = {
        "at",
        "left_square_bracket",
        "right_square_bracket",
        "left_curly_bracket",
        "vertical_line",
        "tilde",
    }
    for each in COMMANDS:
        assert not each.keys or set(each.keys) - altgr, each.id


def test_ids_are_unique_and_texts_are_there() -> None:
    """Every command has its own id, a label and a full sentence."""
    assert len({each.id for each in COMMANDS}) == len(COMMANDS)
    for each in COMMANDS:
        assert each.label
        assert each.help.endswith("."), each.id
        assert each.keys or each.chord or each.palette, each.id


def test_bindings_lead_back_to_their_command() -> None:
    """The id of a binding finds the command, digits included."""
    for binding in bindings_for(EINGANG):
        assert find_command(binding.id) is not None
    assert command("split-3").id == "split"
    assert find_command("fremd") is None
    assert find_command(None) is None
    third = next(binding for binding in bindings_for(EINGANG) if binding.key == "3")
    assert third.action == "split(3)"


def test_key_names_are_german() -> None:
    """Keys are called as on a German keyboard."""
    assert [key_name(key) for key in ("ctrl+p", "pageup", "space", "f1", "shift+tab", "full_stop", "a")] == [
        "Strg+P", "Bild↑", "Leertaste", "F1", "Umschalt+Tab", ".", "a",
    ]  # fmt: skip
    assert command("show_inbox").key_text() == "F2, g e"
    assert command("split").key_text() == "1–9"


def test_a_burst_is_swallowed_until_it_is_quiet() -> None:
    """More than three keys in 60 ms are no hand; typing goes on after a pause."""
    guard = BurstGuard()
    pasted = [guard.allows(key, at / 1000) for at, key in enumerate("annehmen")]
    assert pasted == [True, True, True, False, False, False, False, False]
    assert not guard.allows("e", 0.2)
    assert guard.allows("e", 0.5)


def test_fast_hands_and_held_keys_pass() -> None:
    """A very fast typist and a held j are no burst; a held verb is."""
    guard = BurstGuard()
    assert all(guard.allows(key, at * 0.035) for at, key in enumerate("jkenawjkenaw"))
    held = BurstGuard()
    assert all(held.allows("j", at * 0.01) for at in range(100))
    verb = BurstGuard()
    assert [verb.allows("e", at * 0.01) for at in range(5)].count(True) == 3


def test_what_follows_a_paste_is_swallowed() -> None:
    """An ESC in a paste ends it early; the rest that arrives as keys does nothing."""
    guard = BurstGuard()
    guard.pasted(10.0)
    assert not guard.allows("e", 10.01)
    assert not guard.allows("n", 10.2)
    assert guard.allows("e", 10.6)


def test_the_prefix_key() -> None:
    """After g a letter runs its command, an unknown one only cancels, an arrow passes."""
    gate = KeyGate(chords_for(EINGANG))

    def decide(key: str, at: float, *, printable: bool = True, in_field: bool = False):  # type: ignore[no-untyped-def]
        return gate.decide(key, printable=printable, at=at, in_field=in_field)

    assert decide("k", 0).verdict is Verdict.PASS
    gate.prefix.start()
    assert "k Kalender" in gate.prefix.hint()
    assert "d Datum" in gate.prefix.hint()
    chosen = decide("k", 1)
    assert chosen.verdict is Verdict.RUN
    assert chosen.command is command("show_calendar")
    assert decide("k", 2).verdict is Verdict.PASS
    for key, printable in (("y", True), ("escape", False)):
        gate.prefix.start()
        assert decide(key, 3, printable=printable).verdict is Verdict.SWALLOW
        assert not gate.prefix.waiting
    gate.prefix.start()
    assert decide("down", 4, printable=False).verdict is Verdict.PASS
    assert not gate.prefix.waiting


def test_fields_get_every_key() -> None:
    """In a field nothing is swallowed, however fast."""
    gate = KeyGate({})
    verdicts = {gate.decide("e", printable=True, at=at / 1000, in_field=True).verdict for at in range(50)}
    assert verdicts == {Verdict.PASS}
    assert is_field(Input())
    assert is_field(TextArea())
    assert not is_field(Static(""))
    assert not is_field(None)


def test_enter_counts_in_a_burst() -> None:
    """The line end of a pasted text does not confirm anything."""
    gate = KeyGate({})
    keys = ["a", "b", "c", "enter"]
    verdicts = [
        gate.decide(k, printable=k != "enter", at=i / 1000, in_field=False).verdict
        for i, k in enumerate(keys)
    ]
    assert verdicts[-1] is Verdict.SWALLOW
