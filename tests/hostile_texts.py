"""Texts that would act on a terminal or on a widget if nobody cleaned them."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = (
    "[@click=app.quit]x[/]",
    "a[/]b",
    "[/",
    "[x='",
    "[link=file:///etc/passwd]weg[/link]",
    "\x1b]0;Titel\x07\x1b]52;c;YQ==\x07",
    "\x1b[2J\x1b[21t",
    "\u009b2J\u009d0;x\u009c",
    "\u202egnalrev\u2066x\u2069",
    "a\u200bb\u200dc\ufeffd",
    "zeile\r\nzwei\tdrei\x00\x7f",
    "ä" + "\u0301" * 60,
    "漢字" * 40,
    "\ud800",
    "",
)

PAYLOADS: Final = [text for text in HOSTILE if text and "\ud800" not in text]
"""A lone surrogate cannot be stored; the widgets are tested with it."""

EVERYTHING: Final = " ".join(PAYLOADS)
