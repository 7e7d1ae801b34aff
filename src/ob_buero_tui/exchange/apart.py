"""Reads foreign files in a process of its own: what breaks or fills a library ends only that process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal

CPU_SECONDS: Final = limits.READING_SECONDS
"""Computing time that one document may take."""
SHEET_SECONDS: Final = limits.SHEET_SECONDS
"""Computing time that one workbook may take: a million cells need ten seconds."""
WALL_SECONDS: Final = limits.WALL_SECONDS
"""Time by the clock that one file may take, also on a busy machine."""
MEMORY: Final = limits.READING_BYTES
"""Bytes of memory that one file may take."""
CHILD: Final = "ob_buero_tui.exchange.apart_child"


class ReaderDied(Exception):
    """The reading process ended without an answer: it crashed, took too long or too much memory."""


def read_apart(reader: str, data: bytes, ending: str) -> Any:
    """What a reader of `apart_child.READERS` makes of a file's bytes, as plain JSON values.

    Args:
        ending: Of the file's name, in lower case with its dot.

    Raises:
        Refusal: the reader refuses the file.
        ReaderDied: there is no answer.
    """
    most = (str(SHEET_SECONDS if reader in ("sheet", "many") else CPU_SECONDS), str(MEMORY))
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and module, the file comes by its input
            [sys.executable, "-P", "-X", "utf8", "-m", CHILD, reader, ending, *most],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise ReaderDied from error
    if done.returncode or not done.stdout:
        raise ReaderDied
    said = json.loads(done.stdout)
    if "refusal" in said:
        raise Refusal(*said["refusal"])
    return said["value"]


def _environment() -> dict[str, str]:
    """The same program, wherever it was started from."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
