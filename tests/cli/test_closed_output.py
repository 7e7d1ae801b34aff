"""Whoever reads a command's output may go, or never have been there: no command takes that for a fault."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from ob_buero_tui.cli.main import main
from ob_buero_tui.cli.parser import COMMANDS


class Gone(io.TextIOBase):
    """A pipe whose reader has gone."""

    encoding = "utf-8"

    def write(self, _data: object) -> NoReturn:
        """Fail as the system does."""
        raise BrokenPipeError

    @property
    def buffer(self) -> Gone:
        """The same for bytes."""
        return self


WORDS: dict[str, tuple[str, ...]] = {
    "init": ("--db", "neu/buero.sqlite", "init"),
    "import": ("import", "post"),
    "fetch": ("fetch", "--help"),
    "export": ("export", "ics", "-o", "-"),
    "inbox": ("inbox",),
    "day": ("day", "2026-12-01", "--json"),
    "week": ("week",),
    "free": ("free", "60 Minuten, 2.12.2026"),
    "calendars": ("calendars", "sync"),
    "sessions": ("sessions",),
    "plan": ("plan",),
    "tasks": ("tasks",),
    "search": ("search", "richtfest"),
    "stats": ("stats",),
    "check": ("check",),
    "backup": ("backup",),
    "restore": ("restore", "--help"),
    "tresor": ("tresor", "--help"),
    "person-report": ("person-report", "Terhorst"),
    "retention": ("retention",),
    "demo": ("demo", "--help"),
}
"""One use of each command, with an output."""


def test_every_command_is_tried() -> None:
    assert set(WORDS) == set(COMMANDS)


CASES = [(name, Gone()) for name in (*WORDS, "--help", "--version")]
CASES += [
    (name, None) for name in ("inbox", "export", "--help")
]  # what is closed is met in one place for all


@pytest.mark.parametrize(("name", "stream"), CASES)
def test_no_command_minds_that_nobody_reads(
    db: Path,
    post: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    stream: Gone | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("post").symlink_to(post)
    monkeypatch.setenv("OB_BUERO_DB", str(db))
    monkeypatch.setattr(sys, "stdout", stream)
    status = main(WORDS.get(name, (name,)))
    assert status == 0
    assert "Fehler" not in capsys.readouterr().err
