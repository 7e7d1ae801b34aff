"""The template of a paper, or the one refusal where an installation has lost it."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.refusals import Refusal


def template_of(catalog: Catalog, name: str, what: str) -> Path:
    """The file of a template.

    Args:
        what: German sentence on what is not made without it.

    Raises:
        Refusal: the template is missing.
    """
    found = catalog.templates.get(name)
    if found is None:
        now = "Bitten Sie die IT, das Programm neu zu installieren."
        raise Refusal(what, f"Die Vorlage „{name}“ fehlt.", now)
    return found
