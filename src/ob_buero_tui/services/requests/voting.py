"""The Votum: what the office advises before somebody decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done, load, told
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.requests import Request

VOTES: Mapping[str, str] = MappingProxyType(
    {
        "zusage": "Zusage",
        "vertretung": "Vertretung",
        "absage": "Absage",
        "abgabe": "Abgabe",
        "vertagung": "Vertagung",
        "ruecksprache": "Rücksprache",
    }
)
"""What can be advised; an outcome, or to talk about it."""
TEXT_LIMIT = 1000


@use_case("set_votum")
def set_votum(work: Work, ids: Sequence[int], votum: str, text: str = "") -> Done:
    """Write down the office's advice; an empty one takes it away.

    Args:
        votum: A key of `VOTES`, or "".
        text: Why, in a sentence or two.
    """
    rows = load(work, ids)
    for row in rows:
        advise(work, row, votum, text)
    work.tell(votum=votum)
    return told(rows, f"Votum {VOTES[votum]}" if votum else "ohne Votum")


def advise(work: Work, request: Request, votum: str, text: str) -> None:
    """Write down the advice on one request inside any step."""
    if votum and votum not in VOTES:
        raise Refusal(
            "Das Votum wurde nicht gespeichert.",
            f"„{clean(votum)}“ steht nicht zur Wahl.",
            f"Möglich: {join(list(VOTES.values()), 'oder')}.",
        )
    request.votum = votum
    request.votum_text = clean(text, multiline=True, limit=TEXT_LIMIT).strip() if votum else ""
    request.votum_by, request.votum_on = (work.desk.initials, work.today) if votum else ("", None)


@sentence("set_votum")
def _voted(params: Params) -> str:
    votum = VOTES.get(str(params.get("votum", "")), "")
    return f"Votum der Büroleitung: {votum}" if votum else "Votum weggenommen"
