"""The system's keyring (extra `schluesselbund`): a desk may let it keep the password of its database."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

SERVICE: Final = "ob-buero"


def available() -> bool:
    """Whether this account has a keyring that may keep a password."""
    return _ring() is not None


def remembered(path: Path) -> str | None:
    """The password that the keyring has for a database; None where no keyring answers."""
    ring = _ring()
    if ring is None:
        return None
    try:
        found = ring.get_password(SERVICE, str(path.resolve()))
    except Exception:  # each system's keyring fails in its own way, and then somebody is asked
        return None
    return found or None


def remember(path: Path, password: str) -> bool:
    """Let the keyring keep a database's password; False where it does not."""
    ring = _ring()
    if ring is None:
        return False
    try:
        ring.set_password(SERVICE, str(path.resolve()), password)
        return bool(ring.get_password(SERVICE, str(path.resolve())) == password)
    except Exception:  # as above
        return False


def forget(path: Path) -> bool:
    """Take a database's password out of the keyring; False where there was none."""
    ring = _ring()
    if ring is None:
        return False
    try:
        ring.delete_password(SERVICE, str(path.resolve()))
    except Exception:  # as above; also when it has no such entry
        return False
    return True


def _ring() -> Any:
    """The library, where it is installed and this account has a keyring that is locked by the system."""
    try:
        import keyring
        import keyring.backends.fail

        # A keyring in a plain file would keep the password beside what it protects.
        ring = keyring.get_keyring()
        usable = ring.priority >= 1 and not isinstance(ring, keyring.backends.fail.Keyring)
    except Exception:  # not installed, or no session that it could speak to
        return None
    return keyring if usable else None
