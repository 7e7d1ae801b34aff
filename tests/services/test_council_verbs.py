"""What the desk does with sessions and bodies: tick, note, choose a rule, free the mayor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from council_kit import add_body
from intake_samples import rows
from oparl_samples import address, an, written
from oparl_samples import meeting as session_of

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.sessions import due_steps, meeting_rows
from ob_buero_tui.services.council.verbs import (
    note_meeting,
    rule_choices,
    set_ladungsfrist,
    set_mayor_attends,
    tick_step,
)
from ob_buero_tui.services.council.views import Light
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.people import Organization
from office_fixtures import Clock

Make = Callable[..., int]


def done(place: Workplace, key: int) -> list[str]:
    """The steps of a session that are done."""
    return [one.kind for one in meeting_rows(place, [key])[key].deadlines if one.light is Light.DONE]


def test_the_next_open_step_is_ticked_one_after_the_other(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    texts = [tick_step(place, [key]).text for _ in range(5)]
    assert texts[0] == "„Stadtrat“ am Do 10.12.2026: Antragsschluss erledigt"
    assert done(place, key) == ["antragsschluss", "vorlagenschluss", "bekanntmachung", "versand", "zugang"]
    with pytest.raises(Refusal, match="jetzt kein Schritt offen"):
        tick_step(place, [key])


def test_the_minutes_are_next_once_the_session_was_held(
    place: Workplace, make_meeting: Make, clock: Clock
) -> None:
    key = make_meeting(body="Stadtrat")
    clock.now = datetime.fromisoformat("2026-12-11T09:00+01:00")
    assert tick_step(place, [key]).text == "„Stadtrat“ am Do 10.12.2026: Niederschrift erledigt"


def test_a_step_is_ticked_opened_again_undone_and_redone(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    tick_step(place, [key], "versand")
    assert done(place, key) == ["versand"]
    assert tick_step(place, [key], "versand").text.endswith("Versand wieder offen")
    assert done(place, key) == []
    undo(place)
    assert done(place, key) == ["versand"]
    redo(place)
    assert done(place, key) == []
    assert [(line.text, line.undone) for line in meeting(place, key).history][1:3] == [
        ("Versand erledigt", False),
        ("Versand wieder offen", False),
    ]


def test_a_batch_is_one_step_and_only_opens_again_what_all_have(place: Workplace, make_meeting: Make) -> None:
    first = make_meeting(body="Stadtrat", steps=["versand"])
    second = make_meeting(body="Hauptausschuss", start=datetime.fromisoformat("2026-12-15T17:00"))
    assert tick_step(place, [first, second], "versand").text == "2 Sitzungen: Versand erledigt"
    assert (done(place, first), done(place, second)) == (["versand"], ["versand"])
    assert recent_actions(place)[0].text == "2 Sitzungen: Versand erledigt"
    tick_step(place, [first, second], "versand")
    assert (done(place, first), done(place, second)) == ([], [])


def test_a_ticked_step_is_due_no_more(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    until = place.today
    assert [one.kind for _, one in due_steps(place, until)] == ["antragsschluss", "vorlagenschluss"]
    tick_step(place, [key])
    assert [one.kind for _, one in due_steps(place, until)] == ["vorlagenschluss"]


@pytest.mark.parametrize(
    ("values", "kind", "sentence"),
    [
        (
            {"cancelled": True},
            "",
            "„Stadtrat“ hat diesen Schritt nicht. Abgesagt: es gibt keine Fristen. {OTHER}",
        ),
        (
            {"start": None},
            "",
            "„Stadtrat“ hat diesen Schritt nicht. Ohne Beginn lässt sich keine Frist rechnen. {OTHER}",
        ),
        (
            {},
            "gibt_es_nicht",
            "Den Schritt „gibt_es_nicht“ gibt es nicht. Die Schritte stehen in council.toml.",
        ),
        (
            {"start": datetime.fromisoformat("2026-11-20T17:00")},
            "versand",
            "„Stadtrat“ hat diesen Schritt nicht. Die Sitzung ist vorbei. {OTHER}",
        ),
        (
            {"deleted": True},
            "versand",
            "„Stadtrat“ lässt sich nicht ändern. Das Ratsinformationssystem hat sie gelöscht."
            " Wählen Sie eine andere Sitzung.",
        ),
    ],
)
def test_what_cannot_be_ticked_is_refused_with_its_reason(
    place: Workplace, make_meeting: Make, values: dict[str, object], kind: str, sentence: str
) -> None:
    key = make_meeting(body="Stadtrat", **values)
    with pytest.raises(Refusal) as caught:
        tick_step(place, [key], kind)
    other = "Wählen Sie eine andere Sitzung oder einen anderen Schritt."
    assert str(caught.value) == sentence.replace("{OTHER}", other)


def test_nothing_chosen_is_refused(place: Workplace) -> None:
    with pytest.raises(Refusal, match="keine Sitzung ausgewählt"):
        tick_step(place, [])


def test_notes_are_added_below_each_other(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat", note="von früher")
    note_meeting(place, [key], " Tischvorlage\x07 folgt ")
    assert meeting(place, key).note == "von früher\nMi 25.11. PS: Tischvorlage\ufffd folgt"
    assert recent_actions(place)[0].text == "Sitzung „Stadtrat“ am Do 10.12.2026: Notiz hinzugefügt"
    with pytest.raises(Refusal, match="nicht gespeichert"):
        note_meeting(place, [key], "  ")


def test_a_body_gets_its_rule_and_the_one_of_the_land_again(place: Workplace, make_meeting: Make) -> None:
    body = add_body(place, "Stadtrat")
    key = make_meeting(body=body)

    def zugang() -> str:
        row = meeting_rows(place, [key])[key]
        return next(one.on.isoformat() for one in row.deadlines if one.kind == "zugang")

    assert zugang() == "2026-12-02"
    set_ladungsfrist(place, body, "nw_mettmann")
    assert zugang() == "2026-11-29"
    assert meeting(place, key).ladungsfrist == "Muster Mettmann: 10 volle Tage"
    assert recent_actions(place)[0].text == (
        "Organisation „Stadtrat“: Ladungsfrist „Muster Mettmann: 10 volle Tage“"
    )
    assert [one.key for one in rule_choices(place, body) if one.chosen] == ["nw_mettmann"]
    set_ladungsfrist(place, body, "")
    assert zugang() == "2026-12-02"
    first, *others = rule_choices(place, body)
    assert first.chosen
    assert first.label == "wie im Land NW: Nordrhein-Westfalen (Geschäftsordnung)"
    assert {"rp", "nw_hilden"} <= {one.key for one in others}
    with pytest.raises(Refusal, match="gibt es nicht"):
        set_ladungsfrist(place, body, "erfunden")


def test_without_a_rule_of_the_land_the_choice_says_so(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    nowhere = replace(place, catalog=replace(place.catalog, region="XX"))
    assert rule_choices(nowhere, body)[0].label == "wie im Land XX: keine eingetragen"


def test_where_the_mayor_need_not_be_the_coming_sessions_take_no_time(
    place: Workplace, make_meeting: Make, make_event: Make
) -> None:
    def entry(start: str) -> int:
        begin = datetime.fromisoformat(start)
        return make_event(summary="Sitzung", calendar="rat", dtstart=begin, dtend=begin.replace(hour=20))

    body, other = add_body(place, "Bauausschuss"), add_body(place, "Stadtrat")
    past, soon, joint = entry("2026-11-20T17:00"), entry("2026-12-10T17:00"), entry("2026-12-11T17:00")
    make_meeting(body=body, event_id=past, start=datetime.fromisoformat("2026-11-20T17:00"))
    make_meeting(body=body, event_id=soon)
    make_meeting(body=other, seats=[body], event_id=joint, start=datetime.fromisoformat("2026-12-11T17:00"))
    make_event(
        summary="Empfang",
        dtstart=datetime.fromisoformat("2026-12-10T17:30"),
        dtend=datetime.fromisoformat("2026-12-10T18:30"),
    )
    thursday = datetime.fromisoformat("2026-12-10T00:00").date()
    assert any(one.conflicts for one in day(place, thursday).events)
    set_mayor_attends(place, body, False)
    with place.reading() as session:
        found = {key: session.get_one(Event, key).transparent for key in (past, soon, joint)}
        assert found == {past: False, soon: True, joint: False}
        assert session.get_one(Organization, body).mayor_attends is False
    assert not any(one.conflicts for one in day(place, thursday).events)
    assert recent_actions(place)[0].text == (
        "Organisation „Bauausschuss“: Sitzungen belegen den Kalender nicht (1 Termin angepasst)"
    )
    set_mayor_attends(place, body, True)
    with place.reading() as session:
        assert session.get_one(Event, soon).transparent is False


def test_another_attending_body_keeps_a_joint_session_busy_and_a_break_stays_free(
    place: Workplace, tmp_path: Path
) -> None:
    bodies = [
        an("Organization", "org/1", name="Finanzausschuss"),
        an("Organization", "org/2", name="Bauausschuss"),
    ]
    both = [address("org/1"), address("org/2")]
    hall = an("Location", "place/1", description="Kreishaus Mettingen", locality="Mettingen")
    joint = session_of(1, name="Gemeinsame Sitzung", organization=both, location=hall)
    recess = session_of(2, name="Sommerpause", start="2026-12-20T17:00:00+01:00", organization=both)
    import_files(place, [written(tmp_path, "rat.json", *bodies, joint, recess)])
    told = "SELECT transparent, travel_before_min > 0 FROM event ORDER BY id"
    start = rows(place, told)
    assert [row[0] for row in start] == [0, 1]
    set_mayor_attends(place, 1, False)
    assert rows(place, told) == start, "the other body still sits"
    set_mayor_attends(place, 2, False)
    assert rows(place, told) == [(1, 0), (1, 0)]
    set_mayor_attends(place, 2, True)
    assert rows(place, told) == start
