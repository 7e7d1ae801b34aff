"""`week`: the same appointments as `day`, seven days of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Ran, Run


def document(ran: Ran) -> Any:
    """The JSON a command printed, which is all it printed."""
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def test_a_week_is_its_seven_days_as_day_gives_them(run: Run, db: Path) -> None:
    week = document(run("week", "3.12.2026", "--json", "--db", db))
    assert list(week) == ["week", "first", "last", "days"]
    assert (week["week"], week["first"], week["last"]) == ("2026-W49", "2026-11-30", "2026-12-06")
    dates = [one["date"] for one in week["days"]]
    assert dates == [f"2026-{day}" for day in ("11-30", *(f"12-0{n}" for n in range(1, 7)))]
    assert week["days"] == [document(run("day", date, "--json", "--db", db)) for date in dates]
    assert len(week["days"][1]["events"]) == 3


@pytest.mark.parametrize(
    ("typed", "first"),
    [([], "2026-11-23"), (["kw49"], "2026-11-30"), (["so"], "2026-11-23"), (["kw1", "2026"], "2025-12-29")],
)
def test_the_week_is_typed_as_a_day(run: Run, db: Path, typed: list[str], first: str) -> None:
    week = document(run("week", *typed, "--json", "--db", db))
    assert week["first"] == first
    assert week["week"] == (
        "2026-W01" if first == "2025-12-29" else f"2026-W{49 if typed == ['kw49'] else 48}"
    )


def test_a_week_that_is_none_is_wrong_use(run: Run, db: Path) -> None:
    ran = run("week", "kw60", "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert "keine KW 60" in ran.err


def test_as_text_each_day_is_named_once(run: Run, db: Path) -> None:
    lines = run("week", "kw49", "--db", db).out.splitlines()
    assert lines[0] == "KW 49 · 30.11.–6.12.2026"
    names = [line.split("  ")[0] for line in lines[2:] if not line.startswith("  ")]
    assert [name[:2] for name in names] == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    assert next(line for line in lines if line.startswith("Mo")).endswith("keine Termine")
    tuesday = next(at for at, line in enumerate(lines) if line.startswith("Di"))
    assert "ganztägig" in lines[tuesday]
    assert "09:00–10:00" in lines[tuesday + 1]
    assert "Heiligabend" in run("week", "24.12.2026", "--db", db).out


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("audience", ["press", "public"])
def test_a_week_tells_an_audience_nothing_it_may_not_see(
    run: Run, db: Path, options: list[str], audience: str
) -> None:
    told = run("week", "kw49", "--audience", audience, *options, "--db", db).out
    assert "Jour fixe" not in told
    assert "Vertraul" not in told
    assert "belegt" not in told


@pytest.mark.parametrize("command", ["day", "week"])
def test_a_day_that_may_be_two_is_refused_with_both(run: Run, db: Path, command: str) -> None:
    ran = run(command, "nächsten", "freitag", "--db", db)
    assert ran.status == 2
    assert "Fr 27.11. oder Fr 4.12." in ran.err
