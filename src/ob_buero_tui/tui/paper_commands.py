"""The commands of the Vorlagen."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import VORLAGEN, Command, Group

_HERE: Final = (VORLAGEN,)


def _verb(id: str, key: str, label: str, help: str, show: int, **more: object) -> Command:
    return Command(
        id=id,
        keys=(key,) if key else (),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        scope=_HERE,
        **more,  # type: ignore[arg-type]
    )


PAPER_VERBS: Final = (
    _verb(
        "paper_place",
        "a",
        "auf Tagesordnung",
        "Auf die Tagesordnung der Sitzung setzen, in der sie als Nächstes beraten wird.",
        1,
        short="auf TO",
    ),
    _verb(
        "paper_way",
        "C",
        "Beratungsfolge",
        "Die Stationen: aufnehmen, umstellen, Sitzung und Zuständigkeit wählen, herausnehmen.",
        1,
        short="Folge",
    ),
    _verb("paper_edit", "b", "bearbeiten", "Betreff, Art, Federführung, Aktenzeichen und Frist ändern.", 2),
    _verb(
        "paper_state",
        "e",
        "Stand",
        "Wie weit die Vorlage ist: Entwurf, Mitzeichnung, freigegeben, beschlossen, zurückgezogen.",
        2,
    ),
    _verb(
        "paper_document",
        "A",
        "Dokument",
        "Eintragen, welche Datei der Text der Vorlage ist oder welche Anlage dazugehört.",
        5,
    ),
    _verb("paper_note", "c", "Notiz", "Eine Notiz anfügen.", 4),
    _verb(
        "paper_supplement",
        "i",
        "Ergänzung",
        "Eine Ergänzungsvorlage: dieselbe Nummer mit /1, /2 …, derselbe Weg ab hier.",
        4,
    ),
    _verb(
        "paper_new", "plus", "neue Vorlage", "Eine Vorlage anlegen; sie bekommt ihre Nummer.", 3, short="neu"
    ),
    _verb("paper_copy", "y", "kopieren", "Nummer, Betreff oder Beratungsfolge kopieren.", 6),
)
"""What acts on a paper."""

PAPER_AREAS: Final = (
    Command(
        id="show_papers",
        label="Vorlagen",
        help="Zu den Vorlagen mit Nummer, Beratungsfolge und dem, was noch fehlt.",
        group=Group.BEREICHE,
        chord="v",
    ),
)
"""The way to the screen."""
