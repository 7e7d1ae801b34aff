"""What must not leave does not: a word in every text of every record, looked for in every export."""

from __future__ import annotations

import getpass
import json
from contextlib import suppress
from typing import Any

import pytest
from cli_kit import Planted, Run
from sqlalchemy import select

from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, Confidentiality
from ob_buero_tui.services.council.agenda_paper import agenda_paper, agenda_text
from ob_buero_tui.services.council.minutes import minutes, minutes_as_text
from ob_buero_tui.store.council import Meeting
from office_fixtures import Clock
from secrets_kit import ITEM_UNKNOWN, TERM, WORDS, found_of, kept_back, plain

EXPORTS = (
    ("ics",),
    ("json",),
    *(("csv", "--only", only) for only in ("requests", "events", "tasks", "people", "sessions")),
    ("oparl",),
)


def exported_folder(run: Run, planted: Planted, audience: Audience) -> str:
    """What the files of a folder hold, as they stand there and as they are read."""
    folder = planted.path.with_name(f"oparl-{audience}")
    ran = run("export", "oparl", "-o", folder, "--force", "--audience", audience, "--db", planted.path)
    assert ran.status == 0, ran.err
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.json"))]
    return plain("\n".join(texts)) + plain(ran.out + ran.err)


def exported(run: Run, planted: Planted, words: tuple[str, ...], audience: Audience) -> str:
    """What an export writes."""
    if words == ("oparl",):
        return exported_folder(run, planted, audience)
    ran = run("export", *words, "-o", "-", "--audience", audience, "--db", planted.path)
    if words[-1] == "tasks" and audience in OUTSIDE:
        assert (ran.status, ran.out) == (1, "")
        return ""
    assert ran.status == 0, ran.err
    told = plain(ran.out)
    if words == ("json",):
        told += json.dumps(json.loads(ran.out), ensure_ascii=False).casefold()
    return told + plain(ran.err)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("words", EXPORTS, ids=" ".join)
def test_what_must_not_leave_does_not(
    run: Run, planted: Planted, words: tuple[str, ...], audience: Audience
) -> None:
    told = exported(run, planted, words, audience)
    assert not found_of(kept_back(audience), told)


@pytest.mark.parametrize("audience", OUTSIDE)
def test_agendas_and_minutes_hold_nothing_secret(planted: Planted, catalog: Any, audience: Audience) -> None:
    """As text, which the PDF files are made from; of every session that this audience may know of."""
    office = open_office(planted.path, Settings(), catalog=catalog, clock=Clock(), account=getpass.getuser())
    told = ""
    try:
        with office.place.reading() as session:
            keys = list(session.scalars(select(Meeting.id)))
        for key in keys:
            for make, text in ((agenda_paper, agenda_text), (minutes, minutes_as_text)):
                with suppress(Refusal):
                    told += plain(text(make(office.place, key, "Büro OB", audience)))
    finally:
        office.close()
    secret = [word for name, word in WORDS.items() if name != Confidentiality.OEFFENTLICH]
    assert not found_of([*secret, ITEM_UNKNOWN], told)
    assert WORDS[Confidentiality.OEFFENTLICH].casefold() in told
    assert TERM.casefold() in told


@pytest.mark.parametrize("words", EXPORTS, ids=" ".join)
@pytest.mark.parametrize("audience", Audience)
def test_what_may_leave_does(run: Run, planted: Planted, words: tuple[str, ...], audience: Audience) -> None:
    told = exported(run, planted, words, audience)
    if words[-1] == "tasks" and audience in OUTSIDE:
        return
    open_ = WORDS[Confidentiality.OEFFENTLICH].casefold()
    assert open_ in told
    inside = audience not in OUTSIDE
    assert (WORDS[Confidentiality.INTERN].casefold() in told) == inside
    if words == ("json",):
        assert TERM.casefold() in told
    if inside and words in (("ics",), ("json",)):
        assert WORDS["links"].casefold() in told
        assert ("belegt" in told) is True


def test_outside_nothing_is_counted(run: Run, planted: Planted) -> None:
    told = {
        audience: run("export", "json", "-o", "-", "--audience", audience, "--db", planted.path)
        for audience in Audience
    }
    assert "Wegen Vertraulichkeit nicht exportiert" in told[Audience.INTERN].err
    for audience in (Audience.DEPUTY, *OUTSIDE):
        assert "Vertraulichkeit" not in told[audience].err
        assert "belegt" not in told[audience].err
    outside = json.loads(told[Audience.PRESS].out)
    assert outside["tasks"] == []
    ids = {row["id"] for row in outside["requests"]}
    assert len(ids) == 2, "the open one and the one with hidden people on it"


def test_a_calendar_for_the_press_carries_no_foreign_lines(run: Run, planted: Planted) -> None:
    told = run("export", "ics", "-o", "-", "--audience", "press", "--db", planted.path).out
    for name in ("ATTENDEE", "ORGANIZER", "DESCRIPTION", "X-SECRET", "COMMENT", "CONTACT"):
        assert name not in told
    assert run("export", "ics", "-o", "-", "--db", planted.path).out.count("X-SECRET") == 2


def test_a_hidden_date_of_an_open_series_does_not_take_place(run: Run, planted: Planted) -> None:
    told = run("export", "ics", "-o", "-", "--audience", "public", "--db", planted.path).out
    assert "EXDATE;TZID=Europe/Berlin:20261203T100000\r\nEXDATE;TZID=Europe/Berlin:20261204T100000" in (
        told
    ) or ("20261203T100000" in told and "20261204T100000" in told)
    inside = run("export", "ics", "-o", "-", "--db", planted.path).out
    assert "SUMMARY:belegt" in inside
    assert "RECURRENCE-ID" not in inside
