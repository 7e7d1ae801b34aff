"""A disk that fills up under a copy, a folder of copies that is gone: said, nothing half, and it goes on."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.keeping import is_due, keep_copy
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.backup import latest_good
from office_fixtures import Clock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limits of a process there")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process becomes larger than that."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_disk_that_fills_up_under_a_copy_leaves_the_last_good_one_and_no_half(
    place: Workplace, database: Path, clock: Clock, make_request: Callable[..., int], share: float
) -> None:
    there = place.backups
    assert there is not None
    make_request()
    first = keep_copy(there, clock.now).copy
    assert first is not None
    files = sorted(there.folder.rglob("*"))
    make_request()
    clock.advance(hours=1)
    with room_for(int(database.stat().st_size * share)), pytest.raises(Refusal) as refused:
        keep_copy(there, clock.now)
    assert refused.value.what == "Die Sicherung ist nicht gelungen."
    assert "freien Platz" in refused.value.now
    assert sorted(there.folder.rglob("*")) == files, "nothing half, and nothing went"
    good = latest_good(database, there.folders)
    assert good is not None
    assert good.path == first
    assert is_due(there)
    again = keep_copy(there, clock.now).copy
    good = latest_good(database, there.folders)
    assert good is not None
    assert good.path == again != first


def test_a_folder_of_copies_that_is_gone_is_made_anew_and_one_in_the_way_is_said(
    place: Workplace, database: Path, clock: Clock, make_request: Callable[..., int]
) -> None:
    there = place.backups
    assert there is not None
    make_request()
    assert keep_copy(there, clock.now).copy is not None
    assert not is_due(there)
    away = there.folder.rename(there.folder.with_name("weg"))
    assert is_due(there), "what is gone counts for nothing"
    there.folder.write_text("im Weg", encoding="utf-8")
    with pytest.raises(Refusal, match="Sicherung ist nicht gelungen"):
        keep_copy(there, clock.now)
    there.folder.unlink()
    assert keep_copy(there, clock.now).copy is not None
    assert latest_good(database, there.folders) is not None
    assert any(away.iterdir())
