"""The templates of letters and lists: the shipped ones, and over them those of the office, by file name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ob_buero_tui.catalog.layers import Layer
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Reader

SUFFIXES = (".typ", ".docx")


def load_templates(layers: Sequence[Layer], problems: list[Problem]) -> dict[str, Path]:
    """Find the templates by their file names, such as `brief.typ`; an office's file comes first.

    Args:
        layers: The catalog folders; the templates lie in `templates` beside them.
    """
    found: dict[str, Path] = {}
    for layer in layers:
        folder = layer.folder.parent / "templates"
        try:
            paths = sorted(folder.iterdir())
        except FileNotFoundError:
            continue
        except OSError:
            Reader.of(layer.name("templates"), problems).wrong("ein lesbarer Ordner", "keiner")
            continue
        # Word leaves files such as `~$brief.docx` beside an open document.
        found |= {
            path.name: path
            for path in paths
            if path.suffix in SUFFIXES and not path.name.startswith((".", "~"))
        }
    return found
