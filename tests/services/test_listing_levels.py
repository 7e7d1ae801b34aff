"""What a list tells a deputy of requests that are kept from one: that there is one, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.listing import Listed, listing
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]


@pytest.fixture
def kept(make_request: Make) -> int:
    return make_request(
        subject="Klinik", kind="grusswort", state="zugesagt", confidentiality="vertraulich",
        due_on=date(2026, 11, 1), assigned_to="KL", important=True,
    )  # fmt: skip


def test_a_kept_one_is_told_by_its_number_alone(place: Workplace, kept: int) -> None:
    assert listing(place, inbox.ALL, Audience.DEPUTY) == (
        Listed(
            id=kept,
            number="2026-0001",
            state=RequestState.NEU,
            subject="belegt",
            received_on=date(2026, 11, 25),
            full=False,
        ),
    )


def test_a_split_does_not_tell_its_kind_or_state(place: Workplace, make_request: Make, kept: int) -> None:
    seen = make_request(kind="grusswort", state="zugesagt")
    told = listing(place, "grusswort", Audience.DEPUTY)
    assert [one.id for one in told] == [seen]
    for split in (inbox.ALL, inbox.OPEN_ONES):
        assert {one.id for one in listing(place, split, Audience.DEPUTY)} == {kept, seen}
    assert {one.id for one in listing(place, "grusswort")} == {kept, seen}
