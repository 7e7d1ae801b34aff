"""`python -m benchmarks [--small] [--folder F] [--only NAME …]`: the budget of README.md, measured."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import asking, council, importing, in_process, lists, on_terminal
from benchmarks.big_office import Size, office_of, open_desk
from benchmarks.results import Line, table

FULL, SMALL = 100_000, 10_000
FULL_EVENTS, SMALL_EVENTS = 20_000, 2_000


def main() -> int:
    """Make the offices where they are missing, measure, and print.

    Returns:
        0 when every budget was kept, else 1.
    """
    options = _options()
    folder: Path = options.folder
    requests = SMALL if options.small else FULL
    large = office_of(Size(requests=requests), folder, _say)
    small = office_of(Size(requests=requests // 10), folder, _say)
    _say(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    lines: list[Line] = []
    for name, measure in _measures(options, large, small).items():
        if options.only and name not in options.only:
            continue
        _say(f"measuring: {name} …")
        found = measure()
        _say(table(found))
        lines += found
    print(f"\n{requests:,} requests against the baseline of the same run:\n\n{table(lines)}")
    print("\nNot compared: khal interactive" + ("." if shutil.which("khal") else ", which is not installed."))
    return 0 if all(line.reached for line in lines) else 1


def _measures(options: argparse.Namespace, large: Path, small: Path) -> dict[str, Callable[[], list[Line]]]:
    def with_programs(measure: Callable[[on_terminal.Programs, int], list[Line]], rounds: int) -> list[Line]:
        with _scratch() as home:
            return measure(on_terminal.Programs(large, home), rounds)

    def queries(*topics: Callable[..., list[Line]]) -> list[Line]:
        offices = open_desk(large), open_desk(small)
        try:
            places = offices[0].place, offices[1].place
            return [line for measure in topics for line in measure(*places, options.rounds)]
        finally:
            for office in offices:
                office.close()

    def imports() -> list[Line]:
        with _scratch() as folder:
            events = SMALL_EVENTS if options.small else FULL_EVENTS
            rounds = max(2, options.rounds // 2)
            council = importing.measure_council(folder, events * 3 // 20, 2)
            return [*importing.measure(folder, events, rounds), *council]

    return {
        "start": lambda: with_programs(on_terminal.measure_start, options.rounds),
        "keys": lambda: with_programs(on_terminal.measure_keys, max(1, options.rounds // 3)),
        "queries": lambda: queries(in_process.measure, asking.measure, lists.measure),
        "council": lambda: queries(council.measure),
        "import": imports,
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    cache = Path(tempfile.gettempdir()) / f"ob-buero-benchmarks-{os.getuid()}"
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument("--folder", type=Path, default=cache, help="where the made offices are kept")
    parser.add_argument("--rounds", type=int, default=7, help="how often the two sides take turns")
    parser.add_argument("--only", nargs="*", choices=("start", "keys", "queries", "council", "import"))
    return parser.parse_args()


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ob-buero-") as name:
        yield Path(name)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
