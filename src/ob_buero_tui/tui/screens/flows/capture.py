"""Taking something down at the desk: a call from anywhere, anything else in the Eingang."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.requests.creating import CHANNELS
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.capture import CaptureDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.new_request import NewRequestDialog

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.frame_commands import FrameCommands

CALL = "telefonnotiz"
"""The kind of a call; an office that switched it off takes calls down without a kind."""
ASKED = ("rueckruf", "rueckruf_durch", "rueckruf_bis", "erreichbar")
"""Of its own fields those that are asked for; who, number and subject are the dialog's."""


async def take_call(screen: FrameCommands) -> Done | None:
    """Take down a call: who, the number, what about, until when somebody calls back."""
    kind = screen.place.catalog.kinds.get(CALL)
    if kind is None or not kind.active:
        return await _ask(screen, "Telefonnotiz", "Telefon")
    asked = tuple(spec for spec in kind.fields if spec.key in ASKED)
    dialog = CaptureDialog(screen.desk, "Telefonnotiz", channel="Telefon", kind=CALL, asked=asked)
    return await screen.app.push_screen_wait(dialog)


async def take_in(screen: FrameCommands) -> Done | None:
    """Take in what did not come by e-mail: how it came, of what kind it is, from whom."""
    choices = [Choice(key=channel, label=channel) for channel in CHANNELS]
    channel = await screen.app.push_screen_wait(Choose("Wie ist es eingegangen?", choices, current="Brief"))
    if channel is None:
        return None
    dialog = NewRequestDialog(screen.desk, f"Neuer Eingang · {channel}", channel=channel)
    return await screen.app.push_screen_wait(dialog)


async def _ask(screen: FrameCommands, title: str, channel: str) -> Done | None:
    return await screen.app.push_screen_wait(CaptureDialog(screen.desk, title, channel=channel))
