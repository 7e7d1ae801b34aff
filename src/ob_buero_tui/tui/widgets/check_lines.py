"""What the checks warn of, in a few lines for the dialogs in which somebody decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ob_buero_tui.rules.checks.model import Finding, Level
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.tui.safe import line

MOST = 5
"""Lines of findings; the rest is counted and stands in the record."""
_TOLD = frozenset(("wahlzeit", "schulferien", "vorgeschichte"))
"""Rules whose remarks are told, too, where they are no warning."""
_WIDTH = 150
_SIGNS = {Level.WARN: "!", Level.INFO: "i"}


def check_lines(findings: Sequence[Finding], without: Collection[str] = ()) -> tuple[str, ...]:
    """Warnings first, each with its source; then how many questions nobody has answered.

    Args:
        findings: The checks of one request.
        without: Rules that the dialog tells by itself.
    """
    told = [one for one in findings if one.rule not in without]
    loud = [one for one in told if one.level is Level.WARN]
    loud += [one for one in told if one.level is Level.INFO and one.rule in _TOLD]
    lines = [_line(one) for one in loud[:MOST]]
    if len(loud) > MOST:
        lines.append(f"  und {plural(len(loud) - MOST, 'weiterer Hinweis', 'weitere Hinweise')} im Eingang")
    waiting = sum(one.level is Level.OPEN for one in told)
    if waiting:
        lines.append(f"? {plural(waiting, 'Prüfpunkt ist', 'Prüfpunkte sind')} noch offen")
    return tuple(lines)


def _line(finding: Finding) -> str:
    unconfirmed = ", noch zu bestätigen" if finding.unconfirmed else ""
    source = f" [{line(finding.source)}{unconfirmed}]" if finding.source else ""
    text = shorten(f"{line(finding.label)}: {line(finding.text, limit=1000)}", _WIDTH)
    return f"{_SIGNS[finding.level]} {text}{source}"
