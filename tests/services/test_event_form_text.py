"""The form of an appointment as text and back: whatever it holds comes back the same; mistakes are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar.form_text import ReadEvent, event_text, read_event
from ob_buero_tui.services.calendar.forms import EventForm, PersonEntry
from ob_buero_tui.services.calendar.move_reading import Mover, Span
from ob_buero_tui.services.calendar.series_reading import SeriesReader
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace

MOMENT = datetime.fromisoformat
WORDS = st.sampled_from(["", "Rathaus", "Hafenstr. 3, Saal 2", "Äpfel & Straße"])
NAMES = st.lists(st.sampled_from(["Erika Beispiel", "Dr. Karl Neu", "Inge Kern"]), unique=True, max_size=3)


@st.composite
def forms(draw: st.DrawFn) -> EventForm:
    """Any appointment that can be entered."""
    all_day = draw(st.booleans())
    minutes = draw(st.integers(0, 30 * 1440 - 1))
    start = MOMENT("2026-12-01T00:00") + timedelta(minutes=0 if all_day else minutes)
    length = draw(st.integers(1, 3)) * 1440 if all_day else draw(st.integers(1, 3000))
    people = tuple(
        PersonEntry(name=name, part=part, person_id=draw(st.sampled_from([None, 7])))
        for part in ("begleitung", "gespraech")
        for name in draw(NAMES)
    )
    return EventForm(
        event_id=1,
        start=start,
        end=start + timedelta(minutes=length),
        all_day=all_day,
        summary="Empfang",
        location=draw(WORDS),
        driver=draw(WORDS),
        gift=draw(WORDS),
        host=draw(st.sampled_from(["", "stadt", "dritte"])),
        speech_min=draw(st.sampled_from([None, 5])),
        travel_before_min=draw(st.integers(0, 720)),
        important=draw(st.booleans()),
        transparent=draw(st.booleans()),
        status=draw(st.sampled_from(list(EventStatus))),
        confidentiality=draw(st.sampled_from(list(Confidentiality))),
        kind=draw(st.sampled_from(["", "empfang", "gibt-es-nicht"])),
        people=people,
    )


def read(place: Workplace, base: EventForm, **changes: str) -> ReadEvent:
    """The form read back with some fields typed anew."""
    typed = event_text(place.catalog, base, "") | changes
    calendar = office_calendar(place)
    return read_event(place.catalog, base, typed, lambda *_: base.rrule, place.today, calendar, place.zone)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(form=forms())
def test_a_form_that_nobody_touched_comes_back_the_same(place: Workplace, form: EventForm) -> None:
    # A name stands for one person, whichever way they come.
    known = {one.name: one.person_id for one in form.people}
    form = replace(form, people=tuple(replace(one, person_id=known[one.name]) for one in form.people))
    found = read(place, form)
    assert [one for one in found.problems if one.grave] == []
    assert found.form == form


def test_what_is_wrong_is_named_at_its_field(place: Workplace) -> None:
    base = EventForm(start=MOMENT("2026-12-01T10:00"), end=MOMENT("2026-12-01T11:00"), summary="Empfang")
    for changes, name, grave in (
        ({"summary": ""}, "summary", True),
        ({"start": "25 Uhr"}, "start", True),
        ({"start": ""}, "start", True),
        ({"end": "9:00"}, "end", False),
        ({"day": "28.03.2027", "start": "2:30", "end": "4:00"}, "start", False),
        ({"day": "28.03.2027", "start": "1:30", "end": "2:00"}, "end", False),
        ({"last_day": "30.11.2026"}, "last_day", True),
        ({"travel_before_min": "721"}, "travel_before_min", True),
        ({"driver": "x" * 101}, "driver", True),
    ):
        (problem,) = read(place, base, **changes).problems
        assert (problem.name, problem.grave) == (name, grave)
    over = read(place, base, end="1:00").form
    assert over is not None
    assert over.end == MOMENT("2026-12-02T01:00"), "over midnight, after it was asked"


def test_a_sentence_of_our_own_means_its_rule_again(place: Workplace) -> None:
    reader, start = SeriesReader(place), MOMENT("2026-12-08T10:00")
    for rrule in ("FREQ=MONTHLY;BYDAY=2TU;COUNT=4", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH"):
        sentence = reader.sentence(rrule, start, all_day=False)
        assert reader.read(sentence, start, all_day=False) == rrule
    assert reader.read("", start, all_day=False) == ""
    told = reader.told("FREQ=MONTHLY;BYDAY=2TU;COUNT=4", start, all_day=False)
    assert told.endswith("Di 8.12.2026 · Di 12.01.2027 · Di 9.02. · Di 9.03.")
    with pytest.raises(Refusal, match="Abstand"):
        reader.rule({"freq": "täglich", "interval": "viele"}, start, all_day=False)


@pytest.mark.parametrize(
    "rrule",
    ["", "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=-1FR",
     "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"],
)  # fmt: skip
def test_the_fields_of_the_dialog_make_the_rule_again(place: Workplace, rrule: str) -> None:
    reader, start = SeriesReader(place), MOMENT("2026-12-09T10:00")
    values = reader.values(rrule, start, all_day=False)
    assert values is not None
    assert reader.rule(values, start, all_day=False) == rrule


def test_a_typed_time_moves_what_was_typed_and_nothing_else(place: Workplace, make_event: object) -> None:
    key = make_event(summary="Empfang")  # type: ignore[operator]
    mover = Mover(place, str(key))
    here = mover.span
    for typed, start, end in (
        ("15:30", "2026-12-01T15:30", "2026-12-01T16:30"),
        ("do 14", "2026-11-26T14:00", "2026-11-26T15:00"),
        ("kw50 di 9:30", "2026-12-08T09:30", "2026-12-08T10:30"),
        ("3.12.", "2026-12-03T10:00", "2026-12-03T11:00"),
        ("14-16 uhr", "2026-12-01T14:00", "2026-12-01T16:00"),
    ):
        there = mover.there(mover.read(typed, here), here)
        assert there == Span(start=MOMENT(start), end=MOMENT(end)), typed
    with pytest.raises(Refusal):
        mover.read("Blaumontag", here)
    skipped = mover.there(mover.read("28.3.2027 2:30", here), here)
    assert mover.held(skipped) == Span(start=MOMENT("2027-03-28T03:30"), end=MOMENT("2027-03-28T04:30"))
    assert (mover.held(here), mover.gap(here)) == (here, "")


def test_an_appointment_may_last_until_24_uhr(place: Workplace) -> None:
    base = EventForm(start=MOMENT("2026-12-01T10:00"), end=MOMENT("2026-12-01T11:00"), summary="Empfang")
    for typed, last_day, end in (
        ("24 Uhr", "", "2026-12-02T00:00"),
        ("24:00", "02.12.2026", "2026-12-03T00:00"),
        ("0 Uhr", "02.12.2026", "2026-12-02T00:00"),
    ):
        found = read(place, base, end=typed, last_day=last_day)
        assert (found.form and found.form.end, found.problems) == (MOMENT(end), ())
