"""A working day on a real terminal: verbs, undo, the next start, what a keyboard and a mail can send."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pty_kit import ENTER, ESCAPE, QUIT, SAVE, Terminal

from ob_buero_tui.services.requests.record import record

Start = Callable[..., Terminal]
Look = Callable[[], Any]
Fill = Callable[..., list[int]]


def decide_five(desk: Terminal) -> None:
    """Five requests, five verbs, each with its answer."""
    desk.shows("Sache 5")
    desk.send("n")
    desk.shows("2026-0001 absagen")
    desk.send("2")
    desk.shows("2026-0001: abgesagt")
    desk.send("w")
    desk.shows("2026-0002 auf Wiedervorlage")
    desk.send("1")
    desk.shows("→ Do 26.11.2026")
    desk.send(ENTER)
    desk.shows("2026-0002: auf Wiedervorlage Do 26.11.2026")
    desk.send("z")
    desk.shows("Wer ist für 2026-0003")
    desk.send(ENTER)
    desk.shows("2026-0003: zuständig PS")
    desk.send("a")
    desk.shows("2026-0004 annehmen")
    desk.send(ENTER)
    desk.shows("2026-0004: angenommen")
    desk.send("e")
    desk.shows("2026-0005: erledigt")


def test_five_verbs_five_undos_redo_and_the_next_day(five: list[int], terminal: Start, look: Look) -> None:
    desk = terminal(size=(80, 24))
    decide_five(desk)
    for number in ("0005", "0004", "0003", "0002", "0001"):
        desk.send("u")
        desk.shows(f"Zurückgenommen: Eingang 2026-{number}")
    desk.shows("Sache 1", "Sache 5", "1 Neu 5")
    for number in ("0001", "0002", "0003"):
        desk.send("U")
        desk.shows(f"Wiederhergestellt: Eingang 2026-{number}")
    desk.send(QUIT)
    assert desk.ended() == 0
    again = terminal(size=(120, 36))
    again.shows("Sache 3", "1 Neu 3")
    again.hides("Sache 1")
    again.send("u")
    again.shows("Zurückgenommen: Eingang 2026-0003")
    again.send(QUIT)
    assert again.ended() == 0
    place = look()
    states = [record(place, each).state_label for each in five]
    assert states == ["abgesagt", "neu", "neu", "neu", "neu"]
    told = [[(line.text, line.undone) for line in record(place, each).history] for each in five[:3]]
    assert any("abgesagt" in text and not undone for text, undone in told[0])
    assert any("Wiedervorlage" in text and not undone for text, undone in told[1])
    assert any("zuständig: PS" in text and undone for text, undone in told[2])
    for lines in told:
        assert any("rückgängig" in text or "zurückgenommen" in text.lower() for text, _ in lines), lines


def test_latin_1_letters_and_noise_reach_the_note(five: list[int], terminal: Start, look: Look) -> None:
    desk = terminal(size=(80, 24))
    desk.shows("Sache 1")
    desk.send("c")
    desk.shows("Notiz zu 2026-0001")
    typed = ""
    for letter in "Äpfel-für-große-Spaßvögel":
        typed += letter
        desk.send(letter.encode("latin-1"))
        desk.shows(typed.strip())
    desk.shows("Äpfel-für-große-Spaßvögel")
    desk.send(SAVE)
    desk.shows("Notiz gespeichert")
    assert any("Äpfel-für-große-Spaßvögel" in note for note in record(look(), five[0]).notes)
    desk.send("c")
    desk.shows("Notiz zu 2026-0001")
    for byte in range(0x80, 0x100):
        desk.send(bytes([byte]))
    desk.send(b"\xff\xfe\xc3\x28\xe2\x82 Ende")
    desk.shows("Ende")
    desk.send(ESCAPE)
    desk.hides("Notiz zu")
    desk.send(bytes(range(0x80, 0x100)) * 8)
    desk.send(QUIT)
    assert desk.ended() == 0


def test_a_pasted_word_fires_no_verb(five: list[int], terminal: Start, look: Look) -> None:
    desk = terminal(size=(80, 24))
    desk.shows("Sache 5")
    for text in (
        "Danke",
        "nnnn",
        "die",
        "eD",
        "\x1b[200~nee!\re\x1b[201~",
        "\x1b[200~e\x1b]0;e\x07De\x1b[201~",
    ):
        desk.send(text)
        for _ in range(10):  # longer than any key is held back
            desk.read()
    desk.send("?")
    desk.shows("Hilfe · Eingang")
    desk.send(ESCAPE)
    desk.hides("Hilfe · Eingang")
    desk.shows("Sache 1", "Sache 5", "1 Neu 5")
    place = look()
    assert all(
        record(place, each).history[0].text == "angelegt" or len(record(place, each).history) == 1
        for each in five
    )


def test_resizing_to_a_slit_and_back(five: list[int], terminal: Start) -> None:
    desk = terminal()
    desk.shows("Sache 1")
    desk.send("c")
    desk.shows("Notiz zu 2026-0001")
    desk.send("bleibt stehen")
    desk.shows("bleibt stehen")
    desk.resize(20, 5)
    desk.shows("Das Fenster ist zu")
    desk.resize(1, 1)
    desk.resize(120, 36)
    desk.shows("Notiz zu 2026-0001", "bleibt stehen")
    desk.send(SAVE)
    desk.shows("Notiz gespeichert")
    desk.send(QUIT)
    assert desk.ended() == 0


HOSTILE = "\x1b]0;TITEL\x07\x1b]52;c;UE9D\x07\x1b[2J\x1b[21t\x9b2J\x9d0;TITEL\x9c\x1b]8;;file:///etc/passwd\x1b\\weg"
FOREIGN = (
    b"\x1b]0;TITEL",
    b"\x1b]52",
    b"\x1b[2J",
    b"\x1b[21t",
    b"\x1b]8;;",
    "\x9b".encode(),
    "\x9d".encode(),
)


def test_foreign_text_cannot_act_on_the_terminal(fill: Fill, terminal: Start) -> None:
    fill(f"Zuerst {HOSTILE}", f"Dann {HOSTILE}", event_place=HOSTILE, due_text=HOSTILE)
    desk = terminal()
    desk.shows("Zuerst")
    for key, shown in (
        ("c", "Notiz zu"),
        ("a", "0001 annehmen"),
        ("b", "0001 bearbeiten"),
        ("/", "─ Suche ─"),
    ):
        desk.send(key)
        desk.shows(shown)
        if key == "/":
            desk.send("zuerst")
            desk.shows("weg  2026-")
        desk.send(ESCAPE)
        desk.hides(shown)
    desk.send("!")
    desk.shows("2026-0001: wichtig")
    desk.send(QUIT)
    assert desk.ended() == 0
    before = desk.raw.partition(b"Zuerst")[0]
    rest = desk.raw[len(before) :]
    for sequence in FOREIGN:
        assert sequence not in rest, sequence
    assert not re.search(rb"\xc2[\x80-\x9f]", desk.raw)
