"""Sitzungen: fetching from a council information system, in a thread that touches no widget."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from textual.message import Message
from textual.worker import get_current_worker

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood

GROUP = "fetch"
LOG = logging.getLogger(__name__)
BUSY = "Die Ratsdaten werden gerade geholt."
BEGUN = "Ratsdaten werden geholt; Sie können weiterarbeiten."
FAILED = "Die Ratsdaten ließen sich nicht holen. Die technische Ursache steht im Protokoll."


@dataclass
class CouncilFetched(Message):
    """A fetch has ended.

    Args:
        text: What came, in German; "" where nothing did.
        problem: What did not; "" when everything came.
    """

    text: str = ""
    problem: str = ""


def understood(text: str) -> Understood:
    """Whether a typed text is an address that can be fetched from."""
    from ob_buero_tui.exchange.oparl_address import NotAllowed, endpoint_address

    if not text.strip():
        return Understood("Sie endet oft auf /oparl/system.", ok=False)
    try:
        return Understood(f"Geholt wird von {endpoint_address(text)}")
    except NotAllowed as refusal:
        return Understood(refusal.why, ok=False)


class CouncilFetching(DeskScreen):
    """The command that fetches, for `CouncilScreen`."""

    @asking()
    async def action_fetch_council(self) -> None:
        """Ask for the address, prefilled with the last one, and fetch beside the work."""
        from ob_buero_tui.services.council.endpoints import endpoints

        if any(worker.group == GROUP and not worker.is_finished for worker in self.app.workers):
            self.notify(BUSY)
            return
        if self.place.read_only:
            raise Refusal("Es wurde nichts geholt.", "Die Datenbank ist nur zum Lesen geöffnet.")
        known = endpoints(self.place)
        asked = PromptLine(
            "Adresse der OParl-Schnittstelle",
            value=known[-1].url if known else "",
            understand=understood,
            text=_told(known[-1].problem) if known else "",
        )
        url = await self.app.push_screen_wait(asked)
        if url:
            self.notify(BEGUN)
            self.app.run_worker(
                lambda: self._fetch_from(url), name=GROUP, group=GROUP, thread=True, exit_on_error=False
            )

    def _fetch_from(self, url: str) -> None:
        """In a thread: ends with a message."""
        from ob_buero_tui.services.council.fetching import fetch

        worker = get_current_worker()
        told = CouncilFetched(problem=FAILED)
        try:
            found = fetch(self.desk.patient, url, progress=lambda _pages, _list: not worker.is_cancelled)
            left = f" {plural(found.left, 'Liste bleibt', 'Listen bleiben')} offen." if found.left else ""
            told = CouncilFetched(text=found.text if found.pages else "")
            if found.anything:
                told.text += " u nimmt es zurück."
            if found.problems or left:
                told.problem = f"{' '.join(found.problems[:3])}{left}".strip()
        except Refusal as refusal:
            told = CouncilFetched(problem=str(refusal))
        except Exception as error:
            LOG.error("the council was not fetched: %s", type(error).__name__, exc_info=error)
        if not worker.is_cancelled:
            self.post_message(told)

    def on_council_fetched(self, message: CouncilFetched) -> None:
        """Say what came, and show it."""
        if message.text:
            self.notify(clean(message.text, limit=400))
        if message.problem:
            self.notify(clean(message.problem, limit=400), severity="warning", timeout=15)
        self.desk.data_changed()


def _told(problem: str) -> str:
    return f"Beim letzten Mal: {clean(problem, limit=200)}" if problem else ""
