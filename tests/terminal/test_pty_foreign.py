"""An office full of foreign text on a real terminal: what reaches it is Textual's own, byte by byte."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from pty_kit import ESCAPE, QUIT, Terminal

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.places import SCREENS
from whole_office import fill, poison

Start = Callable[..., Terminal]
Make = Callable[..., int]
CHORDS: Final = "kwpoatmjvbxsi"
"""The letters after `g` that lead to the screens, in turn; the agenda is reached from another."""
DIALOGS: Final = (
    ("a", "annehmen ─"),
    ("b", "bearbeiten ─"),
    ("c", "Notiz zu"),
    ("/", "─ Suche ─"),
    ("\x10", "─ Befehle"),
    ("?", "Hilfe · Eingang"),
)
CONTROL: Final = re.compile(
    rb"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<string>[PX^_k])|\x1b(?P<other>[ -/]*[0-~])"
)
CSI: Final = re.compile(rb"[?<>=]?[0-9;:]*\$?[HKmhlupn]")
"""What Textual itself sends: places, colours, modes, the keyboard's protocol and what it asks for."""


def quiet(desk: Terminal) -> None:
    """Read until the app has no more to draw."""
    calm = 0
    while calm < 3:
        seen = len(desk.raw)
        desk.read()
        calm = calm + 1 if len(desk.raw) == seen else 0


def title(desk: Terminal) -> str:
    """The name of the screen, as its first line says it."""
    return desk.text.partition("\n")[0].split(" · ")[1].strip()


def go(desk: Terminal, letter: str) -> None:
    """To the screen of a letter."""
    before = title(desk)
    desk.send("g")
    desk.shows("g …")
    quiet(desk)  # a verb's letter right behind another key was pasted
    desk.send(letter)
    desk.until(lambda: title(desk) != before)
    quiet(desk)


def assert_ours(raw: bytes) -> None:
    """Every control sequence is one that Textual sends by itself, and nothing else is a control character.

    The one thing that may be set is the shape of the mouse's pointer (OSC 22); what was copied (OSC 52) is
    looked at by itself.
    """
    for found in CONTROL.finditer(raw):
        if found["csi"] is not None:
            assert CSI.fullmatch(found["csi"]), found[0]
        elif found["osc"] is not None and found["osc"].startswith(b"52;c;"):
            copied = base64.b64decode(found["osc"][5:], validate=True).decode()
            assert not [
                letter for letter in copied if unicodedata.category(letter) == "Cc" and letter != "\n"
            ]
        else:
            assert found["osc"] == b"22;default" or found["other"], found[0]
    drawn = CONTROL.sub(b"", raw).decode()
    foreign = {letter for letter in drawn if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
    assert foreign <= {"\r", "\n"}, foreign


def test_a_walk_through_poisoned_screens_writes_only_what_is_ours(
    place: Workplace, make_request: Make, make_event: Make, make_meeting: Make, terminal: Start
) -> None:
    poison(place, fill(place, make_request, make_event, make_meeting)["request"])
    desk = terminal()
    seen = {title(desk): desk.text}
    for keys, shown in DIALOGS:
        desk.send(keys)
        desk.shows(shown)
        quiet(desk)
        desk.send(ESCAPE)
        desk.hides(shown)
    desk.send("y")
    desk.shows("Was soll kopiert werden?")
    desk.send("2")
    desk.until(lambda: b"\x1b]52;" in desk.raw)
    desk.send("\x1b[<35;30;8M")  # the mouse rests on a row: a tooltip would show by now
    for letter in CHORDS:
        go(desk, letter)
        seen[title(desk)] = desk.text
    desk.send(QUIT)
    assert desk.ended() == 0
    assert len(seen) == len(SCREENS), "each of the screens was there"
    assert [name for name, text in seen.items() if "[@click" not in text and "\ufffd" not in text] == []
    assert_ours(desk.raw)
