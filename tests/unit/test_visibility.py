"""What is confidential stays where it belongs."""

from __future__ import annotations

from itertools import product

import pytest

from ob_buero_tui.rules.visibility import Audience, Confidentiality, View, label, strictest, view

L, A = Confidentiality, Audience
FULL, BELEGT, NOTHING = View.FULL, View.BELEGT, View.NOTHING

# level, audience, as owner, otherwise: written out, so that a slip in the table cannot hide in it.
EXPECTED = [
    (L.OEFFENTLICH, A.INTERN, FULL, FULL),
    (L.OEFFENTLICH, A.DEPUTY, FULL, FULL),
    (L.OEFFENTLICH, A.PRESS, FULL, FULL),
    (L.OEFFENTLICH, A.PUBLIC, FULL, FULL),
    (L.INTERN, A.INTERN, FULL, FULL),
    (L.INTERN, A.DEPUTY, FULL, FULL),
    (L.INTERN, A.PRESS, NOTHING, NOTHING),
    (L.INTERN, A.PUBLIC, NOTHING, NOTHING),
    (L.VERTRAULICH, A.INTERN, FULL, FULL),
    (L.VERTRAULICH, A.DEPUTY, BELEGT, BELEGT),
    (L.VERTRAULICH, A.PRESS, NOTHING, NOTHING),
    (L.VERTRAULICH, A.PUBLIC, NOTHING, NOTHING),
    (L.PERSOENLICH, A.INTERN, FULL, BELEGT),
    (L.PERSOENLICH, A.DEPUTY, BELEGT, BELEGT),
    (L.PERSOENLICH, A.PRESS, NOTHING, NOTHING),
    (L.PERSOENLICH, A.PUBLIC, NOTHING, NOTHING),
]


def test_every_level_and_audience_is_named() -> None:
    assert {(level, audience) for level, audience, _, _ in EXPECTED} == set(product(L, A))


@pytest.mark.parametrize(("level", "audience", "as_owner", "otherwise"), EXPECTED)
def test_who_sees_what(level: Confidentiality, audience: Audience, as_owner: View, otherwise: View) -> None:
    assert view(level, audience, owner=True) is as_owner
    assert view(level, audience, owner=False) is otherwise
    assert view(level, audience) is otherwise


def test_the_strictest_level_wins() -> None:
    for a, b in product(L, L):
        assert strictest([a, b]) is (a if list(L).index(a) >= list(L).index(b) else b)
    assert strictest([]) is L.INTERN


def test_labels_are_german() -> None:
    assert [label(level) for level in L] == ["öffentlich", "intern", "vertraulich", "persönlich"]
