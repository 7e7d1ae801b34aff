"""The commands of the Tagesordnung and of the Themenspeicher."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import SITZUNGEN, TAGESORDNUNG, THEMEN, Command, Group

_AGENDA: Final = (TAGESORDNUNG,)
_TOPICS: Final = (THEMEN,)


def _verb(
    id: str, key: str, label: str, help: str, show: int, scope: tuple[str, ...], **more: object
) -> Command:
    return Command(
        id=id,
        keys=(key,) if key else (),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        scope=scope,
        **more,  # type: ignore[arg-type]
    )


AGENDA_VERBS: Final = (
    _verb(
        "agenda_add",
        "plus",
        "neuer Punkt",
        "Punkte eintippen, einer je Zeile; die Nummer einer Vorlage setzt diese Vorlage ein.",
        1,
        _AGENDA,
        short="neu",
    ),
    _verb(
        "agenda_standard",
        "I",
        "Standardpunkte",
        "Einsetzen, was auf jeder Tagesordnung dieses Gremiums steht: etwa Eröffnung und Niederschrift.",
        1,
        _AGENDA,
        short="Standard",
    ),
    _verb(
        "agenda_topic",
        "a",
        "Thema aufnehmen",
        "Ein Thema aus dem Themenspeicher oder eine Vorlage, die auf dieses Gremium wartet.",
        1,
        _AGENDA,
        short="Thema",
    ),
    _verb(
        "agenda_result", "e", "Ergebnis", "Was aus dem Punkt wurde: Ergebnis, Stimmen, Aufgabe.", 2, _AGENDA
    ),
    _verb("agenda_edit", "b", "bearbeiten", "Titel und allgemeine Bezeichnung ändern.", 3, _AGENDA),
    _verb(
        "agenda_withdraw",
        "n",
        "absetzen",
        "Absetzen, mit Grund; der Punkt behält seine Nummer. Noch einmal: wieder aufnehmen.",
        3,
        _AGENDA,
    ),
    _verb(
        "agenda_move_to",
        "m",
        "andere Sitzung",
        "Mit Vorlage und Unterpunkten auf eine andere Sitzung.",
        3,
        _AGENDA,
    ),
    _verb(
        "agenda_return",
        "w",
        "in den Themenspeicher",
        "Der Punkt wartet wieder auf eine Sitzung, seine Vorlage auch.",
        4,
        _AGENDA,
        short="Speicher",
    ),
    _verb(
        "agenda_part",
        "f",
        "öffentlich oder nicht",
        "In den anderen Teil der Tagesordnung.",
        4,
        _AGENDA,
        short="Teil",
    ),
    _verb("agenda_remove", "D", "streichen", "Vor dem Versand ganz von der Tagesordnung nehmen.", 6, _AGENDA),
    _verb(
        "agenda_down", "J", "Punkt hinunter", "Mit seinen Unterpunkten tiefer.", 5, _AGENDA, short="tiefer"
    ),
    _verb("agenda_up", "K", "Punkt hinauf", "Mit seinen Unterpunkten höher.", 5, _AGENDA, short="höher"),
    _verb(
        "agenda_indent",
        "L",
        "einrücken",
        "Zum Unterpunkt des Punktes darüber machen: 10.1.",
        5,
        _AGENDA,
    ),
    _verb("agenda_outdent", "H", "ausrücken", "Wieder zum eigenen Punkt machen.", 6, _AGENDA),
    _verb(
        "agenda_preview",
        "p",
        "Vorschau",
        "Die Tagesordnung als Text, öffentlich oder vollständig.",
        4,
        _AGENDA,
    ),
    _verb("agenda_print", "P", "drucken", "Als PDF, öffentlich oder vollständig.", 4, _AGENDA),
    _verb("agenda_copy", "y", "kopieren", "Die öffentliche Fassung in die Zwischenablage.", 7, _AGENDA),
)
"""What acts on the items of an agenda."""

TOPIC_VERBS: Final = (
    _verb(
        "topic_add",
        "plus",
        "neues Thema",
        "Themen eintippen, eines je Zeile: Titel @Gremium (wer) ab Tag bis Tag.",
        1,
        _TOPICS,
        short="neu",
    ),
    _verb(
        "topic_place",
        "a",
        "auf Tagesordnung",
        "Auf eine Sitzung setzen, mit der Vorlage; auch mehrere markierte auf einmal.",
        1,
        _TOPICS,
    ),
    _verb("topic_edit", "b", "bearbeiten", "Die Zeile ändern.", 2, _TOPICS),
    _verb(
        "topic_finish", "e", "erledigt", "Braucht keine Sitzung mehr; noch einmal: wartet wieder.", 2, _TOPICS
    ),
    _verb("topic_drop", "n", "entfallen", "Will niemand mehr; noch einmal: wartet wieder.", 3, _TOPICS),
    _verb("topic_note", "c", "Notiz", "Eine Notiz zum Thema.", 3, _TOPICS),
)
"""What acts on topics."""

AGENDA_AREAS: Final = (
    Command(
        id="show_topics",
        label="Themenspeicher",
        help="Zu den Themen, die auf eine Sitzung warten.",
        group=Group.BEREICHE,
        chord="t",
    ),
    Command(
        id="show_agenda",
        label="Tagesordnung",
        help="Zur Tagesordnung der Sitzung unter dem Balken.",
        group=Group.BEREICHE,
        scope=(SITZUNGEN, THEMEN),
        chord="i",
    ),
)
"""The ways there."""
