"""What a level hides stays hidden in everything services hand out: no view, sentence or refusal tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View, view
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.calendar.verbs import note_event
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.requests import declining, inbox, verbs
from ob_buero_tui.services.requests.accepting import propose
from ob_buero_tui.services.requests.editing import classify, form
from ob_buero_tui.services.requests.listing import listing
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import undo, undo_action
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

SECRET = "Nachtigall"
ON = date(2026, 12, 1)


class Secret(NamedTuple):
    """The keys of a request and its appointment, both full of the secret word."""

    request: int
    event: int


@pytest.fixture
def secret(
    place: Workplace, make_request: Callable[..., int], make_event: Callable[..., int]
) -> Callable[[Confidentiality], Secret]:
    """Makes a request with everything that hangs on one, classified by the desk PS."""

    def make(level: Confidentiality) -> Secret:
        words = dict.fromkeys(("subject", "event_place", "due_text", "reason", "file_reference"), SECRET)
        key = make_request(**words, fields={"anlass": SECRET}, kind="grusswort", intake_notes=[SECRET])
        words = dict.fromkeys(("summary", "location", "description", "organizer", "attendee"), SECRET)
        event = make_event(**words, confidentiality=Confidentiality.OEFFENTLICH.value)
        with transaction(place, "import_mail") as work:
            work.session.add_all(
                [
                    RequestEvent(request_id=key, event_id=event),
                    Message(request_id=key, subject=SECRET, body=SECRET, sender_name=SECRET),
                    Task(request_id=key, event_id=event, label=SECRET, due_on=work.today),
                    Note(request_id=key, text=SECRET, written_by="PS", written_at=work.at),
                    Document(request_id=key, kind="antwort", title=SECRET, text=SECRET),
                    Attachment(request_id=key, filename=SECRET, media_type="x", size=1, sha256="a" * 64),
                ]
            )
            work.tell(table="request", ids=[key])
        declining.decline(place, [key], SECRET)
        undo(place)
        classify(place, [key], level)
        return Secret(key, event)

    return make


def everything_drawn(place: Workplace, keys: Secret) -> str:
    """All that the screens of a desk may draw."""
    shown = day(place, ON)
    return repr(
        [
            inbox.rows(place, [keys.request]),
            record(place, keys.request),
            shown,
            [event_record(place, event) for event in shown.events],
            search(place, SECRET),
            recent_actions(place),
        ]
    )


def told(place: Workplace, audience: Audience) -> str:
    """All that a command may tell an audience."""
    found = search(place, SECRET, 50, audience)
    return repr([listing(place, inbox.ALL, audience), day(place, ON, audience), found])


@pytest.mark.parametrize("level", Confidentiality)
@pytest.mark.parametrize("audience", Audience)
def test_an_audience_is_told_what_the_table_allows(
    place: Workplace,
    other_place: Workplace,
    secret: Callable[[Confidentiality], Secret],
    level: Confidentiality,
    audience: Audience,
) -> None:
    secret(level)
    for desk in (place, other_place):
        seen = view(level, audience, owner=desk is place and level is Confidentiality.PERSOENLICH)
        assert (SECRET in told(desk, audience)) == (seen is View.FULL)
        assert len(listing(desk, inbox.ALL, audience)) == (seen is not View.NOTHING)
        events = day(desk, ON, audience).events
        assert [event.view for event in events] == ([] if seen is View.NOTHING else [seen.value])
        if seen is View.BELEGT:
            assert events[0].summary == "belegt"
            assert events[0].request_id is None


def test_what_is_personal_is_drawn_at_its_own_desk_only(
    place: Workplace, other_place: Workplace, secret: Callable[[Confidentiality], Secret]
) -> None:
    keys = secret(Confidentiality.PERSOENLICH)
    assert everything_drawn(place, keys).count(SECRET) > 10
    assert SECRET not in everything_drawn(other_place, keys)
    masked = record(other_place, keys.request)
    assert (masked.number, masked.subject) == ("2026-0001", "(persönlich)")
    assert masked.body == ""
    assert masked.history == ()


def test_the_history_names_it_by_its_number(
    place: Workplace, other_place: Workplace, secret: Callable[[Confidentiality], Secret]
) -> None:
    keys = secret(Confidentiality.PERSOENLICH)
    declining.decline(place, [keys.request], SECRET)
    assert recent_actions(place, 1)[0].text == f"Eingang 2026-0001 „{SECRET}“: abgesagt"
    shown = recent_actions(other_place, 1)[0].text
    assert shown.startswith("Eingang 2026-0001 (persönlich): abgesagt")
    assert SECRET not in shown


def test_a_batch_with_something_personal_in_it_tells_no_details(
    place: Workplace,
    other_place: Workplace,
    secret: Callable[[Confidentiality], Secret],
    make_request: Callable[..., int],
) -> None:
    keys = secret(Confidentiality.PERSOENLICH)
    verbs.assign(place, [keys.request, make_request()], SECRET)
    assert SECRET in recent_actions(place, 1)[0].text
    assert SECRET not in recent_actions(other_place, 1)[0].text


def test_another_desk_can_neither_read_nor_change_it(
    place: Workplace, other_place: Workplace, secret: Callable[[Confidentiality], Secret], dump: Any
) -> None:
    keys = secret(Confidentiality.PERSOENLICH)
    before = dump(place)
    tries: list[Callable[[], Any]] = [
        lambda: verbs.assign(other_place, [keys.request], "KL"),
        lambda: verbs.trash(other_place, [keys.request]),
        lambda: verbs.note(other_place, [keys.request], "x"),
        lambda: classify(other_place, [keys.request], Confidentiality.OEFFENTLICH),
        lambda: propose(other_place, keys.request),
        lambda: form(other_place, keys.request),
        lambda: note_event(other_place, [keys.event], "x"),
        lambda: trash_dates(other_place, str(keys.event), Scope.SERIE),
    ]
    for attempt in tries:
        with pytest.raises(Refusal) as caught:
            attempt()
        assert SECRET not in str(caught.value)
    assert dump(place) == before
    verbs.assign(place, [keys.request], "KL")


def test_an_undo_that_is_refused_tells_nothing(
    place: Workplace, other_place: Workplace, secret: Callable[[Confidentiality], Secret]
) -> None:
    """The other desk's own step lies before the classification."""
    keys = secret(Confidentiality.INTERN)
    verbs.assign(other_place, [keys.request], "KL")
    verbs.assign(place, [keys.request], "PS")
    classify(place, [keys.request], Confidentiality.PERSOENLICH)
    with pytest.raises(Refusal) as caught:
        undo(other_place)
    assert "2026-0001 (persönlich) wurde danach geändert" in caught.value.why
    with place.reading() as session:
        note = session.scalars(select(Action.id).where(Action.verb == "import_mail")).one()
    with pytest.raises(Refusal) as by_action:
        undo_action(other_place, note)
    assert SECRET not in str(caught.value) + str(by_action.value)


def test_a_clash_with_it_is_told_as_belegt(
    place: Workplace,
    other_place: Workplace,
    secret: Callable[[Confidentiality], Secret],
    make_request: Callable[..., int],
) -> None:
    keys = secret(Confidentiality.PERSOENLICH)
    with transaction(place, "note_event") as work:
        row = work.get(Event, keys.event)
        # Where somebody else goes, the mayor has time.
        start, row.attendee = row.dtstart, "OB"
    other = make_request(kind="grusswort", event_start=start, event_end=start + timedelta(hours=1))
    own = repr(propose(place, other, start=start).conflicts)
    theirs = repr(propose(other_place, other, start=start).conflicts)
    assert SECRET in own
    assert "belegt" in theirs
    assert SECRET not in theirs


def test_levels_are_inherited_by_what_is_linked(
    place: Workplace, secret: Callable[[Confidentiality], Secret], dump: Callable[[Workplace], object]
) -> None:
    keys = secret(Confidentiality.OEFFENTLICH)
    before = dump(place)
    classify(place, [keys.request], Confidentiality.VERTRAULICH)
    with place.reading() as session:
        levels = {
            session.get_one(Request, keys.request).confidentiality,
            session.get_one(Event, keys.event).confidentiality,
            *session.scalars(select(Document.confidentiality)),
        }
    assert levels == {Confidentiality.VERTRAULICH.value}
    undo(place)
    assert dump(place) == before
