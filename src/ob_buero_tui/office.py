"""The composition root: looks at the database, opens it, and hands out one Office."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.config import Mode, Settings, account_initials
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.desks import desk_identity
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import opening, unclean
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.engine import make_engine
from ob_buero_tui.store.erasure_list import list_path
from ob_buero_tui.store.network import refuse_network, synced_by
from ob_buero_tui.store.opening import FileState
from ob_buero_tui.store.sweeping import sweep

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog
    from ob_buero_tui.services.backups.restoring import Restored

Clock = Callable[[], datetime]

OUT_FOLDER = "ausgangskorb"
DROP_FOLDER = "eingangskorb"
"""Folders beside the database, where the settings name no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An open office.

    Args:
        place: What queries and use cases are called with.
        notices: German sentences to show after the start: mistakes in the catalog, a migration, read-only.
        going_back: The copy that the desk wants to go back to once it is closed; empty for none.
        needs_full_check: Whether the full check of the file is still due, after the first paint.
        scratch: A folder that is removed on closing: what was readable of a damaged file lies there.
    """

    path: Path
    place: Workplace
    settings: Settings
    notices: tuple[str, ...] = ()
    needs_full_check: bool = True
    going_back: list[Path] = field(default_factory=list)
    scratch: Path | None = None

    @property
    def open_twice(self) -> bool:
        """Whether another window of this account has it open: the two are one desk and share their undo."""
        return unclean.opened_by(self.path, self.place.desk.account)

    def close(self) -> None:
        """Close the database and take this process's marker away."""
        self.place.engine.dispose()
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
        unclean.marker(self.path).unlink(missing_ok=True)


def backup_folder(path: Path) -> Path:
    """Where a database's copies are kept."""
    return path.parent / "sicherungen"


def backup_place(path: Path, settings: Settings) -> BackupPlace:
    """Where a database's copies lie, the second folder of the settings included."""
    first, second = backup_folder(path), settings.backup_folder
    if second is not None and second.resolve() == first.resolve():
        second = None
    return BackupPlace(
        path=path,
        folder=first,
        second=second,
        zone=settings.zone,
        file_mode=file_mode(settings),
        recipient=settings.backup_recipient,
    )


def reopened(office: Office, notices: tuple[str, ...] = ()) -> Office:
    """Open a closed office again, with these notices before its own."""
    place = office.place
    fresh = open_office(
        office.path, office.settings, catalog=place.catalog, clock=place.clock, account=place.desk.account
    )
    return replace(fresh, notices=(*notices, *fresh.notices))


def restore_office(
    path: Path,
    settings: Settings,
    copy: Path,
    *,
    catalog: Catalog | None = None,
    clock: Clock | None = None,
    account: str = "",
) -> Restored:
    """Go back to a copy of an office that no process has open; its present file is kept beside it.

    Args:
        catalog: As with `open_office`, and so are the others.

    Raises:
        Refusal: the copy is unfit, a desk has the database open, or the disk failed; nothing has changed.
    """
    from ob_buero_tui.services.backups.restoring import restore_copy

    refuse_network(path)
    clock = clock or machine_clock
    known = catalog or _load_catalog(settings)
    who = account or account_initials()

    @contextmanager
    def opened(fresh: Path) -> Iterator[Workplace]:
        place = _workplace(fresh, settings, known, clock, who, read_only=False)
        try:
            yield place
        finally:
            place.engine.dispose()

    return restore_copy(copy, backup_place(path, settings), opened, clock())


def file_mode(settings: Settings) -> int:
    """Permissions of the office's files: for this account alone, or for its group too."""
    return 0o660 if settings.mode is Mode.GRUPPE else 0o600


def refuse_unfit(path: Path, settings: Settings) -> None:
    """Look at a database without opening it; a missing one is fit to be created.

    Raises:
        Refusal: the file is foreign, damaged, or otherwise not to be opened.
    """
    opening.look(path, *backup_place(path, settings).folders, now=machine_clock())


def create_office(path: Path, settings: Settings) -> None:
    """Create an empty office database; refused where a file stands."""
    from ob_buero_tui.store.schema import create_database

    refuse_network(path)
    create_database(path, file_mode(settings))


def open_office(
    path: Path,
    settings: Settings,
    *,
    catalog: Catalog | None = None,
    clock: Clock | None = None,
    account: str = "",
) -> Office:
    """Open an office database.

    Args:
        catalog: The catalog to use instead of the shipped one with the office's folder over it.
        clock: The clock to use instead of the machine's.
        account: The account to act as instead of the operating system's.

    Raises:
        Refusal: there is no such file, or it may not be opened; it stays byte-identical.
    """
    clock = clock or machine_clock
    seen = opening.look(path, *backup_place(path, settings).folders, now=clock())
    if seen.state is FileState.MISSING:
        raise missing(path, settings)
    catalog = catalog or _load_catalog(settings)
    notices = [problem.sentence for problem in catalog.problems]
    if seen.state is FileState.OLDER:
        notices.append(_migrate(path, clock(), file_mode(settings)))
    read_only = seen.state is FileState.READ_ONLY
    if read_only:
        notices.append("Die Datenbank ist nur zum Lesen geöffnet: Datei oder Ordner sind schreibgeschützt.")
    notices += _synced(path)
    place = _workplace(path, settings, catalog, clock, account or account_initials(), read_only=read_only)
    if not read_only:
        unclean.clear_markers(path)
        unclean.leave_marker(path, file_mode(settings), place.desk.account)
        sweep(path, backup_place(path, settings).folders, clock())
        notices += _finish_erasures(place, path)
    return Office(
        path=path, place=place, settings=settings, notices=tuple(notices), needs_full_check=not seen.unclean
    )


def open_readable(
    path: Path,
    settings: Settings,
    *,
    catalog: Catalog | None = None,
    clock: Clock | None = None,
    account: str = "",
) -> Office:
    """Open what is readable of a damaged database, for reading only; the file itself is not touched.

    It is read into a whole copy beside it, which goes when the office is closed: a screen that met a broken
    page in the middle of its work could show nothing at all.

    Args:
        catalog: As with `open_office`, and so are the others.

    Raises:
        Refusal: nothing is readable, another desk writes, or there is no room for the copy.
    """
    from ob_buero_tui.services.rescuing import rescue_copy
    from ob_buero_tui.store.scratch import scratch_folder

    folder, there = scratch_folder(path), backup_place(path, settings)
    try:
        saved = rescue_copy(path, folder, good=there.good_copy)
        catalog = catalog or _load_catalog(settings)
        who = account or account_initials()
        place = _workplace(saved.copy, settings, catalog, clock or machine_clock, who, read_only=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    attachments = AttachmentFolder(path, file_mode(settings))
    return Office(
        path=path,
        place=replace(place, attachments=attachments, drop_folder=None, backups=there, damaged=True),
        settings=settings,
        notices=_lost(saved.losses),
        needs_full_check=False,
        scratch=folder,
    )


def _lost(losses: tuple[str, ...]) -> tuple[str, ...]:
    """That the file is damaged, and which kinds of records are incomplete; each one would fill a screen."""
    known = "Die Datenbank ist beschädigt. Sie sehen, was davon lesbar ist; ändern lässt sich nichts."
    if not losses:
        return (known,)
    kinds = list(dict.fromkeys(loss.partition(" (")[0] for loss in losses if not loss.startswith("Tabelle")))
    named = f"Unvollständig: {join(kinds[:8])}{' …' if len(kinds) > 8 else ''}. " if kinds else ""
    return (known, f"{named}Was genau fehlt, nennt „ob-buero check --retten ORDNER“.")


def missing(path: Path, settings: Settings) -> Refusal:
    """What to say where there is no database: a new one is no answer while there are copies of it."""
    from ob_buero_tui.store.way_back import CopyPlaces

    folders = backup_place(path, settings).folders
    back = CopyPlaces(path=path, folders=folders, now=machine_clock()).way_back()
    if back.copy is None and any(not folder.is_dir() for folder in folders[1:]):
        return opening.Damaged(
            f"Unter „{path}“ gibt es keine Datenbank, und der zweite Ordner für Sicherungen fehlt gerade.",
            "Ob es Sicherungen von ihr gibt, lässt sich deshalb nicht sagen.",
            f"{back.sentence} Gab es hier noch nie eine, legen Sie sie mit „ob-buero init“ an.",
            copy=None,
        )
    if back.copy is None:
        now = "Legen Sie sie mit „ob-buero init“ an, oder prüfen Sie --db."
        return Refusal(f"Unter „{path}“ gibt es noch keine Datenbank.", "", now)
    return opening.Damaged(
        f"Unter „{path}“ gibt es keine Datenbank, aber Sicherungen von ihr.",
        "Vielleicht wurde die Datei verschoben, umbenannt oder gelöscht.",
        f"{back.sentence} Oder prüfen Sie --db.",
        copy=back.copy,
    )


def _synced(path: Path) -> list[str]:
    """A warning where another program keeps the database's folder in step with somewhere else."""
    service = synced_by(path)
    if not service:
        return []
    return [
        f"Die Datenbank liegt in einem Ordner, den {service} abgleicht. Das kann sie beschädigen oder"
        " alte Stände zurückbringen. Bitten Sie die IT, sie auf eine Platte dieses Rechners zu legen."
    ]


def _finish_erasures(place: Workplace, path: Path) -> list[str]:
    """What was erased stays erased: also in an older copy laid here by hand, and after a broken-off step."""
    if not list_path(path).exists():
        return []
    from ob_buero_tui.services.erasing.replay import replay_erasures

    try:
        count = replay_erasures(place, path)
    except Refusal as refusal:
        return [str(refusal)]
    except OSError as error:
        return [f"Die Löschliste ließ sich nicht zu Ende führen: {system_reason(error)}."]
    again = "Diese Datenbank ist ein älterer Stand. Nach der Löschliste noch einmal gelöscht: "
    return [f"{again}{plural(count, 'Stelle', 'Stellen')}."] if count else []


def _workplace(
    path: Path, settings: Settings, catalog: Catalog, clock: Clock, account: str, *, read_only: bool
) -> Workplace:
    engine = make_engine(path, read_only=read_only)
    return Workplace(
        engine=engine,
        catalog=catalog,
        desk=desk_identity(engine, account, settings.initials, read_only=read_only),
        clock=clock,
        zone=settings.zone,
        attachments=AttachmentFolder(path, file_mode(settings)),
        out_folder=settings.out_folder or path.parent / OUT_FOLDER,
        drop_folder=_drop_folder(path, settings),
        backups=backup_place(path, settings),
        read_only=read_only,
    )


def _drop_folder(path: Path, settings: Settings) -> Path | None:
    """The folder that is watched; the one beside the database is used as soon as somebody makes it."""
    beside = path.parent / DROP_FOLDER
    return settings.drop_folder or (beside if beside.is_dir() else None)


def _load_catalog(settings: Settings) -> Catalog:
    from ob_buero_tui.catalog.load import load_catalog

    return load_catalog(settings.office_folder)


def _migrate(path: Path, now: datetime, mode: int) -> str:
    from ob_buero_tui.store.schema import migrate

    copy = migrate(path, backup_folder(path), now, mode)
    return f"Die Datenbank wurde auf den neuen Stand gebracht. Die Kopie von vorher ist „{copy.name}“."


def machine_clock() -> datetime:
    """The present instant, aware; for what runs without an open office."""
    return datetime.now(UTC)
