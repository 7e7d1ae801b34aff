"""What is found of a person: rows, places in texts, files; made for the report and for the preview."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class HitHow(StrEnum):
    """How something was found: it leads to the person, or only the words stand there."""

    VERKNUEPFT = "verknuepft"
    IM_TEXT = "im_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record in which something about the person stands.

    Args:
        whole: It is about the person alone, so all its texts are emptied; else only the words are replaced.
        columns: Where the words stand, or all filled columns of a record that is emptied.
        record: German name of the record.
        context: The words with what stands around them; covered where it is personal to another desk.
        surely: The full name, a mail address or a number stands there, not only the family name or a street.
        gone: The record is gone; only the journal still has it.
        duty: German reason why it must be kept now, or "".
        ticked: It leads to the person but is about others too, so it is asked, and ticked from the start.
    """

    table: str
    row_id: int
    how: HitHow
    whole: bool
    columns: tuple[str, ...]
    record: str
    context: str
    surely: bool = True
    gone: bool = False
    duty: str = ""
    ticked: bool = False

    @property
    def asked(self) -> bool:
        """Whether somebody has to say that this person is meant."""
        return self.how is HitHow.IM_TEXT or self.ticked

    @property
    def key(self) -> tuple[str, int]:
        """What names the record."""
        return self.table, self.row_id


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHit:
    """One file, or one folder for the E-Akte, that bears the person's words or may bear them.

    Args:
        digest: SHA-256 of its bytes; that of a folder is `file_search.digest_of_folder`.
        place: German, where it lies: „Anhänge“, „Eingangskorb/erledigt“ …
        name: Its name, harmless to draw.
        duty: German reason why a record that names it must be kept now, or "".
        ticked: It belongs to the person's own request.
        unread: Nobody could look into it; whether it bears the words is not known.
    """

    digest: str
    place: str
    name: str
    context: str
    duty: str = ""
    ticked: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was found of one person.

    Args:
        person_id: 0 where only a name was given.
        duties: German sentences: what must be kept, or is still open, and therefore keeps it all.
        pictures: How many pictures and scans without any text there are; only eyes can look into them.
    """

    person_id: int
    name: str
    hits: tuple[Hit, ...] = ()
    files: tuple[FileHit, ...] = ()
    duties: tuple[str, ...] = field(default=())
    pictures: int = 0
    confirm: str = ""
    """What is to be typed to erase the person: the family name, or what there is instead."""

    @property
    def linked(self) -> tuple[Hit, ...]:
        """What leads to the person."""
        return tuple(hit for hit in self.hits if hit.how is HitHow.VERKNUEPFT)

    @property
    def mentioned(self) -> tuple[Hit, ...]:
        """Where only the words stand; somebody else may be meant."""
        return tuple(hit for hit in self.hits if hit.how is HitHow.IM_TEXT)

    @property
    def asked(self) -> tuple[Hit, ...]:
        """What is also, or only, about others: a human says whether this person is meant."""
        return tuple(hit for hit in self.hits if hit.asked)
