"""`inbox`, `day` and `search`: the JSON to the last key, the text, the audience, the splits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Ran, Run, letter

INBOX_KEYS = [
    "id",
    "number",
    "kind",
    "state",
    "subject",
    "received_on",
    "due_on",
    "due_time",
    "assigned_to",
    "requester",
    "organization",
    "event_start",
    "important",
    "checks",
]
DAY_KEYS = [
    "id",
    "uid",
    "summary",
    "start",
    "end",
    "all_day",
    "location",
    "status",
    "confidentiality",
    "attendee",
    "travel_before_min",
    "travel_after_min",
    "conflicts",
]


SUBJECTS = ["Grusswort fuer die Festschrift", "Einladung zum Richtfest", "Gruesse aus Ostheim"]


def document(ran: Ran) -> Any:
    """The JSON a command printed, which is all it printed."""
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def test_the_inbox_has_its_keys_and_types(run: Run, db: Path) -> None:
    listed = document(run("inbox", "--json", "--db", db))
    assert [list(one) for one in listed] == [INBOX_KEYS] * 3
    first = next(one for one in listed if one["kind"] == "grusswort")
    assert (first["id"], first["number"], first["state"]) == ("1", "2026-0001", "neu")
    assert (first["subject"], first["requester"]) == ("Grusswort fuer die Festschrift", "Ursula Dornieden")
    assert (first["received_on"], first["due_on"], first["due_time"]) == ("2026-11-23", "2026-11-30", None)
    assert (first["event_start"], first["important"]) == (None, False)
    assert first["checks"]
    assert {tuple(check) for check in first["checks"]} == {("rule", "level", "text")}
    assert {check["level"] for check in first["checks"]} <= {"ok", "info", "warn", "open"}
    unknown = next(one for one in listed if one["subject"].startswith("Gruesse"))
    assert (unknown["kind"], unknown["due_on"], unknown["checks"]) == (None, None, [])


def test_the_inbox_stands_by_the_day_its_answer_is_due(run: Run, db: Path) -> None:
    listed = document(run("inbox", "--json", "--db", db))
    assert [one["due_on"] for one in listed] == ["2026-11-30", "2026-11-30", None]


@pytest.mark.parametrize(
    ("options", "subjects"),
    [
        (["--split", "einladung"], ["Einladung zum Richtfest"]),
        (["--split", "ohne_art"], ["Gruesse aus Ostheim"]),
        (["--split", "wartet"], []),
        (["--split", "neu"], SUBJECTS),
        (["--all"], SUBJECTS),
    ],
)
def test_a_split_is_the_one_of_the_screen(
    run: Run, db: Path, options: list[str], subjects: list[str]
) -> None:
    assert [one["subject"] for one in document(run("inbox", "--json", "--db", db, *options))] == subjects


def test_an_unknown_split_is_wrong_use(run: Run, db: Path) -> None:
    ran = run("inbox", "--split", "posteingang", "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert "Den Stapel „posteingang“ gibt es nicht" in ran.err
    for named in ("neu (Neu)", "wartet (Wartet)", "schirmherrschaft (Schirmherrschaft)"):
        assert named in ran.err


def test_a_day_has_its_keys_and_types(run: Run, db: Path) -> None:
    view = document(run("day", "2026-12-01", "--json", "--db", db))
    assert list(view) == ["date", "events"]
    assert view["date"] == "2026-12-01"
    assert [list(event) for event in view["events"]] == [DAY_KEYS] * 3
    fair, weekly, topping = view["events"]
    assert (fair["summary"], fair["all_day"]) == ("Messe", True)
    assert (fair["start"], fair["end"]) == ("2026-12-01", "2026-12-03"), "the end of a whole day is exclusive"
    assert weekly["id"] == "1@2026-12-01T09:00"
    assert weekly["uid"] == "1@example.org"
    assert (weekly["start"], weekly["end"]) == ("2026-12-01T09:00:00+01:00", "2026-12-01T10:00:00+01:00")
    assert (topping["id"], topping["status"], topping["location"]) == ("2", "TENTATIVE", "Kita Nord")
    assert (topping["travel_before_min"], topping["travel_after_min"]) == (15, 15)
    assert (weekly["conflicts"], topping["conflicts"]) == (["2"], ["1@2026-12-01T09:00"])
    assert (topping["confidentiality"], topping["attendee"], fair["conflicts"]) == ("intern", "OB", [])


def test_times_carry_the_offset_of_their_own_moment(run: Run, db: Path) -> None:
    (event,) = document(run("day", "25.10.2026", "--json", "--db", db))["events"]
    assert (event["start"], event["end"]) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ([], "2026-11-25"),
        (["heute"], "2026-11-25"),
        (["fr"], "2026-11-27"),
        (["24.11."], "2026-11-24"),
        (["kw48", "2026"], "2026-11-23"),
        (["+2w"], "2026-12-09"),
    ],
)
def test_a_day_is_typed_as_at_the_desk(run: Run, db: Path, typed: list[str], date: str) -> None:
    assert document(run("day", *typed, "--json", "--db", db))["date"] == date


@pytest.mark.parametrize("typed", ["32.13.", "irgendwann", "2026-02-30", "25.11.1926"])
def test_a_day_that_is_none_is_wrong_use(run: Run, db: Path, typed: str) -> None:
    ran = run("day", typed, "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert f"„{typed}“" in ran.err


def test_a_search_has_its_keys_and_types(run: Run, db: Path) -> None:
    hits = document(run("search", "mueller", "--json", "--db", db))
    assert hits == [
        {"type": "request", "id": "2", "title": "Einladung zum Richtfest", "snippet": hits[0]["snippet"]}
    ]
    assert "Müller spricht" in hits[0]["snippet"]
    assert {hit["type"] for hit in document(run("search", "richtfest", "--json", "--db", db))} == {
        "request",
        "event",
    }
    assert document(run("search", '"* OR', "NEAR(", "--json", "--db", db)) == []


@pytest.mark.parametrize(
    ("audience", "summary"),
    [("intern", "Vertrauliches Gespräch"), ("deputy", "belegt"), ("press", None), ("public", None)],
)
def test_a_day_shows_an_audience_what_it_may_see(
    run: Run, db: Path, audience: str, summary: str | None
) -> None:
    ran = run("day", "2026-12-02", "--json", "--audience", audience, "--db", db)
    events = [event for event in document(ran)["events"] if event["id"] == "5"]
    assert [event["summary"] for event in events] == ([summary] if summary else [])
    if audience != "intern":
        assert "Hinterzimmer" not in ran.out
        assert "5@example.org" not in ran.out
        found = run("search", "hinterzimmer", "--json", "--audience", audience, "--db", db)
        assert document(found) == []
        assert "Vertraul" not in run("day", "2026-12-02", "--audience", audience, "--db", db).out


def test_the_audience_of_the_settings_holds_until_another_is_named(
    run: Run, db: Path, own_folders: Path
) -> None:
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text('audience = "press"\n', encoding="utf-8")
    assert document(run("inbox", "--json", "--db", db)) == []
    assert len(document(run("inbox", "--json", "--audience", "intern", "--db", db))) == 3


def test_a_wrong_setting_is_named_and_stops_nothing(run: Run, db: Path, own_folders: Path) -> None:
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text('audience = "alle"\n', encoding="utf-8")
    ran = run("inbox", "--json", "--db", db)
    assert ran.status == 0
    assert len(json.loads(ran.out)) == 3
    assert "„audience“" in ran.err


# As text


def test_text_stands_in_columns(run: Run, db: Path) -> None:
    ran = run("inbox", "--db", db)
    header, *lines = ran.out.splitlines()
    assert (ran.status, ran.err, len(lines)) == (0, "", 3)
    assert re.split(r"\s{2,}", header) == ["Nummer", "Art", "Antwort bis", "Betreff", "Von", "Stand"]
    column = header.index("Betreff")
    assert [line[column:].split("  ")[0] for line in lines] == [
        "Grusswort fuer die Festschrift",
        "Einladung zum Richtfest",
        "Gruesse aus Ostheim",
    ]
    assert "Mo 30.11.2026" in lines[0]
    assert "\x1b" not in ran.out


def test_a_day_as_text_names_date_conflict_and_travel(run: Run, db: Path) -> None:
    lines = run("day", "1.12.2026", "--db", db).out.splitlines()
    assert lines[0] == "Di 1.12.2026 · KW 49" or lines[0].startswith("Di ")
    assert any(line.startswith("ganztägig") and "Messe" in line for line in lines)
    assert any("Konflikt · Fahrt 30 Min." in line and "vorgemerkt" in line for line in lines)
    closed = run("day", "24.12.2026", "--db", db).out.splitlines()[0]
    assert closed.endswith(" · Heiligabend · Weihnachtsferien")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["day", "2026-07-01"], "Keine Termine."),
        (["search", "zeppelin"], "Nichts gefunden."),
        (["inbox", "--split", "wartet"], "Hier liegt nichts."),
    ],
)
def test_an_empty_list_says_so(run: Run, db: Path, words: list[str], sentence: str) -> None:
    ran = run(*words, "--db", db)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, sentence)


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("at_terminal", [False, True])
def test_nothing_from_outside_acts_on_the_terminal(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], at_terminal: bool
) -> None:
    hostile = "=?utf-8?Q?Gru=C3=9Fwort_=1B[2J=1B]0;x=07_[b]x[/b]_=E2=80=AE?="
    (tmp_path / "x.eml").write_bytes(letter(hostile, body="\x1b[31mGrußwort\x9b"))
    assert run("import", tmp_path / "x.eml", "--db", db).status == 0
    monkeypatch.setattr("sys.stdout.isatty", lambda: at_terminal)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "300")
    for words in (["inbox"], ["search", "grusswort"]):
        ran = run(*words, *options, "--db", db)
        assert not set("\x1b\x07\x9b\u202e") & set(ran.out)
        assert "[b]x[/b]" in ran.out, "markup is only text"


def test_a_terminal_without_utf8_gets_whole_json(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.reconfigure", lambda **_: None, raising=False)
    text = run("day", "2026-12-02", "--json", "--db", db).out
    assert "Gespräch" in text


def test_the_list_says_the_offices_own_word_for_a_state(
    run: Run, db: Path, own_folders: Path, tmp_path: Path
) -> None:
    office = tmp_path / "katalog"
    (office / "catalog").mkdir(parents=True)
    renamed = '[[states]]\nkey = "neu"\nlabel = "unbearbeitet"\n'
    (office / "catalog" / "states.toml").write_text(renamed, encoding="utf-8")
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text(f'office_folder = "{office}"\n', encoding="utf-8")
    assert "unbearbeitet" in run("inbox", "--db", db).out
    assert "unbearbeitet" in run("search", "status:neu", "--db", db).out
