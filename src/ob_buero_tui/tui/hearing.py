"""What the app says and does when something that runs beside the screens has news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.office import Office
from ob_buero_tui.tui.covering import Covering

if TYPE_CHECKING:
    from datetime import date

    from ob_buero_tui.tui.background import DamageFound, DerivedReady, OthersChanged
    from ob_buero_tui.tui.backup_watch import BackupTold
    from ob_buero_tui.tui.calendar_watch import CalendarsTold
    from ob_buero_tui.tui.drop_watch import DropTold


class Hearing(Covering, inherit_bindings=False):
    """An app that hears of other desks, of folders that are watched, of copies, and of damage.

    Args:
        office: The open office.
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.replaced = False
        """Whether another file has come to stand in the place of the database."""
        self.keeps_copies = False
        """Whether copies are made while this app runs; `run_app` says so."""
        self.told_of_copies: set[str] = set()
        self.prepared_for: date | None = None
        """The day around which derived tables were filled last; None before the first paint."""

    def on_derived_ready(self, _message: DerivedReady) -> None:
        """Days and deadlines may read differently now."""
        self.data_changed()

    def on_others_changed(self, _message: OthersChanged) -> None:
        """Another desk wrote; show it."""
        self.data_changed()

    def on_drop_told(self, message: DropTold) -> None:
        """The drop folder brought something: show it, the cursor stays; or something there needs a hand."""
        news = message.news
        troubled = bool(news.failed or news.partly or news.waiting or news.trouble)
        self.notify(news.sentence, severity="warning" if troubled else "information", timeout=12)
        if news.read:
            self.data_changed()

    def on_calendars_told(self, message: CalendarsTold) -> None:
        """A calendar that others lead has changed, or was not to be read or written; said calmly."""
        told = " ".join(filter(None, (message.news.sentence, *message.failed)))
        troubled = bool(message.failed or message.news.told)
        if told:
            self.notify(told, severity="warning" if troubled else "information", timeout=12)
        elif message.asked:
            self.notify("Die Kalender sind gelesen; es gibt nichts Neues.")
        if message.news.changed:
            self.data_changed()

    def on_backup_told(self, message: BackupTold) -> None:
        """A copy was made, or something went wrong with one; the same trouble is told once."""
        for sentence in message.told:
            if sentence not in self.told_of_copies:
                self.notify(sentence, title="Sicherung", severity="warning", timeout=20)
        self.told_of_copies = set(message.told)

    def on_damage_found(self, message: DamageFound) -> None:
        """Say so and keep saying so."""
        self.notify(message.sentence, title=message.title, severity="error", timeout=3600)
