"""What one desk types must not silently replace what another wrote meanwhile."""

from __future__ import annotations

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal

AGAIN = "Ihr Text bleibt als Entwurf. Öffnen Sie ihn noch einmal, und wählen Sie, welcher gilt."
LONGEST = 120
"""Characters of a text that a refusal quotes."""


def refuse_overwriting(what: str, *, shown: str | None, stored: str, new: str) -> None:
    """Refuse to write over a text that is not the one that was shown.

    Args:
        what: What was not done, a German sentence.
        shown: The text as it stood when the typing began; None where nobody was shown one.
        stored: As it stands now.
        new: What is to stand there.

    Raises:
        Refusal: another desk has written something else meanwhile; it quotes both.
    """
    if shown is None or stored in (shown.strip(), new):
        return
    there, here = (f"„{shorten(one, LONGEST)}“" if one else "nichts mehr" for one in (stored, new))
    raise Refusal(what, f"Ein anderer Platz hat inzwischen gespeichert: {there}; hier steht {here}.", AGAIN)
