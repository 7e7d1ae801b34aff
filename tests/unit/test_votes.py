"""Votes read from a line, checked against those present; the quorum from the voting seats."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.quorum import QuorumRule, QuorumShare, needed, quorum
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.votes import VoteKind, Votes, doubts, read_votes

COUNTS = st.integers(0, 200)


@pytest.mark.parametrize(
    ("typed", "votes"),
    [
        ("24 12 3", (24, 12, 3)),
        ("24:12:3", (24, 12, 3)),
        ("24/12", (24, 12, 0)),
        ("39", (39, 0, 0)),
        ("24 ja 3 enth", (24, 0, 3)),
        ("Ja 24, Nein 2, Enthaltung 1", (24, 2, 1)),
        ("24j 12n 3e", (24, 12, 3)),
        ("3 Enthaltungen, 24 Ja-Stimmen", None),
        ("ja", None),
        ("1 2 3 4", None),
        ("5 ja 5 ja", None),
        ("3 ja 4", None),
        ("12000", None),
    ],
)
def test_a_line_of_votes(typed: str, votes: tuple[int, int, int] | None) -> None:
    if votes is None:
        with pytest.raises(Refusal):
            read_votes(typed)
    else:
        yes, no, abstain = votes
        assert read_votes(typed) == Votes(yes=yes, no=no, abstain=abstain)


def test_nothing_typed_is_not_counted() -> None:
    assert read_votes("  ") is None


@pytest.mark.parametrize(
    ("votes", "kind", "present", "said"),
    [
        ((40, 0, 0), VoteKind.EINSTIMMIG, 39, ["40 Stimmen, aber nur 39 Stimmberechtigte anwesend"]),
        ((38, 0, 0), VoteKind.EINSTIMMIG, 39, ["1 Stimme fehlt: 39 Stimmberechtigte sind anwesend"]),
        ((38, 1, 0), VoteKind.EINSTIMMIG, 39, ["einstimmig passt nicht zu 1 Gegenstimme"]),
        ((38, 0, 1), VoteKind.MEHRHEITLICH, None, ["ohne Gegenstimme wäre es einstimmig"]),
        (
            (20, 20, 0),
            VoteKind.BESCHLOSSEN,
            40,
            ["nicht mehr Ja als Nein: das wäre abgelehnt (Stimmengleichheit lehnt ab)"],
        ),
        ((21, 19, 0), VoteKind.ABGELEHNT, 40, ["mehr Ja als Nein: das wäre beschlossen"]),
        ((20, 20, 0), VoteKind.ABGELEHNT, 40, []),
        ((24, 12, 3), VoteKind.MEHRHEITLICH, 39, []),
    ],
)
def test_what_does_not_fit_is_said(
    votes: tuple[int, int, int], kind: VoteKind, present: int | None, said: list[str]
) -> None:
    yes, no, abstain = votes
    found = doubts(Votes(yes=yes, no=no, abstain=abstain), kind, present)
    assert [one.text for one in found] == said
    assert any(one.grave for one in found) == ("nur" in "".join(said))


@settings(max_examples=50)
@given(COUNTS, COUNTS, COUNTS, st.sampled_from([" ", ":", "/", ", ", ";"]))
def test_votes_read_back_as_they_were_written(yes: int, no: int, abstain: int, between: str) -> None:
    votes = Votes(yes=yes, no=no, abstain=abstain)
    assert read_votes(between.join(map(str, (yes, no, abstain)))) == votes
    assert read_votes(votes.text) == votes


@settings(max_examples=60)
@given(COUNTS, COUNTS, COUNTS)
def test_of_two_opposite_words_one_always_fits(yes: int, no: int, abstain: int) -> None:
    votes = Votes(yes=yes, no=no, abstain=abstain)
    passed = doubts(votes, VoteKind.BESCHLOSSEN, votes.total)
    lost = doubts(votes, VoteKind.ABGELEHNT, votes.total)
    assert bool(passed) != bool(lost)


@settings(max_examples=60)
@given(st.integers(1, 120), st.sampled_from(QuorumShare))
def test_the_quorum_is_the_least_number_of_its_share(seats: int, share: QuorumShare) -> None:
    count = needed(share, seats)
    enough = {
        QuorumShare.MEHR_ALS_HAELFTE: lambda n: 2 * n > seats,
        QuorumShare.HAELFTE: lambda n: 2 * n >= seats,
        QuorumShare.EIN_DRITTEL: lambda n: 3 * n >= seats,
        QuorumShare.EIN_VIERTEL: lambda n: 4 * n >= seats,
    }[share]
    assert enough(count)
    assert not enough(count - 1)


def test_the_quorum_says_its_count() -> None:
    rule = QuorumRule(share=QuorumShare.MEHR_ALS_HAELFTE, source="§ 49 GO NRW", assumed=True)
    assert quorum(rule, 33, 17).text == (
        "17 stimmberechtigt anwesend von 33 Sitzen: beschlussfähig, nötig sind 17"
        " (mehr als die Hälfte; § 49 GO NRW)"
    )
    missed = quorum(rule, 33, 16)
    assert missed.reached is False
    assert missed.text.endswith("gilt als beschlussfähig, bis der Mangel festgestellt ist")
    assert quorum(rule, None, 16).reached is None
    assert quorum(None, 33, 16).reached is None
