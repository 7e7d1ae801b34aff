"""What a letter on paper says of itself: its subject and its date, taken from the text of a scan."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.written_dates import written_dates

SUBJECT_LIMIT = 150
_LABELLED = re.compile(r"(?im)^[ \t]*(?:betreff|betr\.?|betrifft)[ \t]*:[ \t]*(\S.*)$")
_SALUTATION = re.compile(
    r"(?i)\s*(?:sehr (?:geehrt|verehrt)|liebe[rs]?\b|guten (?:tag|morgen)|hallo\b"
    r"|hochverehrt|dear\b|grüß gott)"
)
_SIGN = re.compile(
    r"(?i)(?:ihr|unser|mein)e? ?zeichen|telefon|tel\.|fax|e-?mail|www\.|@|iban|\bplz\b|^seite\b"
)
_HEAD_LINES, _READ = 60, 20_000
_DATE_LINE = 70
_OLDEST = timedelta(days=366)


def subject_of(text: str, bold: str = "") -> str:
    """The subject of a letter, "" where none can be told.

    It is what stands behind „Betreff:“, else a bold line, else the line above the salutation (DIN 5008).

    Args:
        bold: The first bold line, where the file knows of one.
    """
    found = _LABELLED.search(text[:_READ])
    if found:
        return _fit(found[1])
    if bold and not _SALUTATION.match(bold):
        return _fit(bold)
    lines = text[:_READ].splitlines()[:_HEAD_LINES]
    at = next((place for place, line in enumerate(lines) if _SALUTATION.match(line)), 0)
    above = [line.strip() for line in lines[:at] if line.strip()]
    if not above or len(above[-1]) > SUBJECT_LIMIT or _SIGN.search(above[-1]):
        return ""
    only_date = written_dates(above[-1]) and len(above[-1]) < 40
    return "" if only_date or sum(map(str.isalpha, above[-1])) < 5 else _fit(above[-1])


def letter_date(text: str, today: date) -> date | None:
    """The date of a letter, None in any doubt: above the salutation, one alone, of the last year."""
    lines = text[:_READ].splitlines()[:_HEAD_LINES]
    at = next((place for place, line in enumerate(lines) if _SALUTATION.match(line)), None)
    if at is None:
        return None
    subject = subject_of(text)
    head = (line for line in lines[:at] if len(line.strip()) <= _DATE_LINE and _fit(line) != subject)
    days = {one.day for line in head for one in written_dates(line)}
    likely = {day for day in days if today - _OLDEST <= day <= today}
    return likely.pop() if len(days) == 1 and likely else None


def _fit(line: str) -> str:
    return clean(" ".join(line.split()), limit=SUBJECT_LIMIT).strip()
