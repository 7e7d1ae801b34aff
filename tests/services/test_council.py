"""Sessions with their chain of dates, their agenda and papers, and the verbs on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from council_kit import add_body, add_file, add_item, write
from sqlalchemy import event as sql_event

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.paper import paper
from ob_buero_tui.services.council.sessions import bodies, coming, due_steps, meeting_ids, meeting_rows
from ob_buero_tui.services.council.views import Light, MeetingRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Location, UnresolvedReference
from office_fixtures import Clock

Make = Callable[..., int]


def at(text: str) -> datetime:
    """A wall time."""
    return datetime.fromisoformat(text)


def row(place: Workplace, key: int) -> MeetingRow:
    """One session as a row."""
    return meeting_rows(place, [key])[key]


def lights(found: MeetingRow) -> dict[str, tuple[str, Light]]:
    """Day and light of each step."""
    return {one.kind: (one.on.isoformat(), one.light) for one in found.deadlines}


def in_land(place: Workplace, land: str) -> Workplace:
    """The same office in another Land."""
    return replace(place, catalog=replace(place.catalog, region=land))


def test_a_session_of_the_design_has_its_chain_with_lights_and_sentences(
    place: Workplace, make_meeting: Make
) -> None:
    found = row(place, make_meeting(body=add_body(place, "Stadtrat", ladungsfrist="rp")))
    assert lights(found) == {
        "antragsschluss": ("2026-11-17", Light.LATE),
        "vorlagenschluss": ("2026-11-24", Light.LATE),
        "bekanntmachung": ("2026-12-04", Light.COMING),
        "versand": ("2026-12-04", Light.COMING),
        "zugang": ("2026-12-05", Light.COMING),
        "niederschrift": ("2026-12-23", Light.COMING),
    }
    zugang = next(one for one in found.deadlines if one.kind == "zugang")
    assert zugang.text == (
        "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 34 Abs. 3 GemO RP)"
    )
    assert zugang.rule == "Ladungsfrist 4 volle Kalendertage (§ 34 Abs. 3 GemO RP)"
    assert (zugang.label, zugang.unconfirmed) == ("Zugang", False)
    assert (found.organization, found.name, found.remark) == ("Stadtrat", "Stadtrat", "")


def test_the_rule_of_the_land_is_unconfirmed_where_the_body_decides(
    place: Workplace, make_meeting: Make
) -> None:
    found = row(place, make_meeting(body="Stadtrat"))
    zugang = next(one for one in found.deadlines if one.kind == "zugang")
    assert (zugang.on, zugang.unconfirmed) == (date(2026, 12, 2), True)
    assert zugang.text.endswith("eigenen Geschäftsordnung eintragen (ladungsfristen.toml)")


def test_a_body_may_have_its_own_rule(place: Workplace, make_meeting: Make) -> None:
    body = add_body(place, "Rat", ladungsfrist="nw_mettmann")
    zugang = next(one for one in row(place, make_meeting(body=body)).deadlines if one.kind == "zugang")
    assert zugang.on == date(2026, 11, 29)


def test_a_rule_that_is_gone_is_said(place: Workplace, make_meeting: Make) -> None:
    found = row(place, make_meeting(body=add_body(place, "Rat", ladungsfrist="alte")))
    assert found.remark.startswith("Die Ladungsfrist „alte“ gibt es nicht mehr; es gilt „Nordrhein-Westfalen")
    assert found.deadlines


def test_a_land_without_a_rule_has_what_counts_from_the_session(place: Workplace, make_meeting: Make) -> None:
    bavaria = in_land(place, "BY")
    rules = {key: one for key, one in bavaria.catalog.ladungsfristen.items() if key != "by"}
    nowhere = replace(bavaria, catalog=replace(bavaria.catalog, ladungsfristen=rules))
    found = row(nowhere, make_meeting(body="Stadtrat"))
    assert list(lights(found)) == ["bekanntmachung", "niederschrift"]
    assert found.remark == "Für das Land BY ist keine Ladungsfrist eingetragen (ladungsfristen.toml)."


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({"cancelled": True}, "Abgesagt: es gibt keine Fristen."),
        ({"start": None}, "Ohne Beginn lässt sich keine Frist rechnen."),
        ({"name": "Sommerpause 2027"}, "Keine Sitzung: es gibt keine Fristen."),
    ],
)
def test_what_has_no_chain_says_why(
    place: Workplace, make_meeting: Make, values: dict[str, Any], remark: str
) -> None:
    found = row(place, make_meeting(body="Stadtrat", **values))
    assert (found.deadlines, found.remark) == ((), remark)
    assert due_steps(place, date(2027, 12, 31)) == ()


def test_a_light_turns_with_the_days(place: Workplace, make_meeting: Make, clock: Clock) -> None:
    key = make_meeting(body=add_body(place, "Rat", ladungsfrist="rp"))

    def light(day: str) -> Light:
        clock.now = datetime.fromisoformat(f"{day}T09:00+01:00")
        return lights(row(place, key))["versand"][1]

    # Versand by Fri 4.12.: due from three Arbeitstage before, late from the day after.
    assert light("2026-11-30") is Light.COMING
    assert light("2026-12-01") is Light.DUE
    assert light("2026-12-04") is Light.DUE
    assert light("2026-12-05") is Light.LATE


def test_what_is_late_says_what_is_still_possible(place: Workplace, make_meeting: Make, clock: Clock) -> None:
    key = make_meeting(body=add_body(place, "Rat", ladungsfrist="th"))
    clock.now = datetime.fromisoformat("2026-12-07T09:00+01:00")
    zugang = next(one for one in row(place, key).deadlines if one.kind == "zugang")
    assert zugang.light is Light.LATE
    assert (
        "in dringenden Fällen kürzer: Zugang bis Di 8.12.; die Einladung muss darauf hinweisen" in zugang.text
    )


def test_a_ticked_step_is_done(place: Workplace, make_meeting: Make) -> None:
    found = row(place, make_meeting(body="Rat", steps=["versand"]))
    versand = next(one for one in found.deadlines if one.kind == "versand")
    assert (versand.light, versand.done_on, versand.done_by) == (Light.DONE, date(2026, 11, 25), "PS")


def test_an_invitation_in_the_system_shows_that_it_went_out(place: Workplace, make_meeting: Make) -> None:
    by_state = row(place, make_meeting(body="Rat", meeting_state="eingeladen"))
    by_file_key = make_meeting(body="Hauptausschuss")
    add_file(place, "invitation", "Einladung.pdf", meeting_id=by_file_key)
    for found in (by_state, row(place, by_file_key)):
        done = [one for one in found.deadlines if one.light is Light.DONE]
        assert [one.kind for one in done] == ["antragsschluss", "vorlagenschluss", "versand", "zugang"]
        assert done[-1].text.endswith("· laut Ratsinformationssystem eingeladen")
        assert done[-1].done_on is None
    assert by_state.state_label == "eingeladen"


def test_of_a_session_that_is_over_only_the_minutes_are_asked_for(
    place: Workplace, make_meeting: Make
) -> None:
    recent = make_meeting(body="Rat", start=at("2026-11-19T17:00"))
    old = make_meeting(body="Bau", start=at("2026-06-18T17:00"), steps=["versand"])
    invited = make_meeting(body="Sport", start=at("2026-06-18T17:00"), meeting_state="durchgeführt")
    written = make_meeting(body="Kultur", start=at("2026-11-03T17:00"))
    add_file(place, "results_protocol", "Niederschrift.pdf", meeting_id=written)
    assert lights(row(place, recent)) == {"niederschrift": ("2026-12-03", Light.COMING)}
    assert {kind: light for kind, (_, light) in lights(row(place, old)).items()} == {"versand": Light.DONE}
    assert row(place, invited).deadlines == ()
    assert lights(row(place, written))["niederschrift"][1] is Light.DONE


def test_the_list_holds_the_coming_sessions_in_order(place: Workplace, make_meeting: Make) -> None:
    later = make_meeting(name="später", start=at("2027-01-12T17:00"))
    past = make_meeting(name="vorbei", start=at("2026-11-24T17:00"))
    today = make_meeting(name="heute früh", start=at("2026-11-25T08:00"), cancelled=True)
    undated = make_meeting(name="ohne Beginn", start=None)
    gone = make_meeting(name="gelöscht", deleted=True)
    secret = make_meeting(name="vertraulich", confidentiality="vertraulich", start=at("2026-12-01T17:00"))
    assert meeting_ids(place) == [today, secret, later]
    assert meeting_ids(place, every=True) == [past, today, secret, later, undated]
    assert meeting_ids(place, audience=Audience.PUBLIC) == [today, later]
    assert gone not in meeting_rows(place, [gone, today, 4711])
    assert row(place, today).state_label == "abgesagt"
    assert [one.id for one in coming(place)] == [today, secret, later]
    assert [one.id for one in coming(place, every=True, audience=Audience.PRESS)] == [
        past,
        today,
        later,
        undated,
    ]


def test_bodies_are_listed_with_their_sessions(place: Workplace, make_meeting: Make) -> None:
    council, building = add_body(place, "Stadtrat", short_name="Rat"), add_body(place, "Bauausschuss")
    add_body(place, "Turnverein")
    joint = make_meeting(body=council, seats=[building])
    alone = make_meeting(body=building, start=at("2027-01-12T17:00"))
    make_meeting(body=council, start=at("2026-10-01T17:00"))
    assert [(one.label, one.count) for one in bodies(place)] == [("Bauausschuss", 2), ("Rat", 1)]
    assert [(one.label, one.count) for one in bodies(place, every=True)] == [
        ("Bauausschuss", 2),
        ("Rat", 2),
    ]
    assert meeting_ids(place, organization_id=building) == [joint, alone]
    assert row(place, joint).organization == "Rat"
    assert meeting(place, joint).organizations == ("Stadtrat", "Bauausschuss")


def test_what_is_due_this_week_is_found_over_all_sessions(place: Workplace, make_meeting: Make) -> None:
    body = add_body(place, "Rat", ladungsfrist="rp")
    soon = make_meeting(body=body, steps=["antragsschluss"])
    held = make_meeting(body=body, start=at("2026-11-12T17:00"))
    far = make_meeting(body=body, start=at("2026-12-17T17:00"))
    make_meeting(body=body, cancelled=True)
    found = [(key, one.kind, one.on.isoformat()) for key, one in due_steps(place, date(2026, 11, 29))]
    assert found == [
        (soon, "vorlagenschluss", "2026-11-24"),
        (far, "antragsschluss", "2026-11-24"),
        (held, "niederschrift", "2026-11-26"),
    ]


def test_due_steps_look_as_far_ahead_as_the_longest_chain(place: Workplace, make_meeting: Make) -> None:
    from ob_buero_tui.rules.deadlines import Offset, Unit
    from ob_buero_tui.rules.session_chain import TERMIN, ChainStep

    early = ChainStep(
        key="planung", label="Planung", offset=Offset(amount=-300, unit=Unit.KALENDERTAGE, basis=TERMIN)
    )
    council = replace(place.catalog.council, steps=(early,))
    planned = replace(place, catalog=replace(place.catalog, council=council))
    key = make_meeting(start=at("2027-09-16T17:00"))
    assert [(id_, one.kind) for id_, one in due_steps(planned, date(2026, 11, 27))] == [(key, "planung")]


def test_the_agenda_with_its_papers(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    secret = add_item(place, key, 2, "Grundstück", number="N 1", public=False)
    budget = add_item(
        place,
        key,
        1,
        "Haushalt 2027",
        number="Ö 7",
        public=True,
        result="empfohlen",
        paper={"name": "Haushalt 2027", "reference": "BV 2026 0359", "confidentiality": "oeffentlich"},
    )
    opening = add_item(place, key, 0, "Eröffnung", number="Ö 1", public=None)
    add_item(place, key, 3, "gestrichen", deleted=True)
    agenda = meeting(place, key).agenda
    assert [(one.number, one.name, one.public) for one in agenda] == [
        ("Ö 1", "Eröffnung", None),
        ("Ö 7", "Haushalt 2027", True),
        ("N 1", "Grundstück", False),
    ]
    assert (agenda[0].id, agenda[2].id) == (opening, secret)
    assert (agenda[1].paper_id, agenda[1].paper_reference, agenda[1].paper_name) == (
        budget,
        "BV 2026 0359",
        "Haushalt 2027",
    )
    assert (agenda[1].role, agenda[1].result) == ("Entscheidung", "empfohlen")


@pytest.mark.parametrize("audience", [Audience.PRESS, Audience.PUBLIC])
def test_outside_nobody_learns_of_the_part_that_is_not_public(
    place: Workplace, make_meeting: Make, audience: Audience
) -> None:
    key = make_meeting(body="Stadtrat", note="OB kommt später", steps=["versand"])
    inner = {"name": "intern", "reference": "BV 1", "confidentiality": "intern"}
    add_item(place, key, 0, "Haushalt", public=True, paper=dict(inner))
    hidden = add_item(place, key, 1, "Grundstück", public=False, paper={"name": "Kauf", "reference": "BV 2"})
    add_item(place, key, 2, "Unbekannt", public=None)
    add_item(place, key, 3, "Klage Müller", public=False, general_name="Rechtsangelegenheit", number="N 2")
    add_file(place, "auxiliary_file", "nichtöffentlich.pdf", meeting_id=key)
    seen = meeting(place, key, audience)
    assert [(one.number, one.name, one.paper_id, one.paper_name) for one in seen.agenda] == [
        ("", "Nichtöffentliche Angelegenheit", None, ""),
        ("", "Nichtöffentliche Angelegenheit", None, ""),
        ("N 2", "Rechtsangelegenheit", None, ""),
    ]
    assert (seen.files, seen.note, seen.history, seen.event_id) == ((), "", (), None)
    assert {one.done_by for one in seen.row.deadlines} == {""}
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        paper(place, hidden, audience)
    everything = meeting(place, key)
    assert len(everything.agenda) == 4
    assert everything.note == "OB kommt später"


def test_a_session_that_an_audience_may_not_see_is_not_there(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(confidentiality="intern")
    assert meeting(place, key).row.id == key
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        meeting(place, key, Audience.PRESS)
    with pytest.raises(Refusal):
        meeting(place, 4711)


def add_waiting(place: Workplace, table: str, row_id: int) -> None:
    """A reference to something that has not come yet."""
    waiting = UnresolvedReference(table_name=table, row_id=row_id, property="x", target="https://x")
    write(place, lambda work: work.session.add(waiting))


def test_place_files_and_what_waits(place: Workplace, make_meeting: Make) -> None:
    def fill(work: Any) -> Location:
        found = Location(room="Ratssaal", description="Rathaus", extra={})
        work.session.add(found)
        return found

    key = make_meeting(body="Rat", location_id=write(place, fill).id)
    item = add_item(place, key, 0, "Haushalt")
    for table, row_id in (("meeting", key), ("agenda_item", item), ("paper", key)):
        add_waiting(place, table, row_id)
    add_file(place, "invitation", "Einladung.pdf", meeting_id=key)
    add_file(place, "unbekannt", "x.pdf", meeting_id=key)
    found = meeting(place, key)
    assert found.row.place == "Ratssaal, Rathaus"
    assert found.files == (("Einladung", "Einladung.pdf"), ("Datei", "x.pdf"))
    assert found.unresolved == 2


def test_a_paper_goes_its_way_through_the_bodies(place: Workplace, make_meeting: Make) -> None:
    from ob_buero_tui.store.council import Consultation

    first = make_meeting(body="Hauptausschuss", start=at("2026-12-01T17:00"))
    key = add_item(
        place,
        first,
        0,
        "Haushalt",
        number="Ö 3",
        result="empfohlen",
        paper={
            "name": "Haushalt 2027",
            "reference": "BV 2026 0359",
            "paper_type": "Beschlussvorlage",
            "date": date(2026, 11, 2),
            "role": "Vorberatung",
        },
    )
    second = make_meeting(body="Stadtrat")
    add_file(place, "main_file", "BV 2026 0359.pdf", paper_id=key)

    def decide(work: Any) -> None:
        work.session.add(Consultation(paper_id=key, meeting_id=second, authoritative=True, extra={}))
        work.session.add(Consultation(paper_id=key, role="Kenntnisnahme", extra={}))

    write(place, decide)
    found = paper(place, key)
    assert (found.reference, found.type, found.date) == (
        "BV 2026 0359",
        "Beschlussvorlage",
        date(2026, 11, 2),
    )
    assert [(one.meeting_id, one.text) for one in found.consultations] == [
        (first, "Di 1.12.2026 · Hauptausschuss · TOP Ö 3 · Vorberatung · empfohlen"),
        (second, "Do 10.12.2026 · Stadtrat · Entscheidung"),
        (None, "ohne Termin · Kenntnisnahme"),
    ]
    assert found.files == (("Vorlage", "BV 2026 0359.pdf"),)
    with pytest.raises(Refusal):
        paper(place, 4711)


def test_a_list_costs_as_many_queries_as_a_row(place: Workplace, make_meeting: Make) -> None:
    keys = [make_meeting(body=f"Ausschuss {n}", steps=["versand"]) for n in range(8)]
    for key in keys:
        add_item(place, key, 0, "Haushalt", paper={"name": "Haushalt"})
    meeting_rows(place, keys)  # the first one also reads the calendar
    statements: list[str] = []

    def count(*args: Any) -> None:
        if not args[2].startswith("PRAGMA"):  # said only where the connection did something else before
            statements.append(args[2])

    sql_event.listen(place.engine, "before_cursor_execute", count)

    def cost(query: Callable[[], object]) -> int:
        statements.clear()
        query()
        return len(statements)

    assert cost(lambda: meeting_rows(place, keys)) == cost(lambda: meeting_rows(place, keys[:1]))
    few = cost(lambda: meeting(place, keys[0]))
    for number in range(1, 10):
        add_item(place, keys[0], number, f"Punkt {number}", paper={"name": f"Vorlage {number}"})
    assert cost(lambda: meeting(place, keys[0])) == few
    assert cost(lambda: due_steps(place, date(2027, 1, 31))) == cost(lambda: meeting_rows(place, keys[:1]))


def test_the_earliest_date_breaks_nothing(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Rat", start=at("0001-01-02T10:00"))
    last = make_meeting(body="Rat", start=at("9999-12-31T10:00"))
    rows = meeting_rows(place, [key, last])
    assert rows[key].deadlines == ()
    assert "zugang" in lights(rows[last])
