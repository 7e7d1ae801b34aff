"""The commands of the OB-Vorlage: one key for each thing the mayor may say."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import EINGANG, OB_VORLAGE, Command, Group

_HERE: Final = (OB_VORLAGE,)


def _verb(id: str, key: str, label: str, help: str, show: int, **more: object) -> Command:
    keys = (key,) if key else ()
    return Command(
        id=id,
        keys=keys,
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        **({"scope": _HERE} | more),  # type: ignore[arg-type]
    )


VORLAGE_VERBS: Final = (
    _verb(
        "vorlage",
        "o",
        "OB-Vorlage",
        "Auf die Liste für das nächste OB-Gespräch setzen; noch einmal: herunter.",
        2,
        scope=(EINGANG, OB_VORLAGE),
        labels=((OB_VORLAGE, "von der Liste"),),
        helps=((OB_VORLAGE, "Von der Liste nehmen; die anderen behalten ihre Nummern."),),
    ),
    _verb("vorlage_yes", "a", "ja", "OB sagt ja; noch einmal: wieder offen.", 1),
    _verb("vorlage_no", "n", "nein", "OB sagt nein; der Grund wird beim Übernehmen gefragt.", 1),
    _verb("vorlage_deputy", "v", "Vertretung", "OB lässt sich vertreten, und durch wen.", 1, short="Vertr."),
    _verb("vorlage_talk", "r", "Rücksprache", "OB will erst darüber reden.", 1, short="Rückspr."),
    _verb("vorlage_remark", "c", "Bemerkung", "Festhalten, was OB dazu sagt.", 2),
    _verb("vorlage_later", "w", "später", "Auf die Liste des Gesprächs danach.", 1),
    _verb(
        "vorlage_transfer",
        "i",
        "Liste übertragen",
        "Was auf dem Ausdruck angekreuzt ist, in einer Zeile eintragen: 1a 2n 3v 5-8a 9w.",
        2,
        short="Liste",
    ),
    _verb(
        "vorlage_carry_out",
        "e",
        "Entscheidungen übernehmen",
        "Aus allem, was gesagt wurde, Zusagen, Absagen und Vertretungen machen, in einem Schritt.",
        1,
        short="übernehmen",
    ),
    _verb("vorlage_down", "J", "Punkt hinunter", "Mit dem nächsten Punkt tauschen.", 6, short="tiefer"),
    _verb("vorlage_up", "K", "Punkt hinauf", "Mit dem vorigen Punkt tauschen.", 6, short="höher"),
    _verb("vorlage_preview", "p", "Vorschau", "Die Liste als Text, wie sie gedruckt wird.", 5),
    _verb("vorlage_print", "P", "drucken", "Die Liste mit Kästchen zum Ankreuzen als PDF.", 3),
)
"""What acts on the mayor's list."""
