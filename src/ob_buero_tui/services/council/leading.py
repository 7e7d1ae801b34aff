"""Who leads agendas and papers of a body: the council information system, or this office."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import Meeting, MeetingOrganization
from ob_buero_tui.store.people import Organization

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ob_buero_tui.catalog.model import Catalog
    from ob_buero_tui.services.workplace import Workplace

WIR: Final = "wir"
RIS: Final = "ris"


class Led(Protocol):
    """What says who leads: a body, or a row with these two columns of it."""

    @property
    def agenda_led_by(self) -> str:
        """What the office has laid down; empty: the catalog decides."""

    @property
    def oparl_id(self) -> str | None:
        """Its name in the council information system it came from."""


def led_by(catalog: Catalog, organization: Led) -> str:
    """Who leads the agendas and papers of a body: `wir` or `ris`.

    Where nobody laid it down for the body, `led_by` of council.toml says it; where that says nothing either,
    the council information system leads the bodies that came from one.
    """
    return organization.agenda_led_by or _usual(catalog, organization.oparl_id)


def _usual(catalog: Catalog, oparl_id: str | None) -> str:
    return catalog.council.led_by or (RIS if oparl_id else WIR)


def led_by_of(session: Session, catalog: Catalog, meeting_ids: Sequence[int]) -> dict[int, str]:
    """Who leads the agendas of some sessions, by session: the leading body decides; without one: us."""
    rows = fetch(session, _all_leading(), meeting_ids)
    # The leading body comes last and stays.
    return dict.fromkeys(meeting_ids, WIR) | {row.meeting_id: led_by(catalog, row) for row in rows}


@cache
def _all_leading() -> Columns:
    """Made once, as making it takes longer than reading."""
    return (
        select(MeetingOrganization.meeting_id, Organization.agenda_led_by, Organization.oparl_id)
        .join(Organization, Organization.id == MeetingOrganization.organization_id)
        .where(MeetingOrganization.meeting_id.in_(AMONG))
        .order_by(MeetingOrganization.position.desc(), MeetingOrganization.id.desc())
    )


def ensure_ours(work: Work, meeting: Meeting) -> None:
    """Refuse to touch the agenda of a session that the council information system leads.

    Raises:
        Refusal: it does.
    """
    if led_by_of(work.session, work.catalog, [meeting.id])[meeting.id] == RIS:
        raise Refusal(
            "Diese Tagesordnung führt das Ratsinformationssystem.",
            "Hier lässt sie sich lesen; was Sie hier ändern, käme dort nicht an.",
            "Ändern Sie sie dort, oder legen Sie unter Sitzungen fest, dass das Büro sie führt.",
        )


@use_case("set_led_by")
def set_led_by(work: Work, organization_id: int, who: str) -> Done:
    """Lay down who leads the agendas and papers of a body.

    Args:
        who: `wir`, `ris`, or empty: as the catalog says.

    Raises:
        Refusal: nobody else can lead it.
    """
    body = work.get(Organization, organization_id)
    if who not in ("", WIR, RIS):
        raise Refusal("Das gibt es nicht.", "Eine Tagesordnung führt das RIS oder das Büro.", "")
    body.agenda_led_by = who
    work.tell(table="organization", ids=[body.id], led_by=led_by(work.catalog, body))
    name = clean(shorten(body.name, 60))
    return Done(ids=(body.id,), text=f"{name}: {_WORDS[led_by(work.catalog, body)]}")


def leader_choice(place: Workplace, organization_id: int) -> tuple[str, str]:
    """What is laid down for a body, empty where nothing is, and who leads it where nothing is."""
    with place.reading() as session:
        row = session.get(Organization, organization_id)
        if row is None:
            raise Refusal("Dieses Gremium gibt es nicht mehr.", "", "Wählen Sie ein anderes.")
        return row.agenda_led_by, _usual(place.catalog, row.oparl_id)


_WORDS = {
    WIR: "Tagesordnungen und Vorlagen führt das Büro",
    RIS: "Tagesordnungen und Vorlagen führt das Ratsinformationssystem",
}


@sentence("set_led_by")
def _led_by_set(params: Params) -> str:
    return _WORDS.get(str(params.get("led_by")), _WORDS[WIR])
