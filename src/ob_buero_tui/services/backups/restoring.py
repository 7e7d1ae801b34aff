"""Goes back to a copy: the present file stays beside it, and what was erased since is erased again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.backups.keeping import BEFORE_RESTORE
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import unclean
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup import restoring
from ob_buero_tui.store.backup.contents import KEPT, from_json, named_files
from ob_buero_tui.store.backup.copying import make_backup, write_contents
from ob_buero_tui.store.backup.erased import carry_list, lists_for
from ob_buero_tui.store.backup.listing import contents_of
from ob_buero_tui.store.backup.numbers import carry_numbers
from ob_buero_tui.store.backup.pool import mend, pools_for
from ob_buero_tui.store.connecting import driver_errors, password_of, share_password
from ob_buero_tui.store.erasure_list import list_path
from ob_buero_tui.store.pouring import seal_like
from ob_buero_tui.store.rights import make_folder, set_rights
from ob_buero_tui.store.sealed import leave_mark

Opened = Callable[[Path], AbstractContextManager[Workplace]]
"""Opens a database that is not yet in its place, and closes it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What going back did.

    Args:
        kept: Where the file lies that stood there before; None where there was none.
        missing: How many attachments lie in no folder any more.
        erased: How many records were erased again.
        numbers: How many numbers given out since do not come again; None where they were unreadable.
    """

    kept: Path | None
    missing: int
    erased: int
    numbers: int | None = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """German sentences about it."""
        told = []
        if self.kept is not None:
            told.append(f"Die Datenbank von vorher liegt daneben: „{self.kept}“.")
        if self.erased:
            again = plural(self.erased, "Datensatz", "Datensätze")
            were = "wurde" if self.erased == 1 else "wurden"
            told.append(f"Nach der Löschliste {were} {again} noch einmal gelöscht.")
        if self.numbers is None:
            told.append(
                "Welche Nummern seither vergeben wurden, war nicht zu lesen: Vergleichen Sie die nächste mit"
                " dem Ausgangskorb."
            )
        elif self.numbers == 1:
            told.append("Die eine Nummer, die seither vergeben wurde, kommt nicht noch einmal.")
        elif self.numbers:
            given = number(self.numbers)
            told.append(f"Die {given} Nummern, die seither vergeben wurden, kommen nicht noch einmal.")
        if self.missing:
            files = plural(self.missing, "Anlage fehlt", "Anlagen fehlen")
            told.append(f"{files}; „ob-buero check“ nennt sie.")
        return tuple(told)


def restore_copy(copy: Path, there: BackupPlace, opened: Opened, now: datetime) -> Restored:
    """Go back to a copy of the office.

    The copy is taken beside the database, checked, brought to the present state, and erased from as the list
    of erased people says; only then it takes the database's place. Until then nothing has changed.

    Args:
        opened: Opens the copy that was taken, for what has to be erased in it again.
        now: The present instant, aware.

    Raises:
        Refusal: the copy is unfit, a desk has the database open, or the disk failed; nothing has changed.
    """
    refuse_if_open(there.path)
    try:
        make_folder(there.path.parent, there.file_mode)
        with restoring.taken_beside(copy, there.path, there.file_mode, of=there.path) as fresh:
            seal_like(fresh, there.path)  # a copy of before the encryption, or of another password
            given_up = _save_present(there, now)
            if restoring.is_older(fresh):
                _bring_up_to_date(fresh)
            erased = _erase_again(copy, there, fresh, opened)
            numbers = carry_numbers(there.path, fresh)
            # Only now: what belongs to erased people must not be brought back.
            missing = _bring_files(copy, there, fresh)
            with restoring.alone(there.path):
                refuse_if_open(there.path)
                kept = restoring.put_in_place(fresh, there.path, now, there.file_mode)
                share_password(there.path, fresh)
                if password_of(there.path) is not None:
                    leave_mark(there.path, there.file_mode)
                _note_choice(given_up, copy)
    except (OSError, *driver_errors()) as error:  # type: ignore[misc]  # mypy knows no tuple made here
        reason = system_reason(error) if isinstance(error, OSError) else clean(str(error), limit=200)
        raise Refusal(
            "Es wurde nicht zur Sicherung zurückgekehrt.",
            f"Sicherung oder Ordner waren nicht zu lesen oder zu beschreiben ({reason}).",
            "Prüfen Sie freien Platz und Rechte; die Datenbank ist unverändert.",
        ) from error
    return Restored(kept=kept, missing=missing, erased=erased, numbers=numbers)


def refuse_if_open(path: Path) -> None:
    """Refuse while another desk has the database open: what it does would be lost."""
    others = unclean.open_elsewhere(path) if path.parent.is_dir() else ()
    if others:
        prefix = f"{path.name}.offen-"
        told = clean(others[0].name.removeprefix(prefix), limit=80)
        raise Refusal(
            "Es wurde nicht zur Sicherung zurückgekehrt.",
            f"Die Datenbank ist noch an einem anderen Platz geöffnet (Rechner und Prozess: {told}).",
            "Beenden Sie OB-Büro dort. Läuft es dort nicht mehr, rufen Sie die IT: Dann ist neben der"
            f" Datenbank „{others[0].name}“ zu löschen.",
        )


def _save_present(there: BackupPlace, now: datetime) -> Path | None:
    """A copy of what stands there, if it can be copied; the file itself is kept in any case.

    Not of one with a step that broke off: copying would take the step back, and it is kept as it was found.
    """
    if there.path.exists() and not unclean.broke_off(there.path):
        with suppress(Refusal):
            return make_backup(there.path, there.folder, now, label=BEFORE_RESTORE, mode=there.file_mode)
    return None


def _note_choice(given_up: Path | None, copy: Path) -> None:
    """Write beside the copy of what was given up for which one: it is not offered before that one then."""
    told = from_json(contents_of(given_up)) if given_up is not None else None
    if given_up is not None and told is not None:
        with suppress(OSError):
            write_contents(given_up, replace(told, went_to=copy.name.removesuffix(".age")))


def _bring_files(copy: Path, there: BackupPlace, fresh: Path) -> int:
    """Bring back the attachments that the copy's records name; those that are there whole stay."""
    target = AttachmentFolder(there.path, there.file_mode)
    wanted = named_files(fresh)
    for folder in dict.fromkeys((copy.parent, *there.folders)):
        for pool in pools_for(copy, there.path, folder):
            wanted = mend(pool, target, wanted)
    return len(wanted & named_files(fresh, only=KEPT))


def _bring_up_to_date(fresh: Path) -> None:
    from ob_buero_tui.store.schema import upgrade

    try:
        upgrade(fresh)
    except Exception as error:
        raise Refusal(
            "Es wurde nicht zur Sicherung zurückgekehrt.",
            "Sie stammt von einer älteren Fassung und ließ sich nicht auf den neuen Stand bringen.",
            "Die Datenbank ist unverändert. Bitte melden Sie den Fehler der IT.",
        ) from error


def _erase_again(copy: Path, there: BackupPlace, fresh: Path, opened: Opened) -> int:
    """Erase what any list names that lies beside the database or the copies, before the copy stands there."""
    from ob_buero_tui.services.erasing.replay import replay_erasures

    mode = there.file_mode
    for beside in lists_for(copy, there.path, there.folders):
        if beside != there.path and list_path(beside).exists():
            carry_list(beside, there.path, mode)
    told, own = list_path(there.path), list_path(fresh)
    if not told.exists():
        return 0
    try:
        shutil.copyfile(told, own)
        set_rights(own, mode)
        with opened(fresh) as place:
            return replay_erasures(place, fresh)
    finally:
        own.unlink(missing_ok=True)
