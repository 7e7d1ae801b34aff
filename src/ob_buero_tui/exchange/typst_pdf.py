"""Makes PDF files from typst templates; all data go in as JSON, so no text is ever taken for a command."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

from ob_buero_tui.exchange.extras import needs
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal

_LONGEST = limits.PRINTED_TEXT
_WHAT = "Die PDF-Datei ließ sich nicht herstellen."
_TOO_LONG = "anschrift-zu-lang"
"""What a template says by `panic` when an address does not fit."""
_NOTHING = "keine-pakete"
_LOADED = re.compile(r"""\b(?:import|include)\b(?!\s*"[^"@])""")
"""An import of anything but a file named in quotes: packages are loaded from the net, also by a variable."""
_NO_GLYPH = re.compile(r"""the text `?"(.+?)"`? could not be displayed""")


def make_pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    standards: tuple[str, ...] = ("a-2b",),
    at: datetime | None = None,
) -> bytes:
    """Set a template as a PDF file.

    Args:
        template: The typst file; it reads the data with `json(bytes(sys.inputs.data))` and may read pictures
            and fonts (folder `fonts`) beside itself, nothing else.
        data: What JSON can hold; every text is cleaned on its way.
        standards: PDF standards such as `a-2b`, checked by typst.
        at: When the file is made, aware UTC; None leaves it to the template (`set document(date: …)`),
            without which typst reads the system's clock.

    Raises:
        Refusal: typst is not installed, the template is not there or wrong, or it wants the network.
    """
    made = _compile(template, data, "pdf", standards, at)
    return made[0]


def make_pages(template: Path, data: Mapping[str, Any], *, ppi: float = 144) -> list[bytes]:
    """Set a template as pictures of its pages, PNG.

    Args:
        ppi: Pixels per inch.

    Raises:
        Refusal: as `make_pdf`.
    """
    return _compile(template, data, "png", (), None, ppi)


def _compile(
    template: Path,
    data: Mapping[str, Any],
    kind: Literal["pdf", "png"],
    standards: tuple[str, ...],
    at: datetime | None,
    ppi: float = 144,
) -> list[bytes]:
    with needs("pdf", "PDF-Dateien"):
        import typst
    source = _read(template)
    fonts = template.parent / "fonts"
    try:
        compiler = typst.Compiler(
            cast("Any", source),
            root=str(template.parent),
            # No package of this account's cache either: a template is what lies beside it.
            package_path=str(template.parent / _NOTHING),
            package_cache_path=str(template.parent / _NOTHING),
            font_paths=[str(fonts)] if fonts.is_dir() else [],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_cleaned(data), ensure_ascii=False)},
        )
        made = compiler.compile(
            format=kind,
            ppi=ppi,
            pdf_standards=cast("Any", list(standards)),
            # typst takes whole seconds only.
            timestamp=at.replace(microsecond=0) if at is not None else None,
        )
    except typst.TypstError as error:
        raise _refused(template, clean(error.message, limit=300)) from error
    if made is None:
        raise _wrong(template, "kein Ergebnis")
    return [made] if isinstance(made, bytes) else list(made)


def _read(template: Path) -> bytes:
    try:
        source = template.read_bytes()
    except OSError as error:
        raise _wrong(template, "Die Datei lässt sich nicht lesen") from error
    for path in sorted({template, *template.parent.rglob("*.typ")}):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise _wrong(path, "Die Datei lässt sich nicht lesen") from error
        if _LOADED.search(text):
            raise _wrong(path, "Sie will etwas aus dem Netz laden; nur eigene Dateien in „…“ sind erlaubt")
    return source


def _refused(template: Path, message: str) -> Refusal:
    """What typst says, in German where the text is to blame and not the template."""
    missing = _NO_GLYPH.search(message)
    if missing is not None:
        codes = ", ".join(f"U+{ord(one):04X}" for one in missing[1])
        return Refusal(
            _WHAT,
            f"Für „{missing[1]}“ ({codes}) hat die Schrift der Vorlage kein Zeichen.",
            "Ersetzen Sie es im Text, im Betreff oder in der Anschrift, oder nehmen Sie den Brief in Word.",
        )
    if _TOO_LONG in message:
        return Refusal(
            _WHAT,
            "Die Anschrift ist zu lang für das Fenster des Umschlags.",
            "Kürzen Sie ihre Zeilen, oder nehmen Sie den Brief in Word.",
        )
    return _wrong(template, message)


def _wrong(template: Path, why: str) -> Refusal:
    return Refusal(
        _WHAT,
        f"An der Vorlage „{clean(template.name)}“ stimmt etwas nicht: {why.rstrip('.')}.",
        "Prüfen Sie die Vorlage, oder nehmen Sie die eigene weg, dann gilt die mitgelieferte.",
    )


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value, multiline=True, limit=_LONGEST)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_cleaned(one) for one in value]
    return value
