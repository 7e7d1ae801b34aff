"""Turns the non-text parts of a mail into attachments with harmless labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ob_buero_tui.exchange.mail_headers import read_headers
from ob_buero_tui.exchange.mail_parts import Part
from ob_buero_tui.exchange.mail_words import header_text
from ob_buero_tui.exchange.records import MailAttachment
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

_NAME_LIMIT = limits.FILE_NAME
# Characters that some file system forbids, and the replacement character that clean() leaves for controls.
_UNFIT = re.compile('[<>:"|?*\ufffd]+')
# Own table: the one of the operating system differs from machine to machine.
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/zip": ".zip",
    "application/ics": ".ics",
    "application/ms-tnef": ".dat",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "audio/mpeg": ".mp3",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/news": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "video/mp4": ".mp4",
}
FORWARDED = frozenset({"message/rfc822", "message/global", "message/news"})
_SMIME = "Die Nachricht ist mit S/MIME verschlüsselt oder verpackt; sie liegt als Anhang bei."
_NOTES = {
    "application/pkcs7-mime": _SMIME,
    "application/x-pkcs7-mime": _SMIME,
    "application/pgp-encrypted": "Die Nachricht ist mit PGP verschlüsselt; sie liegt als Anhang bei.",
    "application/ms-tnef": "Outlook hat Anhänge in „winmail.dat“ verpackt; nur Outlook kann sie öffnen.",
    "message/external-body": "Ein Teil der Nachricht liegt außerhalb; er wurde nicht geladen.",
}


def attachments(parts: Iterable[Part], notes: dict[str, None]) -> tuple[MailAttachment, ...]:
    """Return the attachments of these parts, in order.

    Args:
        parts: Leaves of the MIME tree that are not the text of the message.
        notes: Collects German sentences, used as an ordered set.
    """
    made: list[MailAttachment] = []
    taken: dict[str, int] = {}
    for number, part in enumerate(parts, start=1):
        if part.media_type in _NOTES:
            notes[_NOTES[part.media_type]] = None
        # A reference to outside content says all it has in its own header.
        whole = part.opaque or part.media_type == "message/external-body"
        data = part.entity() if whole else part.content()
        label = _unique(_label(part, number, data, notes), taken)
        media_type = "message/rfc822" if part.opaque else part.media_type
        made.append(MailAttachment(filename=label, media_type=media_type, data=data))
    return tuple(made)


def label(name: str, fallback: str) -> str:
    """Return a name that is only a label: no path, no control characters, at most 120 characters.

    Args:
        name: Name given by the sender.
        fallback: Label when nothing usable is left.
    """
    last = re.split(r"[/\\]", clean(name[-1000:], limit=1000))[-1]
    bare = _UNFIT.sub("_", last).strip(" ._")
    if len(bare) > _NAME_LIMIT:
        stem, dot, ending = bare.rpartition(".")
        bare = f"{stem[: _NAME_LIMIT - len(ending) - 1]}.{ending}" if dot and len(ending) <= 10 else bare
    return bare[:_NAME_LIMIT].strip() or fallback


def _label(part: Part, number: int, data: bytes, notes: dict[str, None]) -> str:
    ending = ".eml" if part.opaque else _ENDINGS.get(part.media_type, "")
    if not ending:
        ending = ".txt" if part.media_type.startswith(("text/", "message/")) else ".bin"
    kind = "Zustellbericht" if part.media_type == "message/delivery-status" else "Anhang"
    fallback = f"{kind} {number}{ending}"
    if part.filename:
        chosen = label(part.filename, fallback)
        chosen += "" if "." in chosen else _ENDINGS.get(part.media_type, "")
        if chosen != clean(part.filename, limit=1000).strip():
            notes[f"Der Dateiname eines Anhangs wurde bereinigt: „{chosen}“."] = None
    elif part.media_type in FORWARDED:
        subject = header_text(read_headers(data, 0, len(data)).first("subject"), limit=200)
        chosen = label(subject.replace("/", "-").replace("\\", "-"), fallback)
    else:
        return fallback
    forwarded = part.media_type in FORWARDED and not chosen.lower().endswith(".eml")
    return f"{chosen}.eml" if forwarded else chosen


def _unique(name: str, taken: dict[str, int]) -> str:
    """Return the name, numbered if an earlier attachment has it already (case does not count)."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    chosen = name
    while chosen.casefold() in taken:
        taken[name.casefold()] += 1
        chosen = f"{stem} ({taken[name.casefold()]}){dot}{ending}"
    taken[chosen.casefold()] = 1
    return chosen
