"""Mutated files: good ones of every format, bent by dice that always fall the same, told by their number."""

from __future__ import annotations

import io
import json
import os
import random
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from damage_kit import CHANGES, CSV, good
from mutation_words import HAZARDS, NUMBERS

Change = Callable[[bytes, random.Random, Sequence[bytes]], bytes]

SHARES: Final[Mapping[str, int]] = {
    ".ics": 50,
    ".eml": 30,
    ".csv": 10,
    ".xlsx": 5,
    ".json": 5,
    ".vcf": 2,
    ".mbox": 1,
    ".msg": 1,
    ".ods": 1,
    ".docx": 1,
    ".pdf": 1,
}
"""How many of 107 files have which ending."""

ROUND: Final = sum(SHARES.values())

ENDINGS: Final = random.Random(0).sample(list(SHARES), ROUND, counts=list(SHARES.values()))  # noqa: S311
"""The endings of a round of files, well mixed: the same each time."""

LARGEST: Final = 60_000
"""Bytes; larger samples are cut at a line, or most of the time would go into reading the same again."""

ZIPPED: Final = (".xlsx", ".ods", ".docx")


def samples(folder: Path, data: Path) -> dict[str, list[bytes]]:
    """Good files by ending: those of the tests, of the demo office, and of the corpus where there is one.

    Args:
        folder: Where files may be written.
        data: The product's data.
    """
    found: dict[str, list[bytes]] = {ending: [one] for ending, one in good(folder).items()}
    places = [data / "demo"]
    if "OB_BUERO_CORPUS" in os.environ:
        places.append(Path(os.environ["OB_BUERO_CORPUS"]))
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.suffix in SHARES and path.is_file():
                found.setdefault(path.suffix, []).append(_short(path.read_bytes()))
    found[".csv"].append(CSV.replace(b";", b","))
    found[".csv"].append(CSV.decode().encode("utf-16"))
    return found


def _short(data: bytes) -> bytes:
    return data if len(data) <= LARGEST else data[: data.rfind(b"\n", 0, LARGEST) + 1]


def mutated(number: int, seed: int, good_ones: Mapping[str, Sequence[bytes]]) -> tuple[str, bytes]:
    """The file of a number: its name and bytes; the same for the same seed and samples."""
    dice = random.Random(f"{seed}/{number}")  # noqa: S311 the same files each time
    ending = ENDINGS[number % ROUND]
    pool = good_ones[ending]
    data = dice.choice(pool)
    for _ in range(dice.choice((1, 1, 2, 3))):
        data = _changed(data, ending, dice, pool)
    return f"{number:05}{ending}", data


def _changed(data: bytes, ending: str, dice: random.Random, pool: Sequence[bytes]) -> bytes:
    if ending in ZIPPED and dice.random() < 0.7:
        return _in_member(data, dice, pool)
    if ending == ".json" and dice.random() < 0.6:
        return _in_object(data, dice)
    if not data:
        return dice.choice(pool)
    if ending in (".msg", ".pdf", *ZIPPED) or dice.random() < 0.3:
        return dice.choice(CHANGES)(data, dice)
    return dice.choice(TEXT_CHANGES)(data, dice, HAZARDS.get(ending, HAZARDS[""]))


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True) or [b""]


def _drop(data: bytes, dice: random.Random, _words: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = dice.randrange(len(lines))
    del lines[at : at + dice.choice((1, 1, 2, 10))]
    return b"".join(lines)


def _repeat(data: bytes, dice: random.Random, _words: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = dice.randrange(len(lines))
    part = lines[at : at + dice.choice((1, 1, 3, 30))]
    return b"".join((*lines[:at], *part * dice.choice((1, 2, 50)), *lines[at:]))


def _shuffle(data: bytes, dice: random.Random, _words: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = dice.randrange(len(lines))
    part = lines[at : at + 12]
    dice.shuffle(part)
    return b"".join((*lines[:at], *part, *lines[at + 12 :]))


def _number(data: bytes, dice: random.Random, _words: Sequence[bytes]) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data + dice.choice(NUMBERS)
    at = dice.choice(found)
    return data[: at.start()] + dice.choice(NUMBERS) + data[at.end() :]


def _hazard(data: bytes, dice: random.Random, words: Sequence[bytes]) -> bytes:
    """A line of the list of traps, between two lines."""
    lines = _lines(data)
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(words) + b"\r\n")
    return b"".join(lines)


def _value(data: bytes, dice: random.Random, words: Sequence[bytes]) -> bytes:
    """What stands behind a line's colon becomes that of a trap."""
    lines = _lines(data)
    at = dice.randrange(len(lines))
    head = lines[at].partition(b":")[0]
    lines[at] = head + b":" + dice.choice(words).rpartition(b":")[2] + b"\r\n"
    return b"".join(lines)


def _noise(data: bytes, dice: random.Random, _words: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data))
    noise = dice.randbytes(dice.choice((1, 4, 40, 4_000)))
    return data[:at] + noise + data[at + dice.choice((0, len(noise))) :]


TEXT_CHANGES: Final[tuple[Change, ...]] = (
    _drop,
    _repeat,
    _shuffle,
    _number,
    _number,
    _hazard,
    _hazard,
    _value,
    _value,
    _noise,
)


def _in_member(data: bytes, dice: random.Random, pool: Sequence[bytes]) -> bytes:
    """An archive one of whose parts is bent, left out or there twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    except Exception:  # bent before
        return dice.choice(CHANGES)(data or pool[0], dice)
    at = dice.randrange(len(parts))
    name, part = parts[at]
    if (fate := dice.random()) < 0.1:
        del parts[at]
    elif fate < 0.2:
        parts.append((name, part[: len(part) // 2]))
    elif part:
        change = dice.choice(TEXT_CHANGES)
        parts[at] = (name, change(part, dice, HAZARDS["xml"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _in_object(data: bytes, dice: random.Random) -> bytes:
    """JSON one value of which is another one, of any type."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return dice.choice(CHANGES)(data or b"{}", dice)
    nodes = _nodes(whole)
    if not nodes:
        return data
    for _ in range(dice.choice((1, 3, 20))):
        node, key = dice.choice(nodes)
        if isinstance(node, dict) and dice.random() < 0.2:
            node.pop(key, None)
        elif isinstance(node, dict) or key < len(node):
            node[key] = dice.choice(VALUES)
    return json.dumps(whole, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")


VALUES: Final[tuple[Any, ...]] = (
    None, True, -1, 10**30, 1e308, "", [], {}, [[]], [None], {"id": 1}, "2026-02-30", "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59+99:99", "\x1b]0;x\x07", "\ud800", "[@click=app.quit]x[/]", "ja" * 5_000,
    "https://rat.example.org/" + "a" * 3_000, "file:///etc/passwd", ["x"] * 3_000,
    "https://schema.oparl.org/1.1/Body",
)  # fmt: skip
"""What a value may become; the list is shared, as JSON is written at once."""


def _nodes(whole: Any) -> list[tuple[Any, Any]]:
    """Every place of a JSON value: its container and key."""
    found: list[tuple[Any, Any]] = []
    waiting = [whole]
    while waiting and len(found) < 20_000:
        one = waiting.pop()
        entries = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, value in entries:
            found.append((one, key))
            waiting.append(value)
    return found
