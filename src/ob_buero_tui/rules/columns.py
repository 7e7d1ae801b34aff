"""What the columns of an office's own list hold, proposed from their heads and a few samples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from ob_buero_tui.rules.folding import fold


class Column(StrEnum):
    """What a column of a list holds."""

    EINGANG = "eingang"
    BETREFF = "betreff"
    TEXT = "text"
    NAME = "name"
    VORNAME = "vorname"
    NACHNAME = "nachname"
    ANREDE = "anrede"
    ORGANISATION = "organisation"
    EMAIL = "email"
    TELEFON = "telefon"
    STRASSE = "strasse"
    PLZ = "plz"
    ORT = "ort"
    ART = "art"
    TERMIN = "termin"
    UHRZEIT = "uhrzeit"
    ENDE = "ende"
    TERMINORT = "terminort"
    FRIST = "frist"
    ZUSTAENDIG = "zustaendig"
    STATUS = "status"
    EINGANGSWEG = "eingangsweg"
    AKTENZEICHEN = "aktenzeichen"
    NUMMER = "nummer"
    BEMERKUNG = "bemerkung"


LABELS: Mapping[Column, str] = MappingProxyType(
    {
        Column.EINGANG: "Eingang am",
        Column.BETREFF: "Betreff",
        Column.TEXT: "Text",
        Column.NAME: "Name",
        Column.VORNAME: "Vorname",
        Column.NACHNAME: "Nachname",
        Column.ANREDE: "Anrede",
        Column.ORGANISATION: "Verein oder Organisation",
        Column.EMAIL: "E-Mail",
        Column.TELEFON: "Telefon",
        Column.STRASSE: "Straße",
        Column.PLZ: "PLZ",
        Column.ORT: "Wohnort",
        Column.ART: "Art",
        Column.TERMIN: "Termin",
        Column.UHRZEIT: "Uhrzeit",
        Column.ENDE: "Ende",
        Column.TERMINORT: "Ort des Termins",
        Column.FRIST: "Frist",
        Column.ZUSTAENDIG: "Zuständig",
        Column.STATUS: "Status",
        Column.EINGANGSWEG: "Eingangsweg",
        Column.AKTENZEICHEN: "Aktenzeichen",
        Column.NUMMER: "laufende Nummer",
        Column.BEMERKUNG: "Bemerkung",
    }
)
"""How a column is called at the desk, in the order of choices."""

# The first that fits a head counts; heads are folded and stripped of everything but letters and blanks.
_HEADS: tuple[tuple[Column, str], ...] = (
    (Column.EINGANG, r"(?:posteingang|eingang)(?:s ?datum| am| vom)?|eingegangen(?: am)?|erhalten(?: am)?"),
    (Column.EINGANGSWEG, r"eingangsweg|kanal|eingangsart|per|uebermittlung"),
    (Column.FRIST, r".*\bfrist\b.*|(?:antwort|rueckmeldung|erledig\w*|zu erledigen) bis|bis(?: wann)?"
     r"|faellig.*"),
    (Column.NUMMER, r"(?:lfd|laufende|lauf)? ?(?:nr|nummer)|vorgang(?:snummer| nr)?|id"),
    (Column.AKTENZEICHEN, r"aktenzeichen|az|geschaeftszeichen|gz|akte"),
    (Column.ANREDE, r"anrede"),
    (Column.VORNAME, r"vorname"),
    (Column.NACHNAME, r"nachname|familienname|zuname"),
    (Column.ORGANISATION, r"(?:verein|organisation|institution|firma|einrichtung|verband|koerperschaft)\w*"
     r"(?: .*)?|veranstalter\w*|(?:name )?(?:des vereins|der organisation)"),
    (Column.EMAIL, r"(?:e ?)?mail(?: ?adresse)?"),
    (Column.TELEFON, r"tel(?:efon)?(?: ?(?:nummer|nr))?|rufnummer|mobil\w*|handy\w*|rueckrufnummer"),
    (Column.STRASSE, r"(?:strasse|anschrift|adresse)(?: .*)?"),
    (Column.PLZ, r"plz|postleitzahl"),
    (Column.TERMINORT, r"veranstaltungsort|terminort|ort (?:der veranstaltung|des termins)|wo|location"),
    (Column.ORT, r"(?:wohn)?ort|stadt|plz ort"),
    (Column.ART, r"(?:art|kategorie|typ|anliegen ?art|vorgangsart)(?: (?:der|des) .*)?|was"),
    (Column.UHRZEIT, r"uhrzeit|zeit|beginn uhrzeit|um"),
    (Column.ENDE, r"ende|termin ende|bis uhr"),
    (Column.TERMIN, r"termin\w*|(?:termin|veranstaltungs|ereignis) ?(?:datum|tag)|wann|beginn"
     r"|veranstaltung am|(?:datum|tag) (?:der veranstaltung|des termins)"),
    (Column.ZUSTAENDIG, r"zustaendig\w*(?: .*)?|bearbeiter\w*(?: .*)?|sachbearbeit\w*|wer|kuerzel"),
    (Column.STATUS, r"status|stand|erledigt\??|bearbeitungsstand|sachstand"),
    (Column.BEMERKUNG, r"bemerkung\w*|notiz\w*|kommentar\w*|anmerkung\w*|hinweis\w*"),
    (Column.BETREFF, r"betreff\w*|anlass|titel|thema|gegenstand|veranstaltung|worum geht(?: es|s)?"),
    (Column.TEXT, r"text|inhalt|beschreibung|anliegen|nachricht|schilderung|anfrage"),
    (Column.NAME, r"name|von|absender\w*|ansprechpartner\w*|(?:anfrag|antrag|einsend)\w*|kontakt(?:person)?"
     r"|(?:vor und (?:nach|zu)name)|name vorname|einlader\w*"),
)  # fmt: skip
_PATTERNS = tuple((column, re.compile(rf"(?:{source})\Z")) for column, source in _HEADS)
_NOT_WORD = re.compile(r"[^a-z0-9?]+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_INITIALS = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]?[A-ZÄÖÜ0-9]?|[a-zäöü]{2,3}")
_HEAD_ROWS = 15
_MOSTLY = 0.8

# Columns that change while a matter is worked on: with them a row would be new each time it moved on.
CHANGING = frozenset((Column.STATUS, Column.ZUSTAENDIG, Column.FRIST))


def bare_head(head: str) -> str:
    """A head folded, with nothing but letters, digits and blanks."""
    return _NOT_WORD.sub(" ", fold(head)).strip()


def column_of(head: str) -> Column | None:
    """What a head names, None where it is none of ours."""
    bare = bare_head(head)
    return next((column for column, pattern in _PATTERNS if pattern.match(bare)), None) if bare else None


def head_row(rows: Sequence[Sequence[str]]) -> int:
    """The index of the row with the heads: a title may stand above, often in merged cells."""
    best, most = 0, 0
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        known = len({column_of(cell) for cell in row} - {None})
        if known > most:
            best, most = index, known
    if most:
        return best
    return next((index for index, row in enumerate(rows[:_HEAD_ROWS]) if sum(map(bool, row)) > 1), 0)


def fingerprint(heads: Sequence[str]) -> str:
    """The hash of a layout: the same heads in the same order, however they are written."""
    return sha256("\x1f".join(map(bare_head, heads)).encode()).hexdigest()


def propose(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, Column]:
    """What each column holds, by its place; one that says nothing is left out and stays a note.

    Args:
        rows: A few rows below the heads.
    """
    found: dict[int, Column] = {}
    for place, head in enumerate(heads):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        column = column_of(head) or _by_samples(cells)
        if column is Column.ZUSTAENDIG and bare_head(head) == "wer" and not _are_initials(cells):
            column = Column.NAME if Column.NAME not in map(column_of, heads) else None
        if column is not None and column not in found.values():
            found[place] = column
    _date_column(heads, found)
    _place_column(heads, found)
    return found


def _by_samples(cells: Sequence[str]) -> Column | None:
    """Only addresses speak for themselves."""
    mails = sum(_MAIL.fullmatch(cell) is not None for cell in cells)
    return Column.EMAIL if cells and mails >= _MOSTLY * len(cells) else None


def _are_initials(cells: Sequence[str]) -> bool:
    """Whether a column holds the signs of colleagues, such as PS or Bü2, and no names."""
    signs = sum(_INITIALS.fullmatch(cell.strip()) is not None for cell in cells)
    return not cells or signs >= _MOSTLY * len(cells)


def _date_column(heads: Sequence[str], found: dict[int, Column]) -> None:
    """„Datum“ alone is the receipt where a date of the occasion stands too, or where it comes first."""
    place = next(
        (place for place, head in enumerate(heads) if bare_head(head) in ("datum", "tag", "am")), None
    )
    if place is None:
        return
    taken = set(found.values())
    if Column.EINGANG not in taken and (Column.TERMIN in taken or place < 2):
        found[place] = Column.EINGANG
    elif Column.TERMIN not in taken:
        found[place] = Column.TERMIN


def _place_column(heads: Sequence[str], found: dict[int, Column]) -> None:
    """„Ort“ is where the occasion is, unless an address stands beside it."""
    taken = set(found.values())
    if not taken & {Column.STRASSE, Column.PLZ} and Column.TERMINORT not in taken:
        for place, column in found.items():
            if column is Column.ORT and bare_head(heads[place]) == "ort":
                found[place] = Column.TERMINORT
