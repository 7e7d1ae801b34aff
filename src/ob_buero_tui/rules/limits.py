"""Every limit on what comes from outside or is typed, in one table: how much, how deep, how many, how long.

The modules that keep a limit take its number from here; docs/limits.md shows the table. M marks what was
measured for this product (reliability notes of 2026-11-21), S what another standard or program asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BYTES, CHARACTERS, COUNT, LEVELS, SECONDS = "bytes", "characters", "pieces", "levels", "seconds"

REFUSED = "the file is refused with this reason"
CUT = "the rest is cut, and a note says so"
SILENT = "the rest is cut"
SO_FAR = "read so far; the document is kept"
PART = "the part is left out and named"
UNSEARCHED = "named as not searched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit.

    Args:
        name: As it is called in this module.
        value: The most that is taken, in `unit`.
        happens: What becomes of more.
        source: Why this much.
    """

    name: str
    value: float
    unit: str
    happens: str
    source: str


LIMITS: Final[dict[str, Limit]] = {}
"""All limits by name, in the order of this file."""


def _limit(name: str, value: int, unit: str, happens: str, source: str) -> int:
    LIMITS[name] = Limit(name=name, value=value, unit=unit, happens=happens, source=source)
    return value


_OURS = "far beyond what an office has"
_MEMORY = "it is held in memory several times over"
_LINE = "one line of a form or list"

# Files of any format
FILE_BYTES: Final = _limit("FILE_BYTES", 100_000_000, BYTES, REFUSED, _MEMORY)
DOCUMENT_BYTES: Final = _limit("DOCUMENT_BYTES", 100_000_000, BYTES, REFUSED, _MEMORY)
READING_SECONDS: Final = _limit("READING_SECONDS", 20, SECONDS, "kept without its text", "a process apart")
SHEET_SECONDS: Final = _limit("SHEET_SECONDS", 60, SECONDS, REFUSED, "M: a million cells take ten seconds")
WALL_SECONDS: Final = _limit("WALL_SECONDS", 120, SECONDS, REFUSED, "the clock of a busy machine")
READING_BYTES: Final = _limit("READING_BYTES", 1_500_000_000, BYTES, REFUSED, "memory of a process apart")
UNPACKED_BYTES: Final = _limit("UNPACKED_BYTES", 100_000_000, BYTES, REFUSED, "S: ASVS 5.2.3; M: 386 to 1")
ZIP_RATIO: Final = _limit("ZIP_RATIO", 100, "times", REFUSED, "S: ASVS 5.2.3, from ZIP_RATIO_FROM on")
ZIP_RATIO_FROM: Final = _limit(
    "ZIP_RATIO_FROM", 10_000_000, BYTES, "the ratio counts", "a small one is harmless"
)
ZIP_MEMBERS: Final = _limit("ZIP_MEMBERS", 1_000, COUNT, REFUSED, "S: ASVS 5.2.3")
LEGIBLE_BYTES: Final = _limit("LEGIBLE_BYTES", 50_000_000, BYTES, UNSEARCHED, "a person is searched in it")
LEGIBLE_AT_ONCE: Final = _limit(
    "LEGIBLE_AT_ONCE", 24, COUNT, "the next ones are read after them", "PDF files that one process reads"
)
LEGIBLE_DEPTH: Final = _limit("LEGIBLE_DEPTH", 8, LEVELS, UNSEARCHED, "a letter in a letter in an archive")
LEGIBLE_MEMBERS: Final = _limit("LEGIBLE_MEMBERS", 10_000, COUNT, UNSEARCHED, "M: 2 s; a mailbox has fewer")
LEGIBLE_SECONDS: Final = _limit("LEGIBLE_SECONDS", 60, SECONDS, UNSEARCHED, "M: 34 MB of letters take 7 s")
LEGIBLE_PICTURE: Final = _limit(
    "LEGIBLE_PICTURE", 500_000, BYTES, "the middle is not searched", "what it says of itself: EXIF, XMP"
)
FILE_NAME: Final = _limit("FILE_NAME", 120, CHARACTERS, "shortened before its ending", "file systems")

# Calendars
ICS_BYTES: Final = _limit("ICS_BYTES", 50_000_000, BYTES, REFUSED, _MEMORY)
ICS_EVENTS: Final = _limit("ICS_EVENTS", 50_000, COUNT, REFUSED, "M: 20,000 take 2.2 s")
ICS_DESCRIPTION: Final = _limit("ICS_DESCRIPTION", 20_000, CHARACTERS, CUT, "a speech of an hour has fewer")
ICS_DETAIL: Final = _limit("ICS_DETAIL", 300, CHARACTERS, SILENT, _LINE)
ICS_ZONES: Final = _limit(
    "ICS_ZONES", 20, COUNT, "the zone is looked up by its name", "M: evaluating is slow"
)
WATCHED_BYTES: Final = _limit(
    "WATCHED_BYTES", 50_000_000, BYTES, "named, not read", "calendars of the folder"
)
RULE_TEXT: Final = _limit("RULE_TEXT", 2_000, CHARACTERS, "only the first date, named", _OURS)
RULE_INTERVAL: Final = _limit(
    "RULE_INTERVAL", 1_000, COUNT, "only the first date, named", "M: dateutil hangs"
)
RULE_COUNT: Final = _limit("RULE_COUNT", 10_000, COUNT, "only the first date, named", "M: dateutil hangs")
RULE_STEPS: Final = _limit("RULE_STEPS", 200_000, COUNT, "only the first date, named", "M: a second of work")
RULE_STARTS: Final = _limit("RULE_STARTS", 50_000, COUNT, "only the first date, named", _OURS)
RULE_TIMES_A_DAY: Final = _limit("RULE_TIMES_A_DAY", 96, COUNT, "only the first date, named", "each quarter")
RULE_SETPOS: Final = _limit("RULE_SETPOS", 50, COUNT, "only the first date, named", _OURS)
RULE_DATES: Final = _limit("RULE_DATES", 5_000, COUNT, "named, dates of that period left out", _OURS)
RULE_FOLLOWED: Final = _limit(
    "RULE_FOLLOWED", 520, COUNT, "the later dates stay as they were, named", "ten years of weeks"
)
RULE_FOLLOWED_DAYS: Final = _limit("RULE_FOLLOWED_DAYS", 3_653, "days", "as before", "ten years")

# Mail
MAIL_HEADERS: Final = _limit("MAIL_HEADERS", 65_536, BYTES, SILENT, "M: 20,000 addresses take 3 s")
MAIL_FIELD: Final = _limit("MAIL_FIELD", 16_384, BYTES, SILENT, "M: as before")
MAIL_SCANNED: Final = _limit(
    "MAIL_SCANNED", 1_048_576, BYTES, "only the end of the head is sought", "M: quadratic"
)
MAIL_PARTS: Final = _limit("MAIL_PARTS", 2_000, COUNT, CUT, "M: 3,043 parts took over 3 s")
MAIL_DEPTH: Final = _limit("MAIL_DEPTH", 50, LEVELS, "kept as an attachment", "M: 5,000 end Python's reader")
MAIL_BODY: Final = _limit("MAIL_BODY", 200_000, CHARACTERS, CUT, "100 pages")
MAIL_SUBJECT: Final = _limit("MAIL_SUBJECT", 500, CHARACTERS, CUT, _LINE)
MAIL_ADDRESSES: Final = _limit("MAIL_ADDRESSES", 500, COUNT, CUT, "M: 20,000 take 3 s")
MAIL_REFERENCES: Final = _limit("MAIL_REFERENCES", 100, COUNT, "the first and the last are kept", _OURS)
MAIL_ID: Final = _limit("MAIL_ID", 500, CHARACTERS, "its fingerprint stands for it", "S: RFC 5322 lines")
MAIL_JUNK: Final = _limit("MAIL_JUNK", 10, "lines", REFUSED, "what programs put before a mail")
HTML_RAW: Final = _limit("HTML_RAW", 1_000_000, CHARACTERS, CUT, "M: newsletters")
HTML_TEXT: Final = _limit("HTML_TEXT", 300_000, CHARACTERS, CUT, "M: time of the reader")
HTML_CELLS: Final = _limit("HTML_CELLS", 4_000, COUNT, "read without columns", "M: columns are padded")
HTML_LINKS: Final = _limit("HTML_LINKS", 300, COUNT, SILENT, "newsletters")
HTML_ADDRESS: Final = _limit("HTML_ADDRESS", 2_000, CHARACTERS, SILENT, "what programs take")
MBOX_BYTES: Final = _limit("MBOX_BYTES", 2_000_000_000, BYTES, REFUSED, "mapped, not read")
MBOX_MAILS: Final = _limit("MBOX_MAILS", 5_000, COUNT, REFUSED, "one step holds them all")
MBOX_MAIL_BYTES: Final = _limit("MBOX_MAIL_BYTES", 50_000_000, BYTES, PART, _MEMORY)
MSG_DEPTH: Final = _limit("MSG_DEPTH", 5, LEVELS, "kept without its own attachments", _OURS)

# Lists, documents and scans
SHEET_BYTES: Final = _limit("SHEET_BYTES", 50_000_000, BYTES, REFUSED, _MEMORY)
SHEET_ROWS: Final = _limit("SHEET_ROWS", 20_000, COUNT, REFUSED, "M: a cell far out asks for gigabytes")
SHEET_COLUMNS: Final = _limit("SHEET_COLUMNS", 200, COUNT, REFUSED, "M: as before")
SHEET_SHEETS: Final = _limit("SHEET_SHEETS", 50, COUNT, REFUSED, _OURS)
SHEET_TEXT: Final = _limit("SHEET_TEXT", 50_000_000, CHARACTERS, REFUSED, _MEMORY)
SHEET_CELL: Final = _limit("SHEET_CELL", 30_000, CHARACTERS, SILENT, "S: a spreadsheet takes 32,767")
SHEET_SUBJECT: Final = _limit("SHEET_SUBJECT", 300, CHARACTERS, SILENT, _LINE)
SHEET_LINE: Final = _limit("SHEET_LINE", 200, CHARACTERS, SILENT, _LINE)
SHEET_NOTE: Final = _limit("SHEET_NOTE", 20_000, CHARACTERS, SILENT, "a note")
SCAN_TEXT: Final = _limit("SCAN_TEXT", 100_000, CHARACTERS, CUT, "50 pages")
SCAN_PAGES: Final = _limit("SCAN_PAGES", 30, COUNT, SO_FAR, "a letter has fewer")
SCAN_SECONDS: Final = _limit("SCAN_SECONDS", 10, SECONDS, SO_FAR, "M: some pages never end")
SCAN_CELLS: Final = _limit("SCAN_CELLS", 20_000, COUNT, SO_FAR, "tables of Word files")
SCAN_KEPT: Final = _limit("SCAN_KEPT", 200_000, CHARACTERS, SILENT, "also of a pasted letter, which says so")
SCAN_PREVIEW: Final = _limit("SCAN_PREVIEW", 20_000, CHARACTERS, SILENT, "what is looked at before")
DOCX_BYTES: Final = _limit("DOCX_BYTES", 20_000_000, BYTES, REFUSED, "an answer that was written in Word")
DOCX_TEXT: Final = _limit("DOCX_TEXT", 20_000, CHARACTERS, REFUSED, "a speech of an hour has fewer")
PRINTED_TEXT: Final = _limit("PRINTED_TEXT", 1_000_000, CHARACTERS, SILENT, "one field of a printed page")
SENDER_NAME: Final = _limit("SENDER_NAME", 200, CHARACTERS, SILENT, _LINE)
SENDER_TEL: Final = _limit("SENDER_TEL", 60, CHARACTERS, SILENT, _LINE)
REASON_READ: Final = _limit("REASON_READ", 4_000, CHARACTERS, SILENT, "what stands beside a refused file")

# Cards
CARDS: Final = _limit("CARDS", 50_000, COUNT, CUT, "an office has hundreds")
CARD_LINES: Final = _limit("CARD_LINES", 2_000, COUNT, PART, "more are no address")
CARD_CHARACTERS: Final = _limit("CARD_CHARACTERS", 200_000, CHARACTERS, PART, "without its pictures")
CARD_EXTRA: Final = _limit("CARD_EXTRA", 60, COUNT, PART, "what has no field of its own")
CARD_TEXT: Final = _limit("CARD_TEXT", 500, CHARACTERS, SILENT, _LINE)
CARD_NOTE: Final = _limit("CARD_NOTE", 20_000, CHARACTERS, SILENT, "a note")

# Council information systems
OPARL_OBJECTS: Final = _limit("OPARL_OBJECTS", 500_000, COUNT, REFUSED, "twenty years of a large city")
OPARL_REFERENCES: Final = _limit("OPARL_REFERENCES", 20_000, COUNT, "kept as they came", _OURS)
OPARL_DEPTH: Final = _limit("OPARL_DEPTH", 12, LEVELS, "kept as it came", "S: OParl nests four")
OPARL_KEPT_DEPTH: Final = _limit("OPARL_KEPT_DEPTH", 8, LEVELS, SILENT, "what no field takes")
OPARL_ID: Final = _limit("OPARL_ID", 1_000, CHARACTERS, PART, "an address")
OPARL_ADDRESS: Final = _limit("OPARL_ADDRESS", 2_000, CHARACTERS, "not fetched, named", "what servers take")
OPARL_PROBLEMS: Final = _limit(
    "OPARL_PROBLEMS", 200, COUNT, "the others are only counted", "nobody reads more"
)
OPARL_LONG: Final = _limit("OPARL_LONG", 200_000, CHARACTERS, SILENT, "100 pages")
OPARL_SHORT: Final = _limit("OPARL_SHORT", 4_000, CHARACTERS, SILENT, _LINE)
OPARL_TEXTS: Final = _limit("OPARL_TEXTS", 50, COUNT, "kept as they came", "keywords of a paper")
OPARL_DIGITS: Final = _limit("OPARL_DIGITS", 300, "digits", "no number", "M: Python refuses 4,300")
PAGE_BYTES: Final = _limit("PAGE_BYTES", 50_000_000, BYTES, "the page is not taken, named", _MEMORY)
FETCH_BYTES: Final = _limit("FETCH_BYTES", 2_000_000_000, BYTES, "fetching ends, named", "a whole system")
PAGE_SECONDS: Final = _limit(
    "PAGE_SECONDS", 180, SECONDS, "the page is not taken, named", "a trickle ends too"
)
SILENCE_SECONDS: Final = _limit("SILENCE_SECONDS", 30, SECONDS, "asked once more", "no byte came")
CONNECT_SECONDS: Final = _limit("CONNECT_SECONDS", 10, SECONDS, "asked once more", "no answer")
REDIRECTS: Final = _limit("REDIRECTS", 4, COUNT, "the page is not taken, named", "a circle ends")

# Files with keys
IDENTITY_BYTES: Final = _limit("IDENTITY_BYTES", 100_000, BYTES, REFUSED, "M: one has 257 bytes")

# What is typed, pasted, shown and copied
CLEANED: Final = _limit("CLEANED", 4_000, CHARACTERS, SILENT, "wherever no other limit is named")
COMBINING_MARKS: Final = _limit(
    "COMBINING_MARKS", 3, "in a row", "the others are dropped", "S: Vietnamese has two"
)
LINE_TYPED: Final = _limit("LINE_TYPED", 500, CHARACTERS, "no more can be typed; a paste says so", _LINE)
LINE_PASTED: Final = _limit(
    "LINE_PASTED", 20_000, CHARACTERS, "cut before it is looked at, said", "time of a key"
)
FIELD_TYPED: Final = _limit("FIELD_TYPED", 30_000, CHARACTERS, "cut, said", "more than any field stores")
NOTE_TYPED: Final = _limit("NOTE_TYPED", 20_000, CHARACTERS, "cut, said", "a speech of an hour has fewer")
BODY_SHOWN: Final = _limit("BODY_SHOWN", 200_000, CHARACTERS, CUT, "as of a mail")
PASSWORD_TYPED: Final = _limit(
    "PASSWORD_TYPED", 1_000, CHARACTERS, "no more can be typed; a paste says so", "nobody types more"
)
COPIED: Final = _limit("COPIED", 100_000, CHARACTERS, SILENT, "what terminals take")
KEYS_AHEAD: Final = _limit("KEYS_AHEAD", 200, "keys", "dropped", "a pasted letter is no typing")
KEYS_AHEAD_SECONDS: Final = _limit("KEYS_AHEAD_SECONDS", 3, SECONDS, "dropped", "who typed it looks on")
CATALOG_BYTES: Final = _limit("CATALOG_BYTES", 1_000_000, BYTES, "the file is left out, named", _OURS)
PLAN_SECONDS: Final = _limit(
    "PLAN_SECONDS", 60, SECONDS, "the best plan so far is shown", "who waits looks on"
)
EXPLAIN_SECONDS: Final = _limit(
    "EXPLAIN_SECONDS", 8, SECONDS, "the reasons found so far", "who waits looks on"
)


def table() -> str:
    """All limits as a markdown table."""
    rows = [
        f"| {one.name} | {one.value:,} | {one.unit} | {one.happens} | {one.source} |"
        for one in LIMITS.values()
    ]
    return "\n".join(
        ("| name | at most | unit | what happens beyond | why |", "|---|---|---|---|---|", *rows)
    )
