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
    code = "from ob_buero_tui.services import history; print(history._sentence('import_calendar', {}));"
    code += "import sys; print('ob_buero_tui.services.council.planning_verbs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    told, loaded_all = done.stdout.decode().splitlines()
    assert told == "aus einer Kalenderdatei übernommen"
    assert loaded_all == "False", "the first record that is shown waits for no topic that it does not name"
