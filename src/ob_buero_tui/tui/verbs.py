"""The commands that act on the record under the cursor. Lower case is reversible, upper case stronger."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.agenda_commands import AGENDA_VERBS, TOPIC_VERBS
from ob_buero_tui.tui.ausfall_commands import AUSFALL_VERBS
from ob_buero_tui.tui.backup_commands import BACKUP_VERBS
from ob_buero_tui.tui.body_commands import BODY_VERBS
from ob_buero_tui.tui.calendar_commands import CALENDAR_VERBS
from ob_buero_tui.tui.case_commands import CASE_VERBS
from ob_buero_tui.tui.command import (
    AUSFALL,
    AUSSONDERUNG,
    EINGANG,
    GREMIEN,
    JAHRESPLAN,
    KALENDER,
    OB_VORLAGE,
    PERSONEN,
    SITZUNGEN,
    TAGESORDNUNG,
    THEMEN,
    VORLAGEN,
    WIEDERVORLAGEN,
    Command,
    Group,
)
from ob_buero_tui.tui.council_commands import COUNCIL_PAGES, COUNCIL_VERBS
from ob_buero_tui.tui.decision_commands import DECISION_VERBS
from ob_buero_tui.tui.paper_commands import PAPER_VERBS
from ob_buero_tui.tui.plan_commands import PLAN_VERBS
from ob_buero_tui.tui.privacy_commands import PRIVACY_VERBS
from ob_buero_tui.tui.result_commands import RESULT_VERBS
from ob_buero_tui.tui.vorlage_commands import VORLAGE_VERBS


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
    *DECISION_VERBS,
    *CASE_VERBS,
    _verb(
        "resubmit",
        ("w",),
        "Wiedervorlage",
        "Später wieder vorlegen: fr, +3t, +2w oder ein Datum.",
        1,
        short="WV",
        scope=(EINGANG, WIEDERVORLAGEN),
        labels=((WIEDERVORLAGEN, "verschieben"),),
        helps=((WIEDERVORLAGEN, "Auf einen anderen Tag verschieben: fr, +3t, +2w oder ein Datum."),),
    ),
    _verb(
        "assign", ("z",), "zuständig", "Eine zuständige Person eintragen.", 5, scope=(EINGANG, WIEDERVORLAGEN)
    ),
    _verb(
        "answer",
        ("t",),
        "Antwort",
        "Antworten: Text aus Bausteinen, dann E-Mail-Entwurf, Brief oder Kopie.",
        1,
        scope=(EINGANG,),
    ),
    _verb(
        "answer_last",
        ("ctrl+t",),
        "Letztes beantworten",
        "Beantworten, was eben entschieden wurde, auch wenn der Balken schon weiter ist.",
        0,
        scope=(EINGANG,),
    ),
    _verb(
        "note",
        ("c",),
        "Notiz",
        "Eine Notiz anfügen.",
        2,
        scope=(EINGANG, KALENDER, SITZUNGEN, WIEDERVORLAGEN, PERSONEN),
    ),
    _verb(
        "finish",
        ("e",),
        "erledigt",
        "Als erledigt ablegen.",
        1,
        scope=(EINGANG, KALENDER, SITZUNGEN, WIEDERVORLAGEN),
        labels=((KALENDER, "abhaken"),),
        helps=(
            (KALENDER, "Eine Aufgabe der Vorbereitung abhaken oder wieder öffnen."),
            (SITZUNGEN, "Einen Schritt der Fristen abhaken, zum Beispiel den Versand."),
            (WIEDERVORLAGEN, "Abhaken, einen Eingang ablegen; unter „Erledigt“ wieder öffnen."),
        ),
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
        7,
        scope=(EINGANG, KALENDER),
    ),
    *COUNCIL_VERBS,
    *RESULT_VERBS,
    *COUNCIL_PAGES,
    *VORLAGE_VERBS,
    *CALENDAR_VERBS,
    *AUSFALL_VERBS,
    *AGENDA_VERBS,
    *TOPIC_VERBS,
    *BODY_VERBS,
    *PLAN_VERBS,
    *PAPER_VERBS,
    *BACKUP_VERBS,
    *PRIVACY_VERBS,
    _verb(
        "edit",
        ("b",),
        "bearbeiten",
        "Die Angaben bearbeiten.",
        2,
        short="bearb.",
        scope=(EINGANG, KALENDER, PERSONEN, SITZUNGEN),
        helps=(
            (KALENDER, "Alle Angaben zum Termin bearbeiten, auch die Serie."),
            (SITZUNGEN, "Tag, Raum, Gremien, Leitung und Schriftführung der Sitzung ändern."),
        ),
    ),
    _verb(
        "confidentiality",
        (),
        "Vertraulichkeit ändern",
        "Öffentlich, intern, vertraulich oder persönlich.",
        0,
        scope=(EINGANG, PERSONEN),
    ),
    _verb(
        "trash",
        ("D",),
        "in den Papierkorb",
        "In den Papierkorb legen; von dort holen Sie es zurück.",
        6,
        scope=(EINGANG, KALENDER),
        short="Papierkorb",
    ),
    _verb(
        "take_in",
        ("plus",),
        "neuer Eingang",
        "Aufnehmen, was nicht als E-Mail kam: Brief, Fax, Besuch.",
        4,
        short="neu",
        scope=(EINGANG, PERSONEN),
        labels=((PERSONEN, "neuer Kontakt"),),
        helps=((PERSONEN, "Eine Person anlegen, unter den Organisationen eine Organisation."),),
    ),
    _verb(
        "count_attempt",
        ("v",),
        "Versuch",
        "Unter „Rückrufe“: vergeblich angerufen; der Versuch wird gezählt.",
        2,
        scope=(WIEDERVORLAGEN,),
    ),
    _verb(
        "attachments",
        ("A",),
        "Anhänge",
        "Anhänge ansehen: öffnen, was harmlos ist, oder eine Kopie ablegen.",
        5,
        scope=(EINGANG, KALENDER),
        labels=((KALENDER, "Unterlagen"),),
        helps=((KALENDER, "Unterlagen des Termins: öffnen, aufnehmen oder eine Kopie ablegen."),),
    ),
    _verb(
        "read_in",
        (),
        "Datei einlesen …",
        "E-Mails, Termine, Kontakte, Listen oder Gescanntes aus einer Datei oder einem Ordner.",
        0,
    ),
    _verb(
        "take_text",
        (),
        "Text einfügen …",
        "Aus kopiertem Text einen Eingang machen: eine E-Mail mit ihren Kopfzeilen oder einen Brief.",
        0,
    ),
    _verb(
        "add_task",
        ("plus",),
        "neue Aufgabe",
        "Eine Aufgabe in einer Zeile anlegen: Blumen bestellen fr.",
        2,
        scope=(WIEDERVORLAGEN,),
    ),
    _verb(
        "merge",
        ("d",),
        "Doppelt",
        "Doppelte Einträge zusammenführen: die markierten oder einen Vorschlag.",
        6,
        scope=(EINGANG, PERSONEN),
    ),
    _verb(
        "mark_deceased",
        (),
        "Verstorben eintragen …",
        "Den Todestag eintragen; Glückwünsche für die Person enden dadurch.",
        0,
        scope=(PERSONEN,),
    ),
    _verb(
        "set_locks",
        (),
        "Sperrvermerk …",
        "Einen Sperrvermerk der Meldebehörde eintragen oder wegnehmen.",
        0,
        scope=(PERSONEN,),
    ),
    _verb(
        "take_call",
        ("T",),
        "Telefonnotiz",
        "Einen Anruf aufnehmen, von jedem Bild aus.",
        3,
        short="Telefon",
    ),
    _verb(
        "repeat",
        ("full_stop",),
        "wiederholen",
        "Das Letzte noch einmal, beim nächsten Vorgang.",
        8,
        scope=(
            EINGANG,
            SITZUNGEN,
            TAGESORDNUNG,
            THEMEN,
            WIEDERVORLAGEN,
            PERSONEN,
            OB_VORLAGE,
            AUSFALL,
            JAHRESPLAN,
            VORLAGEN,
            AUSSONDERUNG,
        ),
    ),
    _verb(
        "copy",
        ("y",),
        "kopieren",
        "Adresse, Telefon, Aktenzeichen oder Text kopieren.",
        4,
        scope=(EINGANG, KALENDER, SITZUNGEN, WIEDERVORLAGEN, PERSONEN, GREMIEN),
        helps=(
            (KALENDER, "Zeit und Ort, den Ansprechpartner oder alles kopieren."),
            (SITZUNGEN, "Sitzung, Fristen oder den öffentlichen Teil der Tagesordnung kopieren."),
            (PERSONEN, "Anschrift, Anrede, Telefon oder E-Mail kopieren."),
            (GREMIEN, "Die Mitglieder an diesem Tag als Liste kopieren."),
        ),
    ),
    _verb(
        "undo", ("u", "ctrl+z"), "rückgängig", "Den letzten Schritt dieses Arbeitsplatzes zurücknehmen.", 3
    ),
    _verb("redo", ("U", "ctrl+y"), "wiederherstellen", "Den zurückgenommenen Schritt wieder ausführen.", 9),
)
"""What acts on the record under the cursor. Lower case is reversible, upper case stronger."""
