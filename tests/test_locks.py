"""The locks: hashed, without a host, and within the bounds that pyproject.toml sets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parents[1]
RUN_LOCK: Final = "requirements.lock"
VAULT_LOCK: Final = "requirements-tresor.lock"
TEST_LOCK: Final = "requirements-dev.lock"
OFFICE: Final = ("mail", "pdf", "word", "build")
VAULT: Final = ("tresor", "schluesselbund")
PIN: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<rest>.*)$")


def pins(lock: str) -> dict[str, str]:
    """The version of each package in a lock."""
    found = (PIN.match(line) for line in (ROOT / lock).read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found if pin}


def required(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, with extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for extra in extras for line in optional[extra])]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "extras"),
    [(RUN_LOCK, OFFICE), (VAULT_LOCK, [*OFFICE, *VAULT]), (TEST_LOCK, [*OFFICE, *VAULT, "dev"])],
)
def test_every_dependency_is_locked_within_its_bounds(lock: str, extras: list[str]) -> None:
    locked = pins(lock)
    wrong = [
        f"{asked} but {lock} has {locked.get(canonicalize_name(asked.name))}"
        for asked in required(*extras)
        if not asked.specifier.contains(locked.get(canonicalize_name(asked.name), "0"), prereleases=True)
    ]
    assert not wrong, "run .ci/lock: " + "; ".join(wrong)


def test_tests_run_on_what_a_user_installs() -> None:
    assert pins(RUN_LOCK).items() <= pins(VAULT_LOCK).items() <= pins(TEST_LOCK).items()


def test_an_office_without_encryption_installs_none_of_it() -> None:
    assert not {"sqlcipher3", "pyrage", "keyring"} & pins(RUN_LOCK).keys()


@pytest.mark.parametrize("lock", [RUN_LOCK, VAULT_LOCK, TEST_LOCK])
def test_a_lock_holds_only_hashed_pins(lock: str) -> None:
    # No address and no option: where packages come from is the installing machine's business.
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    lines = [line for line in entries if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    assert all(PIN.match(line) and "--hash=sha256:" in line for line in lines)
    assert "://" not in text
