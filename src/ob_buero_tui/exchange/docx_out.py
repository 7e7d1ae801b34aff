"""Fills Word templates in a sandbox: user text is never evaluated, a template with code is refused."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ob_buero_tui.exchange.extras import needs
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.refusals import Refusal

_LONGEST = limits.PRINTED_TEXT
_WHAT = "Word-Dateien"
_XML_CHARS = dict.fromkeys((65534, 65535), "�")


def fill_docx(template: Path, data: Mapping[str, Any]) -> bytes:
    """Fill a Word template and return the file.

    Args:
        template: A .docx whose placeholders stand in `{{ }}`, loops over paragraphs in `{%p %}`.
        data: Texts, lists and tables of them by name; every text is cleaned on its way.

    Raises:
        Refusal: docxtpl is not installed, the template is no Word file, holds code, or names what is unknown.
    """
    with needs("word", _WHAT):
        import docxtpl
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    known = {str(key): _cleaned(value) for key, value in data.items()}
    try:
        document = docxtpl.DocxTemplate(io.BytesIO(template.read_bytes()))
        unknown = sorted(document.get_undeclared_template_variables(environment) - known.keys())
        if unknown:
            names = join([f"„{clean(one, limit=40)}“" for one in unknown[:5]])
            raise _wrong(
                template, f"Sie nennt {names}; das gibt es nicht. Bekannt sind: {', '.join(sorted(known))}"
            )
        document.render(known, environment, autoescape=True)
        made = io.BytesIO()
        document.save(made)
    except TemplateError as error:
        raise _wrong(
            template, f"In ihr steht, was nicht erlaubt ist: {clean(str(error), limit=150)}"
        ) from error
    except (OSError, KeyError, ValueError) as error:
        raise _wrong(template, "Sie ist keine lesbare Word-Datei (.docx)") from error
    except Exception as error:
        # A broken ZIP or XML shows in many ways of python-docx and lxml; each costs this letter alone.
        if isinstance(error, Refusal):
            raise
        raise _wrong(template, "Sie ist keine lesbare Word-Datei (.docx)") from error
    return made.getvalue()


def text_docx(title: str, paragraphs: Sequence[str]) -> bytes:
    """A plain Word file with a heading and paragraphs, to write on in Word.

    Raises:
        Refusal: python-docx is not installed.
    """
    with needs("word", _WHAT):
        import docx
    document = docx.Document()
    document.add_heading(_safe(title.replace("\n", " ")), level=1)
    for one in paragraphs:
        document.add_paragraph(_safe(one))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _safe(text: str) -> str:
    return clean(text, multiline=True, limit=_LONGEST).translate(_XML_CHARS)


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_cleaned(one) for one in value]
    return value


def _wrong(template: Path, why: str) -> Refusal:
    return Refusal(
        "Der Brief in Word wurde nicht geschrieben.",
        f"An der Vorlage „{clean(template.name)}“ stimmt etwas nicht: {why.rstrip('.')}.",
        "Prüfen Sie die Vorlage, oder nehmen Sie die eigene weg, dann gilt die mitgelieferte.",
    )
