"""Writes Outlook .msg files for tests: a small compound file with the streams that MS-OXMSG asks for."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import Any

Tree = dict[str, Any]
SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MESSAGE, EMBEDDED, PART = 32, 24, 8


def compound(tree: Tree) -> bytes:
    """A compound file (MS-CFB, version 3) from nested dictionaries of bytes."""
    entries: list[dict[str, Any]] = [{"name": "Root Entry", "type": 5, "child": FREE}]
    _add(tree, entries, 0)
    mini = b""
    minifat: list[int] = []
    sectors = b""
    fat: list[int] = []

    def large(data: bytes) -> int:
        nonlocal sectors
        if not data:
            return END
        first, count = len(fat), -(-len(data) // SECTOR)
        fat.extend([*range(first + 1, first + count), END])
        sectors += data.ljust(count * SECTOR, b"\0")
        return first

    for entry in entries[1:]:
        data = entry.get("data")
        if data is None:
            entry["start"], entry["size"] = 0, 0
        elif len(data) >= CUTOFF:
            entry["start"], entry["size"] = large(data), len(data)
        else:
            first, count = len(minifat), -(-len(data) // MINI)
            minifat.extend([*range(first + 1, first + count), END] if count else [])
            mini += data.ljust(count * MINI, b"\0")
            entry["start"], entry["size"] = (first if count else END), len(data)
    entries[0]["start"], entries[0]["size"] = large(mini), len(mini)
    directory = b"".join(map(_entry, entries))
    directory += _entry({"name": "", "type": 0}) * (-len(entries) % 4)
    dir_start = large(directory)
    minifat += [FREE] * (-len(minifat) % 128)
    mini_start = large(struct.pack(f"<{len(minifat)}I", *minifat))
    count = 1
    while (len(fat) + count) > count * 128:
        count += 1
    places = range(len(fat), len(fat) + count)
    fat += [FAT] * count
    fat += [FREE] * (count * 128 - len(fat))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, count, dir_start, 0, CUTOFF, mini_start, len(minifat) // 128, END, 0, places[0],
    )  # fmt: skip
    header += struct.pack(f"<{109 - 1}I", *[*places[1:], *[FREE] * (109 - count)])
    return header + sectors + struct.pack(f"<{len(fat)}I", *fat)


def _add(tree: Tree, entries: list[dict[str, Any]], parent: int) -> None:
    """Add the children of a storage, each the right neighbour of the one before."""
    before = -1
    for name, value in tree.items():
        place = len(entries)
        entries.append({"name": name, "type": 1 if isinstance(value, dict) else 2, "child": FREE})
        if before < 0:
            entries[parent]["child"] = place
        else:
            entries[before]["right"] = place
        before = place
        if isinstance(value, dict):
            _add(value, entries, place)
        else:
            entries[place]["data"] = value


def _entry(entry: dict[str, Any]) -> bytes:
    name = entry["name"].encode("utf-16-le")
    size = len(name) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ", name, size, entry["type"], 1, FREE, entry.get("right", FREE),
        entry.get("child", FREE), b"", 0, 0, 0, entry.get("start", 0), entry.get("size", 0),
    )  # fmt: skip


def properties(header: int, values: dict[int, Any], *, attachments: int = 0) -> Tree:
    """The property stream and the streams it names; text is Unicode, bytes are binary."""
    stream = struct.pack("<8x4I", 0, attachments, 0, attachments).ljust(header, b"\0")[:header]
    streams: Tree = {}
    for tag, value in values.items():
        if isinstance(value, datetime):
            ticks = round((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            stream += struct.pack("<HHIQ", 0x0040, tag, 6, ticks)
        elif isinstance(value, int):
            stream += struct.pack("<HHIII", 0x0003, tag, 6, value, 0)
        else:
            kind = 0x0102 if isinstance(value, bytes) else 0x001F
            data = value if isinstance(value, bytes) else value.encode("utf-16-le")
            stream += struct.pack("<HHIII", kind, tag, 6, len(data), 0)
            streams[f"__substg1.0_{tag:04X}{kind:04X}"] = data
    return {"__properties_version1.0": stream, **streams}


def message(
    values: dict[int, Any],
    files: list[Tree] | None = None,
    people: list[Tree] | None = None,
    *,
    inner: bool = False,
) -> Tree:
    """A message with its attachments and recipients."""
    tree = properties(
        EMBEDDED if inner else MESSAGE, {0x001A: "IPM.Note", **values}, attachments=len(files or [])
    )
    for number, one in enumerate(files or []):
        tree[f"__attach_version1.0_#{number:08X}"] = one
    for number, one in enumerate(people or []):
        tree[f"__recip_version1.0_#{number:08X}"] = one
    return tree


def attached(name: str, data: bytes, kind: str = "application/pdf") -> Tree:
    """An attachment by value."""
    return properties(PART, {0x3707: name, 0x370E: kind, 0x3701: data, 0x3705: 1})


def embedded(name: str, inner: Tree) -> Tree:
    """A message as an attachment."""
    return {**properties(PART, {0x3001: name, 0x3705: 5}), "__substg1.0_3701000D": inner}


def recipient(name: str, address: str) -> Tree:
    """Somebody it went to."""
    return properties(PART, {0x3001: name, 0x39FE: address})


SENT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HEADERS = (
    "Received: from mx.example.org\r\n\tby mail.example.org; Wed, 18 Nov 2026 10:00:00 +0100\r\n"
    "From: =?utf-8?Q?J=C3=B6rg_Muster?= <joerg@verein.example.org>\r\nTo: ob@stadt.example.org\r\n"
    "Subject: =?utf-8?Q?Gru=C3=9Fwort?=\r\nDate: Wed, 18 Nov 2026 10:00:00 +0100\r\n"
    "Message-ID: <2@verein.example.org>\r\nIn-Reply-To: <1@verein.example.org>\r\n"
    "References: <1@verein.example.org>\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed;\r\n\tboundary="gone"\r\n\r\n'
)


def letter(**more: Any) -> bytes:
    """A plain message as a colleague drags it out of Outlook."""
    values = {
        0x0037: more.get("subject", "Grußwort für die Festschrift"),
        0x0042: "Jörg Muster",
        0x5D02: "joerg@verein.example.org",
        0x1000: more.get("body", "Guten Tag,\r\nwir bitten um ein Grußwort."),
        0x0039: more.get("sent", SENT),
        0x1035: more.get("message_id", "<2@verein.example.org>"),
    }
    return compound(message(values, more.get("files"), more.get("people")))
