"""One session as its panel shows it at the desk: with what its papers still lack."""

from __future__ import annotations

from dataclasses import replace

from ob_buero_tui.services.council.meeting import meeting_within
from ob_buero_tui.services.council.paper_checks import lacks_within
from ob_buero_tui.services.council.views import MeetingView
from ob_buero_tui.services.workplace import Workplace


def meeting_page(place: Workplace, meeting_id: int) -> MeetingView:
    """A session for the panel of this desk.

    Raises:
        Refusal: there is no such session, or this desk may not see it.
    """
    with place.reading() as session:
        view = meeting_within(session, place, meeting_id)
        return replace(view, lacks=lacks_within(session, place, meeting_id)) if view.agenda else view
