"""An agenda is built by lines, standard items and papers, and changed by keys; undo takes all of it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from agenda_kit import add_paper, add_topic, agenda, stations, topic
from council_kit import add_body, add_item

from ob_buero_tui.rules.agenda_line import TypedItem, parse_item
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_edit import add_item as add_line
from ob_buero_tui.services.council.agenda_edit import add_standard, edit_item, set_part
from ob_buero_tui.services.council.agenda_moves import indent_item, move_item, move_items_to
from ob_buero_tui.services.council.agenda_off import remove, return_items, withdraw
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.placing import place_paper, place_topics
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents

Make = Callable[..., int]


def type_lines(place: Workplace, key: int, *lines: str) -> list[int]:
    """Put lines on an agenda, as they are typed."""
    return [add_line(place, key, parse_item(one)).ids[0] for one in lines]


def test_an_agenda_of_fourteen_items_with_three_papers_and_all_of_it_undone(
    place: Workplace, make_meeting: Make
) -> None:
    """Standard items open and close it; lines and papers stand between, numbered without being asked."""
    body = add_body(place, "Rat der Stadt Lindenau", short_name="Rat", classification="Parlament")
    key = make_meeting(body=body)
    add_paper(place, "Haushalt 2027", body, reference="BV 2026 0359")
    add_paper(place, "Radweg Hafenstraße", body, reference="BV 2026 0360")
    add_paper(place, "Verkauf Am Hafen 3", body, reference="BV 2026 0371", confidentiality="vertraulich")
    start = contents(place)
    steps = [add_standard(place, key).text]
    assert steps == ["„Rat“ am Do 10.12.2026: 9 Standardpunkte aufgenommen"]
    lines = ("bv 2026 0359", "- Stellenplan", "BV 2026 0360", "BV 2026 0371", "N Klage gegen den Bescheid")
    type_lines(place, key, *lines)
    assert agenda(place, key) == [
        "Ö 1 Eröffnung, Feststellung der ordnungsgemäßen Ladung und der Beschlussfähigkeit",
        "Ö 2 Feststellung der Tagesordnung",
        "Ö 3 Genehmigung der Niederschrift über den öffentlichen Teil der vorigen Sitzung",
        "Ö 4 Einwohnerfragestunde",
        "Ö 5 Haushalt 2027",
        "Ö 5.1 Stellenplan",
        "Ö 6 Radweg Hafenstraße",
        "Ö 7 Mitteilungen der Verwaltung",
        "Ö 8 Anfragen der Mitglieder",
        "N 1 Genehmigung der Niederschrift über den nichtöffentlichen Teil der vorigen Sitzung",
        "N 2 Verkauf Am Hafen 3",
        "N 3 Klage gegen den Bescheid",
        "N 4 Mitteilungen der Verwaltung im nichtöffentlichen Teil",
        "N 5 Anfragen der Mitglieder im nichtöffentlichen Teil",
    ]
    terms = [one.general_name for one in meeting(place, key).agenda if one.public is False]
    assert terms[1:3] == ["Grundstücksangelegenheit", "Rechtsangelegenheit"]
    with pytest.raises(Refusal, match="stehen schon da"):
        add_standard(place, key)
    for _ in range(6):
        undo(place)
    assert contents(place) == start


def test_standard_items_come_around_what_is_there_already(place: Workplace, make_meeting: Make) -> None:
    """What was typed before them stands between the opening and the closing ones."""
    key = make_meeting(body="Hauptausschuss")
    type_lines(place, key, "Haushalt")
    add_standard(place, key)
    told = agenda(place, key)
    assert told[0].startswith("Ö 1 Eröffnung")
    assert told[3:5] == ["Ö 4 Haushalt", "Ö 5 Mitteilungen der Verwaltung"]


def test_items_move_and_are_indented_with_their_numbers(place: Workplace, make_meeting: Make) -> None:
    """What cannot move says so."""
    key = make_meeting(body="Stadtrat")
    one, two, three = type_lines(place, key, "A", "B", "C")
    indent_item(place, two, 1)
    assert agenda(place, key) == ["Ö 1 A", "Ö 1.1 B", "Ö 2 C"]
    move_item(place, one, 1)
    assert agenda(place, key) == ["Ö 1 C", "Ö 2 A", "Ö 2.1 B"]
    with pytest.raises(Refusal, match="steht schon oben"):
        move_item(place, three, -1)
    with pytest.raises(Refusal, match="Darüber steht kein Punkt"):
        indent_item(place, three, 1)
    set_part(place, [one])
    assert agenda(place, key) == ["Ö 1 C", "N 1 A", "N 1.1 B"]
    with pytest.raises(Refusal, match="Punkte eines Teils"):
        set_part(place, [one, three])
    set_part(place, [one])
    edit_item(place, three, "Anders")
    assert agenda(place, key)[0] == "Ö 1 Anders"
    with pytest.raises(Refusal, match="keinen Titel"):
        edit_item(place, three, " ")


def test_a_secret_paper_keeps_its_item_out_of_the_public_part(place: Workplace, make_meeting: Make) -> None:
    """Also when the part is changed later."""
    key = make_meeting(body="Stadtrat")
    item = place_paper(place, add_paper(place, "Stelle", confidentiality="intern"), key).ids[0]
    with pytest.raises(Refusal, match="nicht öffentlich"):
        set_part(place, [item])


def test_items_come_off_until_the_invitation_is_out_and_are_withdrawn_after(
    place: Workplace, make_meeting: Make
) -> None:
    """Before: the numbers close up; after: an item keeps its number and says that it is off."""
    body = add_body(place, "Stadtrat")
    key = make_meeting(body=body)
    paper = add_paper(place, "Haushalt", body)
    first, second, third = type_lines(place, key, "A", "B", "C")
    waiting = add_topic(place, "Bericht")
    on = place_topics(place, [waiting], key).ids[0]
    remove(place, [first, on])
    assert agenda(place, key) == ["Ö 1 B", "Ö 2 C"]
    assert topic(place, waiting).state == "offen"
    item = place_paper(place, paper, key).ids[0]
    return_items(place, [item])
    assert stations(place, paper) == [(None, None)]
    assert topic(place, waiting + 1).title == "Haushalt"
    tick_step(place, [key], "versand")
    with pytest.raises(Refusal, match="Setzen Sie ihn mit n ab"):
        remove(place, [second])
    withdraw(place, [second], "Gutachten fehlt")
    return_items(place, [third])
    assert agenda(place, key) == ["Ö 1 B (ab)", "Ö 2 C (ab)"]
    assert withdraw(place, [second]).text == "„Ö 1 B“: wieder auf der Tagesordnung"
    assert agenda(place, key)[0] == "Ö 1 B"


def test_items_go_to_another_session_with_their_papers(place: Workplace, make_meeting: Make) -> None:
    """Once the old invitation is out, the old agenda keeps the item, and the paper gets a further station."""
    body = add_body(place, "Stadtrat", short_name="Rat")
    old, new = make_meeting(body=body), make_meeting(body=body)
    paper = add_paper(place, "Haushalt", body)
    item = place_paper(place, paper, old).ids[0]
    type_lines(place, old, "- Stellenplan", "Bleibt")
    type_lines(place, new, "Schon da")
    move_items_to(place, [item], new)
    assert agenda(place, old) == ["Ö 1 Bleibt"]
    assert agenda(place, new) == ["Ö 1 Schon da", "Ö 2 Haushalt", "Ö 2.1 Stellenplan"]
    assert stations(place, paper) == [(new, item)]
    tick_step(place, [new], "versand")
    third = make_meeting(body=body)
    copy = move_items_to(place, [item], third).ids[0]
    assert agenda(place, new)[1] == "Ö 2 Haushalt (ab)"
    assert agenda(place, third) == ["Ö 1 Haushalt", "Ö 1.1 Stellenplan"]
    assert stations(place, paper) == [(new, item), (third, copy)]
    with pytest.raises(Refusal, match="schon hinaus"):
        move_items_to(place, [copy], new)
    with pytest.raises(Refusal, match="schon auf dieser"):
        move_items_to(place, [copy], third)


def test_an_agenda_that_the_information_system_leads_stays_as_it_came(
    place: Workplace, make_meeting: Make
) -> None:
    """Its numbers are not computed, and no verb touches it."""
    key = make_meeting(body=add_body(place, "Rat", oparl_id="https://ris.example.org/1"))
    item = add_item(
        place, key, 0, "Haushalt", public=True, number="TOP 7a", oparl_id="https://ris.example.org/2"
    )
    steps: tuple[Callable[[], object], ...] = (
        lambda: add_line(place, key, TypedItem(title="X")),
        lambda: add_standard(place, key),
        lambda: withdraw(place, [item]),
        lambda: move_item(place, item, 1),
        lambda: edit_item(place, item, "X"),
    )
    for step in steps:
        with pytest.raises(Refusal, match="Ratsinformationssystem"):
            step()
    assert agenda(place, key) == ["TOP 7a Haushalt"]
