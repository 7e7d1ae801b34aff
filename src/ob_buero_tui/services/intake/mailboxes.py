"""A mailbox file: every message that is not there yet becomes a request, all of them one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ob_buero_tui.exchange.mbox import Boxed, Bytes, messages
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.german import number, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy, NotSaved
from ob_buero_tui.services.intake.keeping import store
from ob_buero_tui.services.intake.mail_plan import Prepared, place_mail, prepare_mail
from ob_buero_tui.services.intake.source import fingerprint, is_known
from ob_buero_tui.services.workplace import Workplace

MAX_MESSAGES = limits.MBOX_MAILS
"""More would keep the database locked for minutes, as one file is one step."""
MAX_BYTES = limits.MBOX_MAIL_BYTES


@dataclass(slots=True)
class Mailbox:
    """What a mailbox would bring.

    Args:
        letters: New letters in the order of the file.
        known: How many are there already.
        deleted: How many were marked as deleted and left out.
        problems: German sentences on messages that could not be read.
    """

    letters: list[Prepared] = field(default_factory=list)
    known: int = 0
    deleted: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        """German sentences on what was left out on purpose, and on what was guessed in many letters."""
        deleted = plural(self.deleted, "gelöschte Nachricht", "gelöschte Nachrichten")
        guessed = Counter(note for letter in self.letters for note in dict.fromkeys(letter.mail.notes))
        return (
            *((f"{deleted} ausgelassen.",) if self.deleted else ()),
            *(note if count == 1 else f"{number(count)}-mal: {note}" for note, count in guessed.items()),
        )


def read_mailbox(place: Workplace, data: Bytes, *, dry_run: bool) -> Mailbox:
    """Read all messages and write their bytes beside the database, so that the one transaction is short.

    Args:
        dry_run: Write nothing.

    Raises:
        Refusal: it is no mailbox, or holds too many messages.
    """
    box = Mailbox()
    seen: set[str] = set()
    for boxed in messages(data):
        if boxed.number > MAX_MESSAGES:
            raise Refusal(
                "Das Postfach ist zu groß.",
                f"Es hat mehr als {number(MAX_MESSAGES)} Nachrichten.",
                "Bitte die Nachrichten auf mehrere Ordner verteilen und jeden für sich ausgeben.",
            )
        if boxed.deleted:
            box.deleted += 1
            continue
        try:
            _take(place, boxed, box, seen, dry_run=dry_run)
        except (Busy, NotSaved):
            raise  # nothing is wrong with the message: the whole file waits
        except Refusal as refusal:
            box.problems.append(f"Nachricht {boxed.number}: {refusal}")
        except OSError:
            raise
        except Exception:
            box.problems.append(f"Nachricht {boxed.number}: Sie ließ sich nicht verarbeiten.")
    return box


def _take(place: Workplace, boxed: Boxed, box: Mailbox, seen: set[str], *, dry_run: bool) -> None:
    """Read one message; what is there already, or came twice in this file, is only counted."""
    from ob_buero_tui.exchange.mail import read_mail

    if len(boxed.data) > MAX_BYTES:
        raise Refusal("Sie ist zu groß.", f"Gelesen werden höchstens {MAX_BYTES // 1_000_000} MB.")
    digest = fingerprint(boxed.data)
    with place.reading() as session:
        if digest in seen or is_known(session, digest):
            box.known += 1
            return
        prepared = prepare_mail(place.catalog, read_mail(boxed.data), place.clock(), place.zone)
        if place_mail(session, prepared).place.same_as:
            box.known += 1
            return
    seen.add(digest)
    if not dry_run:
        store(place.attachments, prepared.mail.attachments, boxed.data)
    box.letters.append(prepared.lightened(digest))


def mailbox_text(taken: Sequence[object], box: Mailbox) -> str:
    """What a mailbox brought: „12 Eingänge neu, 3 bekannt“."""
    parts = (
        f"{plural(len(taken), 'Eingang', 'Eingänge')} neu" if taken else "",
        f"{number(box.known)} bekannt" if box.known else "",
        f"{number(box.deleted)} gelöschte ausgelassen" if box.deleted else "",
    )
    return ", ".join(part for part in parts if part) or "keine Nachrichten"
