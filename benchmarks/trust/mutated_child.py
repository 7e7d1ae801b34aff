"""Imports one hundred mutated files into an office of its own, and says of each what became of it.

Its lines are JSON. A line that begins a file and has none that ends it is where the process died.
"""

from __future__ import annotations

import json
import resource
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.big_office import open_desk
from mutation_kit import mutated, samples
from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.intake.files import TECHNICAL, import_files
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents

MEMORY: Final = 1_000_000_000
"""Bytes of address space; libraries that are only mapped count as well."""

ALARM: Final = 300
"""Seconds by the clock after which the system ends this process: a hang, not a busy machine."""

DRAWN: Final = ("action", "change", "action_reference")


def main() -> None:
    """Import the files of some numbers; see the lines for what became of them."""
    template, folder, seed, first, last = sys.argv[1:6]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    work = Path(folder)
    good_ones = samples(work, data_folder())
    path = work / "buero.sqlite"
    shutil.copy2(template, path)
    office = open_desk(path)
    start = contents(office.place)
    for number in range(int(first), int(last)):
        _one(office.place, work, number, int(seed), good_ones)
    _say(end=_end(office.place, path, start))
    office.close()


def _one(
    place: Workplace, folder: Path, number: int, seed: int, good_ones: Mapping[str, Sequence[bytes]]
) -> None:
    name, data = mutated(number, seed, good_ones)
    path = folder / name
    path.write_bytes(data)
    _say(begun=number, name=name)
    before, spent = _rows(place), _cpu()
    signal.alarm(ALARM)
    clock = time.monotonic()
    line = import_files(place, [path], accept_columns=True).lines[0]
    signal.alarm(0)
    _say(
        done=number,
        status=line.status.value,
        cpu=round(_cpu() - spent, 2),
        seconds=round(time.monotonic() - clock, 2),
        wrong=_wrong(line, before, _rows(place)),
        unforeseen=TECHNICAL in line.text,
    )
    path.unlink()


def _wrong(line: FileLine, before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """What is not all or named about an import, judged by what the database holds."""
    found = []
    more = {name: after[name] - count for name, count in before.items()}
    # That a list's columns are so is a decision and a step of its own, whatever becomes of its rows.
    more["action"] -= more.pop("sheet_layout")
    if line.status in (Status.REFUSED, Status.KNOWN, Status.WAITING, Status.UNCHANGED) and any(
        more[name] for name in more if name not in ("imported_file", *DRAWN)
    ):
        found.append(f"{line.status} left rows: {[name for name in more if more[name]]}")
    if line.status is Status.REFUSED and more["action"]:
        found.append("refused, and yet a step")
    if more["action"] > 1:
        found.append(f"{more['action']} steps for one file")
    if not line.text.strip() or (line.status is Status.REFUSED and not line.problems):
        found.append("no reason")
    if bool(line.counts.skipped) != bool(line.problems) and line.status in (Status.NEW, Status.CHANGED):
        found.append(f"{line.counts.skipped} left out, {len(line.problems)} named")
    told = {"request": line.counts.requests, "event": line.counts.events, "person": line.counts.persons}
    if line.path.endswith(".json"):
        del told["event"]  # a session brings its own appointment and counts as one session
    if line.status is Status.NEW:
        found += [
            f"{name}: {more[name]} came, {count} told"
            for name, count in told.items()
            if (more[name] != count if name != "person" else more[name] < count)
        ]
    return found


def _rows(place: Workplace) -> dict[str, int]:
    """How many rows each journaled table and the journal have."""
    with place.reading() as session:
        cursor = session.connection().connection.cursor()
        names = (*_tables(), *DRAWN)
        query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)  # noqa: S608
        return dict(cursor.execute(query).fetchall())


def _tables() -> list[str]:
    from ob_buero_tui.store.tables import JOURNALED

    return list(JOURNALED)


def _end(place: Workplace, path: Path, start: Mapping[str, Any]) -> dict[str, Any]:
    """What the check says of the office, and whether taking all back gives the start."""
    problems = check_database(path, place).problems
    steps = _rows(place)["action"]
    for _ in range(steps):
        undo(place)
    left = [name for name, rows in contents(place).items() if rows != start[name]]
    own, children = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"problems": problems, "left": left, "steps": steps, "rss": own, "children": children}


def _cpu() -> float:
    """Computing time of this process and of those it has waited for."""
    return sum(
        use.ru_utime + use.ru_stime
        for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _say(**values: Any) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
