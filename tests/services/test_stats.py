"""The office's numbers: what is counted, in which year, and how long it took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.bars import bar
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.stats import Numbers, stats
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.documents import Document

Make = Callable[..., int]


def on(text: str) -> datetime:
    """An instant of a day of the office."""
    return datetime.fromisoformat(f"{text}T10:00:00").replace(tzinfo=UTC)


def test_each_kind_has_what_came_and_what_became_of_it(place: Workplace, make_request: Make) -> None:
    given_up = {"kind": "grusswort", "received_at": on("2026-10-01"), "closed": True, "state": "erledigt"}
    make_request(**given_up, outcome="zusage", decided_on=date(2026, 10, 4))
    make_request(**given_up, outcome="absage", decided_on=date(2026, 10, 9), due_on=date(2026, 10, 8))
    make_request(**given_up, outcome="vertretung", decided_on=date(2026, 10, 2))
    make_request(kind="grusswort", received_at=on("2026-11-02"), due_on=date(2026, 11, 20))
    make_request(kind="grusswort", received_at=on("2025-05-05"))

    (kind,) = stats(place).kinds

    assert (kind.kind, kind.label) == ("grusswort", "Grußwort")
    assert kind.this == Numbers(
        received=4, accepted=1, declined=1, by_deputy=1, median_days=3, answered_late=1, overdue=1
    )
    assert kind.last == Numbers(received=1)
    assert stats(place).total.this == kind.this


def test_the_year_is_the_offices_and_the_trash_does_not_count(place: Workplace, make_request: Make) -> None:
    make_request(received_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    verbs.trash(place, [make_request()])
    make_request(received_at=datetime(2024, 12, 31, 22, 30, tzinfo=UTC))

    total = stats(place).total

    assert (total.this.received, total.last.received) == (1, 0)
    assert stats(place, 2024).total.this.received == 1


def test_between_two_answers_the_median_is_their_mean(place: Workplace, make_request: Make) -> None:
    for day in (2, 5):
        make_request(received_at=on("2026-10-01"), decided_on=date(2026, 10, day))

    assert stats(place).total.this.median_days == 2.5


def test_what_is_personal_is_counted_but_never_told(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    make_request(confidentiality="persoenlich", owner=place.desk.account, assigned_to="PS")

    assert stats(other_place).total.this.received == 1
    assert "PS" not in repr(stats(other_place))


@pytest.mark.parametrize("year", [-1, 0, 99999])
def test_a_year_that_is_none_is_refused(place: Workplace, year: int) -> None:
    with pytest.raises(Refusal):
        stats(place, year)


def test_nothing_came(place: Workplace) -> None:
    assert stats(place).kinds == ()


def test_a_receipt_is_no_answer(place: Workplace, make_request: Make) -> None:
    key = make_request(received_at=on("2026-11-01"), due_on=date(2026, 11, 10))
    with transaction(place, "note") as work:
        work.session.add(
            Document(
                request_id=key, kind="antwort", title="Eingang", template="eingangsbestaetigung",
                state="hinaus", sent_at=on("2026-11-02"),
            )
        )  # fmt: skip
    total = stats(place).total.this
    assert (total.median_days, total.overdue) == (None, 1)


def test_a_deputy_counts_by_the_promise_alone(place: Workplace, make_request: Make) -> None:
    for answer in ("angefragt", "abgelehnt", "zugesagt"):
        key = make_request(state="vertretung", outcome="vertretung")
        with transaction(place, "note") as work:
            work.session.add(
                Deputation(request_id=key, calendar="bm1", asked_on=work.today, asked_by="PS", answer=answer)
            )
    assert stats(place).total.this.by_deputy == 1


def test_what_ended_from_outside_was_not_answered_by_the_office(place: Workplace, make_request: Make) -> None:
    for outcome in ("rueckzug", "ausfall", "verfristung", "vertagung"):
        make_request(received_at=on("2026-10-01"), outcome=outcome, decided_on=date(2026, 11, 1))
    assert stats(place).total.this.median_days is None


def test_outside_nothing_vertraulich_is_counted(place: Workplace, make_request: Make) -> None:
    make_request()
    make_request(confidentiality="vertraulich")
    make_request(confidentiality="persoenlich", owner=place.desk.account)
    assert stats(place).total.this.received == 3
    assert stats(place, audience=Audience.PRESS).total.this.received == 1


@given(st.integers(-5, 10**6), st.integers(-5, 10**6), st.integers(0, 40), st.booleans())
def test_a_bar_is_as_wide_as_it_may_be(value: int, most: int, width: int, plain: bool) -> None:
    drawn = bar(value, most, width, plain=plain)

    assert len(drawn) == width
    assert (drawn.strip() != "") == (value > 0 and most > 0 and width > 0)
    assert drawn.isascii() or not plain
