"""`export oparl`: a folder whole or not at all, and never in place of something else."""

from __future__ import annotations

import json
from pathlib import Path

from cli_kit import Run


def test_a_folder_is_written_and_replaced_only_on_request(run: Run, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "oparl"
    ran = run("export", "oparl", "-o", folder, "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert "--url" in ran.out
    base = "https://rat.example.org/oparl/"
    again = run("export", "oparl", "-o", folder, "--url", base, "--db", db)
    assert (again.status, "--force" in again.err) == (1, True)
    ran = run("export", "oparl", "-o", folder, "--url", base, "--force", "--db", db)
    assert (ran.status, "--url" in ran.out) == (0, False)
    system = json.loads((folder / "system.json").read_bytes())
    assert system["id"] == f"{base}system.json"
    assert system["body"] == f"{base}bodies-1.json"
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".oparl")] == []


def test_nothing_else_is_replaced(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "Briefe").mkdir()
    kept = tmp_path / "Briefe" / "brief.txt"
    kept.write_text("wichtig", encoding="utf-8")
    for output in (tmp_path / "Briefe", kept, tmp_path / "fehlt" / "x", Path("-")):
        ran = run("export", "oparl", "-o", output, "--force", "--db", db)
        assert (ran.status, ran.out) == (1, ""), output
        assert "Es wurde nichts exportiert." in ran.err
    assert kept.read_text(encoding="utf-8") == "wichtig"
    assert run("export", "oparl", "-o", tmp_path / "neu", "--only", "people", "--db", db).status == 2
    assert run("export", "json", "-o", "-", "--url", "https://example.org", "--db", db).status == 2
