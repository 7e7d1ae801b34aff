"""`inbox` and `search`: the lists of the screens as text, or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.cli.shapes import inbox_shape, search_shape
from ob_buero_tui.office import Office
from ob_buero_tui.rules import german
from ob_buero_tui.rules.query import parse_query
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import StateTable
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.listing import Listed, asked_for, listing
from ob_buero_tui.services.search import Hit, search

TYPES = {
    "request": "Eingang",
    "event": "Termin",
    "task": "Aufgabe",
    "person": "Person",
    "organization": "Organisation",
    "meeting": "Sitzung",
    "paper": "Vorlage",
}


def run_inbox(options: Namespace) -> int:
    """Print the open requests by the day their answer is due, one split of them, or all there are."""
    with opened(options) as office:
        split = inbox.ALL if options.all else options.split or inbox.OPEN_ONES
        try:
            found = listing(office.place, split, audience_of(options, office), checked=options.json)
        except Refusal as refusal:
            wrong_use(str(refusal))
        if options.json:
            print_json(inbox_shape(found, office.place.zone))
        else:
            _print_inbox(found, office.place.catalog.states)
    return 0


def run_search(options: Namespace) -> int:
    """Print what contains words beginning with every word of the text, or the requests that a query finds."""
    text = " ".join(map(_quoted, options.text))
    with opened(options) as office:
        audience = audience_of(options, office)
        if _is_query(text):
            return _run_query(options, office, audience, text)
        hits = search(office.place, " ".join(options.text), audience=audience)
        if options.json:
            print_json(search_shape(hits))
        else:
            _print_hits(hits)
    return 0


def _quoted(word: str) -> str:
    """What the shell gave as one is one: "zwei Wörter" without its quotes."""
    return f'"{word}"' if " " in word.strip() and ":" not in word and '"' not in word else word


def _is_query(text: str) -> bool:
    try:
        return parse_query(text).keyed
    except Refusal as refusal:
        wrong_use(str(refusal))


def _run_query(options: Namespace, office: Office, audience: Audience, text: str) -> int:
    if audience is not Audience.INTERN:
        wrong_use("Mit Angaben wie „status:“ sucht nur das Büro selbst. Lassen Sie --audience weg.")
    try:
        found = asked_for(office.place, parse_query(text), checked=options.json)
    except Refusal as refusal:
        wrong_use(str(refusal))
    if options.json:
        print_json(inbox_shape(found, office.place.zone))
    else:
        _print_inbox(found, office.place.catalog.states)
    return 0


def _print_inbox(found: Sequence[Listed], states: StateTable) -> None:
    if not found:
        say("Hier liegt nichts.")
        return
    headers = ("Nummer", "Art", "Antwort bis", "", "Betreff", "Von", "Stand")
    print_table(
        headers,
        [
            (
                one.number,
                one.kind_label,
                _due(one),
                " ".join(
                    word for word, said in (("überfällig", one.overdue), ("wichtig", one.important)) if said
                ),
                one.subject,
                one.organization or one.requester,
                states.label(one.state),
            )
            for one in found
        ],
    )


def _due(one: Listed) -> str:
    if one.due_on is None:
        return "ohne"
    at = f" {german.clock(one.due_time)}" if one.due_time else ""
    return f"{german.long_date(one.due_on)}{at}"


def _print_hits(hits: Sequence[Hit]) -> None:
    if not hits:
        say("Nichts gefunden.")
        return
    rows = [(TYPES.get(hit.type, hit.type), str(hit.id), hit.title, hit.snippet) for hit in hits]
    print_table(("Was", "Nr.", "Titel", "Fundstelle"), rows)


COMMANDS: dict[str, Callable[[Namespace], int]] = {"inbox": run_inbox, "search": run_search}
