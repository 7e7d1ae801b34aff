"""The drop folder: whole files are claimed, taken in one by one, and moved where their fate is seen."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.desks import basket_desk
from ob_buero_tui.services.intake import drop_files
from ob_buero_tui.services.intake.drop_files import CLAIMED, DONE, FAILED, LARGE, REASON, Found, Stamp
from ob_buero_tui.services.intake.files import MAX_BYTES, import_files
from ob_buero_tui.services.intake.order import in_order
from ob_buero_tui.services.intake.report import Counts, FileLine, Status
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.unclean import process_token, token_lives

AGAIN: Final = timedelta(seconds=60)
"""After this what waits is looked at again although it rests: somebody may have confirmed its columns."""
TOO_LONG: Final = timedelta(minutes=10)
BROKE_OFF: Final = (
    "Beim Lesen dieser Datei wurde das Programm zweimal beendet. Sie wird nicht noch einmal gelesen. "
    "Bitte prüfen, woher sie stammt, oder die IT fragen."
)
READ_ONLY: Final = "Die Datenbank ist nur zum Lesen geöffnet; was im Eingangskorb liegt, bleibt dort."
_TOKENS = itertools.count(1)
_CAME_IN: Final = (Status.NEW, Status.CHANGED, Status.UNCHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DropNews:
    """What one look at the drop folder brought.

    Args:
        counts: The records of the files that came in.
        ids: Keys of the new requests.
        read: How many files came in, and how many of them were known already.
        failed: Names of refused files; why stands beside them.
        partly: Names of files of which parts were left out; which and why stands beside them.
        waiting: Names of files that stay, with the German reason; each is told once.
        trouble: A German sentence where nothing could be taken in at all; told at the second look in a row,
            once until it is over.
    """

    counts: Counts = field(default_factory=Counts)
    ids: tuple[int, ...] = ()
    read: int = 0
    known: int = 0
    failed: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    trouble: str = ""

    @property
    def sentence(self) -> str:
        """All of it in German; "" where there is nothing to tell."""
        new, other = self.counts.requests, self.read - self.known - self.counts.requests
        told = []
        if new:
            told.append(f"{plural(new, 'neuer Eingang', 'neue Eingänge')} aus dem Eingangskorb.")
        if other > 0:
            told.append(f"{plural(other, 'Datei', 'Dateien')} aus dem Eingangskorb eingelesen.")
        if self.known:
            told.append(f"{plural(self.known, 'Datei war', 'Dateien waren')} schon bekannt.")
        told += [f"„{name}“ bleibt im Eingangskorb: {why}." for name, why in self.waiting]
        if self.partly:
            told.append(f"Nur zum Teil gelesen: {_named(self.partly)}; in „fehler“ steht daneben, warum.")
        if self.failed:
            named = _named(self.failed)
            told.append(f"Nicht gelesen: {named}. Strg+P „Eingangskorb zeigen“ nennt den Grund.")
        return " ".join((*told, self.trouble)).strip()

    def __bool__(self) -> bool:
        return bool(self.sentence)


def _named(names: tuple[str, ...]) -> str:
    more = f" und {len(names) - 1} weitere" if len(names) > 1 else ""
    return f"„{names[0]}“{more}"


class DropFolder:
    """Watches one folder for one desk; `poll` is called every few seconds, from a single thread.

    A file is claimed by renaming it into a folder that bears this process's name, so that two desks never
    read the same one. A process that dies leaves its claim; the next desk puts it back, and what was already
    taken in is known by its hash and only moved. Its imports are steps of a desk of their own, „Korb“.
    """

    def __init__(self, place: Workplace, folder: Path) -> None:
        self._place = place
        self._mode = place.attachments.file_mode
        self.folder = folder
        self._token = f"{process_token()}_{next(_TOKENS)}"
        self._seen: dict[str, Stamp] = {}
        self._parked: dict[str, tuple[Stamp, str, datetime]] = {}
        self._told: set[tuple[str, str]] = set()
        self._trouble = ""
        self._trouble_told = False
        self._held: dict[Path, datetime] = {}
        """Claims of other desks, since when."""
        self._cleared: date | None = None

    def recheck(self) -> None:
        """Look again at what waits, at the next poll."""
        self._parked.clear()

    def parked(self) -> dict[str, str]:
        """Why files wait that were looked at, by name."""
        return {name: why for name, (_, why, _) in list(self._parked.items())}

    def poll(self, now: datetime, stop: Callable[[], bool] = lambda: False) -> DropNews:
        """Look once: take in what rested since the last look.

        Args:
            now: Local wall time of the office.
            stop: Asked before each file; True ends the look.
        """
        lines: list[tuple[str, FileLine]] = []
        trouble = ""
        try:
            for name, line in self._take_in(now, stop):
                if line.later:
                    trouble = f"Der Eingangskorb wird nicht geleert: {line.text}"
                    break
                lines.append((name, line))
        except OSError as error:
            trouble = (
                f"Der Eingangskorb „{clean(str(self.folder), limit=200)}“ ist nicht zu leeren: "
                f"{system_reason(error)}. Was darin liegt, bleibt dort."
            )
        return self._news(lines, trouble)

    def _news(self, lines: list[tuple[str, FileLine]], trouble: str) -> DropNews:
        # Once may be another desk that saves; what is still so at the next look is told, and only once.
        again, self._trouble = trouble == self._trouble, trouble
        news = trouble if again and not self._trouble_told else ""
        self._trouble_told = again and bool(trouble)
        parked = {(name, why) for name, (_, why, _) in self._parked.items()}
        fresh, self._told = sorted(parked - self._told), parked | self._told
        counts = Counts()
        for _, line in lines:
            counts += line.counts
        return DropNews(
            counts=counts,
            ids=tuple(key for _, line in lines for key in line.ids),
            read=sum(line.status in (*_CAME_IN, Status.KNOWN) for _, line in lines),
            known=sum(line.status is Status.KNOWN for _, line in lines),
            failed=tuple(clean(name, limit=80) for name, line in lines if line.status is Status.REFUSED),
            partly=tuple(clean(name, limit=80) for name, line in lines if _is_partly(line)),
            waiting=tuple((clean(name, limit=80), why) for name, why in fresh),
            trouble=news,
        )

    def _take_in(self, now: datetime, stop: Callable[[], bool]) -> Iterator[tuple[str, FileLine]]:
        ripe = self._ripe(now)
        if ripe and self._place.read_only:
            yield "", FileLine(path="", status=Status.REFUSED, text=READ_ONLY, later=True)
            return
        if self._place.read_only:
            return
        self._put_back_abandoned(now)
        if self._cleared != now.date():
            drop_files.clear_done(self.folder, now.date())
            self._cleared = now.date()
        if not ripe:
            return
        try:
            basket = replace(self._place, desk=basket_desk(self._place))
        except Refusal as refusal:
            yield "", FileLine(path="", status=Status.REFUSED, text=str(refusal), later=True)
            return
        stamps = {one.name: one.stamp for one in ripe}
        for path in in_order([self.folder / name for name in stamps]):
            if stop():
                return
            claimed = self._claim(path, stamps[path.name], now)
            if claimed is not None:
                yield path.name, self._one(basket, claimed, stamps[path.name], now)

    def _ripe(self, now: datetime) -> list[Found]:
        """The files that are as they were at the last look, without those that wait for something."""
        found = drop_files.found_in(self.folder)
        rested = [one for one in found if not one.why and self._seen.get(one.name) == one.stamp]
        self._seen = {one.name: one.stamp for one in found}
        for name, (stamp, _, since) in list(self._parked.items()):
            if self._seen.get(name) != stamp or now - since >= AGAIN:
                del self._parked[name]
        return [one for one in rested if one.name not in self._parked]

    def _claim(self, path: Path, stamp: Stamp, now: datetime) -> Path | None:
        """Take a file out of everybody else's sight; None when another desk has it or it is in use."""
        claims = drop_files.own_folder(self.folder / CLAIMED, self._mode)
        own = drop_files.own_folder(claims / self._token, self._mode)
        target = own / path.name
        try:
            path.rename(target)
        except FileNotFoundError:
            self._release(own)
            return None
        except PermissionError as error:
            self._release(own)
            if not os.access(self.folder, os.W_OK):
                raise
            self._park(path.name, stamp, f"sie ist noch geöffnet oder gesperrt ({system_reason(error)})", now)
            return None
        if not drop_files.is_plain(target):
            self._back(target)
            return None
        return target

    def _one(self, basket: Workplace, claimed: Path, stamp: Stamp, now: datetime) -> FileLine:
        """Take one claimed file in, and move it where it belongs."""
        line = import_files(basket, [claimed]).lines[0]
        drop_files.forget_attempt(self.folder / CLAIMED, claimed)
        try:
            if line.later:
                self._back(claimed)
            elif line.status is Status.WAITING:
                self._park(self._back(claimed), stamp, line.text.partition(". ")[0].rstrip("."), now)
            elif line.status is Status.REFUSED:
                self._refuse(claimed, line, now)
            else:
                self._keep(claimed, line, now)
        except OSError as error:
            why = f"sie ist gelesen, ließ sich aber nicht weglegen ({system_reason(error)})"
            self._park(self._back(claimed), stamp, why, now)
        self._release(claimed.parent)
        return line

    def _keep(self, claimed: Path, line: FileLine, now: datetime) -> None:
        """Put away what came in: its bytes are stored first, for in `erledigt` it does not stay."""
        large = claimed.stat().st_size > MAX_BYTES
        if not large:
            self._place.attachments.store(claimed.read_bytes())
        if _is_partly(line):
            self._refuse(claimed, line, now)
            return
        done = drop_files.own_folder(self.folder / DONE, self._mode)
        name = LARGE if large else now.date().isoformat()
        drop_files.move(claimed, drop_files.own_folder(done / name, self._mode), claimed.name)

    def _refuse(self, claimed: Path, line: FileLine, now: datetime) -> None:
        failed = drop_files.own_folder(self.folder / FAILED, self._mode)
        day = now.date().isoformat()
        target = drop_files.move(claimed, failed, claimed.name, mark=day, room=len(REASON))
        drop_files.write_reason(target, _told(line, claimed.name, now), self._mode)

    def _park(self, name: str, stamp: Stamp, why: str, now: datetime) -> None:
        """Leave a file where it is, and do not look at it again at once."""
        self._parked[name] = (self._seen_as(name) or stamp, why, now)

    def _seen_as(self, name: str) -> Stamp | None:
        found = next((one for one in drop_files.found_in(self.folder) if one.name == name), None)
        if found is not None:
            self._seen[name] = found.stamp
        return found.stamp if found is not None else None

    def _back(self, claimed: Path) -> str:
        """Put a claimed file back; returns the name it has then."""
        return drop_files.move(claimed, self.folder, claimed.name).name

    def _release(self, own: Path) -> None:
        for folder in (own, own.parent):
            with suppress(OSError):  # something lies in it, or another desk uses it
                folder.rmdir()

    def _put_back_abandoned(self, now: datetime) -> None:
        """Put back what desks had claimed that run no more, or lies there longer than any reading takes."""
        claims = self.folder / CLAIMED
        if not claims.is_dir() or claims.is_symlink():
            return
        others = [claim for claim in claims.iterdir() if claim.name != self._token and claim.is_dir()]
        held = [item for claim in others if not claim.is_symlink() for item in claim.iterdir()]
        self._held = {item: self._held.get(item, now) for item in held if drop_files.is_plain(item)}
        for item, since in self._held.items():
            if now - since >= TOO_LONG or not token_lives(item.parent.name.rpartition("_")[0]):
                with suppress(FileNotFoundError):  # its desk was just done with it
                    self._give_up_or_back(item, now)
                self._release(item.parent)

    def _give_up_or_back(self, item: Path, now: datetime) -> None:
        """Put a claim back; one that broke off a second time would end this program too at every start."""
        if not drop_files.broke_off_before(self.folder / CLAIMED, item, self._mode):
            self._back(item)
            return
        drop_files.forget_attempt(self.folder / CLAIMED, item)
        self._refuse(item, FileLine(path=item.name, status=Status.REFUSED, text=BROKE_OFF), now)


def _is_partly(line: FileLine) -> bool:
    return bool(line.problems) and line.status in _CAME_IN


def _told(line: FileLine, name: str, now: datetime) -> str:
    """What stands beside a file that was refused, or of which parts were left out."""
    refused = line.status is Status.REFUSED
    what = "wurde nicht" if refused else "wurde nur zum Teil"
    why = [line.text] if refused else line.problems
    head = f"Diese Datei {what} in das OB-Büro eingelesen.\n\nDatei: {clean(name, limit=300)}\n"
    return f"{head}Am: {long_date(now.date())} {clock(now)}\nWarum: {chr(10).join(why)}\n"
