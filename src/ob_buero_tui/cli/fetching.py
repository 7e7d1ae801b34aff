"""`fetch`: council data comes from an OParl endpoint, and each one gets its line."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from ob_buero_tui.cli.opened import opened
from ob_buero_tui.cli.printing import complain, print_json, say
from ob_buero_tui.rules.german import number, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.endpoints import endpoints
from ob_buero_tui.services.council.fetching import Fetched, Progress, fetch
from ob_buero_tui.services.workplace import Workplace


def run_fetch(options: Namespace) -> int:
    """Fetch from the address given, else from all that were fetched from before; 1 when something is missing.

    Raises:
        Refusal: there is no address, or the office is open for reading only.
    """
    with opened(options) as office:
        found = [
            fetch(office.place, url, full=options.full, progress=_progress())
            for url in _addresses(options, office.place)
        ]
        since = [f"{office.place.local(one.since):%d.%m.%Y, %H:%M}" if one.since else "" for one in found]
    if options.json:
        print_json({"endpoints": [_shape(one) for one in found]})
    for one, day in zip(found, since, strict=True):
        if not options.json:
            _say(one, day)
        for problem in one.problems:
            complain(f"{one.name or one.url}: {problem}")
    return 1 if any(one.problems or one.left or one.stopped for one in found) else 0


def _addresses(options: Namespace, place: Workplace) -> list[str]:
    known = [one.url for one in endpoints(place)]
    if not options.url and not known:
        raise Refusal(
            "Es wurde nichts geholt.",
            "Noch ist keine Schnittstelle bekannt.",
            "Nennen Sie ihre Adresse; sie endet oft auf /oparl/system.",
        )
    return [options.url] if options.url else known


def _progress() -> Progress | None:
    """A line on the terminal that counts the pages; nothing where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(pages: int, part: str) -> None:
        sys.stderr.write(f"\r\x1b[K{part}: {number(pages)} Seiten gelesen …")
        sys.stderr.flush()

    return show


def _say(one: Fetched, since: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
    say(f"{one.text} Gefragt war nach Änderungen seit {since}." if since else one.text)
    for note in one.notes:
        say(note)
    if one.left:
        say(f"{plural(one.left, 'Liste bleibt', 'Listen bleiben')} für das nächste Mal.")


def _shape(one: Fetched) -> dict[str, Any]:
    counts = one.counts
    return {
        "url": one.url,
        "name": one.name or None,
        "pages": one.pages,
        "since": one.since.isoformat() if one.since else None,
        "new": dict(counts.new),
        "changed": counts.changed,
        "deleted": counts.deleted,
        "unchanged": counts.unchanged,
        "left": one.left,
        "problems": list(one.problems),
        "notes": list(one.notes),
    }
