"""Every place where a person stands, before an erasure: what leads to the person goes, the rest is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.erasing.views import FileHit, Found, Hit
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.listed import ListedDialog
from ob_buero_tui.tui.widgets.choice_list import Choice

MUST, ON, OFF, KEPT = "[✓]", "[x]", "[ ]", "[–]"
"""What goes, what is ticked, what is not, and what cannot be as it must be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What of the asked places means this person."""

    places: tuple[tuple[str, int], ...]
    files: tuple[str, ...]


class ErasurePreview(ListedDialog[Chosen | None]):
    """Returns the chosen places and files, or None.

    Args:
        found: What was found.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "tick", "ankreuzen"),
        Binding("asterisk", "tick_all(True)", show=False),
        Binding("minus", "tick_all(False)", show=False),
        Binding("enter", "go_on", "weiter"),
        Binding("escape,q", "close", "lassen"),
    ]
    DEFAULT_CSS = """
    ErasurePreview {
        & > .dialog-box { width: 110; }
        & ChoiceList { max-height: 45vh; }
        & #about { height: auto; min-height: 3; padding: 1 0 0 0; color: $quiet; }
        & #counts { height: auto; color: $strong; padding: 0 0 1 0; }
    }
    """

    def __init__(self, found: Found) -> None:
        keys = "Leertaste kreuzt an · * alle · - keine · Enter weiter · Esc lassen"
        super().__init__(f"Wo „{found.name}“ vorkommt", keys=keys)
        self._hits: dict[str, Hit | FileHit] = {f"{hit.table}:{hit.row_id}": hit for hit in found.hits}
        self._hits |= {f"datei:{place}": one for place, one in enumerate(found.files)}
        self._kept = {key for key, hit in self._hits.items() if _is_asked(hit) and hit.duty}
        self._asked = [key for key, hit in self._hits.items() if _is_asked(hit) and not hit.duty]
        self._on = {key for key in self._asked if self._hits[key].ticked}
        self._pictures = found.pictures

    def body(self) -> list[Widget]:
        """Counts, the list, and the place under the cursor in full."""
        return [Static(id="counts"), self._list, Static(id="about")]

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()
        self._show(None)

    def _show(self, current: str | None) -> None:
        self._list.show([self._choice(key, hit) for key, hit in self._hits.items()], current=current)
        must = len(self._hits) - len(self._asked) - len(self._kept)
        text = f"{must} gehören zur Person und werden gelöscht; {len(self._on)} von {len(self._asked)} nur"
        self.query_one("#counts", Static).update(
            label(f"{text} genannten Stellen sind angekreuzt.{self._unseen()}")
        )
        self.say_more()

    def _unseen(self) -> str:
        """How many files only eyes can look into."""
        if not self._pictures:
            return ""
        many = plural(self._pictures, "Bild oder Scan", "Bilder und Scans")
        return f" Nicht durchsucht: {many} ohne Text."

    def _choice(self, key: str, hit: Hit | FileHit) -> Choice:
        asked = KEPT if key in self._kept else ON if key in self._on else OFF
        sign = asked if _is_asked(hit) else MUST
        if isinstance(hit, FileHit):
            hint = "aufzubewahren" if hit.duty else hit.place
            return Choice(key=key, label=f"{sign} Datei {hit.name}", help=hit.context, hint=hint)
        return Choice(key=key, label=f"{sign} {hit.record}", help=hit.context, hint=_hint(hit))

    def say_more(self) -> None:
        """All that is known of the place under the cursor."""
        here = self._list.current
        hit = self._hits.get(here.key) if here is not None else None
        told = "" if hit is None else f"{_sure(hit)}\n{hit.context}"
        self.query_one("#about", Static).update(label(told, multiline=True, limit=600))

    def action_tick(self) -> None:
        """Tick a place that is asked, and go on."""
        here = self._list.current
        if here is not None and here.key in self._asked:
            self._on ^= {here.key}
            self._show(here.key)
        self.action_move(1)

    def action_tick_all(self, on: bool) -> None:
        """Tick all that is asked, or none; a file into which nobody could look is ticked by itself."""
        here = self._list.current
        self._on = {key for key in self._asked if on and not _is_unread(self._hits[key])}
        self._show(here.key if here is not None else None)

    def action_go_on(self) -> None:
        """Return what is ticked."""
        chosen = [self._hits[key] for key in self._asked if key in self._on]
        places = tuple(hit.key for hit in chosen if isinstance(hit, Hit))
        files = tuple(hit.digest for hit in chosen if isinstance(hit, FileHit))
        self.dismiss(Chosen(places=places, files=files))

    def action_close(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _is_asked(hit: Hit | FileHit) -> bool:
    return isinstance(hit, FileHit) or hit.asked


def _is_unread(hit: Hit | FileHit) -> bool:
    return isinstance(hit, FileHit) and hit.unread


def _hint(hit: Hit) -> str:
    if hit.duty:
        return "aufzubewahren"
    return "nur im Verlauf" if hit.gone else "" if hit.surely else "dieselbe Person?"


def _sure(hit: Hit | FileHit) -> str:
    if hit.duty:
        return f"Nicht löschbar: {hit.duty}."
    if _is_unread(hit):
        return "Mit Kennwort, beschädigt oder zu groß: sehen Sie selbst hinein; „*“ kreuzt sie nicht mit an."
    if isinstance(hit, FileHit):
        return f"{hit.place}: sie wird gelöscht, wenn sie angekreuzt ist."
    if not _is_asked(hit):
        return "Gehört zur Person: " + (
            "alle Texte werden geleert." if hit.whole else "die Wörter werden ersetzt."
        )
    if hit.ticked:
        return "Führt zur Person, nennt aber auch andere; nur die Wörter der Person würden ersetzt."
    return "Name, Adresse oder Nummer stehen im Text; nur diese Wörter würden ersetzt." + (
        "" if hit.surely else " Es kann jemand anderes gemeint sein."
    )
