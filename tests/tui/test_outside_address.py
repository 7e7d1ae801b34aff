"""A mail address is handed to the system's program, or refused where there is none."""

from __future__ import annotations

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.tui import outside


def test_without_a_screen_there_is_no_mail_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(Refusal, match=r"\.eml"):
        outside.open_address("mailto:a@b.example.org", {})


def test_the_address_is_one_word_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    started: list[list[str]] = []
    monkeypatch.setattr(outside.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(outside, "launch", lambda words: started.append(list(words)))
    outside.open_address("mailto:a@b.example.org?subject=x;y&body=`z`", {"DISPLAY": ":0"})
    assert started == [["/usr/bin/xdg-open", "mailto:a@b.example.org?subject=x;y&body=`z`"]]


def test_a_program_that_fails_at_once_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(outside.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(outside, "launch", lambda _words: 4)
    with pytest.raises(Refusal, match="Mailprogramm"):
        outside.open_address("mailto:a@b.example.org", {"DISPLAY": ":0"})
