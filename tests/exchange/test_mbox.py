"""Mailbox files: where messages begin, what is quoted, what programs leave out."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest

from ob_buero_tui.exchange.mbox import messages
from ob_buero_tui.rules.refusals import Refusal

LINE = b"From erika@verein.example.org Tue Nov 17 11:48:33 2026\n"


def letter(number: int, body: str = "Guten Tag") -> bytes:
    return f"From: Erika <e@x.example.org>\nSubject: Brief {number}\n\n{body}\n".encode()


def bodies(data: bytes) -> list[bytes]:
    return [one.data.partition(b"\n\n")[2].rstrip() for one in messages(data)]


def test_messages_are_told_apart_by_their_lines() -> None:
    data = b"".join(LINE + letter(n) + b"\n" for n in (1, 2, 3))
    found = list(messages(data))
    assert [one.number for one in found] == [1, 2, 3]
    assert [b"Subject: Brief %d" % one.number in one.data for one in found] == [True] * 3
    assert all(one.data.startswith(b"From: Erika") for one in found)


def test_carriage_returns_are_line_ends_too() -> None:
    data = b"".join(LINE + letter(n) + b"\n" for n in (1, 2)).replace(b"\n", b"\r\n")
    assert [one.number for one in messages(data)] == [1, 2]


def test_a_quoted_from_line_loses_one_sign() -> None:
    data = LINE + letter(1, ">From Anfang an\n>>From zweimal\n> From bleibt")
    assert bodies(data) == [b"From Anfang an\n>From zweimal\n> From bleibt"]


@pytest.mark.parametrize(
    "body",
    [
        "\nFrom Monday on we are open.\nNote: bring a hat",
        "\nFrom 14:00 to 15:00 on Nov 17 2026\nwe meet",
        "text\nFrom: so steht es da",
    ],
)
def test_from_in_the_text_begins_no_message(body: str) -> None:
    assert len(list(messages(LINE + letter(1, body)))) == 1


def test_a_missing_blank_line_before_the_next_message_is_forgiven() -> None:
    assert len(list(messages(LINE + letter(1) + LINE + letter(2)))) == 2


def test_thunderbirds_dash_and_its_deleted_messages() -> None:
    dash = b"From - Tue Nov 17 11:48:33 2026\n"
    gone = dash + b"X-Mozilla-Status: 0009\nX-Mozilla-Status2: 00000000\n" + letter(1) + b"\n"
    kept = dash + b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n" + letter(2) + b"\n"
    assert [one.deleted for one in messages(gone + kept)] == [True, False]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"From: Erika\n\nHallo", b"\0\1\2From x", b"From nowhere"])
def test_what_has_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="kein E-Mail-Postfach"):
        list(messages(data))


def test_a_mapped_file_is_read_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "post.mbox"
    path.write_bytes(b"".join(LINE + letter(n) + b"\n" for n in range(500)))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert [one.data for one in messages(mapped)] == [one.data for one in messages(path.read_bytes())]
