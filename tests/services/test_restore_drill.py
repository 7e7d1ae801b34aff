"""Test 10, its small form: every copy comes back as it was, and who was erased since is erased again.

The long form is `python -m benchmarks.trust restore`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from backup_kit import House

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.services.backups.trying import try_copy
from ob_buero_tui.services.erasing.erasing import erase
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.backup.contents import content_hash
from office_fixtures import Clock

FAMILY = "Quittenbaum"


def _erase(place: Workplace, person: int) -> None:
    found = find_person(place, person)
    erase(place, found, chosen=[hit.key for hit in found.asked], typed=FAMILY)


@pytest.fixture
def house(database: Path, catalog: Catalog, clock: Clock) -> House:
    """An office that nobody has open."""
    return House(path=database, settings=Settings(), catalog=catalog, clock=clock)


def test_each_copy_comes_back_and_the_erased_stay_erased(house: House, clock: Clock) -> None:
    made: list[tuple[Path, dict[str, int], str, str]] = []
    person = house.work(lambda place: create_contact(place, "person", {"family_name": FAMILY}).ids[0])
    assert isinstance(person, int)
    for number in range(4):
        house.attach(house.request(f"Anliegen {number}"), b"Plan %d" % number)
        if number == 2:
            house.work(lambda place: _erase(place, person))
        clock.advance(minutes=30)
        copy = house.copy()
        assert copy is not None
        made.append((copy, house.counts, house.content(), content_hash(house.path)))
    erased = 0
    for copy, counts, content, whole in made[::-1]:
        clock.advance(minutes=1)
        assert try_copy(copy, house.there, clock.now).content == whole
        done = house.restore(copy)
        assert done.missing == 0
        if done.erased:
            erased += 1
            assert FAMILY.encode() not in house.path.read_bytes()
            assert house.counts["request"] == counts["request"]
        else:
            assert (house.counts, house.content()) == (counts, content)
    assert erased == 2
    assert FAMILY.encode() in made[0][0].read_bytes()  # copies go by their rule, not by the erasure
