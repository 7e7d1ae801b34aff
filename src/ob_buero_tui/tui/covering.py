"""Sichtschutz in the app: one switch for all screens, and messages that keep to it."""

from __future__ import annotations

from textual.notifications import SeverityLevel

from ob_buero_tui.office import Office
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.workplace import PATIENCE_MS, WORKER_PATIENCE_MS, Workplace
from ob_buero_tui.tui import shield
from ob_buero_tui.tui.ending import OrderlyEnd


class Covering(OrderlyEnd, inherit_bindings=False):
    """An app whose names and texts can be covered; an aid against looks, no access control.

    Args:
        office: The open office.
    """

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self._sit(office.place)

    def _sit(self, place: Workplace) -> None:
        self.place: Workplace = place.with_patience(PATIENCE_MS)
        self.patient: Workplace = place.with_patience(WORKER_PATIENCE_MS)

    @property
    def shielded(self) -> bool:
        """Whether names and texts are covered on all screens."""
        return self.place.veil is not None

    def switch_shield(self) -> None:
        """Cover everything that names somebody or something, or show it again; verbs go on as ever."""
        from ob_buero_tui.services.veiling import unveil, veiled

        before = self.place
        self._sit(self.office.place if self.shielded else veiled(self.office.place))
        unveil(before)
        # A message on the screen names people too.
        self.clear_notifications()
        self.data_changed()

    def data_changed(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Let every screen read anew."""
        raise NotImplementedError

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 nobody may switch it on
    ) -> None:
        """Show a message; it is cleaned and never read as markup, whoever sends it.

        Under Sichtschutz it names nobody and nothing.
        """
        if self.shielded:
            message, title = shield.covered(message), shield.covered(title)
        super().notify(
            clean(message, multiline=True),
            title=clean(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )
