"""Files in the age format (extra `tresor`): encrypted to a public key, opened by its identity."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal

BEGIN: Final = b"age-encryption.org/v1\n"
"""How every file of the format begins (age-encryption.org/v1, the format's specification)."""


def encrypt_file(source: Path, target: Path, recipient: str) -> None:
    """Encrypt a file to a public key; no password is needed.

    Args:
        recipient: `age1…`, the public key.

    Raises:
        Refusal: that is no public key, or the extra is missing.
        OSError: a file could not be read or written.
    """
    pyrage = _library()
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Refusal(
            "Die zweite Sicherung wurde nicht verschlüsselt und nicht angelegt.",
            "Der Schlüssel unter „backup_recipient“ ist kein öffentlicher Schlüssel von age.",
            "„ob-buero tresor schluessel DATEI“ macht ein Paar und nennt den öffentlichen.",
        ) from error
    source.open("rb").close()  # the library's own complaint about a missing file has no number
    try:
        pyrage.encrypt_file(str(source), str(target), [key])
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from error


def decrypt_file(source: Path, target: Path, identity: str) -> None:
    """Decrypt a file by the identity that it was encrypted to.

    Raises:
        Refusal: another identity is needed, or the file is damaged.
        OSError: a file could not be read or written.
    """
    pyrage = _library()
    key = pyrage.x25519.Identity.from_str(identity)
    source.open("rb").close()  # the library's own complaint about a missing file has no number
    try:
        pyrage.decrypt_file(str(source), str(target), [key])
    except (pyrage.DecryptError, OSError) as error:
        if getattr(error, "errno", None):
            raise
        raise Refusal(
            f"„{source.name}“ lässt sich nicht öffnen.",
            "Sie ist beschädigt oder mit einem anderen Schlüssel verschlüsselt.",
            "Nehmen Sie die Schlüsseldatei, die zu dieser Sicherung gehört.",
        ) from error


def make_identity(passphrase: str) -> tuple[bytes, str]:
    """A new identity as a file that only the passphrase opens, and its public key."""
    pyrage = _library()
    identity = pyrage.x25519.Identity.generate()
    return pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase), str(identity.to_public())


def read_identity(file: Path, passphrase: str) -> str:
    """The identity in a file.

    Raises:
        Refusal: it is no such file, or the passphrase does not fit.
        OSError: it could not be read.
    """
    pyrage = _library()
    with file.open("rb") as opened:
        data = opened.read(limits.IDENTITY_BYTES)
    try:
        told = pyrage.passphrase.decrypt(data, passphrase).decode("ascii").strip()
        return str(pyrage.x25519.Identity.from_str(told))
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise Refusal(
            f"Die Schlüsseldatei „{file.name}“ lässt sich nicht öffnen.",
            "Das Kennwort passt nicht, oder es ist keine Schlüsseldatei.",
            "Bitte noch einmal versuchen; Groß- und Kleinschreibung zählt.",
        ) from error


def _library() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise Refusal(
            "Hier lassen sich Sicherungen weder verschlüsseln noch öffnen.",
            "Auf diesem Rechner fehlt dafür der Zusatz „tresor“.",
            "Bitten Sie die IT, OB-Büro mit diesem Zusatz zu installieren (requirements-tresor.lock).",
        ) from error
    return pyrage
