"""The demo office: a fictional town, built once from its mails and calendar, and a copy of it to work on."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ob_buero_tui import __version__
from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.config import Settings, folders, load_settings
from ob_buero_tui.office import DROP_FOLDER, Office, create_office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.store import unclean
from ob_buero_tui.store.migrations import versions
from ob_buero_tui.store.schema import SCHEMA

PRISTINE, WORKED_ON = "vorlage", "arbeit"
DATABASE = "demo.sqlite"
FILES = ("calendar", "council", "people", "mail")
"""Folders of the town's files in the order they are imported: letters find their senders known."""
SOURCES = ("demo", "catalog")
"""Folders of the shipped data that the demo is made of; a change in them builds it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTown:
    """What demo.toml says: the day and time it is there, the office's name, who sits at the desk."""

    now: datetime
    office: str
    initials: str
    post: str
    """Initials of the desk that entered the post: the one sitting here has nothing to take back yet."""


def demo_office(neu: bool = False) -> Office:
    """Open the demo office as it was left, or as new; building it the first time takes some seconds.

    Its date and time are those of demo.toml when it is opened, and run on from there.

    Raises:
        Refusal: it is to start afresh while another window has it open, or there is no room for it.
    """
    folder = _folder()
    town = _town()
    try:
        if not (folder / PRISTINE).is_dir():
            _build(folder, town)
        if neu or not (folder / WORKED_ON).is_dir():
            _start_afresh(folder)
    except OSError as error:
        raise Refusal(
            "Das Demobüro lässt sich nicht einrichten.",
            f"Der Ordner „{folder}“ ist nicht beschreibbar oder der Datenträger ist voll.",
            "Schaffen Sie Platz, oder bitten Sie die IT um Schreibrecht.",
        ) from error
    return _open(folder / WORKED_ON / DATABASE, town, town.initials, _running_clock(town))


def demo_ready() -> bool:
    """Whether the demo office is built already and opens at once."""
    return (_folder() / PRISTINE).is_dir()


def _folder() -> Path:
    """Where this version of the demo lies: its name tells the version, schema and data it was built from."""
    digest = hashlib.sha256(f"{SCHEMA}".encode())
    for statements in sorted(Path(versions.__file__).parent.glob("*.sql")):
        digest.update(statements.read_bytes())
    base = data_folder()
    for source in SOURCES:
        for path in sorted((base / source).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(base).as_posix().encode())
                digest.update(path.read_bytes())
    return folders().cache / f"demo-{__version__}-{digest.hexdigest()[:16]}"


def _town() -> DemoTown:
    import tomllib

    told: dict[str, Any] = tomllib.loads((data_folder() / "demo" / "demo.toml").read_text(encoding="utf-8"))
    initials: str = told["initials"]
    return DemoTown(
        now=datetime.combine(told["date"], told["time"]),
        office=told["office"],
        initials=initials,
        post=next((other for other in told["desks"] if other != initials), initials),
    )


def _settings(town: DemoTown, initials: str) -> Settings:
    """The account's own taste, and everything else as it came: the demo is the same on every machine."""
    own = load_settings().settings
    return Settings(
        initials=initials,
        office_name=town.office,
        theme=own.theme,
        after_verb=own.after_verb,
        office_folder=data_folder() / "demo" / "office",
    )


def _open(path: Path, town: DemoTown, initials: str, clock: Callable[[], datetime]) -> Office:
    return open_office(path, _settings(town, initials), clock=clock, account=f"demo.{initials.lower()}")


def _running_clock(town: DemoTown) -> Callable[[], datetime]:
    began, start = to_utc(town.now, Settings().zone), time.monotonic()
    return lambda: began + timedelta(seconds=time.monotonic() - start)


def _build(folder: Path, town: DemoTown) -> None:
    """Build the pristine office under another name and rename it, so that no half of it is ever found."""
    from ob_buero_tui.services.calendar.day import ensure_occurrences
    from ob_buero_tui.services.intake.files import import_files
    from ob_buero_tui.services.workcalendar import fill_holidays

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(prefix=f"{PRISTINE}-", dir=folder))
    try:
        create_office(draft / DATABASE, Settings())
        (draft / DROP_FOLDER).mkdir(mode=0o700)
        began = to_utc(town.now, Settings().zone)
        office = _open(draft / DATABASE, town, town.post, lambda: began)
        try:
            fill_holidays(office.place)
            ensure_occurrences(office.place)
            report = import_files(office.place, [data_folder() / "demo" / name for name in FILES])
        finally:
            office.close()
        if report.problems:
            raise Refusal("Das Demobüro lässt sich nicht einrichten.", report.problems[0])
        _move(draft, folder / PRISTINE)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _clear_older(folder)


def _start_afresh(folder: Path) -> None:
    """Put a new copy in the place of the one worked on, unless another window has that open."""
    used = folder / WORKED_ON
    if _in_use(used / DATABASE):
        raise Refusal(
            "Das Demobüro beginnt nicht von vorn.",
            "Es ist noch in einem anderen Fenster geöffnet.",
            "Schließen Sie es dort, oder lassen Sie --neu weg.",
        )
    draft = Path(tempfile.mkdtemp(prefix=f"{WORKED_ON}-", dir=folder))
    try:
        shutil.copytree(folder / PRISTINE, draft, dirs_exist_ok=True)
        if used.exists():
            used.rename(draft / "alt")
        _move(draft, used)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(used / "alt", ignore_errors=True)


def _move(draft: Path, target: Path) -> None:
    """Rename a folder into its place; another process that was faster has made the same."""
    try:
        draft.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _in_use(database: Path) -> bool:
    """Whether another process has this database open."""
    if not database.exists():
        return False
    unclean.clear_markers(database)
    own = unclean.marker(database)
    return any(found != own for found in database.parent.glob(f"{database.name}.offen-*"))


def _clear_older(folder: Path) -> None:
    """Remove the demos of other versions that nobody has open."""
    for other in folder.parent.glob("demo-*"):
        if other != folder and not _in_use(other / WORKED_ON / DATABASE):
            shutil.rmtree(other, ignore_errors=True)
