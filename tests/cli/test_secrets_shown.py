"""What must not be read is not shown either: a word in every text, looked for in every list and sheet."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from cli_kit import Planted, Run
from sqlalchemy import CheckConstraint, Text, select

from ob_buero_tui.cli import opened
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, Confidentiality
from ob_buero_tui.services.calendar.day import ensure_occurrences
from ob_buero_tui.services.paper import sheets
from ob_buero_tui.services.search import search
from ob_buero_tui.services.vorlage import paper as vorlage
from ob_buero_tui.store.tables import METADATA
from ob_buero_tui.store.veil import KEYS
from office_fixtures import Clock
from secrets_kit import SET, WORDS, found_of, kept_back, plain

DAY = "2026-12-01"
SEARCHED = ("Wörtchen", "Müll", "Fremdes", "Hängt", "vertraulich", "persoenlich", "2026")
LISTS: dict[str, tuple[str, ...]] = {
    "inbox": ("inbox",),
    "inbox --all": ("inbox", "--all"),
    "day": ("day", DAY),
    "week": ("week", DAY),
    "sessions": ("sessions", "--all"),
    "tasks": ("tasks", "--all"),
    "stats": ("stats",),
    "plan list": ("plan", "list"),
    "plan show": ("plan", "show", "2027"),
    **{f"search {word}": ("search", word) for word in SEARCHED},
}


class Kept(Office):
    """An office that stays open for the next command."""

    def close(self) -> None:
        """Nothing: it is closed at the end."""


@pytest.fixture(scope="module")
def office(planted: Planted, catalog: Any) -> Iterator[Office]:
    """The planted office, opened once."""
    found = open_office(planted.path, Settings(), catalog=catalog, clock=Clock(), account=getpass.getuser())
    ensure_occurrences(found.place)
    yield found
    found.close()


@pytest.fixture
def shown(run: Run, office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """All that a command prints, on both streams; wrong use and refusals count as printed."""
    kept = Kept(path=office.path, place=office.place, settings=office.settings)
    monkeypatch.setattr(opened, "open_office", lambda *_args, **_more: kept)

    def command(*words: str) -> str:
        ran = run(*words, "--db", office.path)
        told = plain(ran.out + ran.err)
        with suppress(json.JSONDecodeError):
            told += json.dumps(json.loads(ran.out), ensure_ascii=False).casefold()
        return told

    return command


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_what_its_audience_may_read(
    shown: Callable[..., str], name: str, audience: Audience
) -> None:
    words = (*LISTS[name], "--audience", audience)
    told = shown(*words) + shown(*words, "--json")
    assert not found_of(kept_back(audience, at_the_desk=True), told)


@pytest.mark.parametrize("name", ["inbox", "day", "week", "sessions", "search Wörtchen"])
def test_what_may_be_read_is_there(shown: Callable[..., str], name: str) -> None:
    """Otherwise an empty list would keep every secret."""
    for audience in Audience:
        told = shown(*LISTS[name], "--audience", audience)
        assert found_of([WORDS[Confidentiality.OEFFENTLICH]], told), audience
        inside = found_of([WORDS[Confidentiality.INTERN]], told)
        assert bool(inside) == (audience not in OUTSIDE), audience


@pytest.mark.parametrize("audience", [Audience.DEPUTY, *OUTSIDE])
def test_nobody_finds_out_by_asking(office: Office, audience: Audience) -> None:
    """A hit that shows nothing secret still tells that the word stands there."""
    for word in (WORDS[Confidentiality.VERTRAULICH], WORDS["foreign"], WORDS["trash"]):
        found = search(office.place, word[:18].replace(",", ""), audience=audience)
        assert not found, word
    if audience in OUTSIDE:
        assert not search(office.place, WORDS["links"][:10], audience=audience)


SHEETS: dict[str, tuple[Callable[[Office], str], Audience, bool]] = {
    "tagesblatt": (lambda one: _sheet(sheets.day_sheet(one.place, ON)), Audience.INTERN, True),
    "wochenblatt": (lambda one: _sheet(sheets.week_sheet(one.place, ON)), Audience.INTERN, True),
    "fahrerblatt": (lambda one: _sheet(sheets.driver_sheet(one.place, ON)), Audience.DEPUTY, False),
    "vertretungsblatt": (lambda one: _deputies(one), Audience.DEPUTY, False),
}
"""Each sheet of paper, who reads it, and whether that is the office itself."""

ON = date.fromisoformat(DAY)


def _sheet(sheet: sheets.Sheet) -> str:
    return plain(sheets.sheet_text(sheet))


def _deputies(office: Office) -> str:
    return "".join(
        _sheet(sheets.deputy_sheet(office.place, ON, one)) for one in sheets.deputies_of(office.place)
    )


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_holds_what_its_reader_may_know(office: Office, name: str) -> None:
    made, audience, at_the_desk = SHEETS[name]
    told = made(office)
    assert not found_of(kept_back(audience, at_the_desk=at_the_desk), told)
    assert "belegt" in told
    assert found_of([WORDS[Confidentiality.INTERN]], told)


def test_the_mayors_list_holds_nothing_of_another_account(office: Office) -> None:
    told = plain(vorlage.preview(vorlage.paper(office.place, 1, "Büro")))
    assert not found_of([WORDS["foreign"], WORDS["trash"]], told)
    assert found_of([WORDS[Confidentiality.INTERN]], told)


@pytest.mark.parametrize("words", [("free", "60 Minuten, 1.12.2026"), ("calendars", "sync")], ids=" ".join)
def test_what_commands_of_the_office_tell(shown: Callable[..., str], words: tuple[str, ...]) -> None:
    """They know no audience: what they print holds no text of a record at all."""
    told = shown(*words) + shown(*words, "--json")
    assert not found_of(list(WORDS.values()), told)


UNPLANTED = {
    "zone_alias": "names of time zones",
    "holiday": "public holidays",
    "desk": "accounts and initials",
    "calendar_feed": "paths and hashes of published calendars",
    "oparl_endpoint": "addresses of interfaces",
    "unresolved_reference": "addresses of objects that have not come",
    "sheet_layout": "heads of lists",
    "saved_split": "a desk's own piles, shown at that desk alone",
    "system": "who publishes the council's data",
    "body": "the municipality",
    "legislative_term": "names of terms",
    "meeting_step": "ticks",
    "request_check": "ticks",
    "paper_number": "a register of numbers",
    "request_number": "a register of numbers",
    "request_event": "keys",
    "occurrence": "dates, derived",
    "search_doc": "derived",
    "action": "keys and counts, see test_params_hold_no_data",
    "action_reference": "keys",
    "change": "the journal, read as sentences without texts",
    "erasure": "keys",
}
"""Tables without a word in them, and what they hold instead."""


def test_every_text_of_every_table_is_planted(office: Office) -> None:
    """A new column for texts must be planted, or named with the reason."""
    bare = []
    with office.place.engine.connect() as connection, connection.begin():
        for table in METADATA.tables.values():
            ours = f"ck_{table.name}_"
            checks = (str(one.name) for one in table.constraints if isinstance(one, CheckConstraint))
            skipped = SET | KEYS | {name.removeprefix(ours) for name in checks}
            for column in table.columns:
                told = isinstance(column.type, Text) and column.name not in skipped
                if not told or column.primary_key or table.name in UNPLANTED:
                    continue
                query = select(column).where(column.contains("rtchen") | column.contains("ngt-dran"))
                if connection.execute(query.limit(1)).first() is None:
                    bare.append(f"{table.name}.{column.name}")
    assert not bare, bare
