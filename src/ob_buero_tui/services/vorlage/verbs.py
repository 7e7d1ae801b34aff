"""Putting requests on the mayor's list, ordering it, and noting what the mayor said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.vorlage_line import WORDS
from ob_buero_tui.services.history import Params, day_text, sentence
from ob_buero_tui.services.requests.decision import undecide
from ob_buero_tui.services.requests.exceptions import dry_check, not_into
from ob_buero_tui.services.requests.taking_back import drop_decided_tasks
from ob_buero_tui.services.requests.verbs import Done, enter_state, load, readable, told
from ob_buero_tui.services.requests.voting import advise
from ob_buero_tui.services.vorlage.selecting import LATEST, WAITS
from ob_buero_tui.services.vorlage.talks import add_item, list_for
from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Vorlage, VorlageItem, VorlageState
from ob_buero_tui.store.requests import Request

REMARK_LIMIT = 500
OFFEN = VorlageDecision.OFFEN
VERTRETUNG = VorlageDecision.VERTRETUNG


@dry_check("put_on_vorlage")
def _possible(_session: Session, place: Workplace, row: Request) -> str:
    return not_into(place, row, RequestState.VORLAGE)


@use_case("put_on_vorlage")
def put_on(work: Work, ids: Sequence[int], votum: str | None = None, text: str = "") -> Done:
    """Put requests on the list of the next talk, with the office's Votum.

    Args:
        votum: What the office recommends, a key of an outcome; empty for nothing, None leaves what is there.
        text: Why.

    Raises:
        Refusal: a request is decided or closed already.
    """
    rows = load(work, ids)
    vorlage = list_for(work, work.today)
    for row in rows:
        handed = row.state == RequestState.ABGEGEBEN.value
        enter_state(work, row, RequestState.VORLAGE)
        if handed:
            # It is to be decided anew: nobody reports back any more.
            drop_decided_tasks(work, row)
            undecide(row)
        add_item(work, vorlage, row.id)
        if votum is not None and (votum, text.strip()) != (row.votum, row.votum_text):
            advise(work, row, votum, text)
    work.tell(talk=vorlage.talk_on.isoformat())
    return told(rows, f"auf der OB-Vorlage für {long_date(vorlage.talk_on)}")


@use_case("take_off_vorlage")
def take_off(work: Work, ids: Sequence[int]) -> Done:
    """Take requests off the list; the others keep their numbers, and a printed list its meaning."""
    rows = load(work, ids)
    for row in rows:
        if row.state != RequestState.VORLAGE.value:
            raise Refusal(
                f"{row.number} steht nicht auf der OB-Vorlage.", "", "Mit o kommt ein Eingang darauf."
            )
        enter_state(work, row, RequestState.NEU)
        for item in _open_items(work, row.id):
            work.session.delete(item)
    return told(rows, "von der OB-Vorlage genommen")


def _open_items(work: Work, request_id: int) -> Sequence[VorlageItem]:
    """The items of a request on lists that are not decided; those on decided ones are its history."""
    return work.session.scalars(
        select(VorlageItem)
        .join(Vorlage, Vorlage.id == VorlageItem.vorlage_id)
        .where(VorlageItem.request_id == request_id, Vorlage.state == VorlageState.OFFEN.value)
    ).all()


@use_case("move_vorlage_item")
def move(work: Work, item_id: int, by: int) -> Done:
    """Give an item the number of the one before or after it on the same list.

    Args:
        by: 1 for down, -1 for up.
    """
    item = work.get(VorlageItem, item_id)
    rows = readable(work, [item.request_id])
    after = VorlageItem.position > item.position if by > 0 else VorlageItem.position < item.position
    order = VorlageItem.position if by > 0 else VorlageItem.position.desc()
    other = work.session.scalars(
        select(VorlageItem)
        .join(Request, Request.id == VorlageItem.request_id)
        .where(VorlageItem.vorlage_id == item.vorlage_id, after, WAITS, LATEST)
        .order_by(order)
        .limit(1)
    ).one_or_none()
    if other is None:
        raise Refusal(f"{rows[0].number} steht schon {'unten' if by > 0 else 'oben'}.")
    item.position, other.position = other.position, item.position
    work.tell(table="request", ids=[item.request_id], to=item.position)
    return Done(ids=(item.id,), text=f"{rows[0].number}: jetzt Nummer {item.position}")


@use_case("decide_vorlage_item")
def say(work: Work, item_ids: Sequence[int], decision: VorlageDecision, deputy: str = "") -> Done:
    """Note what the mayor said to some items; said once more, it is taken back.

    Args:
        deputy: The calendar of who stands in, with a Vertretung.
    """
    items = [work.get(VorlageItem, key) for key in dict.fromkeys(item_ids)]
    if not items:
        raise Refusal("Es ist kein Punkt ausgewählt.", "", "Wählen Sie eine Zeile aus.")
    rows = _undecided(work, items)
    again = all(item.decision == decision.value and item.deputy == deputy for item in items)
    for item in items:
        _note(item, OFFEN if again else decision, deputy)
    work.tell(table="request", ids=[row.id for row in rows], said=OFFEN.value if again else decision.value)
    return Done(
        ids=tuple(item.id for item in items),
        text=told(rows, "wieder offen" if again else f"OB sagt {WORDS.get(decision.value, 'nichts')}").text,
    )


@use_case("remark_vorlage_item")
def remark(work: Work, item_ids: Sequence[int], text: str) -> Done:
    """Keep what the mayor said besides; it goes into the notes of the request when it is decided.

    Args:
        text: The words; empty takes them away.
    """
    items = [work.get(VorlageItem, key) for key in dict.fromkeys(item_ids)]
    if not items:
        raise Refusal("Es ist kein Punkt ausgewählt.", "", "Wählen Sie eine Zeile aus.")
    rows = _undecided(work, items)
    said = clean(text, limit=REMARK_LIMIT).strip()
    for item in items:
        item.remark = said
    work.tell(table="request", ids=[row.id for row in rows])
    return Done(
        ids=tuple(item.id for item in items),
        text=told(rows, "Bemerkung gespeichert" if said else "Bemerkung weggenommen").text,
    )


@use_case("transfer_vorlage")
def transfer(work: Work, vorlage_id: int, decisions: Mapping[int, str]) -> Done:
    """Note what stands on the printed list, by its numbers; what is not named stays.

    Raises:
        Refusal: a number is not on the list, or was decided meanwhile; nothing is noted.
    """
    here = select(VorlageItem).where(VorlageItem.vorlage_id == vorlage_id)
    found = {item.position: item for item in work.session.scalars(here)}
    missing = sorted(number for number in decisions if number not in found)
    if missing or not decisions:
        named = join([str(number) for number in missing])
        raise Refusal(
            "Die Liste wurde nicht übertragen.",
            f"Eine Nummer {named} hat sie nicht." if missing else "Es steht nichts da.",
            "Zum Beispiel 1a 2n 3v 5-8a 9w.",
        )
    items = [found[number] for number in sorted(decisions)]
    rows = _undecided(work, items)
    for item in items:
        said = VorlageDecision(decisions[item.position])
        _note(item, said, item.deputy if said is VERTRETUNG else "")
    work.tell(table="request", ids=[row.id for row in rows], count=len(items))
    text = f"{plural(len(items), 'Punkt', 'Punkte')} von der Liste übertragen"
    return Done(ids=tuple(item.id for item in items), text=text)


def _undecided(work: Work, items: Sequence[VorlageItem]) -> list[Request]:
    """The requests of some items; one that was decided meanwhile is refused."""
    rows = readable(work, [item.request_id for item in items])
    gone = [row.number for row in rows if row.state != RequestState.VORLAGE.value]
    if gone:
        verb = "ist" if len(gone) == 1 else "sind"
        raise Refusal(
            "Das wurde nicht gespeichert.",
            f"{join(gone)} {verb} nicht mehr auf der OB-Vorlage.",
            "Sehen Sie im Eingang nach, was entschieden wurde.",
        )
    return rows


def _note(item: VorlageItem, decision: VorlageDecision, deputy: str) -> None:
    item.decision = decision.value
    item.deputy = deputy if decision is VERTRETUNG else ""
    if decision is not VorlageDecision.NEIN:
        item.reason = ""


@sentence("put_on_vorlage")
def _put(params: Params) -> str:
    return f"auf die OB-Vorlage für {day_text(params.get('talk'))} gesetzt"


@sentence("take_off_vorlage")
def _taken(_params: Params) -> str:
    return "von der OB-Vorlage genommen"


@sentence("move_vorlage_item")
def _moved(params: Params) -> str:
    return f"auf der OB-Vorlage an Stelle {params.get('to', '')} gerückt"


@sentence("decide_vorlage_item")
def _said(params: Params) -> str:
    word = WORDS.get(params.get("said", ""), "")
    return f"OB-Vorlage: „{word}“ vermerkt" if word else "OB-Vorlage: Vermerk zurückgenommen"


@sentence("remark_vorlage_item")
def _remarked(_params: Params) -> str:
    return "OB-Vorlage: Bemerkung geschrieben"


@sentence("transfer_vorlage")
def _transferred(params: Params) -> str:
    return f"OB-Vorlage: {plural(params.get('count', 0), 'Punkt', 'Punkte')} von der Liste übertragen"
