"""The check rule about matters of one district alone: there its own mayor represents the city."""

from __future__ import annotations

from ob_buero_tui.rules.checks.model import CheckFacts, Level
from ob_buero_tui.rules.checks.registry import Answer, Params, ParamSpec, check_rule
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_label, keyword_pattern

INSTEAD = "„Bezirksbürgermeister/in“"


@check_rule(
    "nur_bezirk",
    params=(ParamSpec("feld", str, field_types=("janein",)), ParamSpec("stadtweit", tuple)),
)
def one_district(facts: CheckFacts, params: Params) -> Answer:
    """Warn when an occasion lies in exactly one district and nothing in the text means the whole city.

    What somebody entered in the form counts before what is read out of place and text. Source: domain facts
    1.4 C (matters exclusively of one district are represented by the Bezirksbürgermeister/in).

    Args:
        facts: The request; `districts` are the office's own.
        params: `feld` is a yes/no field of the form, `stadtweit` are words that speak for the whole city.
    """
    said = facts.given(params["feld"]) if "feld" in params else ""
    if said:
        told = f"„{facts.label(params['feld'])}“: {said}"
        return (Level.WARN, f"{told}; dann {INSTEAD}") if said == "ja" else (Level.OK, told)
    if not facts.districts:
        return Level.OPEN, "Stadtbezirke sind nicht hinterlegt (districts.toml); bitte von Hand prüfen"
    found, where = _districts(facts)
    if not found:
        return Level.OK, "weder Ort noch Text nennen einen Stadtbezirk"
    if len(found) > 1:
        return Level.OK, f"{where}: mehrere Stadtbezirke ({', '.join(found)})"
    wide = next(
        (word for word in params.get("stadtweit", ()) if keyword_pattern(word).search(facts.text)), ""
    )
    if wide:
        return Level.OK, f"{where}: {found[0]}, aber „{keyword_label(wide)}“ spricht für die ganze Stadt"
    return Level.WARN, f"{where}: nur {found[0]}, nichts für die ganze Stadt genannt; dann {INSTEAD}"


def _districts(facts: CheckFacts) -> tuple[tuple[str, ...], str]:
    """The districts that the place names, or where it names none, the text."""
    for text, where in ((fold(facts.place), "Ort"), (facts.text, "Text")):
        found = tuple(
            label
            for label, words in facts.districts.items()
            if any(keyword_pattern(word).search(text) for word in words)
        )
        if found:
            return found, where
    return (), ""
