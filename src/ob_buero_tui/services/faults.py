"""Turns what the database throws into sentences a clerk understands."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.connecting import operational_errors

LOG = logging.getLogger(__name__)


class Busy(Refusal):
    """Another desk holds the lock; the same call may go through later."""

    def __init__(self) -> None:
        super().__init__(
            "Das wurde noch nicht gespeichert.",
            "Ein anderer Arbeitsplatz schreibt gerade.",
            "Bitte versuchen Sie es in einigen Sekunden noch einmal.",
        )


class NotSaved(Refusal):
    """The disk did not take it; nothing of the action is in the database."""


class Conflict(Refusal):
    """Somebody changed the record since it was read."""

    def __init__(self, what: str = "Das wurde nicht gespeichert.") -> None:
        super().__init__(
            what,
            "Jemand hat den Datensatz inzwischen geändert.",
            "Sehen Sie den neuen Stand an und wiederholen Sie den Schritt.",
        )


class Gone(Refusal):
    """A record that the step names is there no more, as another desk took it back meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Das wurde nicht gespeichert.",
            "Etwas, worauf sich der Schritt bezieht, gibt es nicht mehr: Jemand hat es inzwischen entfernt.",
            "Sehen Sie den neuen Stand an und wiederholen Sie den Schritt.",
        )


def damaged_refusal(what: str = "Das wurde nicht gespeichert.") -> NotSaved:
    """What to say to a step in a damaged office, of which a desk sees what is readable."""
    return NotSaved(
        what,
        "Die Datenbank ist beschädigt und nur zum Lesen geöffnet.",
        "Beenden Sie das Programm und starten Sie es neu; es bietet dann die letzte Sicherung an."
        " Gibt es keine, rufen Sie die IT.",
    )


@contextmanager
def translated() -> Iterator[None]:
    """Raise a refusal instead of a database error that has a plain meaning."""
    try:
        with _let_go():
            yield
    except StaleDataError as error:
        raise Conflict from error
    except OperationalError as error:
        raise _operational(_told(error), error) from error
    except operational_errors() as error:
        raise _operational(str(error), error) from error
    except DatabaseError as error:
        if "vtable constructor" in str(error.orig):
            raise _derived_damaged(str(error.orig)) from error
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise _damaged() from error
        if "FOREIGN KEY constraint failed" in str(error.orig):
            raise Gone from error
        raise
    except ValueError as error:
        if not _NO_MOMENT.match(str(error)):
            raise
        LOG.error("a stored day or time is unreadable", exc_info=error)
        raise _unreadable() from error


@contextmanager
def _let_go() -> Iterator[None]:
    """After an error nothing may hold rows half read: their lock would outlive the rollback.

    Who failed while it went through rows is held by the error with all it knew, and nobody reads on in them.
    """
    try:
        yield
    except Exception as error:
        told: BaseException | None = error
        while told is not None:
            traceback.clear_frames(told.__traceback__)
            told = told.__cause__ or told.__context__
        raise


_NO_MOMENT = re.compile(
    r"Invalid (?:isoformat string|week)"
    r"|(?:year|month|day|hour|minute|second|microsecond)\b.*\b(?:must be|out of range)"
    r"|offset must be a timedelta"
)
"""What Python says of a text that is no day and no time; one that was typed never comes so far."""


def _unreadable() -> Refusal:
    return NotSaved(
        "Das ging nicht.",
        "Ein Tag oder eine Uhrzeit steht unlesbar in der Datenbank.",
        "Rufen Sie die IT: „ob-buero check“ nennt den Datensatz. Alles andere ist zu benutzen wie sonst.",
    )


def _told(error: OperationalError) -> str:
    """SQLite's words; where its own rollback took a savepoint away, those of the error before.

    A full disk or an interrupt ends the whole transaction, and going back to the savepoint fails then as well
    (sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction").
    """
    text, before = str(error.orig), error.__context__
    while "no such savepoint" in text and before is not None:
        if isinstance(before, OperationalError):
            text = str(before.orig)
        before = before.__context__
    return text


def _operational(text: str, error: BaseException) -> BaseException:
    if "locked" in text or "busy" in text:
        return Busy()
    if "readonly" in text or "read-only" in text or "query_only" in text:
        return NotSaved(
            "Das wurde nicht gespeichert.",
            "Die Datenbank ist nur zum Lesen geöffnet.",
            "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
        )
    if "unable to open" in text:
        return NotSaved(
            "Das wurde nicht gespeichert.",
            "Die Datenbank oder ihr Ordner ist nicht erreichbar, vielleicht verschoben oder vom Netz.",
            "Stellen Sie die Verbindung wieder her, oder rufen Sie die IT, und wiederholen Sie den Schritt.",
        )
    if "disk is full" in text or "disk I/O" in text:
        return NotSaved(
            "Das wurde nicht gespeichert.",
            "Der Datenträger ist voll oder nicht erreichbar.",
            "Schaffen Sie Platz und wiederholen Sie den Schritt; alles zuvor Gespeicherte ist sicher.",
        )
    if "interrupted" in text:
        return NotSaved(
            "Das wurde nicht gespeichert.",
            "Der Schritt wurde abgebrochen, bevor er zu Ende war.",
            "Wiederholen Sie ihn; alles zuvor Gespeicherte ist sicher.",
        )
    if "was replaced" in text:
        return NotSaved(
            "Das wurde nicht gespeichert.",
            "An der Stelle der Datenbank steht inzwischen eine andere Datei, etwa eine Sicherung.",
            "Notieren Sie, was offen ist, beenden Sie OB-Büro, und starten Sie es neu.",
        )
    if "malformed" in text or "Could not decode" in text:
        return _damaged()
    if any(words in text for words in _DERIVED_WORDS):
        return _derived_damaged(text)
    return error


_DERIVED_WORDS = (
    "vtable constructor",
    "fts5",
    "SQL logic error",  # a part of a virtual table is not there; the search has the only one
    "no such table: search_",
    "no such table: main.search_",
    "no such table: occurrence",
    "no such table: main.occurrence",
)


def _derived_damaged(text: str) -> Refusal:
    name = "Terminübersicht" if "occurrence" in text else "Suche"
    return NotSaved(
        f"Die {name} ist beschädigt; gespeichert wurde nichts.",
        "Ihr Verzeichnis fehlt oder ist unlesbar; die Datensätze selbst sind davon nicht betroffen.",
        "Beenden Sie das Programm; „ob-buero check --repair“ baut das Verzeichnis neu auf.",
    )


def _damaged() -> Refusal:
    return NotSaved(
        "Die Datenbank ist beschädigt.",
        "SQLite kann einen Teil der Datei nicht lesen.",
        "Beenden Sie das Programm, lassen Sie die Datei liegen und rufen Sie die IT."
        " „ob-buero check“ nennt den Befund.",
    )
