"""Reads an Outlook .msg file: it is written anew as an e-mail, and that is read like any other."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.exchange.msg_props import EMBEDDED, MESSAGE, PART, Props
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal

_WHAT = "Die Datei ist keine Outlook-Nachricht."
_ANEW = "Bitte die E-Mail in Outlook noch einmal speichern, am besten als .eml."
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_DEPTH = limits.MSG_DEPTH
_BODY_FIELD = re.compile(r"(?i)content-|mime-version")
_BOUNDARY = "=_ob-buero"

_SUBJECT, _CLASS, _BODY, _HTML, _RTF = 0x0037, 0x001A, 0x1000, 0x1013, 0x1009
_HEADERS, _ID, _REPLY, _REFERENCES = 0x007D, 0x1035, 0x1042, 0x1039
_SENT, _ARRIVED = 0x0039, 0x0E06
_NAMES, _ADDRESSES = (0x0042, 0x0C1A), (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_RECIPIENT, _RECIPIENT_ADDRESS = 0x3001, (0x39FE, 0x3003)
_FILE_NAMES, _FILE_TYPE, _FILE = (0x3707, 0x3704, 0x3001), 0x370E, 0x3701
_KINDS = {"ipm.contact": "ein Kontakt", "ipm.appointment": "ein Termin", "ipm.task": "eine Aufgabe"}


def read_msg(data: bytes) -> MailRecord:
    """Read a message saved by Outlook, with its thread, its recipients and all that is attached.

    Raises:
        Refusal: it is none, it is damaged, or python-oxmsg is not installed.
    """
    if not data.startswith(_MAGIC):
        why = "Sie ist leer." if not data.strip(b"\0") else "Ihr Anfang ist nicht der einer .msg-Datei."
        raise Refusal(_WHAT, why, _ANEW)
    notes: dict[str, None] = {}
    record = read_mail(as_mail(data, notes))
    return replace(record, notes=(*notes, *record.notes))


def as_mail(data: bytes, notes: dict[str, None]) -> bytes:
    """The message as the bytes of an e-mail.

    Args:
        notes: Collects German sentences, used as an ordered set.

    Raises:
        Refusal: as `read_msg`.
    """
    try:
        return b"".join(_mail(Props(_storage(data), MESSAGE), notes, 0))
    except Refusal:
        raise
    except Exception as error:  # any byte may be wrong, and the library checks few of them
        raise Refusal(_WHAT, "Sie ist beschädigt.", _ANEW) from error


def _storage(data: bytes) -> Any:
    import io

    try:
        from olefile import OleFileIO  # type: ignore[import-untyped]
        from oxmsg.storage import Storage
    except ImportError as error:
        raise Refusal(
            "Outlook-Dateien (.msg) lassen sich hier nicht lesen.",
            "Dazu fehlt das Zusatzpaket „mail“ (python-oxmsg).",
            "Bitten Sie die IT, es zu installieren, oder speichern Sie die E-Mail als .eml.",
        ) from error
    with OleFileIO(io.BytesIO(data)) as ole:
        return Storage.from_ole(ole)


def _mail(props: Props, notes: dict[str, None], depth: int) -> Iterator[bytes]:
    """The message as the bytes of an e-mail."""
    if not props.has_properties:
        raise Refusal(_WHAT, "Sie ist eine andere Office-Datei.", _ANEW)
    for begin, what in _KINDS.items():
        if props.text(_CLASS).lower().startswith(begin):
            notes[f"Die Datei ist in Outlook {what}; ihr Text kam als Nachricht herein."] = None
    yield from _headers(props)
    yield b"MIME-Version: 1.0\r\n"
    yield f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}{depth}"\r\n\r\n'.encode()
    for part in (*_texts(props, notes, depth), *_files(props, notes, depth)):
        yield f"--{_BOUNDARY}{depth}\r\n".encode() + part + b"\r\n"
    yield f"--{_BOUNDARY}{depth}--\r\n".encode()


def _headers(props: Props) -> Iterator[bytes]:
    """The header it came with, and what that does not say from Outlook's own properties."""
    given = _transported(props.text(_HEADERS))
    for name, line in given:
        if not _BODY_FIELD.match(name):
            yield line.encode("utf-8", "replace") + b"\r\n"
    there = {name.lower() for name, _ in given}
    sent = props.moment(_SENT, _ARRIVED)
    own = {
        "Subject": _word(re.sub(r"^\x01.", "", props.text(_SUBJECT))),
        "From": _box(props.text(*_NAMES), _address(props, _ADDRESSES)),
        "To": ", ".join(filter(None, map(_recipient, props.children("__recip_version1.0_#")))),
        "Date": f"{sent:%d %b %Y %H:%M:%S} +0000" if sent else "",
        "Message-ID": _one_line(props.text(_ID)),
        "In-Reply-To": _one_line(props.text(_REPLY)),
        "References": _one_line(props.text(_REFERENCES)),
    }
    for name, value in own.items():
        if value and name.lower() not in there:
            yield f"{name}: {value}\r\n".encode()


def _transported(text: str) -> list[tuple[str, str]]:
    """The fields of a header block with their folded lines."""
    found: list[tuple[str, str]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        name, colon, _ = line.partition(":")
        if line[:1] in (" ", "\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\r\n{line}")
        elif colon and name and name.isascii() and not name.count(" "):
            found.append((name, line))
    return found


def _texts(props: Props, notes: dict[str, None], depth: int) -> Iterator[bytes]:
    """Plain text and HTML as two versions of one text."""
    plain, html = props.text(_BODY), props.data(_HTML)
    wide = "" if html else props.text(_HTML)
    if wide:
        html = wide.encode()
    if not plain.strip() and not html:
        if props.data(_RTF):
            notes["Der Text liegt nur als RTF vor; lesen Sie ihn in Outlook."] = None
        return
    charset = "utf-8" if wide else props.charset(0x3FDE)
    boundary = f"{_BOUNDARY}-text{depth}"
    versions = [_part("text/plain; charset=utf-8", plain.encode("utf-8", "replace"))] if plain.strip() else []
    if html:
        versions.append(_part(f"text/html; charset={charset}" if charset else "text/html", html))
    inner = b"".join(f"--{boundary}\r\n".encode() + one + b"\r\n" for one in versions)
    head = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode()
    yield head + inner + f"--{boundary}--\r\n".encode()


def _files(props: Props, notes: dict[str, None], depth: int) -> Iterator[bytes]:
    """All attachments; a mail within the mail becomes one of its own."""
    for number, storage in enumerate(props.children("__attach_version1.0_#"), start=1):
        file = Props(storage, PART)
        name = _one_line(clean(file.text(*_FILE_NAMES), limit=200))
        inner = next(iter(file.children("__substg1.0_3701000D")), None)
        data = file.data(_FILE)
        if inner is not None and depth < _MAX_DEPTH and Props(inner, EMBEDDED).text(_CLASS):
            mail = b"".join(_mail(Props(inner, EMBEDDED), notes, depth + 1))
            label = _filename(f"{name or f'Nachricht {number}'}.eml".replace(".msg.eml", ".eml"))
            yield f"Content-Type: message/rfc822{label}".encode() + b"\r\n\r\n" + mail
        elif data is not None:
            kind = file.text(_FILE_TYPE)
            safe = kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", kind) else "application/octet-stream"
            yield _part(f"{safe}{_filename(name)}", data)
        else:
            notes[f"Der Anhang „{name or number}“ steckt nicht in der Datei."] = None


def _filename(name: str) -> str:
    """A name as the end of a header value, and the word that makes it an attachment."""
    from urllib.parse import quote

    coded = f"; filename*=utf-8''{quote(name, safe='')}" if name else ""
    return f"\r\nContent-Disposition: attachment{coded}"


def _part(kind: str, data: bytes) -> bytes:
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(data)


def _recipient(storage: Any) -> str:
    props = Props(storage, PART)
    return _box(props.text(_RECIPIENT), _address(props, _RECIPIENT_ADDRESS))


def _address(props: Props, tags: tuple[int, ...]) -> str:
    """The first property that is an internet address; Exchange's own addresses say nothing outside."""
    return next((text for tag in tags if "@" in (text := _one_line(props.text(tag)))), "")


def _box(name: str, address: str) -> str:
    bare = _one_line(name).strip("'\" ")
    if not address:
        return _word(bare)
    return f"{_word(bare)} <{address}>" if bare and bare != address else f"<{address}>"


def _word(text: str) -> str:
    """Text for a header, in encoded words that hold no half characters (RFC 2047)."""
    bare = _one_line(text)
    pieces = [bare[at : at + 15] for at in range(0, len(bare), 15)]
    return " ".join(
        f"=?utf-8?B?{base64.b64encode(one.encode('utf-8', 'replace')).decode()}?=" for one in pieces
    )


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())
