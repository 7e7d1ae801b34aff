"""Looks at an Office file, which is a zip archive, before a library unpacks it."""

from __future__ import annotations

import io
import zipfile

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal

MAX_UNPACKED = limits.UNPACKED_BYTES
MAX_RATIO, RATIO_FROM = limits.ZIP_RATIO, limits.ZIP_RATIO_FROM
MAX_MEMBERS = limits.ZIP_MEMBERS
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ANEW = "Bitte die Datei in ihrem Programm öffnen und noch einmal speichern."


def open_office_zip(data: bytes, what: str) -> zipfile.ZipFile:
    """Open the archive of a .xlsx, .ods or .docx whose size is harmless.

    Args:
        what: How the refusal begins, as in „Die Datei ist keine Excel-Liste.“

    Raises:
        Refusal: it is empty, encrypted, damaged, no archive, or unpacks to too much.

    Source: reliability anchors, section 4 (ASVS 5.2.3: size, ratio and number of members).
    """
    if not data.strip(b"\0"):
        raise Refusal(what, "Sie ist leer." if not data else "Sie enthält nur Nullbytes.", _ANEW)
    if data.startswith(_OLE):
        why = "Sie ist verschlüsselt oder in einem alten Office-Format gespeichert."
        raise Refusal(what, why, "Bitte ohne Kennwort im heutigen Format speichern.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise Refusal(what, "Sie ist beschädigt oder hat die falsche Endung.", _ANEW) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    bomb = unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS or bomb:
        why = f"Ausgepackt wäre sie ungewöhnlich groß ({unpacked // 1_000_000} MB)."
        raise Refusal(what, why, "Bitte den Absender fragen und die Datei nicht öffnen.")
    if any(member.flag_bits & 1 for member in members):
        raise Refusal(what, "Sie ist verschlüsselt.", "Bitte ohne Kennwort speichern.")
    return archive


def member(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    """The unpacked bytes of a part.

    Raises:
        Refusal: the part is missing or damaged.
    """
    try:
        return archive.read(name)
    except Exception as error:  # zlib.error, KeyError, EOFError …: the archive says one thing and is another
        raise Refusal(what, "Ihr Inhalt ist beschädigt.", _ANEW) from error
