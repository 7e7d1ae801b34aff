"""The watcher tells other desks' steps from this process's own and from drafts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.watching import Watcher
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import ACCOUNT


@pytest.fixture
def watcher(place: Workplace, make_request: Callable[..., int]) -> Iterator[Watcher]:
    make_request()
    watcher = Watcher(place)
    yield watcher
    watcher.close()


def test_nothing_changed(watcher: Watcher) -> None:
    assert not watcher.changed()


def test_own_steps_are_no_news(watcher: Watcher, place: Workplace) -> None:
    verbs.mark_important(place, [1])
    undo(place.with_patience(1))
    assert not watcher.changed()
    assert place.written == set(), "what was met is forgotten"


def test_another_desks_step_is_news_once(watcher: Watcher, place: Workplace, other_place: Workplace) -> None:
    verbs.assign(place, [1], "PS")
    verbs.mark_important(other_place, [1])
    verbs.assign(place, [1], "KL")
    assert watcher.changed()
    assert not watcher.changed()


def test_a_second_window_of_the_same_account_is_another_desk(
    watcher: Watcher, open_desk: Callable[[str], Office]
) -> None:
    verbs.mark_important(open_desk(ACCOUNT).place, [1])
    assert watcher.changed()


def test_drafts_are_no_news(watcher: Watcher, other_place: Workplace) -> None:
    assert save_draft(other_place, "note:1", {"text": "halb"})
    assert not watcher.changed()


def test_a_locked_file_is_looked_at_again(watcher: Watcher, other_place: Workplace, database: Path) -> None:
    verbs.mark_important(other_place, [1])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert not watcher.changed()
        connection.execute("ROLLBACK")
    assert watcher.changed()
