"""A Grußwort in Word: handed over as a file, taken back as text."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.answers.outbox import file_name, write_out
from ob_buero_tui.services.answers.views import Draft
from ob_buero_tui.services.workplace import Workplace

FOLDER = "in-arbeit"
"""Where files lie that are written on in Word, below the folder for what goes out."""


def working_folder(place: Workplace) -> Path:
    """The folder of the files that are written on in Word."""
    return place.out_folder / FOLDER


def to_word(place: Workplace, draft: Draft) -> Path:
    """Write a text into a Word file of its own; an older one stays.

    Raises:
        Refusal: python-docx is not installed, or the folder does not take the file.
    """
    from ob_buero_tui.exchange.docx_out import text_docx

    data = text_docx(draft.title, [part for part in draft.text.split("\n\n") if part.strip()])
    name = file_name(draft.number, draft.title, ".docx")
    return write_out(working_folder(place), name, data, place.attachments.file_mode)


def clear_word(place: Workplace, draft: Draft) -> None:
    """Remove the Word files of a text that is done; one that Word still holds stays."""
    for path in _files(place, draft):
        with suppress(OSError):
            path.unlink()


def _files(place: Workplace, draft: Draft) -> list[Path]:
    stem = Path(file_name(draft.number, draft.title, ".docx")).stem
    try:
        return [
            path
            for path in working_folder(place).iterdir()
            if path.suffix == ".docx" and (path.stem == stem or path.stem.startswith(f"{stem} ("))
        ]
    except OSError:
        return []


def word_file(place: Workplace, draft: Draft) -> Path:
    """The newest Word file of this text.

    Raises:
        Refusal: there is none.
    """
    try:
        newest = max(_files(place, draft), key=lambda path: path.stat().st_mtime_ns, default=None)
    except OSError:
        newest = None
    if newest is None:
        raise Refusal(
            "Es gibt noch keine Word-Datei zu diesem Text.",
            f"Gesucht wurde in „{working_folder(place)}“.",
            "Wählen Sie zuerst „in Word weiterschreiben“.",
        )
    return newest


def from_word(path: Path, draft: Draft) -> str:
    """The text of a Word file that was written on, without its heading.

    Raises:
        Refusal: python-docx is not installed, or the file cannot be read.
    """
    from ob_buero_tui.exchange.docx_in import docx_text

    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(
            "Der Text wurde nicht übernommen.",
            f"„{path.name}“ lässt sich nicht lesen: {system_reason(error)}.",
            "Schließen Sie die Datei in Word, und versuchen Sie es noch einmal.",
        ) from error
    return docx_text(data, heading=draft.title)


def fingerprint(text: str) -> str:
    """Tells whether a text is still the one that went to Word."""
    return sha256(" ".join(text.split()).encode()).hexdigest()
