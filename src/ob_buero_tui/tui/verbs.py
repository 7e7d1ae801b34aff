"""The commands that act on the record under the cursor. Lower case is reversible, upper case stronger."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import EINGANG, KALENDER, SITZUNGEN, Command, Group


def _verb(id: str, keys: tuple[str, ...], label: str, help: str, show: int, **more: object) -> Command:
    return Command(id=id, keys=keys, label=label, help=help, group=Group.VERBEN, show=show, **more)  # type: ignore[arg-type]


VERBS: Final = (
    _verb(
        "accept",
        ("a",),
        "annehmen",
        "Zusagen: Termin und Aufgaben in einem Schritt.",
        1,
        scope=(EINGANG, KALENDER),
        labels=((KALENDER, "bestätigen"),),
        helps=((KALENDER, "Den Termin verbindlich machen."),),
    ),
    _verb("decline", ("n",), "absagen", "Mit einem Grund absagen.", 1, scope=(EINGANG, KALENDER)),
    _verb(
        "resubmit",
        ("w",),
        "Wiedervorlage",
        "Später wieder vorlegen: fr, +3t, +2w oder ein Datum.",
        2,
        scope=(EINGANG,),
    ),
    _verb("assign", ("z",), "zuständig", "Eine zuständige Person eintragen.", 4, scope=(EINGANG,)),
    _verb("note", ("c",), "Notiz", "Eine Notiz anfügen.", 4, scope=(EINGANG, KALENDER, SITZUNGEN)),
    _verb(
        "finish",
        ("e",),
        "erledigt",
        "Als erledigt ablegen.",
        3,
        scope=(EINGANG, SITZUNGEN),
        helps=((SITZUNGEN, "Einen Schritt der Fristen abhaken, zum Beispiel den Versand."),),
    ),
    _verb(
        "choose_rule",
        (),
        "Ladungsfrist wählen",
        "Nach welcher Regel dieses Gremium geladen wird.",
        0,
        scope=(SITZUNGEN,),
    ),
    _verb(
        "toggle_attendance",
        (),
        "OB nimmt teil: ja oder nein",
        "Ob Sitzungen dieses Gremiums im Kalender als belegt zählen.",
        0,
        scope=(SITZUNGEN,),
    ),
    _verb(
        "important",
        ("exclamation_mark",),
        "wichtig",
        "Als wichtig kennzeichnen oder das Zeichen wegnehmen.",
        6,
        scope=(EINGANG, KALENDER),
    ),
    _verb(
        "edit",
        ("b",),
        "bearbeiten",
        "Die Angaben bearbeiten.",
        4,
        scope=(EINGANG,),
    ),
    _verb(
        "confidentiality",
        (),
        "Vertraulichkeit ändern",
        "Öffentlich, intern, vertraulich oder persönlich.",
        0,
        scope=(EINGANG,),
    ),
    _verb(
        "trash",
        ("D",),
        "Papierkorb",
        "In den Papierkorb legen; von dort holen Sie es zurück.",
        8,
        scope=(EINGANG, KALENDER),
    ),
    _verb(
        "take_in",
        ("plus",),
        "neuer Eingang",
        "Aufnehmen, was nicht als E-Mail kam: Brief, Fax, Besuch.",
        6,
        scope=(EINGANG,),
    ),
    _verb("take_call", ("T",), "Telefonnotiz", "Einen Anruf aufnehmen, von jedem Bild aus.", 5),
    _verb(
        "repeat",
        ("full_stop",),
        "wiederholen",
        "Das Letzte noch einmal, beim nächsten Vorgang.",
        8,
        scope=(EINGANG, SITZUNGEN),
    ),
    _verb(
        "copy",
        ("y",),
        "kopieren",
        "Adresse, Telefon, Aktenzeichen oder Text kopieren.",
        7,
        scope=(EINGANG, SITZUNGEN),
        helps=((SITZUNGEN, "Sitzung, Fristen oder den öffentlichen Teil der Tagesordnung kopieren."),),
    ),
    _verb(
        "undo", ("u", "ctrl+z"), "rückgängig", "Den letzten Schritt dieses Arbeitsplatzes zurücknehmen.", 2
    ),
    _verb("redo", ("U", "ctrl+y"), "wiederherstellen", "Den zurückgenommenen Schritt wieder ausführen.", 9),
)
"""What acts on the record under the cursor. Lower case is reversible, upper case stronger."""
