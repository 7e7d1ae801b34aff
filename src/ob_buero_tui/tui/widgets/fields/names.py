"""A field for several names: the address book completes the one that is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from ob_buero_tui.services.suggesting import Suggestion
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField


class NamesField(SuggestField):
    """Names with commas between them; a name taken from the list is followed by room for the next one."""

    @property
    def typed(self) -> str:
        """The last name, which is completed."""
        return self.value.replace(";", ",").rpartition(",")[2].strip()

    def completed(self, name: str) -> str:
        """The names before, and the one that was taken."""
        before, comma, _ = self.value.replace(";", ",").rpartition(",")
        return f"{before.strip()}{comma} {name}".strip()


def fitting(known: Sequence[str], typed: str) -> tuple[Suggestion, ...]:
    """What of the values entered before fits what is typed; all of it begins or continues so."""
    wanted = typed.casefold()
    found = [one for one in known if wanted in one.casefold() and wanted != one.casefold()]
    return tuple(Suggestion(id=0, name=one) for one in found[:8])
