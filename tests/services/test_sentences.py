"""Every use case says how it reads, also in a program that never loaded the use case."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ob_buero_tui
from ob_buero_tui.services.history import SPEAKING

SERVICES = Path(ob_buero_tui.__file__).parent / "services"


def test_every_module_with_sentences_is_known_to_the_history() -> None:
    found = {
        ".".join(file.relative_to(SERVICES).with_suffix("").parts)
        for file in SERVICES.rglob("*.py")
        if "@sentence(" in file.read_text(encoding="utf-8") and file.name != "history.py"
    }
    assert found == set(SPEAKING)


def test_an_import_reads_as_a_sentence_where_no_import_was_loaded() -> None:
    code = "from ob_buero_tui.services import history; print(history._sentence('import_calendar', {}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "aus einer Kalenderdatei übernommen"
