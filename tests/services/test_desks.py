"""Who sits at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from ob_buero_tui.office import Office
from ob_buero_tui.services.desks import default_initials, desk_identity
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Desk


@pytest.mark.parametrize(
    ("account", "initials"),
    [("petra.sander", "PS"), ("kl", "KL"), ("anna-maria_berg", "AMB"), ("lorenz", "LOR"), ("..-", "NN")],
)
def test_initials_are_made_of_the_account(account: str, initials: str) -> None:
    assert default_initials(account) == initials


def test_the_same_account_is_the_same_desk(open_desk: Callable[[str], Office], place: Workplace) -> None:
    again, other = open_desk("petra.sander").place, open_desk("karl.lorenz").place
    assert again.desk == place.desk
    assert other.desk.id != place.desk.id
    assert (place.desk.initials, other.desk.initials) == ("PS", "KL")


def test_new_initials_from_the_settings_are_registered(place: Workplace) -> None:
    named = desk_identity(place.engine, "petra.sander", "Sa")
    assert (named.id, named.initials) == (place.desk.id, "Sa")
    assert desk_identity(place.engine, "petra.sander").initials == "Sa"


def test_a_read_only_office_registers_nobody(place: Workplace) -> None:
    guest = desk_identity(place.engine, "gast", read_only=True)
    assert (guest.id, guest.initials) == (0, "GAS")
    with place.reading() as session:
        assert session.scalars(select(Desk.account)).all() == ["petra.sander"]


def test_an_account_registered_meanwhile_is_taken_over(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs of one account start together: both look, then both write."""
    from ob_buero_tui.services import desks

    first_look = desks._find
    looks: list[str] = []

    def look(connection: object, account: str) -> object:
        if not looks:
            looks.append(account)
            desk_identity(place.engine, account)
            return None
        return first_look(connection, account)  # type: ignore[arg-type]

    monkeypatch.setattr(desks, "_find", look)
    late = desk_identity(place.engine, "neu.hier")
    monkeypatch.undo()
    assert late == desk_identity(place.engine, "neu.hier")
