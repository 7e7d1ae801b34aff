"""What packed and locked files are known by, and what gzip and tar archives hold, within limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from ob_buero_tui.rules import limits

GZIP: Final = b"\x1f\x8b\x08"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00")
_PROGRAM: Final = b"MZ"
"""Archives that unpack themselves begin as a program does."""
_SHUT: Final = (
    *(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"MSCF\0"),
    *(b"age-encryption.org/", b"\x78\x9f\x3e\x22"),
)
"""Beginnings of files that stay packed or locked here; the last is a winmail.dat."""
_BZIP: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_SEALED: Final = re.compile(rb"(?m)^-----BEGIN (?:PGP MESSAGE|PKCS7|CMS|AGE ENCRYPTED FILE)-----")
_SMIME: Final = re.compile(
    rb"0.{1,9}?\x06(?:\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x03\x06]|\x0b\x2a\x86\x48\x86\xf7"
    rb"\x0d\x01\x09\x10\x01[\x09\x17])",
    re.DOTALL,
)
"""Enveloped, encrypted or compressed, but not only signed (RFC 5652, 3274, 5083)."""
_OPEN_LOCKED: Final = {
    "META-INF/manifest.xml": b"encryption-data",
    "META-INF/encryption.xml": b"EncryptedData",
}
"""Members of an OpenDocument and an e-book that name what is encrypted in them."""
_TAR: Final = slice(257, 262)
_CHUNK: Final = 16_384


def stays_shut(data: bytes, ending: str) -> bool:
    """Whether a file is of a kind that is not opened here.

    Args:
        ending: Of its name, in lower case with its dot, where it has one.
    """
    if data.startswith(_SHUT) or ending == ".p7m" or _BZIP.match(data) or _SMIME.match(data):
        return True
    return _is_program(data) and not is_zip(data)


def names_sealed(data: bytes) -> bool:
    """Whether a text says that it holds something encrypted."""
    return b"-----BEGIN " in data and _SEALED.search(data) is not None


def is_zip(data: bytes) -> bool:
    """Whether it is a zip archive, also one that unpacks itself."""
    return data.startswith(_ZIP) or (_is_program(data) and zipfile.is_zipfile(io.BytesIO(data)))


def zip_names(data: bytes) -> str:
    """What a locked archive says in the clear."""
    try:
        return "\n".join(zipfile.ZipFile(io.BytesIO(data)).namelist()[: limits.ZIP_MEMBERS])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        return ""


def is_tar(data: bytes) -> bool:
    """Whether it is a tar archive of today's kind (POSIX 1988)."""
    return data[_TAR] == b"ustar"


def tells_lock(name: str, data: bytes) -> bool:
    """Whether a member of a zip archive says that others are encrypted."""
    return name in _OPEN_LOCKED and _OPEN_LOCKED[name] in data


def gzip_content(data: bytes, most: int) -> tuple[bytes, bool]:
    """What the parts of a gzip file hold one after the other (RFC 1952), and whether that is all.

    Args:
        most: Bytes from which on no more is unpacked.
    """
    found, at = bytearray(), 0
    try:
        for _ in range(limits.ZIP_MEMBERS):
            unpack = zlib.decompressobj(wbits=31)
            while not unpack.eof and at < len(data):
                piece = data[at : at + _CHUNK]
                found += unpack.decompress(piece)
                at += len(piece) - len(unpack.unused_data)
                if len(found) > most:
                    return bytes(found), False
            if not unpack.eof or not data.startswith(GZIP, at):
                return bytes(found), unpack.eof and not data[at:].strip(b"\0")
    except zlib.error:
        pass
    return bytes(found), False


def tar_members(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """The members of a tar archive by name; None instead of bytes where something is left out."""
    import tarfile

    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, member in enumerate(archive):
                file = archive.extractfile(member) if member.isreg() else None
                if number >= limits.ZIP_MEMBERS or member.issparse() or member.size > len(data):
                    yield member.name, None
                    return
                yield member.name, file.read() if file else b""
    except Exception:  # TarError, ValueError, EOFError …: the archive says one thing and is another
        yield "", None


def _is_program(data: bytes) -> bool:
    return data.startswith(_PROGRAM) and b"\0" in data[:256]
