"""Damaged files, always the same: good ones of every format, cut, bent and mislabelled.

There are 220 of them; `OB_BUERO_DAMAGED=all` takes all, otherwise each damage is done to each format once.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msg_kit import attached, letter
from scan_kit import docx, pdf
from sheet_kit import ods_list, xlsx_list

MAIL = (
    b"From: Erika <e@x.example.org>\r\nTo: ob@stadt.example.org\r\nSubject: =?utf-8?Q?Gru=C3=9Fwort?=\r\n"
    b"Date: Wed, 18 Nov 2026 09:00:00 +0100\r\nMessage-ID: <1@x.example.org>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>Sch\xc3\xb6ne Gr\xc3\xbc\xc3\x9fe</p>\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--x--\r\n"
)
CSV = "Eingang;Betreff;Name\r\n3.11.2026;Grußwort;Erika\r\n4.11.2026;Einladung;Karl\r\n".encode()

Change = Callable[[bytes, random.Random], bytes]


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, max(2, len(data)))]


def _flip(data: bytes, dice: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(max(3, len(bent) // 200)):
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
    return bytes(bent)


def _swap(data: bytes, dice: random.Random) -> bytes:
    middle = dice.randrange(1, max(2, len(data) - 1))
    return data[middle:] + data[:middle]


def _hole(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + b"\0" * min(600, len(data) - at) + data[at + 600 :]


def _twice(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data


def _charset(data: bytes, dice: random.Random) -> bytes:
    return data.decode("latin-1").encode("utf-16") if dice.random() < 0.5 else data.replace(b"\xc3", b"\xff")


CHANGES: tuple[Change, ...] = (
    _cut,
    _cut,
    _cut,
    _flip,
    _flip,
    _flip,
    _swap,
    _swap,
    _hole,
    _hole,
    _twice,
    _charset,
)


SAMPLE = (0, 5, 7, 12, 16, 20, 22)
"""Of the 24 damages of a format: one of each, and a second cut."""


def good(folder: Path) -> dict[str, bytes]:
    """A good file of every format, by its ending."""
    return {
        ".eml": MAIL,
        ".mbox": b"".join(b"From - Tue Nov 17 11:48:33 2026\r\n" + MAIL + b"\r\n" for _ in range(3)),
        ".msg": letter(files=[attached("a.pdf", b"%PDF-" * 900)]),
        ".csv": CSV * 4,
        ".xlsx": xlsx_list(folder / "gut.xlsx").read_bytes(),
        ".ods": ods_list(folder / "gut.ods", [["Betreff", "Name"], ["Fest", "Erika"]]).read_bytes(),
        ".docx": docx(),
        ".pdf": pdf(),
    }


def damaged(folder: Path) -> Iterator[Path]:
    """Write the files into a folder: 8 formats, 12 damages twice each, and one empty one of each."""
    taken = range(24) if os.environ.get("OB_BUERO_DAMAGED") == "all" else SAMPLE
    dice = random.Random(20261125)  # noqa: S311 the same files each time
    originals = good(folder.parent)
    for ending, data in originals.items():
        for number in range(24):
            bent = CHANGES[number // 2](data, dice)
            if number in taken:
                yield _written(folder / f"{ending[1:]}-{number:02}{ending}", bent)
        yield _written(folder / f"leer-{ending[1:]}{ending}", b"")
    for number, (ending, other) in enumerate((a, b) for a in originals for b in originals if a != b):
        if number % 4 == 0:
            yield _written(folder / f"falsch-{number}{ending}", originals[other])
    for ending in (".xlsx", ".ods", ".docx"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(zipfile.ZipInfo("mimetype"), "x")
        yield _written(folder / f"ohne-teile{ending}", out.getvalue())
        yield _written(folder / f"nullen{ending}", b"\0" * 4_000)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
