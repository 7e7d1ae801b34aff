"""What a message may still say under Sichtschutz: what was done, never to whom or to what."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ob_buero_tui.rules.refusals import Refusal

MASK: Final = "•••••"
WORDS: Final = frozenset(
    """
    u es er sie das der die den dem des ein eine einen nicht nur kein keine keinen ist sind war wird
    werden hat haben jetzt schon noch wieder dann hier dort danach zum zur im in an am auf aus bei bis mit
    nach seit über um von vom vor für und oder zu so wie als nimmt zurück zurückgenommen wiederhergestellt
    nichts alles neu neue termin termine termins eingang eingänge eingangs vorgang aufgabe aufgaben
    sitzung sitzungen person personen kontakt antwort antworten entwurf entwürfe notiz rückfrage
    vertretung ausfall absage zusage kalender outlook konflikt konflikte grund serie ganze dieser folgende
    uhr uhrzeit tag tage woche wochen minuten beispiel angenommen abgesagt bestätigt verschoben kopiert
    angelegt gespeichert gesichert gelöscht entfernt eingetragen geändert unverändert erledigt offen
    wichtig vorgemerkt zugesagt abgelehnt angefragt zurückgerufen freigegeben gesendet gedruckt übernommen
    aufgenommen abgegeben vertagt vorgelegt zuständig papierkorb wiedervorlage stapel ausgangskorb
    markiert markierung fehlt geht gibt weiter reicht weiterer früherer letzte letzten mal versuch votum
    prüfung frist fristen ladungsfrist öffentlich intern vertraulich persönlich ob möglich mehr einzeln
    bitte schreiben wählen drücken datenbank gleichzeitig platz arbeitsplatz speichert sichtschutz
    verdeckt zeigt zeigen angaben anderen andere anderer zeit nennen bleibt stehen heute morgen gestern mo
    di mi do fr sa kw wurde wurden doch holen esc enter strg
    """.split()  # noqa: SIM905 a text is easier to read
)
"""Words that say nothing of any record; each other word of a message is covered."""
_QUOTED = re.compile(r"„[^“]*(?:“|$)")
_WORD = re.compile(r"[^\W\d_][\w.'’@-]*(?<![.'’-])")
_TWICE = re.compile(rf"{MASK}(?:[\s,&/]+{MASK})+")


def covered(text: str) -> str:
    """The message with everything covered that could name somebody or something."""
    text = _QUOTED.sub(f"„{MASK}“", text)
    text = _WORD.sub(lambda found: found[0] if found[0].casefold() in WORDS else MASK, text)
    return _TWICE.sub(MASK, text)


def cover_refusal(refusal: Refusal) -> None:
    """Cover a refusal where it stands, with the conflicts that it may bring along."""
    refusal.what, refusal.why, refusal.now = map(covered, (refusal.what, refusal.why, refusal.now))
    clashes = getattr(refusal, "clashes", ())
    if clashes:
        found = tuple(replace(one, text=covered(one.text)) for one in clashes)
        refusal.clashes = found  # type: ignore[attr-defined]
