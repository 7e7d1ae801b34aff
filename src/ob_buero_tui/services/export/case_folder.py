"""Writes closed requests as folders for the E-Akte: each whole or not at all, and marked as given out."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.disposing.late import came_since
from ob_buero_tui.services.export.case_file import CaseFile, case_file, refuse_unfit
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request

FOLDER = "e-akte"
_MOST = 99
_WHAT = "Für die E-Akte wurde nichts geschrieben."


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What was written for the E-Akte.

    Args:
        folders: One for each request.
        refused: German sentences on those that were not written.
        remarks: German sentences on what is missing in a folder.
    """

    ids: tuple[int, ...]
    folders: tuple[Path, ...]
    refused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    text: str = ""


def default_folder(place: Workplace) -> Path:
    """Where the folders are written unless another place is chosen."""
    return place.out_folder / FOLDER


def requests_named(place: Workplace, numbers: Sequence[str]) -> tuple[list[int], list[str]]:
    """The keys of requests by their numbers, each once, and a sentence for each number that nobody has."""
    with place.reading() as session:
        query = select(Request.number, Request.id).where(Request.number.in_(list(numbers)))
        known = {row.number: row.id for row in session.execute(query)}
    wanted = list(dict.fromkeys(numbers))
    missing = [f"Einen Eingang {clean(one, limit=40)} gibt es nicht." for one in wanted if one not in known]
    return [known[one] for one in wanted if one in known], missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A request that stays, and why."""

    number: str
    refusal: Refusal


def unfit(place: Workplace, ids: Sequence[int]) -> dict[int, Unfit]:
    """Which of some requests may not leave, each with the reason."""
    found: dict[int, Unfit] = {}
    with place.reading() as session:
        for row in session.scalars(select(Request).where(Request.id.in_(list(ids)))):
            try:
                refuse_unfit(place, row)
            except Refusal as refusal:
                found[row.id] = Unfit(number=row.number, refusal=refusal)
    return {key: found[key] for key in ids if key in found}


def file_cases(place: Workplace, ids: Sequence[int], office: str, folder: Path) -> Filed:
    """Write a folder for each request, and mark those as given out; what does not fit is named and left.

    Their retention here goes on until somebody confirms that the E-Akte has them (`disposing.taking_over`).

    Each folder is written beside its place first and gets its name after the step is stored.

    Args:
        office: What the office calls itself.

    Raises:
        Refusal: none of them may leave, or the folder cannot be written.
    """
    cases, refused = [], []
    for key in dict.fromkeys(ids):
        try:
            cases.append(case_file(place, key, office))
        except Refusal as refusal:
            refused.append(str(refusal))
    if not cases:
        if len(refused) == 1:
            raise Refusal(refused[0])
        raise Refusal(_WHAT, " ".join(refused[:6]) or "Es ist kein Eingang ausgewählt.")
    waiting: dict[int, Path] = {}
    try:
        for case in cases:
            waiting[case.request_id] = _written(folder, case)
        _file(place, {case.request_id: case.read_at for case in cases})
    except BaseException:
        for path in waiting.values():
            shutil.rmtree(path, ignore_errors=True)
        raise
    folders = tuple(_named(waiting[case.request_id], folder, case.name) for case in cases)
    return Filed(
        ids=tuple(case.request_id for case in cases),
        folders=folders,
        refused=tuple(refused),
        remarks=tuple(remark for case in cases for remark in _remarks(case)),
        text=f"{_several(cases)} für die E-Akte ausgegeben",
    )


@use_case("file_case")
def _file(work: Work, read_at: Mapping[int, int]) -> None:
    """Mark requests as given out, as they were after these steps of the journal."""
    rows = [work.get(Request, key) for key in read_at]
    for row in rows:
        # Meanwhile another desk may have opened it again, or written to it.
        refuse_unfit(work.place, row)
        if came_since(work.session.connection(), read_at[row.id], [row.id]):
            why = f"Zu {row.number} kam inzwischen etwas dazu, das nicht im Ordner ist."
            raise Refusal(_WHAT, why, "Geben Sie noch einmal aus.")
        row.filed_at, row.taken_over_at = work.at, None  # what left now, nobody has confirmed yet
    work.tell(table="request", ids=[row.id for row in rows])
    numbers = join([row.number for row in rows[:6]])
    more = f" und {len(rows) - 6} weitere" if len(rows) > 6 else ""
    work.left_house(f"Die Ablage für die E-Akte zu {numbers}{more}")


def _remarks(case: CaseFile) -> list[str]:
    lost = [f"{case.number}: „{clean(one, limit=80)}“ fehlt, die Datei liegt nicht mehr beim Büro."
            for one in case.lost]  # fmt: skip
    return lost + [f"{case.number}: nicht dabei: {one}." for one in case.left_out]


def _several(cases: Sequence[CaseFile]) -> str:
    return cases[0].number if len(cases) == 1 else plural(len(cases), "Vorgang", "Vorgänge")


def _written(folder: Path, case: CaseFile) -> Path:
    """The files of a request in a folder without its name yet, for this account alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = Path(tempfile.mkdtemp(prefix=".e-akte-", suffix=".unfertig", dir=folder))
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        _fill(unfinished, case.files)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise _refused(folder, error) from error
    return unfinished


def _fill(unfinished: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        target = unfinished / path
        target.parent.mkdir(exist_ok=True, mode=0o700)
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _named(unfinished: Path, folder: Path, name: str) -> Path:
    """Give the folder its name; where that is taken it gets a number, and else stays where it lies."""
    for count in range(1, _MOST + 1):
        target = folder / (name if count == 1 else f"{name} ({count})")
        if os.path.lexists(target):
            continue
        try:
            return unfinished.rename(target)
        except OSError:
            continue
    return unfinished


def _refused(folder: Path, error: OSError) -> Refusal:
    return Refusal(
        _WHAT,
        f"Der Ordner „{clean(str(folder), limit=200)}“ nimmt die Dateien nicht: {system_reason(error)}.",
        "Schaffen Sie Platz, oder nennen Sie einen anderen Ordner.",
    )


@sentence("file_case")
def _told(_params: Params) -> str:
    return "für die E-Akte ausgegeben"
