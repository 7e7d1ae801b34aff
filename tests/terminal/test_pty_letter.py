"""A letter on a real terminal: it comes by the drop folder, and a window that goes away loses no answer."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from pty_kit import ENTER, Terminal

from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Draft

Start = Callable[..., Terminal]
ANSWER_LAST = "\x14"
LETTER = """From: Erika Beispiel <erika@tsv.example.org>
To: ob@lindenau.example.org
Date: Mon, 23 Nov 2026 10:00:00 +0100
Subject: Einladung zum Sommerfest am 12.12.2026
Message-ID: <sommerfest@tsv.example.org>
Content-Type: text/plain; charset=utf-8

Sehr geehrte Damen und Herren,
wir laden den Oberbürgermeister herzlich ein zu unserem Fest am 12.12.2026 um 15 Uhr in der Festhalle.
Erika Beispiel
"""


@pytest.fixture
def arrived(database: Path, terminal: Start) -> Terminal:
    """The app, after a letter was laid into its drop folder and taken in."""
    folder = database.parent / "eingangskorb"
    folder.mkdir(mode=0o700)
    (folder / "brief.eml").write_text(LETTER, encoding="utf-8")
    desk = terminal()
    desk.shows("Einladung zum Sommerfest", "2026-0001")
    return desk


def test_a_hang_up_keeps_the_typed_answer(arrived: Terminal, look: Callable[[], Workplace]) -> None:
    arrived.send("t")
    arrived.shows("womit antworten")
    arrived.send(ENTER)
    arrived.shows("E-Mail-Entwurf")
    arrived.send("\t")
    arrived.send("Mitten im Satz")
    arrived.shows("Mitten im Satz")
    os.kill(arrived.child.pid, signal.SIGHUP)
    assert arrived.ended() == 0
    with transaction(look(), "t") as work:
        kept = work.session.query(Draft).all()
        assert any("Mitten im Satz" in one.values.get("text", "") for one in kept)


def test_from_the_drop_folder_to_an_answer_in_the_out_folder(arrived: Terminal, database: Path) -> None:
    arrived.send("a")
    arrived.shows("Aufgaben anlegen")
    arrived.send(ENTER)
    arrived.shows("Strg+T")
    arrived.send(ANSWER_LAST)
    arrived.shows("womit antworten")
    arrived.send(ENTER)
    arrived.shows("Das fehlt noch für den Text")
    arrived.send("12.12.2026 15 Uhr")
    arrived.shows("12.12.2026 15 Uhr")
    arrived.send("\t")
    arrived.send("Festhalle")
    arrived.shows("Festhalle")
    arrived.send(ENTER)
    arrived.shows("E-Mail-Entwurf")
    arrived.send(ENTER)
    # Its message may be gone before it is read: the file is what counts.
    out = database.parent / "ausgangskorb"
    arrived.until(lambda: out.is_dir() and [path.suffix for path in out.iterdir()] == [".eml"])
    arrived.hides("E-Mail-Entwurf (.eml)")
    arrived.send("u")
    arrived.shows("lässt sich nicht zurücknehmen")
