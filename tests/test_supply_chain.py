"""The list of parts names all that is locked; the audit takes silence for no all-clear."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from ob_buero_tui import __version__
from test_locks import RUN_LOCK, VAULT_LOCK, pins

ROOT: Final = Path(__file__).resolve().parents[1]
LOCK: Final = Path("requirements.lock")


def script(name: str) -> ModuleType:
    """One of the scripts for building and checking."""
    loader = SourceFileLoader(f"ci_{name.partition('.')[0]}", str(ROOT / ".ci" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """`.ci/audit`."""
    return script("audit")


def told(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


SOUND: Final = {"name": "eins", "version": "1.0", "vulns": []}
HOLE: Final = {"name": "zwei", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]}
SILENT: Final = {"name": "drei", "skip_reason": "Dependency not found and could not be audited"}


@pytest.mark.parametrize(
    ("answer", "pinned", "status", "word"),
    [
        (told(SOUND), 1, 0, "no known hole"),
        (told(SOUND, HOLE), 2, 1, "X-1"),
        (told(SOUND, SILENT), 2, 1, "1 of 2 packages could not be audited: drei"),
        (told(SOUND), 2, 1, "1 of 2 packages were looked at"),
        (told(), 0, 1, "not an all-clear"),
        ("", 1, 1, "did not come to an answer (kein Netz)"),
        ("[]", 1, 1, "did not come to an answer"),
    ],
)
def test_only_a_full_answer_without_holes_is_an_all_clear(
    audit: ModuleType, capsys: pytest.CaptureFixture[str], answer: str, pinned: int, status: int, word: str
) -> None:
    assert audit.judge(LOCK, answer, "mehr\nkein Netz", pinned=pinned) == status
    said = capsys.readouterr()
    assert word in said.out + said.err
    assert ("AUDIT FAILED" in said.err) == bool(status)


def test_without_the_tool_it_fails(
    audit: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_tool", lambda: None)
    assert audit.main([]) == 1
    assert capsys.readouterr().err.count("AUDIT FAILED") == 3


def test_what_only_other_systems_install_is_asked_for_too(audit: ModuleType) -> None:
    text = (ROOT / VAULT_LOCK).read_text(encoding="utf-8")
    assert "sys_platform" in text
    assert " ; " not in "".join(audit.MARKER.sub(r"\1 \2", text).splitlines())
    assert len(audit.PIN.findall(text)) == len(pins(VAULT_LOCK))


def test_the_list_of_parts_names_all_that_is_locked() -> None:
    made = json.loads(script("sbom.py").text(__version__))
    found = {part["name"]: part for part in made["components"]}
    assert {name: part["version"] for name, part in found.items()} == pins(VAULT_LOCK)
    assert {name for name, part in found.items() if part["scope"] == "required"} == pins(RUN_LOCK).keys()
    assert all(len(each["content"]) == 64 for part in found.values() for each in part["hashes"])
    assert all(part["hashes"] for part in found.values())
    known = {part["bom-ref"] for part in found.values()} | {made["metadata"]["component"]["bom-ref"]}
    refs = [entry["ref"] for entry in made["dependencies"]]
    assert set(refs) == known
    assert {need for entry in made["dependencies"] for need in entry["dependsOn"]} <= known
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert script("sbom.py").text(__version__) == script("sbom.py").text(__version__)


def test_the_security_rules_are_on() -> None:
    # Ruff's S rules over the product: a shell, eval and pickle are found there.
    code = "import pickle, subprocess\n\nsubprocess.run('ls', shell=True)\npickle.loads(b'')\neval('1')\n"
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"]
    where = ["--stdin-filename", str(ROOT / "src" / "ob_buero_tui" / "probe.py"), "-"]
    done = subprocess.run(
        [*command, *where], input=code, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert all(rule in done.stdout for rule in ("with-shell-equals-true", "pickle-usage", "eval-usage")), (
        done.stdout
    )
    assert done.returncode == 1
