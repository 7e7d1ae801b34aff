"""Drafts survive, disturb nobody, and are no part of the history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select

from ob_buero_tui.services.drafts import drop_draft, load_draft, save_draft
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Draft
from ob_buero_tui.store.journal import Action


def rows(place: Workplace, table: type) -> int:
    with place.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_draft_comes_back_as_it_was_typed(place: Workplace) -> None:
    typed = {"betreff": "Grußwort „Äpfel“", "text": "erste Zeile\nzweite"}
    assert save_draft(place, "edit:1", typed)
    assert load_draft(place, "edit:1") == typed
    assert load_draft(place, "edit:2") is None


def test_a_form_has_one_draft_the_newest(place: Workplace) -> None:
    for text in ("e", "er", "erste"):
        assert save_draft(place, "note:1", {"text": text})
    assert load_draft(place, "note:1") == {"text": "erste"}
    assert rows(place, Draft) == 1


def test_desks_keep_their_drafts_apart(place: Workplace, other_place: Workplace) -> None:
    save_draft(place, "note:1", {"text": "von PS"})
    save_draft(other_place, "note:1", {"text": "von KL"})
    assert load_draft(place, "note:1") == {"text": "von PS"}
    assert drop_draft(other_place, "note:1")
    assert load_draft(other_place, "note:1") is None
    assert load_draft(place, "note:1") == {"text": "von PS"}


def test_a_draft_leaves_no_trace_in_the_journal(place: Workplace) -> None:
    save_draft(place, "note:1", {"text": "…"})
    drop_draft(place, "note:1")
    assert rows(place, Action) == 0


def test_a_busy_database_is_told_by_false(place: Workplace, database: Path) -> None:
    save_draft(place, "note:1", {"text": "vorher"})
    impatient = place.with_patience(50)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not save_draft(impatient, "note:1", {"text": "jetzt"})
        assert not drop_draft(impatient, "note:1")
        assert load_draft(impatient, "note:1") == {"text": "vorher"}
    assert save_draft(impatient, "note:1", {"text": "jetzt"})
    assert load_draft(place, "note:1") == {"text": "jetzt"}
