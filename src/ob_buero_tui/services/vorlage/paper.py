"""The mayor's list on paper: what stands on it, as text and as a PDF file that stays in the house."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ob_buero_tui.exchange.typst_pdf import make_pdf
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.vorlage_line import WORDS
from ob_buero_tui.services.new_file import AT_MOST, write_new
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.vorlage import selecting
from ob_buero_tui.services.vorlage.card import card
from ob_buero_tui.services.vorlage.views import VorlageCard
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import VorlageItem

TEMPLATE = "vorlage.typ"
FOLDER = "vorlagen"
HIDDEN = "persönlich, liegt bei dem Platz, dem es gehört"


def default_folder(place: Workplace) -> Path:
    """Where lists are written unless another folder is chosen."""
    return place.out_folder / FOLDER


def paper(place: Workplace, item_id: int, office: str) -> dict[str, Any]:
    """What stands on the list that an item lies on, without what is decided already.

    Args:
        office: What the office calls itself.

    Raises:
        Refusal: nothing of it is left to decide, or the item is on no list.
    """
    with place.reading() as session:
        item = session.get(VorlageItem, item_id)
        vorlage_id = item.vorlage_id if item is not None else 0
    keys = selecting.waiting(place, vorlage_id)
    if not keys:
        raise Refusal("Es gibt nichts zu drucken.", "Auf dieser Liste ist alles entschieden.")
    cards = [card(place, key) for key in keys]
    talk = cards[0].row.talk_on
    now = place.now
    return {
        "title": f"OB-Vorlage für {long_date(talk)}",
        "talk": talk.isoformat(),
        "office": office,
        "printed": f"{long_date(now.date())} {clock(now)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "summary": f"{plural(len(cards), 'Punkt', 'Punkte')} zur Entscheidung",
        "boxes": list(WORDS.values()),
        "items": [_item(one) for one in cards],
    }


def _item(one: VorlageCard) -> dict[str, Any]:
    row = one.row
    if row.hidden:
        return {
            "position": row.position,
            "number": row.number,
            "subject": row.subject,
            "hidden": True,
            "facts": [["Hinweis", HIDDEN]],
        }
    votum = ": ".join(part for part in (row.votum, one.votum_text) if part)
    answers = "; ".join(f"{name}: {answer}" for name, answer in one.stellungnahmen)
    facts = [
        ("Was", " · ".join(part for part in (one.kind, f"Antwort bis {one.due}" if one.due else "") if part)),
        ("Wann, wo", " · ".join(part for part in (one.when, one.where) if part)),
        ("Wer", row.who),
        ("Vorgeschichte", one.history),
        ("Prüfung", "; ".join(f"{each.label}: {each.text}" for each in one.warnings)),
        ("Stellungnahme", answers),
        ("Votum", votum or "ohne Votum"),
        ("Schon gesagt", one.decision),
        ("Bemerkung OB", one.remark),
    ]
    return {
        "position": row.position,
        "number": row.number,
        "subject": row.subject or "(ohne Betreff)",
        "hidden": False,
        "facts": [[name, clean(value, limit=2000)] for name, value in facts if value],
    }


def preview(data: Mapping[str, Any]) -> str:
    """The list as text, as it would be printed."""
    boxes = "  ".join(f"[ ] {word}" for word in data["boxes"])
    lines = ["vertraulich – nur für OB", str(data["title"]), str(data["summary"])]
    for one in data["items"]:
        lines += ["", f"{one['position']}  {one['subject']} ({one['number']})"]
        lines += [f"   {name}: {value}" for name, value in one["facts"]]
        lines += [] if one["hidden"] else [f"   {boxes}", "   Bemerkung: ________________"]
    return "\n".join(lines)


def write_pdf(place: Workplace, data: Mapping[str, Any], folder: Path) -> Path:
    """Write the list as a PDF file for this account alone; a file that is there is never replaced.

    Raises:
        Refusal: the library for PDF files is missing, the template is wrong, or the folder cannot be written.
    """
    template = template_of(place.catalog, TEMPLATE, "Die Liste wurde nicht gedruckt.")
    made = make_pdf(template, data, at=place.clock())
    try:
        path = write_new(folder, f"ob-vorlage-{data['talk']}", ".pdf", made, place.attachments.file_mode)
    except OSError as error:
        raise Refusal(
            "Die Liste wurde nicht gedruckt.",
            f"In den Ordner „{clean(str(folder))}“ lässt sich nicht schreiben.",
            "Wählen Sie einen anderen Ordner.",
        ) from error
    if path is None:
        raise Refusal(
            "Die Liste wurde nicht gedruckt.",
            f"Im Ordner „{clean(str(folder))}“ liegen schon {AT_MOST} Fassungen.",
            "Räumen Sie den Ordner auf, oder wählen Sie einen anderen.",
        )
    return path
