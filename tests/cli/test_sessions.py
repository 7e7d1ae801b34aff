"""`sessions`: the JSON to the last key, the text, and what outsiders are not told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Ran, Run

Make = Callable[..., int]
KEYS = ["id", "organization", "name", "start", "state", "deadlines"]


@pytest.fixture
def three(make_meeting: Make) -> dict[str, int]:
    """A session to come, one that is over, and a confidential one to come."""
    return {
        "coming": make_meeting(body="Stadtrat", name="Sitzung des Stadtrates", meeting_state="terminiert"),
        "past": make_meeting(body="Bauausschuss", start=datetime.fromisoformat("2026-10-01T17:00")),
        "secret": make_meeting(body="Ältestenrat", name="Geheimsache", confidentiality="vertraulich"),
    }


def document(ran: Ran) -> Any:
    """The JSON a command printed, which is all it printed."""
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def test_sessions_have_their_keys_and_types(run: Run, database: Path, three: dict[str, int]) -> None:
    listed = document(run("sessions", "--json", "--db", database))
    assert [one["id"] for one in listed] == [str(three["coming"]), str(three["secret"])]
    first = listed[0]
    assert list(first) == KEYS
    assert (first["organization"], first["name"]) == ("Stadtrat", "Sitzung des Stadtrates")
    assert (first["start"], first["state"]) == ("2026-12-10T17:00:00+01:00", "terminiert")
    assert {tuple(one) for one in first["deadlines"]} == {("kind", "on", "rule", "text")}
    kinds = [one["kind"] for one in first["deadlines"]]
    assert {"vorlagenschluss", "versand", "zugang", "bekanntmachung"} <= set(kinds)
    assert [one["on"] for one in first["deadlines"]] == sorted(one["on"] for one in first["deadlines"])
    assert all(one["rule"] and one["text"] for one in first["deadlines"])


def test_past_ones_come_with_all(run: Run, database: Path, three: dict[str, int]) -> None:
    ids = [one["id"] for one in document(run("sessions", "--all", "--json", "--db", database))]
    assert ids == [str(three[name]) for name in ("past", "coming", "secret")]


@pytest.mark.parametrize("options", [[], ["--json"], ["--all"], ["--all", "--json"]])
@pytest.mark.parametrize("audience", ["deputy", "press", "public"])
def test_what_is_confidential_is_not_told(
    run: Run, database: Path, three: dict[str, int], audience: str, options: list[str]
) -> None:
    told = run("sessions", "--audience", audience, *options, "--db", database).out
    assert "Stadtrat" in told
    assert "Geheimsache" not in told
    assert "Ältestenrat" not in told


def test_as_text_the_chain_stands_below_its_session(run: Run, database: Path, make_meeting: Make) -> None:
    make_meeting(body="Stadtrat", meeting_state="terminiert", steps=["vorlagenschluss"])
    lines = run("sessions", "--db", database).out.splitlines()
    assert lines[1].startswith("Do 10.12.2026 17:00  Stadtrat")
    assert sum("Stadtrat" in line for line in lines) == 1, "the session is named once"
    ticked = next(line for line in lines if "  Vorlagenschluss" in line)
    assert "✓  Vorlagenschluss" in ticked
    assert "erledigt" in ticked
    outside = run("sessions", "--audience", "press", "--db", database).out
    assert "Vorlagenschluss" in outside
    assert "✓" not in outside
    assert "erledigt" not in outside


def test_a_session_without_a_chain_says_why(run: Run, database: Path, make_meeting: Make) -> None:
    make_meeting(body="Stadtrat", cancelled=True)
    assert "abgesagt" in run("sessions", "--db", database).out


def test_no_session_is_a_sentence(run: Run, db: Path) -> None:
    assert run("sessions", "--db", db).out == "Es steht keine Sitzung an.\n"
    assert document(run("sessions", "--json", "--db", db)) == []


def test_nothing_from_outside_acts_on_the_terminal(run: Run, database: Path, make_meeting: Make) -> None:
    make_meeting(body="Rat \x1b[2J[b]x[/b]", name="x\x9by\u202e")
    for options in ([], ["--json"]):
        told = run("sessions", *options, "--db", database).out
        assert not set("\x1b\x9b\u202e") & set(told)
        assert "[b]x[/b]" in told


def test_all_laender_stand_side_by_side(run: Run, database: Path) -> None:
    listed = document(run("sessions", "--laender", "10.12.2026", "--json", "--db", database))
    assert len(listed) == 16
    assert next(one for one in listed if one["land"] == "RP")["receipt"] == "2026-12-05"
    shown = run("sessions", "--laender", "10.12.2026", "--db", database).out
    assert "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12." in shown
    assert shown.count("unbestätigt") >= 14
    assert run("sessions", "--laender", "irgendwann", "--db", database).status == 2
