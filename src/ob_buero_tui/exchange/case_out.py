"""A closed request as metadata for an E-Akte: one tree of German names, as JSON and as XML.

The names follow those of xdomea 3 (Vorgang, Dokument, AllgemeineMetadaten, Laufzeit, Format, Hashwert), so
that whoever takes the folder over finds the fields; it is no message of that standard. docs/e-akte.md lists
them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

ALGORITHM = "SHA-256"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not take, whatever it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileOut:
    """One file of the folder.

    Args:
        path: Below the folder, with `/`.
        kind: What it is in the file: Eingang, Anlage, Ausgang, Vorgangsblatt.
        title: German.
        on: The day it came or left.
        data: None where the office has lost the bytes; it is named all the same.
    """

    path: str
    kind: str
    title: str
    on: date | None = None
    media_type: str = "application/octet-stream"
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOut:
    """What is told of a request; empty texts are left out.

    Args:
        general: Names and texts below AllgemeineMetadaten.
        sender: Who asked, likewise.
        decision: What became of it, likewise.
        history: Moment, initials and text of each step, oldest first.
        left_out: What stays in the office, in German.
    """

    number: str
    general: Mapping[str, str]
    begun: date
    ended: date | None
    sender: Mapping[str, str]
    decision: Mapping[str, str]
    history: Sequence[tuple[datetime, str, str]]
    left_out: Sequence[str]
    made: datetime
    program: str


def case_tree(case: CaseOut, files: Sequence[CaseFileOut]) -> dict[str, Any]:
    """The metadata as one tree; lists are elements that are repeated."""
    steps = [{"Zeitpunkt": at.isoformat(), "Kuerzel": who, "Text": text} for at, who, text in case.history]
    run = {"Beginn": case.begun.isoformat(), "Ende": case.ended.isoformat() if case.ended else ""}
    return {
        "Vorgang": _filled(
            {
                "Identifikation": {"ID": case.number},
                "AllgemeineMetadaten": _filled(case.general),
                "Laufzeit": _filled(run),
                "Absender": _filled(case.sender),
                "Entscheidung": _filled(case.decision),
                "Historie": {"Eintrag": steps} if steps else {},
                "Dokument": [_document(one) for one in files],
                "NichtEnthalten": list(case.left_out),
                "Erzeugung": {"Zeitpunkt": case.made.isoformat(), "Programm": case.program},
            }
        )
    }


def _document(one: CaseFileOut) -> dict[str, Any]:
    general = {"Betreff": one.title, "Dokumenttyp": one.kind, "Datum": one.on.isoformat() if one.on else ""}
    if one.data is None:
        return {"AllgemeineMetadaten": _filled(general), "Fehlt": "Die Datei liegt nicht mehr beim Büro."}
    return {
        "AllgemeineMetadaten": _filled(general),
        "Format": {
            "Dateiname": one.path,
            "MimeType": one.media_type,
            "Groesse": str(len(one.data)),
            "Hashwert": {"Algorithmus": ALGORITHM, "Wert": sha256(one.data).hexdigest()},
        },
    }


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def case_json(tree: Mapping[str, Any]) -> bytes:
    """The tree as JSON, UTF-8."""
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def case_xml(tree: Mapping[str, Any]) -> bytes:
    """The tree as XML 1.0, UTF-8."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    for name, value in tree.items():
        lines += _element(name, value, 0)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _element(name: str, value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, Mapping):
        yield f"{indent}<{name}>"
        for inner, one in value.items():
            yield from _element(inner, one, depth + 1)
        yield f"{indent}</{name}>"
    elif isinstance(value, list):
        for one in value:
            yield from _element(name, one, depth)
    else:
        yield f"{indent}<{name}>{_escaped(str(value))}</{name}>"


def _escaped(text: str) -> str:
    bare = _NO_XML.sub("\ufffd", text)
    return bare.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def checksums(files: Mapping[str, bytes]) -> bytes:
    """A line for each file, as `sha256sum --check` reads it."""
    return "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()
