"""What the product says when a library of an optional part is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ob_buero_tui.rules.refusals import Refusal


@contextmanager
def needs(extra: str, what: str) -> Iterator[None]:
    """Turn a missing library into a refusal; the imports of the optional part stand inside the block.

    Args:
        extra: The optional part of the package: mail, pdf or word.
        what: What cannot be done without it, German plural: „PDF-Dateien“.

    Raises:
        Refusal: the part is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise Refusal(
            f"{what} gehen an diesem Platz nicht.",
            f"Dem Programm fehlt dafür der Zusatz „{extra}“.",
            f"Die IT installiert ihn mit: pip install 'ob-buero-tui[{extra}]'.",
        ) from error
