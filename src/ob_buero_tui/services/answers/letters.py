"""What a letter says, as plain data for the templates of Word and PDF."""

from __future__ import annotations

import re
from typing import Any

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import MONTHS, letter_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request

LETTER_PDF, LETTER_DOCX = "brief.typ", "brief.docx"
"""The names of the templates, see `Catalog.templates`."""
_MOST_ROWS = 9
"""Lines of an address: three of the notes and six (DIN 5008, Form B)."""
_NOTES = {Confidentiality.VERTRAULICH: "Vertraulich", Confidentiality.PERSOENLICH: "Persönlich"}
_DATE = re.compile(rf"(\b\d{{1,2}}\.) (?=(?:{'|'.join(MONTHS)})\b)")
_GREETING = re.compile(
    r"(?i)^(?:mit .*grüßen|mit .*gruß|in stiller anteilnahme|hochachtungsvoll|herzlich).{0,40}$"
)


def letter_data(
    work: Work, document: Document, request: Request, signature: tuple[str, ...]
) -> dict[str, Any]:
    """The data of a letter; missing street or town is refused, an envelope needs them.

    Raises:
        Refusal: the address of the recipient is not known.
    """
    paragraphs, closing = parted(document.text)
    note = _NOTES.get(Confidentiality(document.confidentiality), "")
    return {
        "title": f"{document.title} ({request.number})",
        "made": {"year": work.today.year, "month": work.today.month, "day": work.today.day},
        **_head(work),
        "notes": [note] if note else [],
        "note_lines": note,
        "address": _address(document),
        "info": _info(work, request),
        "reference": request.number,
        "date": letter_date(work.today),
        "subject": document.title,
        "paragraphs": paragraphs,
        "closing": closing,
        "signature": list(signature),
        "enclosures": [],
    }


def _head(work: Work) -> dict[str, Any]:
    """What stands above and below every letter of the office."""
    head = work.catalog.letterhead
    city = head.city if head.city not in ("", "Stadt") else work.catalog.word("stadt")
    where = " ".join(part for part in (head.postal_code, head.locality) if part)
    own = " · ".join(part for part in (city, head.street_address, where) if part)
    return {
        "city": city,
        "office": head.office,
        "sender_line": head.sender_line or own,
        "footer": list(head.footer),
    }


def _address(document: Document) -> list[str]:
    address = [line for line in map(str.strip, document.recipient_address.splitlines()) if line]
    if not address:
        raise Refusal(
            "Der Brief wurde nicht geschrieben.",
            "Die Anschrift ist nicht bekannt.",
            "Tragen Sie sie im Feld Anschrift ein, oder nehmen Sie die E-Mail.",
        )
    if len(address) > _MOST_ROWS:
        raise Refusal(
            "Der Brief wurde nicht geschrieben.",
            f"Die Anschrift hat {len(address)} Zeilen; ins Fenster des Umschlags passen {_MOST_ROWS}.",
            "Kürzen Sie sie im Feld Anschrift.",
        )
    return address


def parted(text: str) -> tuple[list[str], str]:
    """The paragraphs of a text, and its greeting where it ends with one."""
    parts = [
        part.strip("\n") for part in re.split(r"\n[ \t]*\n+", clean(text, multiline=True, limit=100_000))
    ]
    parts = [part for part in parts if part.strip()]
    if parts and _GREETING.match(parts[-1].strip()):
        return parts[:-1], parts[-1].strip()
    return parts, ""


def _info(work: Work, request: Request) -> list[list[str]]:
    """The lines of the information block; those without a value are left out."""
    head = work.catalog.letterhead
    received = letter_date(work.place.local(request.received_at).date())
    lines = (
        ("Ihre Nachricht vom", received),
        ("Unser Zeichen", request.file_reference or request.number),
        ("Name", head.name_of(work.desk.initials)),
        ("Telefon", head.tel),
        ("E-Mail", head.email),
        ("Internet", head.web),
        ("Datum", letter_date(work.today)),
    )
    return [[name, clean(value)] for name, value in lines if value]
